/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page about a machine says of other times: an earlier capture, a recording. */
#ifndef KM_CLI_REPORT_TIME_H
#define KM_CLI_REPORT_TIME_H

#include "cli/session.h"
#include "machine/recording.h"

/* The rows that grew or shrank in a recording. */
enum km_exit km_report_add_recording(struct km_session *session, struct km_recording *recording);

/*
 * What changed since an earlier capture, the largest changes of each report. The session's machine has to be read before:
 * what reads the capture can read nothing else afterwards. earlier is the caller's, and has to live as long as the document.
 */
enum km_exit km_report_add_changes(struct km_session *session, struct km_machine *earlier, const char *path);

#endif
