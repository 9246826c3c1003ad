// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/diff-readings.h"
#include "report/diff.h"
#include "report/moment-recording.h"

/* Adds the name of the reading to each problem, because both have files with the same names. */
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

/* The running machine is read first: after a capture is opened, the process can no longer read the machine. */
static int add(struct km_session *session, struct km_machine *first, const struct km_diff_input *input,
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

/* The first sample and the last one. */
static int add_moments(struct km_session *session, struct km_recording *recording, const struct km_diff_options *options,
		       struct km_err *err)
{
	struct km_pool *pool = &session->machine.pool;
	struct km_moment *moments = km_pool_alloc(pool, 2, sizeof(*moments));
	const size_t after = recording->samples.len - 1;
	int r = km_moment_of_recording(recording, 0, options->report, pool, &session->machine.problems, &moments[0], err);

	if (!r)
		r = km_moment_of_recording(recording, after, options->report, pool, &session->machine.problems, &moments[1], err);
	if (r)
		return r;
	km_recording_host(recording, after, pool, &session->machine.host);
	return km_diff_add(&session->document, &moments[0], &moments[1], options, &session->machine.problems, err);
}

static enum km_exit add_samples(struct km_session *session, struct km_recording *recording, const void *data)
{
	struct km_diff_options options = *(const struct km_diff_options *)data;
	struct km_err err;

	options.style = &session->style;
	if (!add_moments(session, recording, &options, &err))
		return KM_EXIT_COMPLETE;
	km_print_error(&err);
	return KM_EXIT_FAILED;
}

static enum km_exit compare_machines(const struct km_diff_input *input, const struct km_options *options,
				     struct km_diff_options diff)
{
	struct km_options second = *options;
	struct km_machine first = { 0 };
	struct km_session session;
	enum km_exit status = KM_EXIT_FAILED;
	struct km_err err;

	/* the running machine has its own page size */
	if (!second.from)
		second.page_bytes = KM_UNKNOWN;
	if (!km_session_init(&session, &second))
		return KM_EXIT_FAILED;
	diff.style = &session.style;
	if (add(&session, &first, input, &diff, options->page_bytes, &err))
		km_print_error(&err);
	else
		status = km_session_finish(&session);
	km_machine_deinit(&first);
	km_session_deinit(&session);
	return status;
}

enum km_exit km_diff_readings(const struct km_diff_input *input, const struct km_options *options)
{
	struct km_diff_options diff = {
		.report = input->report, .all = input->all, .data = km_format_is_data(options->format),
		.one_table = options->format->flags & KM_FORMAT_ONE_TABLE, .view = options->view,
	};
	struct km_err err;

	if (km_diff_check(&diff, &err)) {
		km_print_error(&err);
		return KM_EXIT_USAGE;
	}
	if (input->recording.path)
		return km_recording_session(&input->recording, options, add_samples, &diff);
	return compare_machines(input, options, diff);
}
