/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `kmeminfo diff` does once its options are known: takes two readings, and compares them. */
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

/* Prints the comparison. Returns the exit status, after a complaint where it is not 0. */
enum km_exit km_diff_readings(const struct km_diff_input *input, const struct km_options *options);

#endif
