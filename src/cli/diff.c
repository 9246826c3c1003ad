// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/nearest.h"
#include "cli/command.h"
#include "machine/recording.h"
#include "report/diff.h"
#include "report/moment-recording.h"

enum { OPT_ALL = 512, OPT_RECORD, OPT_FROM_TIME, OPT_TO_TIME };

struct input {
	const struct km_report *report; /* NULL: all */
	const char *paths[3]; /* of the readings, and NULL */
	size_t len;
	bool all;
	const char *recording, *from_time, *to_time; /* NULL: not given */
};

static const struct argp_option own_options[] = {
	{ "all", OPT_ALL, NULL, 0, "show the rows that did not change, too", 0 },
	{ "record", OPT_RECORD, "FILE", 0, "compare two samples of a recording, the first and the last one unless "
	  "times are given", 0 },
	{ "from-time", OPT_FROM_TIME, "TIME", 0, "with --record: the sample before is the last one up to this time, such "
	  "as '2026-11-28 10:00', 10:00, or -1h before the end", 0 },
	{ "to-time", OPT_TO_TIME, "TIME", 0, "with --record: the same for the sample after", 0 },
	{ 0 }
};

static void no_such_report(const char *name, struct argp_state *state)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	char hint[KM_HINT_SIZE];

	for (size_t i = 0; km_reports[i]; i++)
		if (km_reports[i]->flags & KM_REPORT_OVER_TIME)
			km_nearest_offer(&nearest, km_reports[i]->type->name);
	argp_error(state, "no report '%s' can be compared; %s", name, km_nearest_hint(&nearest, hint, "--help lists them"));
}

