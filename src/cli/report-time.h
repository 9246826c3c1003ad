/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a page about other times: an earlier capture, a recording. */
#ifndef KM_CLI_REPORT_TIME_H
#define KM_CLI_REPORT_TIME_H

#include "cli/session.h"
#include "machine/recording.h"

/* Adds the rows that grew or shrank in a recording. */
enum km_exit km_report_add_recording(struct km_session *session, struct km_recording *recording);

/*
 * Adds the changes since an earlier capture, the largest ones of each report. Read the session's machine
 * before, because the process can read nothing else after it opens the capture. The caller owns earlier,
 * which must live as long as the document.
 */
enum km_exit km_report_add_changes(struct km_session *session, struct km_machine *earlier, const char *path);

#endif
