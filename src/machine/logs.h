/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel logs: reads and parses them piece by piece. Their events become rows of one list. */
#ifndef KM_MACHINE_LOGS_H
#define KM_MACHINE_LOGS_H

#include "machine/machine.h"
#include "model/failure.h"
#include "parse/logtext.h"

/*
 * Initialise machine, whose pool and problems are used. Also initialise take and data if rows are not to be
 * kept.
 */
struct km_logs {
	struct km_machine *machine;
	/*
	 * Called for each row when its event has ended, in the log's order. The row is valid until the call
	 * returns.
	 */
	void (*take)(void *data, struct km_failure *row);
	void *data;
	KM_ARRAY(struct km_klog *) klogs; /* one per log: rows borrow from it */
	size_t len, failed;               /* logs that could be read, and logs that could not */
	struct km_logtext_counts facts;    /* of all logs together */
	struct km_klog_hints hints;
	KM_ARRAY(struct km_failure) rows; /* without sentences; empty with take */
	size_t events;                    /* number of rows, kept or taken */
	struct km_str release;            /* of the kernel, from the last event with a release */
};

void km_logs_deinit(struct km_logs *logs);

/*
 * Reads a log: a file, "-" for standard input, NULL for the running kernel's buffer. A log that cannot be
 * read becomes a problem of the machine.
 */
void km_logs_add(struct km_logs *logs, const char *path);

/* Reads the logs of a capture. Several logs may contain the same event; it is kept once. */
void km_logs_add_capture(struct km_logs *logs, const char *path);

/* Fills the host. A log in a file may come from another machine, so only its kernel is known. */
void km_logs_set_host(const struct km_logs *logs);

#endif
