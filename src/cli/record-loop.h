/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes samples up to a number or until a signal, after `kmeminfo record` has parsed its options. */
#ifndef KM_CLI_RECORD_LOOP_H
#define KM_CLI_RECORD_LOOP_H

#include "cli/session.h"
#include "machine/recorder.h"

struct km_record_input {
	const char *file, *copy;
	int64_t every_us, at_us; /* at_us KM_NO_TIME: the capture has its time */
	uint64_t count; /* KM_UNKNOWN: until a signal */
	struct km_keep keep;
	bool no_processes;
	bool also[KM_REPORT_COUNT]; /* reports that are recorded on request */
};

/*
 * Writes samples of the running machine, or one sample of the capture in the options, and removes samples
 * that are too old. Prints a message for each failure. Blocks the signals that end it.
 */
enum km_exit km_record_samples(const struct km_record_input *input, struct km_options *options);

/* Copies the recording to one new file. Prints a message if that fails. */
enum km_exit km_record_export(const struct km_record_input *input);

#endif
