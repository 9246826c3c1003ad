// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/nearest.h"
#include "cmd.h"
#include "explain/topics.h"
#include "render/prose.h"

enum { PROSE_INDENT = 4, PROSE_WIDTH = 80 };

struct input {
	char **words;
	size_t len;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case ARGP_KEY_ARGS:
		input->words = state->argv + state->next;
		input->len = (size_t)(state->argc - state->next);
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "explain wants a word; 'kmeminfo fields' lists them");
		return EINVAL;
	default:
		(void)arg;
		return ARGP_ERR_UNKNOWN;
	}
}

static void operands(FILE *out)
{
	struct km_pool pool = { 0 };
	struct km_sheet topics = km_topics_derive(&pool);

	for (size_t i = 0; i < topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&topics, i);

		km_complete_put(out, row->key.ptr, row->brief.ptr);
	}
	km_pool_deinit(&pool);
}

static void no_such_topic(const struct km_sheet *topics, const char *word)
{
	struct km_nearest nearest = { .word = km_str_from(word) };

	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		km_nearest_offer(&nearest, row->key.ptr);
	}
	fprintf(stderr, "kmeminfo: nothing is called '%s'\n", word);
	if (nearest.best)
		fprintf(stderr, "  did you mean '%s'?\n", nearest.best);
	else
		fprintf(stderr, "  'kmeminfo fields' lists what can be explained\n");
}

static void print_note(FILE *out, const char *head, struct km_str text)
{
	if (text.ptr)
		fprintf(out, "%*s%s %.*s\n", PROSE_INDENT, "", head, KM_STR_ARG(text));
}

static void print_topic(FILE *out, const struct km_topic_row *row)
{
	fprintf(out, "%.*s.%.*s", KM_STR_ARG(row->group), KM_STR_ARG(row->key));
	if (row->unit.ptr)
		fprintf(out, " (%.*s)", KM_STR_ARG(row->unit));
	fprintf(out, ": %.*s\n", KM_STR_ARG(row->brief));
	km_prose_fold(out, row->explain, PROSE_INDENT, PROSE_WIDTH);
	print_note(out, "From:", row->origin);
	print_note(out, "Kernels:", row->kernels);
	fputc('\n', out);
}

/* Keeps of the topics those that a word means, in order; false when a word means none. */
static bool choose(struct km_sheet *topics, const struct input *input)
{
	struct km_topic_row *rows = (struct km_topic_row *)(uintptr_t)topics->rows;
	size_t len = 0;

	for (size_t w = 0; w < input->len; w++) {
		bool found = false;

		for (size_t i = 0; i < topics->len; i++)
			found = found || km_topic_matches(&rows[i], km_str_from(input->words[w]));
		if (found)
			continue;
		no_such_topic(topics, input->words[w]);
		return false;
	}
	for (size_t i = 0; i < topics->len; i++) {
		bool wanted = false;

		for (size_t w = 0; w < input->len; w++)
			wanted = wanted || km_topic_matches(&rows[i], km_str_from(input->words[w]));
		if (wanted)
			rows[len++] = rows[i];
	}
	topics->len = len;
	return true;
}

static struct km_str prose_of(struct km_pool *pool, const struct km_sheet *topics)
{
	struct km_str kept;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return KM_STR("");
	for (size_t i = 0; i < topics->len; i++)
		print_topic(out, km_sheet_row(topics, i));
	fclose(out);
	kept = km_pool_copy(pool, (struct km_str){ text, len ? len - 1 : 0 });
	free(text);
	return kept;
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	struct input input = { 0 };
	struct km_report report;
	struct km_sheet topics;

	km_cmd_parse(&km_cmd_explain, argc, argv, options, &input);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	topics = km_topics_derive(&report.snapshot.pool);
	if (choose(&topics, &input) && km_report_add(&report, "topics", topics)) {
		report.sections.items[0].text = prose_of(&report.snapshot.pool, &topics);
		status = km_report_finish(&report);
	}
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_explain = {
	.name = "explain",
	.brief = "what a field, a finding or a state means",
	.args = "KEY...",
	.doc = "KEY is a word that kmeminfo prints, SHEET.KEY where several sheets have it, or the name of "
	       "a sheet for all of its fields.",
	.sheet = &km_topic_type,
	.operands = operands,
	.parse = parse,
	.run = run,
};
