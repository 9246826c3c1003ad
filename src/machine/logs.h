/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel logs: read in pieces, each parsed as it comes, their events as rows of one list. */
#ifndef KM_MACHINE_LOGS_H
#define KM_MACHINE_LOGS_H

#include "machine/machine.h"
#include "model/failure.h"
#include "parse/logtext.h"

/* Initialise with the machine, whose pool and problems are used, and with take and data if rows are not to be kept. */
struct km_logs {
	struct km_machine *machine;
	/* Called for each row when its event has ended, in the log's order. The row holds until the call returns. */
	void (*take)(void *data, struct km_failure *row);
	void *data;
	KM_ARRAY(struct km_klog *) klogs; /* one a log: rows borrow from it */
	size_t len, failed;               /* logs that could be read, and that could not */
	struct km_logtext_counts facts;    /* of all together */
	struct km_klog_hints hints;
	KM_ARRAY(struct km_failure) rows; /* without their sentences; none with take */
	size_t events;                    /* how many rows there are, or were taken */
	struct km_str release;            /* of the kernel, from the last event that has one */
};

void km_logs_deinit(struct km_logs *logs);

/*
 * Reads a log: a file, "-" for standard input, NULL for the running kernel's buffer. One that cannot be
 * read is a problem of the machine.
 */
void km_logs_add(struct km_logs *logs, const char *path);

/* Reads the logs of a capture. Several of them have the same events, and each event is kept once. */
void km_logs_add_capture(struct km_logs *logs, const char *path);

/* A log in a file is of a machine that need not be this one: only its kernel is known. */
void km_logs_set_host(const struct km_logs *logs);

#endif
