// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/diff-readings.h"
#include "report/moment.h"

enum { OPT_ALL = 512 };

static const struct argp_option own_options[] = {
	{ "all", OPT_ALL, NULL, 0, "show also rows that did not change", 0 },
	{ "record", KM_OPT_RECORD, "FILE", 0, "compare two samples of a recording: the first and the last one unless "
	  "times are given", 0 },
	KM_TIME_OPTIONS,
	{ 0 }
};

static void no_such_report(const char *name, struct argp_state *state)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	char hint[KM_HINT_SIZE];

	for (size_t i = 0; km_reports[i]; i++)
		if (km_reports[i]->flags & KM_REPORT_OVER_TIME)
			km_nearest_offer(&nearest, km_reports[i]->type->name);
	argp_error(state, "no report '%s' can be compared; %s", name, km_nearest_hint(&nearest, hint, KM_SAID("--help lists them")));
}

/* Parses "[REPORT] A [B]". For a capture whose directory has the name of a report, the user writes ./slab. */
static void take_operands(struct km_diff_input *input, char **words, size_t len, struct argp_state *state)
{
	size_t first = 0;

	if (len)
		input->report = km_moment_report(km_str_from(words[0]));
	if (input->report)
		first++;
	else if (len == 3)
		no_such_report(words[0], state);
	if (len - first > 2)
		argp_error(state, "diff compares two captures; more are named");
	for (input->len = 0; first < len; first++)
		input->paths[input->len++] = words[first];
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_diff_input *input = state->input;

	switch (key) {
	case OPT_ALL:
		input->all = true;
		return 0;
	case ARGP_KEY_ARGS:
		take_operands(input, state->argv + state->next, (size_t)(state->argc - state->next), state);
		return 0;
	case ARGP_KEY_END:
		km_recording_option(&input->recording, key, arg, state);
		if (input->len && input->recording.path)
			argp_error(state, "--record compares two samples of a recording, so it accepts no capture");
		if (!input->len && !input->recording.path)
			argp_error(state, "missing capture to compare with (for example: kmeminfo diff BEFORE)");
		return 0;
	default:
		return km_recording_option(&input->recording, key, arg, state);
	}
}

/* The second reading is opened as in other commands. The first one is read after it. */
static void adapt(const void *data, struct km_options *options)
{
	const struct km_diff_input *input = data;

	/* they apply to the first reading, too */
	options->given &= ~(unsigned int)(KM_OPTION_PAGE_SIZE | KM_OPTION_UNPACK_LIMIT);
	if (input->len == 2 && options->from) {
		km_print_message("diff", "leave out --from", "two captures are named already");
		exit(KM_EXIT_USAGE);
	}
	if (input->len == 2)
		options->from = input->paths[1];
	if (options->from)
		options->source.also = input->paths;
}

static enum km_exit run(const void *data, struct km_options *options)
{
	if (options->format->flags & KM_FORMAT_METRICS) {
		km_print_message("diff", "use text, json, csv or html",
				 "a format of metrics is for one moment, not for a comparison");
		return KM_EXIT_USAGE;
	}
	return km_diff_readings(data, options);
}

static void operands(FILE *out)
{
	for (size_t i = 0; km_reports[i]; i++)
		if (km_reports[i]->flags & KM_REPORT_OVER_TIME)
			km_complete_put(out, km_reports[i]->type->name, km_reports[i]->type->brief);
}

static const struct km_example examples[] = {
	{ "kmeminfo diff yesterday", "what changed between a capture and now" },
	{ "kmeminfo diff slab before.tar.gz after.tar.gz --top 5", "the five caches that changed most" },
	{ 0 }
};

/* what is compared with a time has to be there at that time */
static const struct km_diff_input usual = { .recording = { .span = { .exact = true } } };

const struct km_command km_command_diff = {
	.name = "diff",
	.brief = "what changed between two captures, or between a capture and now",
	.args = "[REPORT] BEFORE [AFTER]",
	.doc = "BEFORE and AFTER are captures, as --from reads them; without AFTER the running machine is compared. "
	       "REPORT is account, buddy, commands, counters, findings, fragmentation, meminfo, nodes, pages, pressure, "
	       "slab, types, vmalloc, vmstat or zones; without it all are compared, and of each the rows that changed most are shown. "
	       "--columns and --sort name fields of the report. Rates are shown for readings of one boot.",
	.examples = examples,
	.options = own_options,
	.parse = parse,
	.operands = operands,
	.input = &usual,
	.input_size = sizeof(struct km_diff_input),
	.adapt = adapt,
	.run = run,
	.confined = true,
};
