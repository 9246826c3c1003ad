// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "report/advice-text.h"
#include "base/nearest.h"
#include "base/units.h"
#include "cli/command.h"
#include "report/topics.h"
#include "report/placeholder.h"
#include "report/topic-text.h"

enum { OPT_SIZE = 512, OPT_CONTIGUOUS, OPT_ATOMIC, OPT_DMA, OPT_ZEROED, OPT_USER };

struct input {
	char **words;
	size_t len;
	bool advise;
	struct km_advice_request request;
};

static const struct argp_option own_options[] = {
	{ "size", OPT_SIZE, "SIZE", 0,
	  "recommend an allocation call for so much memory (100K, 4M), which is...", 0 },
	{ "contiguous", OPT_CONTIGUOUS, NULL, 0, "... physically contiguous", 0 },
	{ "atomic", OPT_ATOMIC, NULL, 0, "... asked for where sleeping is not allowed", 0 },
	{ "dma", OPT_DMA, NULL, 0, "... read or written by a device", 0 },
	{ "zeroed", OPT_ZEROED, NULL, 0, "... filled with zeros", 0 },
	{ "user", OPT_USER, NULL, 0, "... mapped into a process", 0 },
	{ 0 }
};

/* The member of the request that an option asks for; NULL: none. */
static enum km_tri *demand(struct km_advice_request *request, int key)
{
	switch (key) {
	case OPT_CONTIGUOUS:
		return &request->contiguous;
	case OPT_ATOMIC:
		return &request->atomic;
	case OPT_DMA:
		return &request->dma;
	case OPT_ZEROED:
		return &request->zeroed;
	case OPT_USER:
		return &request->user;
	default:
		return NULL;
	}
}

static const struct km_sheet_type *sheet_of(const void *input)
{
	return ((const struct input *)input)->advise ? &km_advice_type : &km_topic_type;
}

