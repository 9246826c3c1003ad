/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --watch: prints a command's reports repeatedly, with their changes. */
#ifndef KM_CLI_WATCH_H
#define KM_CLI_WATCH_H

#include "cli/session.h"

/*
 * Reads, lets add() fill the document, and prints it. Repeats this until --count, or until SIGINT, SIGTERM or
 * SIGHUP, which end it between two documents. Returns the exit status of the last document.
 */
enum km_exit km_watch_run(const struct km_options *options,
			  enum km_exit (*add)(struct km_session *session, void *data), void *data);

/*
 * Adds the changes since the last reading to the sheet of a report, and their columns to the view. Keeps the
 * sheet for the next reading.
 */
void km_watch_extend(struct km_session *session, const struct km_report *report, struct km_sheet *sheet,
		     struct km_view_options *view);

#endif
