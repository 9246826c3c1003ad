/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which reports a page about a machine is made of, in which order. */
#ifndef KM_CLI_REPORT_PARTS_H
#define KM_CLI_REPORT_PARTS_H

#include "cli/session.h"

/* All that is known of the session's machine. walk: let the helper module read every page of a running one. */
void km_report_add_machine(struct km_session *session, bool walk);

#endif
