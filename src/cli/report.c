// SPDX-License-Identifier: GPL-2.0-or-later
/* A page about the whole machine. */
#include "cli/command.h"
#include "cli/recording-session.h"
#include "cli/report-parts.h"
#include "cli/report-time.h"
#include "report/notes.h"

enum { OPT_PAGES = 512, OPT_BEFORE };

struct input {
	bool walk;
	struct km_recording_input recording;
	const char *before[2]; /* an earlier capture; ends with NULL */
};

static const struct argp_option own_options[] = {
	{ "pages", OPT_PAGES, NULL, 0,
	  "let the helper module read every page: up to a few seconds per TiB", 0 },
	{ "before", OPT_BEFORE, "CAPTURE", 0, "also show what changed since this earlier capture", 0 },
	{ "record", KM_OPT_RECORD, "FILE", 0, "also show curves of what grew in this recording", 0 },
	KM_TIME_OPTIONS,
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_PAGES:
		input->walk = true;
		return 0;
	case OPT_BEFORE:
		input->before[0] = arg;
		return 0;
	default:
		return km_recording_option(&input->recording, key, arg, state);
	}
}

/* Without a format option the output is a page. */
static void adapt(const void *data, struct km_options *options)
{
	const struct input *input = data;

	if (input->before[0])
		options->source.also = input->before;
	if (!(options->given & (KM_OPTION_FORMAT | KM_OPTION_JSON)))
		options->format = &km_formats[KM_FORMAT_html];
}

static bool is_refused(const struct km_session *session)
{
	const struct km_options *options = session->options;

	if (!session->style.terminal || options->format != &km_formats[KM_FORMAT_html] || options->output)
		return false;
	km_print_message(NULL, "write it to a file: kmeminfo report --output FILE.html", "a page is not for a terminal");
	return true;
}

/* The machine comes first, because its files can no longer be read after another capture is opened. */
static enum km_exit add(struct km_session *session, const struct input *input, struct km_recording *recording,
			struct km_machine *earlier)
{
	enum km_exit status = KM_EXIT_COMPLETE;

	km_report_add_machine(session, input->walk);
	if (recording)
		status = km_report_add_recording(session, recording);
	if (!status && session->options->format->flags & KM_FORMAT_PAGE)
		km_notes_add(&session->machine, km_session_language(), &session->document);
	if (!status && input->before[0])
		status = km_report_add_changes(session, earlier, input->before[0]);
	return status;
}

static enum km_exit report(const struct input *input, const struct km_options *options, struct km_recording *recording,
			   struct km_problems *problems)
{
	struct km_machine earlier = { .problems = { .pool = { 0 } } };
	struct km_session session;
	enum km_exit status;

	if (!km_session_init(&session, options))
		return KM_EXIT_FAILED;
	km_problems_move(problems, &session.machine.problems);
	status = is_refused(&session) ? KM_EXIT_USAGE : add(&session, input, recording, &earlier);
	if (!status)
		status = km_session_finish(&session);
	km_session_deinit(&session);
	km_machine_deinit(&earlier);
	return status;
}

static enum km_exit run(const void *data, struct km_options *options)
{
	const struct input *input = data;
	struct km_problems problems = { .pool = { 0 } };
	struct km_recording recording;
	/* comes before files can no longer be opened */
	enum km_exit status = input->recording.path ? km_recording_take(&recording, &input->recording, &problems) :
						      KM_EXIT_COMPLETE;

	if (status)
		return status;
	status = report(input, options, input->recording.path ? &recording : NULL, &problems);
	km_problems_deinit(&problems);
	if (input->recording.path)
		km_recording_close(&recording);
	return status;
}

const struct km_command km_command_report = {
	.name = "report",
	.brief = "a page (HTML) about the whole machine, to show to others",
	.examples = (const struct km_example[]){
		{ "kmeminfo report --output memory.html", "this machine" },
		{ "kmeminfo report --from mymachine --output memory.html", "a captured machine" },
		{ "kmeminfo report --before mymachine --record memory.db --output memory.html",
		  "with changes since a capture, and curves" },
		{ 0 }
	},
	.doc = "The page needs no network and no other file. It opens with the findings in words; pictures and "
	       "tables follow, and every column and word is explained.",
	.options = own_options,
	.parse = parse,
	.input_size = sizeof(struct input),
	.adapt = adapt,
	.run = run,
	.confined = true,
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_NO_HEADINGS | KM_OPTION_COLOR,
};