/* "[REPORT] A [B]". A capture whose directory is called like a report is written ./slab. */
static void take_operands(struct input *input, char **words, size_t len, struct argp_state *state)
{
	size_t first = 0;

	if (len)
		input->report = km_moment_report(km_str_from(words[0]));
	if (input->report)
		first++;
	else if (len == 3)
		no_such_report(words[0], state);
	if (len - first > 2)
		argp_error(state, "too many captures: two readings are compared");
	for (input->len = 0; first < len; first++)
		input->paths[input->len++] = words[first];
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	(void)arg;
	switch (key) {
	case OPT_ALL:
		input->all = true;
		return 0;
	case OPT_RECORD:
		input->recording = arg;
		return 0;
	case OPT_FROM_TIME:
		input->from_time = arg;
		return 0;
	case OPT_TO_TIME:
		input->to_time = arg;
		return 0;
	case ARGP_KEY_ARGS:
		take_operands(input, state->argv + state->next, (size_t)(state->argc - state->next), state);
		return 0;
	case ARGP_KEY_END:
		if ((input->from_time || input->to_time) && !input->recording)
			argp_error(state, "--from-time and --to-time need --record");
		if (input->len && input->recording)
			argp_error(state, "--record compares two samples, and no captures");
		if (!input->len && !input->recording)
			argp_error(state, "name the capture to compare with");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The second reading is opened as other commands open theirs; the first is read behind it. */
static void adapt(const void *data, struct km_options *options)
{
	const struct input *input = data;

	/* they are about the first reading, too */
	options->given &= ~(unsigned int)(KM_OPTION_PAGE_SIZE | KM_OPTION_UNPACK_LIMIT);
	if (input->len < 2)
		return;
	if (options->from) {
		fputs("kmeminfo diff: --from is the second reading, and there is one already\n", stderr);
		exit(KM_EXIT_USAGE);
	}
	options->from = input->paths[1];
	options->source.also = input->paths;
}

/* Each problem names its reading, as both have files of the same names. */
static void name_problems(struct km_problems *problems, const char *name)
{
	struct km_problem *problem;

	km_array_each(problem, &problems->list)
		problem->source = km_pool_printf(&problems->pool, "%s: %.*s", name, KM_STR_ARG(problem->source));
}

static int take(struct km_machine *machine, const char *name, const struct km_diff_options *options,
		struct km_moment *ret, struct km_err *err)
{
	int r = km_moment_take(machine, name, options->report, options->data, ret, err);

	km_machine_note_failures(machine);
	name_problems(&machine->problems, name);
	return r;
}

/* The running machine is read first: what reads the capture then cannot read the machine any more. */
static int add(struct km_session *session, struct km_machine *first, const struct input *input,
	       const struct km_diff_options *options, uint64_t page_bytes, struct km_err *err)
{
	struct km_source_options source = session->options->source;
	struct km_moment *moments = km_pool_alloc(&session->machine.pool, 2, sizeof(*moments));
	const char *from = session->options->from;
	int r;

	source.also = NULL;
	r = take(&session->machine, from ? from : "now", options, &moments[1], err);
	if (!r)
		r = km_machine_open(first, input->paths[0], page_bytes, &source, err);
	if (!r)
		r = take(first, input->paths[0], options, &moments[0], err);
	if (!r)
		r = km_diff_add(&session->document, &moments[0], &moments[1], options, &session->machine.problems, err);
	km_problems_move(&first->problems, &session->machine.problems);
	return r;
}

/* The sample of a time; text NULL: otherwise. */
static int find_sample(const struct km_recording *recording, const char *text, size_t otherwise, size_t *ret,
		       struct km_err *err)
{
	const struct km_recording_sample *samples = recording->samples.items;
	char first[KM_CLOCK_SIZE];
	int64_t wall_us;

	*ret = otherwise;
	if (!text)
		return 0;
	if (km_clock_parse(km_str_from(text), samples[recording->samples.len - 1].clock.wall_us, &wall_us))
		return km_err_set(err, -EINVAL, "it is written 2026-11-28T10:00:00Z, 10:00 or -1h", "'%s' is no time", text);
	*ret = km_recording_at(recording, wall_us);
	if (*ret == SIZE_MAX)
		return km_err_set(err, -EINVAL, NULL, "%s begins later than %s, at %s", recording->path, text,
				  km_clock_text(first, samples[0].clock.wall_us));
	return 0;
}

static int add_samples(struct km_session *session, struct km_recording *recording, const struct input *input,
		       const struct km_diff_options *options, struct km_err *err)
{
	struct km_pool *pool = &session->machine.pool;
	struct km_moment *moments = km_pool_alloc(pool, 2, sizeof(*moments));
	size_t before, after;
	int r = find_sample(recording, input->from_time, 0, &before, err);

	if (!r)
		r = find_sample(recording, input->to_time, recording->samples.len - 1, &after, err);
	if (!r)
		r = km_moment_of_recording(recording, before, options->report, pool, &moments[0], err);
	if (!r)
		r = km_moment_of_recording(recording, after, options->report, pool, &moments[1], err);
	if (r)
		return r;
	km_recording_host(recording, after, pool, &session->machine.host);
	return km_diff_add(&session->document, &moments[0], &moments[1], options, &session->machine.problems, err);
}

static enum km_exit compare_samples(const struct input *input, const struct km_options *options,
				    struct km_diff_options *diff)
{
	struct km_problems problems = { .pool = { 0 } };
	struct km_recording recording;
	struct km_session session;
	enum km_exit status = KM_EXIT_FAILED;
	struct km_err err;
	int r;

	/* before files can no longer be opened */
	if (km_recording_open(&recording, input->recording, &problems, &err)) {
		km_complain(&err);
		return KM_EXIT_FAILED;
	}
	if (km_session_init(&session, options)) {
		km_problems_deinit(&session.machine.problems);
		session.machine.problems = problems;
		problems = (struct km_problems){ .pool = { 0 } };
		diff->style = &session.style;
		r = add_samples(&session, &recording, input, diff, &err);
		if (r)
			km_complain(&err);
		status = !r ? km_session_finish(&session) : r == -EINVAL ? KM_EXIT_USAGE : KM_EXIT_FAILED;
		km_session_deinit(&session);
	}
	km_problems_deinit(&problems);
	km_recording_close(&recording);
	return status;
}

static enum km_exit run(const void *data, struct km_options *options)
{
	const struct input *input = data;
	struct km_machine first = { 0 };
	struct km_session session;
	enum km_exit status = KM_EXIT_USAGE;
	struct km_err err;
	struct km_options second = *options;
	struct km_diff_options diff = {
		.report = input->report, .all = input->all, .data = km_format_is_data(options->format),
		.one_table = options->format->flags & KM_FORMAT_ONE_TABLE, .view = options->view,
	};

	if (options->format->flags & KM_FORMAT_METRICS) {
		fputs("kmeminfo diff: metrics are of one moment: give two of them to what compares them\n", stderr);
		return KM_EXIT_USAGE;
	}
	if (km_diff_check(&diff, &err)) {
		km_complain(&err);
		return KM_EXIT_USAGE;
	}
	if (input->recording)
		return compare_samples(input, options, &diff);
	/* the running machine has its own page size */
	if (!second.from)
		second.page_bytes = KM_UNKNOWN;
	if (!km_session_init(&session, &second))
		return KM_EXIT_FAILED;
	diff.style = &session.style;
	if (add(&session, &first, input, &diff, options->page_bytes, &err)) {
		km_complain(&err);
		status = KM_EXIT_FAILED;
	} else {
		status = km_session_finish(&session);
	}
	km_machine_deinit(&first);
	km_session_deinit(&session);
	return status;
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
	.input_size = sizeof(struct input),
	.adapt = adapt,
	.run = run,
	.confined = true,
};
