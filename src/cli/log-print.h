/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The events of logs, printed one at a time. */
#ifndef KM_CLI_LOG_PRINT_H
#define KM_CLI_LOG_PRINT_H

#include "cli/session.h"
#include "machine/logs.h"
#include "render/json-rows.h"

struct km_log_printer {
	struct km_session *session;
	struct km_json_rows *rows; /* NULL: text */
	bool with_source;          /* each event names its log */
	size_t printed;
};

/*
 * Whether the events can be printed so: as text, JSON or JSON Lines, all of them and in the log's order. If not,
 * nothing is to be ended.
 */
bool km_log_print_begin(struct km_log_printer *printer, struct km_session *session, bool with_source);
/* For struct km_logs .take; data is the printer. */
void km_log_print_row(void *data, struct km_failure *row);
/* What is known only at the end. Returns the exit status. */
enum km_exit km_log_print_end(struct km_log_printer *printer, const struct km_logs *logs);

#endif
