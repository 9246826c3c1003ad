/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints the events of logs one at a time. */
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
 * Whether the events can be printed one at a time: all of them, in the log's order, as text, JSON or JSON
 * Lines. If not, do not call km_log_print_end().
 */
bool km_log_print_begin(struct km_log_printer *printer, struct km_session *session, bool with_source);
/* For .take of struct km_logs; data is the printer. */
void km_log_print_row(void *data, struct km_failure *row);
/* Prints the parts that are only known at the end. Returns the exit status. */
enum km_exit km_log_print_end(struct km_log_printer *printer, const struct km_logs *logs);

#endif
