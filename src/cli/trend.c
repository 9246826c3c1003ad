// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/recording-session.h"
#include "model/trend.h"
#include "report/moment-recording.h"
#include "report/options.h"
#include "report/trend-text.h"
#include "words/say.h"
#include "words/say.h"

enum { OPT_ALL = 512 };

struct input {
	struct km_recording_input recording;
	const char *report;
	bool all;
};

static const struct argp_option own_options[] = {
	{ "all", OPT_ALL, NULL, 0, "also rows that are steady or were not seen long enough", 0 },
	KM_TIME_OPTIONS,
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_ALL:
		input->all = true;
		return 0;
	case ARGP_KEY_ARG:
		if (input->report)
			argp_error(state, "trend accepts one FILE and one REPORT");
		*(input->recording.path ? &input->report : &input->recording.path) = arg;
		return 0;
	case ARGP_KEY_END:
		if (!input->recording.path)
			argp_error(state, "missing FILE to read (for example: kmeminfo trend memory.db)");
		return 0;
	default:
		return km_recording_option(&input->recording, key, arg, state);
	}
}

/* Whether rows of that report were recorded; complains where they were not. */
static bool has_report(const struct km_recording *recording, const char *name)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	const struct km_report *const *report;
	char hint[KM_HINT_SIZE];

	for (report = km_reports; *report; report++) {
		if (!((*report)->flags & KM_REPORT_OVER_TIME))
			continue;
		if (!strcmp((*report)->type->name, name))
			return true;
		km_nearest_offer(&nearest, (*report)->type->name);
	}
	km_print_message("trend", km_nearest_hint(&nearest, hint, KM_SAID("it is slab, vmalloc, commands or account")),
			 "%s: no report is called '%s'", recording->path, name);
	return false;
}

static enum km_exit add(struct km_session *session, struct km_recording *recording, const void *own)
{
	const struct input *input = own;
	const struct km_trend_options options = { .recording = recording, .report = input->report };
	const struct km_query query = { .need = KM_REQUIRED, .options = &options };
	const bool data = km_format_is_data(session->options->format);
	struct km_sheet sheet;
	enum km_exit status;
	struct km_err err;
	size_t all;

	if (input->report && !has_report(recording, input->report))
		return KM_EXIT_USAGE;
	km_recording_host(recording, recording->samples.len - 1, &session->machine.pool, &session->machine.host);
	session->document.group = "trend";
	if (km_report_trend.derive(&session->machine, &query, &sheet, &err)) {
		km_print_error(&err);
		return KM_EXIT_FAILED;
	}
	if (!km_options_one_table(session->options))
		km_session_add_part(session, &km_report_recording, &options);
	all = sheet.len;
	if (!data && !input->all)
		sheet.len = km_trend_moving(&sheet);
	status = sheet.len || data ? km_session_add_sheet(session, &km_report_trend, sheet, NULL) : KM_EXIT_COMPLETE;
	if (!status && !data && !km_options_one_table(session->options))
		km_trend_explain(&session->document, &sheet, all - sheet.len, &session->style);
	return status;
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;

	return km_recording_session(&own->recording, options, add, own);
}

const struct km_command km_command_trend = {
	.name = "trend",
	.brief = "what grew in a recording, how fast, and whether it looks like a leak",
	.examples = (const struct km_example[]){
		{ "kmeminfo trend memory.db", "everything that grew or shrank, leak-like rows first" },
		{ "kmeminfo trend memory.db slab --sort change_bytes", "slab caches, by their growth" },
		{ "kmeminfo trend --from-time -1h memory.db", "in the last hour of the recording" },
		{ 0 }
	},
	.doc = "FILE was written by kmeminfo record. REPORT is slab, vmalloc, commands or account; all of them "
	       "without it. `kmeminfo explain trend` explains the verdicts.",
	.args = "FILE [REPORT]",
	.options = own_options,
	.report = &km_report_trend,
	.parse = parse,
	.input_size = sizeof(struct input),
	.run = run,
	.confined = true,
	.declines = KM_OPTIONS_OF_SOURCE,
};
