/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes two readings and compares them, after `kmeminfo diff` has parsed its options. */
#ifndef KM_CLI_DIFF_READINGS_H
#define KM_CLI_DIFF_READINGS_H

#include "cli/recording-session.h"

struct km_diff_input {
	const struct km_report *report; /* NULL: all */
	const char *paths[3]; /* of the readings, and NULL */
	size_t len;
	bool all;
	struct km_recording_input recording;
};

/* Prints the comparison. Returns the exit status; if it is not 0, a message was printed. */
enum km_exit km_diff_readings(const struct km_diff_input *input, const struct km_options *options);

#endif
