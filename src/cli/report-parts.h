/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reports on a page about a machine, and their order. */
#ifndef KM_CLI_REPORT_PARTS_H
#define KM_CLI_REPORT_PARTS_H

#include "cli/session.h"

/*
 * Adds everything that is known about the session's machine. walk: lets the helper module read every page of
 * a running machine.
 */
void km_report_add_machine(struct km_session *session, bool walk);

#endif