static void check_request(const struct input *input, struct argp_state *state)
{
	if (input->advise && input->len)
		argp_error(state, "--size takes no KEY");
	if (input->advise && input->request.bytes == KM_UNKNOWN)
		argp_error(state, "a request needs --size");
	if (!input->advise && !input->len)
		argp_error(state, "explain wants a word; 'kmeminfo fields' lists them");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;
	enum km_tri *member = demand(&input->request, key);

	if (member) {
		input->advise = true;
		*member = KM_TRI_YES;
		return 0;
	}
	switch (key) {
	case OPT_SIZE:
		input->advise = true;
		if (km_units_parse(km_str_from(arg), &input->request.bytes) || !input->request.bytes)
			argp_error(state, "--size wants a size such as 100K, not '%s'", arg);
		return 0;
	case ARGP_KEY_ARGS:
		input->words = state->argv + state->next;
		input->len = (size_t)(state->argc - state->next);
		return 0;
	case ARGP_KEY_END:
		check_request(input, state);
		return 0;
	default:
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

static bool is_wanted(const struct km_topic_row *row, const struct input *input)
{
	for (size_t w = 0; w < input->len; w++)
		if (km_topic_matches(row, km_str_from(input->words[w])))
			return true;
	return false;
}

static bool is_topic(const struct km_sheet *topics, struct km_str word)
{
	for (size_t i = 0; i < topics->len; i++)
		if (km_topic_matches(km_sheet_row(topics, i), word))
			return true;
	return false;
}

static bool every_word_means_something(const struct km_sheet *topics, const struct input *input)
{
	for (size_t w = 0; w < input->len; w++) {
		if (is_topic(topics, km_str_from(input->words[w])))
			continue;
		no_such_topic(topics, input->words[w]);
		return false;
	}
	return true;
}

/* "kernel stacks" without quotes is one word when all operands together are a topic. */
static void join_words(struct km_pool *pool, const struct km_sheet *topics, struct input *input)
{
	struct km_str all = KM_STR("");

	for (size_t w = 0; w < input->len; w++)
		all = km_pool_printf(pool, "%.*s%s%s", KM_STR_ARG(all), w ? " " : "", input->words[w]);
	if (input->len < 2 || !is_topic(topics, all))
		return;
	input->words = km_pool_alloc(pool, 1, sizeof(*input->words));
	*input->words = (char *)(uintptr_t)all.ptr;
	input->len = 1;
}

/*
 * Keeps of the topics those that are wanted: first what a text tells, which is about the word itself,
 * then the fields, claims, ... that it is also a part of.
 */
static void choose(struct km_pool *pool, struct km_sheet *topics, const struct input *input)
{
	struct km_topic_row *chosen = km_pool_alloc(pool, topics->len, sizeof(*chosen));
	size_t len = 0;

	for (unsigned int others = 0; others < 2; others++)
		for (size_t i = 0; i < topics->len; i++) {
			const struct km_topic_row *row = km_sheet_row(topics, i);

			if (others != km_topic_is_text(row) && is_wanted(row, input))
				chosen[len++] = *row;
		}
	topics->rows = chosen;
	topics->len = len;
}

/* A report made by explain: the machine, and how to speak of it. */
struct explainer {
	struct km_report report;
	struct km_placeholders figures;
	struct km_sheet topics; /* or advice */
};

/* Has a section show what print writes instead of a table. */
static void show_text(struct explainer *explainer, struct km_section *section,
		      void (*print)(FILE *out, struct explainer *explainer))
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return;
	print(out, explainer);
	fclose(out);
	section->text = km_pool_copy(&explainer->report.machine.pool, (struct km_str){ text, len });
	free(text);
}

static void print_topics(FILE *out, struct explainer *explainer)
{
	for (size_t i = 0; i < explainer->topics.len; i++) {
		if (i)
			fputc('\n', out);
		km_tell_topic(out, &explainer->report.machine.pool, explainer->figures.language,
			    km_sheet_row(&explainer->topics, i));
	}
}

static void print_advice(FILE *out, struct explainer *explainer)
{
	km_advise_print(out, &explainer->figures, &explainer->topics);
}

/* With the figures of the machine, which are read for the topics chosen alone. */
static void tell_topics(struct explainer *explainer)
{
	struct km_topic_row *rows = (struct km_topic_row *)(uintptr_t)explainer->topics.rows;
	const struct km_topic_teller teller = { &explainer->report.machine.pool, explainer->figures.language,
						km_placeholder_tell, &explainer->figures };

	for (size_t i = 0; i < explainer->topics.len; i++)
		km_topic_tell(&teller, &rows[i]);
}

static enum km_exit explain_topics(struct explainer *explainer, struct input *input)
{
	struct km_machine *machine = &explainer->report.machine;

	explainer->topics = km_topics_derive(&machine->pool, explainer->figures.language, &machine->problems);
	join_words(&machine->pool, &explainer->topics, input);
	if (!every_word_means_something(&explainer->topics, input))
		return KM_EXIT_USAGE;
	choose(&machine->pool, &explainer->topics, input);
	tell_topics(explainer);
	if (!km_report_add(&explainer->report, "topics", explainer->topics))
		return KM_EXIT_USAGE;
	show_text(explainer, &explainer->report.sections.items[0], print_topics);
	return km_report_finish(&explainer->report);
}

/* A table when columns are asked for, as of any sheet; else prose. */
static enum km_exit advise(struct explainer *explainer, const struct input *input)
{
	const struct km_options *options = explainer->report.options;
	struct km_sheet request = { &km_advice_request_type, &input->request, 1, NULL };

	explainer->topics = km_advise(&explainer->figures, &input->request);
	if (options->json)
		km_report_add_part(&explainer->report, "request", KM_SHAPE_ROW, request, NULL, KM_UNKNOWN);
	if (!km_report_add(&explainer->report, km_advice_type.name, explainer->topics))
		return KM_EXIT_USAGE;
	if (!options->view.columns)
		show_text(explainer, &explainer->report.sections.items[explainer->report.sections.len - 1], print_advice);
	return km_report_finish(&explainer->report);
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	struct input input = { .request = { KM_UNKNOWN, KM_TRI_NO, KM_TRI_NO, KM_TRI_NO, KM_TRI_NO,
					    KM_TRI_NO } };
	struct explainer explainer = { 0 };
	enum km_exit status;

	km_cmd_parse(&km_cmd_explain, argc, argv, options, &input);
	if (!km_report_init(&explainer.report, options))
		return KM_EXIT_FAILED;
	explainer.figures.machine = &explainer.report.machine;
	explainer.figures.language = km_language_of(environment);
	status = input.advise ? advise(&explainer, &input) : explain_topics(&explainer, &input);
	km_report_deinit(&explainer.report);
	return status;
}

const struct km_command km_cmd_explain = {
	.name = "explain",
	.brief = "what a field, a finding, an allocator or a flag means",
	.args = "KEY...\n--size=SIZE",
	.options = own_options,
	.doc = "KEY is a word that kmeminfo prints, SHEET.KEY where several sheets have it, or the name of "
	       "a sheet for all of its fields; or an allocation call, a GFP flag, a slab cache, a claim, or "
	       "one of kmeminfo-topics(7). The language follows LC_MESSAGES. --size recommends a call and says why.",
	.sheet = &km_topic_type,
	.sheet_of = sheet_of,
	.operands = operands,
	.parse = parse,
	.run = run,
};
