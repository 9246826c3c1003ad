// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/nearest.h"
#include "base/utf8.h"
#include "cmd.h"
#include "explain/topics.h"
#include "figures.h"
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

static const char *environment(const char *name)
{
	return getenv(name);
}

static void operands(FILE *out)
{
	struct km_problems problems = { 0 };
	struct km_pool pool = { 0 };
	struct km_sheet topics = km_topics_derive(&pool, km_language_of(environment), &problems);

	for (size_t i = 0; i < topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&topics, i);

		km_complete_put(out, row->key.ptr, row->brief.ptr);
	}
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
}

static void no_such_topic(const struct km_sheet *topics, const char *word)
{
	struct km_nearest nearest = { .word = km_str_from(word) };

	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		km_nearest_offer(&nearest, row->key.ptr);
		for (size_t j = 0; j < row->also.len; j++)
			km_nearest_offer(&nearest, row->also.items[j].ptr);
	}
	fprintf(stderr, "kmeminfo: nothing is called '%s'\n", word);
	if (nearest.best)
		fprintf(stderr, "  did you mean '%s'?\n", nearest.best);
	else
		fprintf(stderr, "  'kmeminfo fields' lists what can be explained\n");
}

struct note {
	struct km_str label, text;
};

/* What is said of a topic under labels, until it is known how wide these are. */
struct notes {
	struct km_pool *pool;
	enum km_language language;
	size_t columns; /* of the widest label */
	KM_ARRAY(struct note) list;
};

static void add_note(struct notes *notes, struct km_str label, struct km_str text)
{
	size_t columns = km_str_columns(label);

	if (!text.ptr)
		return;
	if (columns > notes->columns)
		notes->columns = columns;
	*km_array_push(&notes->list) = (struct note){ label, text };
}

static void add_names(struct notes *notes, enum km_word word, const struct km_texts *names)
{
	struct km_str text = { 0 };

	for (size_t i = 0; i < names->len; i++)
		text = km_pool_printf(notes->pool, "%.*s%s%.*s", KM_STR_ARG(text), i ? ", " : "",
				      KM_STR_ARG(names->items[i]));
	add_note(notes, km_word(notes->language, word), text);
}

static struct km_str label_of(const struct km_topic_section *section, enum km_language language)
{
	const struct km_topic_part *part;

	for (part = km_topic_parts; part->field; part++)
		if (km_str_eq(section->key, km_str_from(part->key)))
			return km_str_from(part->labels[language]);
	return KM_STR("");
}

/* Paragraphs without a label are printed, the others kept. */
static void take_sections(FILE *out, const struct km_topic_row *row, struct notes *notes)
{
	const struct km_topic_section *sections = row->sections.items;

	for (size_t i = 0; i < row->sections.len; i++) {
		struct km_str label = label_of(&sections[i], notes->language);

		if (!label.len)
			km_prose_fold(out, sections[i].text, PROSE_INDENT, PROSE_WIDTH);
		else if (i && km_str_eq(sections[i].key, sections[i - 1].key))
			add_note(notes, KM_STR(""), sections[i].text);
		else
			add_note(notes, label, sections[i].text);
	}
}

static void print_notes(FILE *out, const struct notes *notes)
{
	for (size_t i = 0; i < notes->list.len; i++) {
		struct km_str label = notes->list.items[i].label;

		label = km_pool_printf(notes->pool, "%*s%.*s%s", PROSE_INDENT, "", KM_STR_ARG(label),
				       label.len ? ":" : "");
		km_prose_labelled(out, label, notes->list.items[i].text,
				  PROSE_INDENT + notes->columns + sizeof(":"), PROSE_WIDTH);
	}
}

static void print_topic(FILE *out, struct km_pool *pool, enum km_language language,
			const struct km_topic_row *row)
{
	struct notes notes = { .pool = pool, .language = language };

	fprintf(out, "%.*s.%.*s", KM_STR_ARG(row->group), KM_STR_ARG(row->key));
	if (row->unit.ptr)
		fprintf(out, " (%.*s)", KM_STR_ARG(row->unit));
	fprintf(out, ": %.*s\n", KM_STR_ARG(row->brief));
	km_prose_fold(out, row->explain, PROSE_INDENT, PROSE_WIDTH);
	take_sections(out, row, &notes);
	add_note(&notes, km_word(language, KM_WORD_FROM), row->origin);
	add_note(&notes, km_word(language, KM_WORD_KERNELS), row->kernels);
	add_names(&notes, KM_WORD_ALSO, &row->also);
	add_names(&notes, KM_WORD_SEE, &row->see);
	print_notes(out, &notes);
	fputc('\n', out);
	km_array_deinit(&notes.list);
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

static struct km_str prose_of(struct km_pool *pool, enum km_language language,
			      const struct km_sheet *topics)
{
	struct km_str kept;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return KM_STR("");
	for (size_t i = 0; i < topics->len; i++)
		print_topic(out, pool, language, km_sheet_row(topics, i));
	fclose(out);
	kept = km_pool_copy(pool, (struct km_str){ text, len ? len - 1 : 0 });
	free(text);
	return kept;
}

/* With the figures of the machine, which are read for the topics chosen alone. */
static void tell(struct km_snapshot *snapshot, enum km_language language, struct km_sheet *topics)
{
	struct km_topic_row *rows = (struct km_topic_row *)(uintptr_t)topics->rows;
	struct km_figures figures = { .snapshot = snapshot, .language = language };
	const struct km_topic_teller teller = { &snapshot->pool, language, km_figures_tell, &figures };

	for (size_t i = 0; i < topics->len; i++)
		km_topic_tell(&teller, &rows[i]);
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_language language = km_language_of(environment);
	enum km_exit status = KM_EXIT_USAGE;
	struct input input = { 0 };
	struct km_snapshot *snapshot;
	struct km_report report;
	struct km_sheet topics;

	km_cmd_parse(&km_cmd_explain, argc, argv, options, &input);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	snapshot = &report.snapshot;
	topics = km_topics_derive(&snapshot->pool, language, &snapshot->problems);
	if (choose(&topics, &input)) {
		tell(snapshot, language, &topics);
		if (km_report_add(&report, "topics", topics)) {
			report.sections.items[0].text = prose_of(&snapshot->pool, language, &topics);
			status = km_report_finish(&report);
		}
	}
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_explain = {
	.name = "explain",
	.brief = "what a field, a finding, an allocator or a flag means",
	.args = "KEY...",
	.doc = "KEY is a word that kmeminfo prints, SHEET.KEY where several sheets have it, or the name of "
	       "a sheet for all of its fields; or an allocation call, a GFP flag, a slab cache, a claim, or "
	       "one of kmeminfo-topics(7). The language follows LC_MESSAGES.",
	.sheet = &km_topic_type,
	.operands = operands,
	.parse = parse,
	.run = run,
};
