/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The input of `kmeminfo check`: rules by name, thresholds from options and files. */
#ifndef KM_CLI_CHECK_INPUT_H
#define KM_CLI_CHECK_INPUT_H

#include "base/err.h"
#include "cli/recording-session.h"
#include "report/rule.h"

#define KM_CHECK_CONF "/etc/kmeminfo/check.conf"

/* The argument of --warning or --critical: "RANGE", or "RULE=RANGE". */
struct km_check_threshold {
	enum km_severity severity;
	const char *arg;
};

struct km_check_input {
	char **rules; /* operands */
	size_t rules_len;
	KM_ARRAY(struct km_check_threshold) thresholds;
	const char *config; /* NULL: KM_CHECK_CONF, if it exists */
	struct km_recording_input recording;
	uint64_t timeout;   /* seconds */
	bool list;
};

/*
 * The rules that are on, with their thresholds. Those of the rules are replaced by those of the file, then of
 * its drop-ins (FILE.d/NAME.conf by name), then of the options. Reads files of this machine. The pool owns
 * the result. 0, or a negative errno with err filled.
 */
int km_check_input_runs(const struct km_check_input *input, struct km_pool *pool, struct km_rule_runs *ret,
			struct km_err *err);

#endif
