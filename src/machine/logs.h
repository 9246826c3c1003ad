/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel logs: reads and parses them piece by piece. Their events become rows of one list. */
#ifndef KM_MACHINE_LOGS_H
#define KM_MACHINE_LOGS_H

#include "machine/machine.h"
#include "model/failure.h"
#include "parse/logtext.h"

/* A log that is named, and open as far as that can be. */
struct km_log_place {
	const char *path; /* as of km_logs_want() */
	bool is_capture;
	int fd; /* or a negative errno of km_log_reserve() */
};

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
	KM_ARRAY(struct km_log_place) places;
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
 * Opens a log: a file, "-" for standard input, NULL for the running kernel's buffer; or a capture, which may contain
 * several. path is borrowed until the logs are read.
 */
void km_logs_want(struct km_logs *logs, const char *path, bool is_capture);

/* Gives up all rights that reading these logs does not need. No file can be opened afterwards. */
void km_logs_confine(const struct km_logs *logs);

/*
 * Reads all logs, in their order. A log that cannot be read becomes a problem of the machine. Several logs of a capture may
 * contain the same event; it is kept once.
 */
void km_logs_read(struct km_logs *logs);

/* Fills the host. A log in a file may come from another machine, so only its kernel is known. */
void km_logs_set_host(const struct km_logs *logs);

#endif
