/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `kmeminfo predict --log`: predicts for the moment of a failure report. */
#ifndef KM_CLI_PREDICT_LOG_H
#define KM_CLI_PREDICT_LOG_H

#include "cli/session.h"
#include "report/options.h"

struct km_predict_input {
	struct km_predict_options predict; /* must be first: the reports receive it */
	bool table;
	const char *log; /* NULL: for the machine */
	uint64_t event; /* from 1; KM_UNKNOWN: the last one with zones */
};

/* The report that the options choose: one prediction, or a table. */
const struct km_report *km_predict_report(const struct km_predict_input *input);

/* Reads the log and prints the prediction. Returns the exit status; if it is not 0, a message was printed. */
enum km_exit km_predict_from_log(const struct km_predict_input *input, struct km_options *options);

#endif
