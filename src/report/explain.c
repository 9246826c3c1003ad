// SPDX-License-Identifier: GPL-2.0-or-later
/* What words mean: the topics that are asked for, with this machine's figures, and the list of all. */
#include <errno.h>
#include "base/nearest.h"
#include "report/options.h"
#include "report/placeholder.h"
#include "report/report.h"
#include "report/topic-text.h"

static bool is_topic(const struct km_sheet *topics, struct km_str word)
{
	for (size_t i = 0; i < topics->len; i++)
		if (km_topic_matches(km_sheet_row(topics, i), word))
			return true;
	return false;
}

static int no_such_topic(const struct km_sheet *topics, const char *word, struct km_err *err)
{
	struct km_nearest nearest = { .word = km_str_from(word) };
	char hint[KM_HINT_SIZE];

	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		km_nearest_offer(&nearest, row->key.ptr);
		for (size_t j = 0; j < row->also.len; j++)
			km_nearest_offer(&nearest, row->also.items[j].ptr);
	}
	return km_err_set(err, -EINVAL,
			  km_nearest_hint(&nearest, hint, "'kmeminfo fields' lists what can be explained"),
			  "nothing is called '%s'", word);
}

/* "kernel stacks" without quotes is one word when all operands together are a topic. */
static struct km_explain_options join_words(struct km_pool *pool, const struct km_sheet *topics,
					    const struct km_explain_options *options)
{
	struct km_explain_options joined = *options;
	KM_TEXT_SCOPE all = { 0 };
	char **words;

	for (size_t w = 0; w < options->len; w++)
		km_text_printf(&all, "%s%s", w ? " " : "", options->words[w]);
	if (options->len < 2 || !is_topic(topics, km_text_str(&all)))
		return joined;
	words = km_pool_alloc(pool, 1, sizeof(*words));
	*words = (char *)(uintptr_t)km_text_keep(&all, pool).ptr;
	joined.words = words;
	joined.len = 1;
	return joined;
}

static bool is_wanted(const struct km_topic_row *row, const struct km_explain_options *options)
{
	for (size_t w = 0; w < options->len; w++)
		if (km_topic_matches(row, km_str_from(options->words[w])))
			return true;
	return false;
}

/*
 * Keeps of the topics those that are wanted: first what a text tells, which is about the word itself,
 * then the fields, claims, ... that it is also a part of.
 */
static void choose(struct km_pool *pool, struct km_sheet *topics, const struct km_explain_options *options)
{
	struct km_topic_row *chosen = km_pool_alloc(pool, topics->len, sizeof(*chosen));
	size_t len = 0;

	for (unsigned int others = 0; others < 2; others++)
		for (size_t i = 0; i < topics->len; i++) {
			const struct km_topic_row *row = km_sheet_row(topics, i);

			if (others != km_topic_is_text(row) && is_wanted(row, options))
				chosen[len++] = *row;
		}
	topics->rows = chosen;
	topics->len = len;
}

/* With the figures of the machine, which are read for the topics chosen alone. */
static int derive_topics(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct km_placeholders figures = { .machine = machine, .language = query->language };
	const struct km_topic_teller teller = { &machine->pool, query->language, km_placeholder_tell, &figures };
	struct km_explain_options options = { NULL, 0 };
	struct km_topic_row *rows;

	*ret = km_topics_derive(&machine->pool, query->language, &machine->problems);
	if (query->options)
		options = join_words(&machine->pool, ret, query->options);
	for (size_t w = 0; w < options.len; w++)
		if (!is_topic(ret, km_str_from(options.words[w])))
			return no_such_topic(ret, options.words[w], err);
	choose(&machine->pool, ret, &options);
	rows = (struct km_topic_row *)(uintptr_t)ret->rows;
	for (size_t i = 0; i < ret->len; i++)
		km_topic_tell(&teller, &rows[i]);
	return 0;
}

static void write_topics(const struct km_prose_query *query, const struct km_sheet *topics)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < topics->len; i++) {
		if (i)
			km_text_puts(&text, "\n");
		km_tell_topic(&text, &query->machine->pool, query->language, km_sheet_row(topics, i));
	}
	km_document_add_text(query->document, &text, NULL);
}

static int no_such_group(struct km_pool *pool, const char *name, struct km_err *err)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	const struct km_sheet_type *const *type;
	char hint[KM_HINT_SIZE];

	for (type = km_report_row_types(pool); *type; type++)
		km_nearest_offer(&nearest, (*type)->name);
	return km_err_set(err, -EINVAL, km_nearest_hint(&nearest, hint, "'kmeminfo fields' lists all"),
			  "no sheet is called '%s'", name);
}

/* The topics without their texts, in English as the tables are; of one group where one is named. */
static int derive_fields(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	const struct km_fields_options *options = query->options;
	struct km_topic_row *rows;
	size_t len = 0;

	*ret = km_topics_derive(&machine->pool, KM_ENGLISH, &machine->problems);
	if (!options || !options->group)
		return 0;
	rows = (struct km_topic_row *)(uintptr_t)ret->rows;
	for (size_t i = 0; i < ret->len; i++)
		if (km_str_eq(rows[i].group, km_str_from(options->group)))
			rows[len++] = rows[i];
	ret->len = len;
	return len ? 0 : no_such_group(&machine->pool, options->group, err);
}

const struct km_report km_report_topics = {
	.key = "topics",
	.type = &km_topic_type,
	.derive = derive_topics,
	.write = write_topics,
};

const struct km_report km_report_fields = {
	.key = "fields",
	.type = &km_topic_type,
	.derive = derive_fields,
};
