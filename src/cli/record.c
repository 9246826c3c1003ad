// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/units.h"
#include "cli/command.h"
#include "cli/record-loop.h"
#include "source/clock.h"

enum { OPT_EVERY = 512, OPT_KEEP, OPT_COUNT, OPT_EXPORT, OPT_NO_PROCESSES, OPT_AT, OPT_ALSO };

enum { SECOND_US = 1000000, LEAST_US = SECOND_US / 10 };

static const struct argp_option own_options[] = {
	{ "every", OPT_EVERY, "TIME", 0, "time between two samples, such as 10s or 1m; 10s without it", 0 },
	{ "keep", OPT_KEEP, "LIMIT", 0,
	  "remove the oldest samples: those older than a time such as 7d, or what exceeds a size such as "
	  "500M; both may be given", 0 },
	{ "count", OPT_COUNT, "N", 0, "end after N samples; a capture has one", 0 },
	{ "no-processes", OPT_NO_PROCESSES, NULL, 0,
	  "leave out what processes hold, which takes most of the time", 0 },
	{ "also", OPT_ALSO, "REPORT,...", 0,
	  "record these reports, too: callers (from allocinfo, page_owner or alloc_traces) and pages (by the helper "
	  "module) name who grows", 0 },
	{ "at", OPT_AT, "TIME", 0, "time of the capture, if it does not contain one", 0 },
	{ "export", OPT_EXPORT, "COPY", 0, "record nothing: copy the recording FILE to one new file", 0 },
	{ 0 }
};

/* Parses "7d" and "500M": units of time are lower case, units of size upper case. */
static void take_keep(struct km_record_input *input, const char *arg, struct argp_state *state)
{
	const struct km_str text = km_str_from(arg);
	uint64_t bytes;

	if (text.len && strchr("smhdw", arg[text.len - 1]) && !km_units_parse_time(text, &input->keep.us) &&
	    input->keep.us > 0)
		return;
	if (!km_units_parse(text, &bytes) && bytes >= 1024) {
		input->keep.bytes = bytes;
		return;
	}
	argp_error(state, "--keep needs a time such as 7d or a size such as 500M, not '%s'", arg);
}

static void take_every(struct km_record_input *input, const char *arg, struct argp_state *state)
{
	if (km_units_parse_time(km_str_from(arg), &input->every_us) || input->every_us < LEAST_US)
		argp_error(state, "--every needs a time of 100ms or more such as 10s, not '%s'", arg);
}

/* Any report of a moment; most are always recorded. */
static void take_also(struct km_record_input *input, const char *arg, struct argp_state *state)
{
	struct km_str rest = km_str_from(arg), name;

	while (rest.len) {
		const struct km_report *report;

		if (!km_str_take_until(&rest, ',', &name)) {
			name = rest;
			rest.len = 0;
		}
		report = km_report_find(name, KM_REPORT_OVER_TIME);
		if (!report)
			argp_error(state, "--also needs callers, pages or another report that diff compares, not '%.*s'",
				   KM_STR_ARG(name));
		for (size_t i = 0; km_reports[i]; i++)
			input->also[i] |= km_reports[i] == report && !(report->flags & KM_REPORT_RECORDED);
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_record_input *input = state->input;

	switch (key) {
	case OPT_EVERY:
		take_every(input, arg, state);
		return 0;
	case OPT_KEEP:
		take_keep(input, arg, state);
		return 0;
	case OPT_COUNT:
		km_option_count("count", arg, 1, UINT32_MAX, &input->count, state);
		return 0;
	case OPT_NO_PROCESSES:
		input->no_processes = true;
		return 0;
	case OPT_ALSO:
		take_also(input, arg, state);
		return 0;
	case OPT_AT:
		if (km_clock_parse(km_str_from(arg), km_clock_now().wall_us, &input->at_us))
			argp_error(state, "--at needs a time such as 2026-11-28T10:00:00Z, not '%s'", arg);
		return 0;
	case OPT_EXPORT:
		input->copy = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (input->file)
			argp_error(state, "record accepts only one FILE");
		input->file = arg;
		return 0;
	case ARGP_KEY_END:
		if (!input->file)
			argp_error(state, "missing FILE to write to (for example: kmeminfo record memory.db)");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct km_record_input *own = input;

	if (own->at_us != KM_NO_TIME && !options->from) {
		km_print_message("record", "'kmeminfo record --help' lists the options", "--at means nothing without --from");
		return KM_EXIT_USAGE;
	}
	return own->copy ? km_record_export(own) : km_record_samples(own, options);
}

static const struct km_record_input usual = {
	.every_us = INT64_C(10) * SECOND_US, .at_us = KM_NO_TIME, .count = KM_UNKNOWN,
};

const struct km_command km_command_record = {
	.name = "record",
	.brief = "append samples of the machine to a file, for diff, trend and top",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo record --count 2 --every 1s memory.db", "two samples, a second apart" },
		{ "sudo kmeminfo record --count 1 --keep 7d memory.db", "add a sample, and remove what is older than a week" },
		{ 0 }
	},
	.doc = "FILE is a SQLite database, which is made if it does not exist. It holds the figures of slab caches, "
	       "vmalloc callers, zones, free blocks, the account, findings, pressure and commands. SIGTERM ends "
	       "the recording. With --from it adds a capture as one sample, at the time of the capture.",
	.args = "FILE",
	.options = own_options,
	.parse = parse,
	.input = &usual,
	.input_size = sizeof(struct km_record_input),
	.run = run,
	.confined = true,
	.english = true,
	.writes = true,
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_JSON | KM_OPTION_TOP | KM_OPTION_BYTES | KM_OPTION_NO_HEADINGS |
		    KM_OPTION_COLOR | KM_OPTION_FORMAT | KM_OPTION_OUTPUT,
};
