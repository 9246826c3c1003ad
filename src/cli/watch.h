/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --watch: a command's reports again and again, with what changed. */
#ifndef KM_CLI_WATCH_H
#define KM_CLI_WATCH_H

#include "cli/session.h"

/*
 * Reads, lets add() fill the document, and prints it, until --count or a signal ends it: SIGINT, SIGTERM and
 * SIGHUP end it between two documents. Returns the status of the last one.
 */
enum km_exit km_watch_run(const struct km_options *options,
			  enum km_exit (*add)(struct km_session *session, void *data), void *data);

/*
 * Replaces the sheet of a report by one that also has what changed since the reading before, and the columns
 * of the view by those that show it. Keeps the sheet for the next reading.
 */
void km_watch_extend(struct km_session *session, const struct km_report *report, struct km_sheet *sheet,
		     struct km_view_options *view);

#endif
