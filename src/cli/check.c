// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A plugin for monitoring systems. Every error ends with UNKNOWN, because 1 and 2 mean WARNING and CRITICAL
 * there.
 */
#include <stdlib.h>
#include "cli/check-input.h"
#include "cli/check-run.h"
#include "cli/command.h"
#include "report/check.h"

enum { OPT_LIST = 512, OPT_CONFIG, TIMEOUT = 10, TIMEOUT_MAX = 3600 };

static const struct argp_option own_options[] = {
	{ "warning", 'w', "[RULE=]RANGE", 0, "warn outside of this range, as 10, 5:, ~:5, 10:20 or @10:20; none: never", 0 },
	{ "critical", 'c', "[RULE=]RANGE", 0, "the same for the state critical", 0 },
	{ "timeout", 't', "SECONDS", 0, "give up after this time (default: 10)", 0 },
	{ "config", OPT_CONFIG, "FILE", 0,
	  "thresholds from this file and FILE.d/*.conf (default: " KM_CHECK_CONF ", if it is there)", 0 },
	{ "record", KM_OPT_RECORD, "FILE", 0, "also check what grew in this recording, in its last 6 hours without "
	  "--from-time; kmeminfo record makes one", 0 },
	KM_TIME_OPTIONS,
	{ "list", OPT_LIST, NULL, 0, "show a table of the rules, their thresholds and today's values", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_check_input *input = state->input;

	switch (key) {
	case 'w':
	case 'c':
		*km_array_push(&input->thresholds) =
			(struct km_check_threshold){ key == 'w' ? KM_WARNING : KM_CRITICAL, arg };
		return 0;
	case 't':
		km_option_count("timeout", arg, 1, TIMEOUT_MAX, &input->timeout, state);
		return 0;
	case OPT_CONFIG:
		input->config = arg;
		return 0;
	case OPT_LIST:
		input->list = true;
		return 0;
	case ARGP_KEY_ARGS:
		input->rules = state->argv + state->next;
		input->rules_len = (size_t)(state->argc - state->next);
		return 0;
	default:
		return km_recording_option(&input->recording, key, arg, state);
	}
}

static void list_rules(FILE *out)
{
	const struct km_vocabulary *vocabulary = km_finding_vocabularies;
	const struct km_word *word;

	for (; vocabulary; vocabulary = vocabulary->next)
		km_word_each(word, vocabulary)
			km_complete_put(out, word->key, word->brief);
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct km_check_input *own = input;
	enum km_exit status = km_check_run(own, options);

	km_array_deinit(&((struct km_check_input *)(uintptr_t)input)->thresholds);
	return status;
}

static const struct km_check_input usual = { .timeout = TIMEOUT, .recording = { .span = { .usual_from = "-6h" } } };

const struct km_command km_command_check = {
	.name = "check",
	.brief = "a plugin for monitoring systems: findings against thresholds",
	.args = "[RULE...]",
	.doc = "The exit status is 0 (OK), 1 (WARNING), 2 (CRITICAL) or 3 (UNKNOWN: a file cannot be read, a wrong option, "
	       "the time is over). The first line has the worst state and the performance data; what is found stands below. "
	       "Without RULE, all rules are checked.",
	.examples = (const struct km_example[]){
		{ "kmeminfo check available-low swap-nearly-full", "two rules with their own thresholds" },
		{ "kmeminfo check slab-unreclaimable-large -w 15 -c 30", "one rule with others" },
		{ "kmeminfo check --record memory.db", "also what grew in the last 6 hours of a recording" },
		{ "kmeminfo check --list", "rules, thresholds and today's values" },
		{ 0 }
	},
	.options = own_options,
	.operands = list_rules,
	.parse = parse,
	.input = &usual,
	.input_size = sizeof(struct km_check_input),
	.report = &km_report_check,
	.run = run,
	.plugin = true,
	.confined = true,
};
