// SPDX-License-Identifier: GPL-2.0-or-later
/* Explains words: the requested topics with this machine's figures, or the list of all topics. */
#include <errno.h>
#include "base/nearest.h"
#include "report/claim-paint.h"
#include "report/mention.h"
#include "report/options.h"
#include "report/placeholder.h"
#include "report/report.h"
#include "report/topic-text.h"
#include "words/say.h"
#include "base/prose.h"

/* Whether a text contains the word, in any case of ASCII. */
static bool mentions(struct km_str text, struct km_str word)
{
	for (size_t i = 0; word.len > 1 && i + word.len <= text.len; i++)
		if (!strncasecmp(text.ptr + i, word.ptr, word.len))
			return true;
	return false;
}

static bool names(const struct km_topic_row *row, struct km_str word)
{
	bool about = mentions(row->key, word) || mentions(row->brief, word);

	for (size_t i = 0; i < row->also.len; i++)
		about = about || mentions(row->also.items[i], word);
	return about;
}

/* Whether a topic's names or its phrase contain every typed word. */
static bool is_about(const struct km_topic_row *row, struct km_str typed)
{
	struct km_str word;

	if (!km_topic_is_text(row))
		return false;
	while (km_str_take_word(&typed, &word))
		if (!names(row, word))
			return false;
	return true;
}

/*
 * Lists the topics whose name or phrase contains the word, as a hint: "explained under: a, b, c". False if
 * there are none.
 */
static bool list_about(const struct km_sheet *topics, struct km_str word, char hint[static KM_HINT_SIZE])
{
	enum { MOST = 6 };
	size_t found = 0, len = 0;

	for (size_t i = 0; i < topics->len && found < MOST; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		if (!is_about(row, word) || len + row->key.len + 40 > KM_HINT_SIZE)
			continue;
		len += (size_t)snprintf(hint + len, KM_HINT_SIZE - len, "%s%.*s", found++ ? ", " : KM_SAID("topics that mention it: "),
					KM_STR_ARG(row->key));
	}
	return found;
}

static struct km_nearest nearest_name(const struct km_sheet *topics, const char *word)
{
	struct km_nearest nearest = { .word = km_str_from(word) };

	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		km_nearest_offer(&nearest, row->key.ptr);
		for (size_t j = 0; j < row->also.len; j++)
			km_nearest_offer(&nearest, row->also.items[j].ptr);
	}
	return nearest;
}

static int no_such_topic(const struct km_sheet *topics, const char *word, struct km_err *err)
{
	const struct km_nearest nearest = nearest_name(topics, word);
	char hint[KM_HINT_SIZE];

	if (list_about(topics, nearest.word, hint))
		return km_err_set(err, -EINVAL, hint, "no topic is called '%s'", word);
	return km_err_set(err, -EINVAL,
			  km_nearest_hint(&nearest, hint, KM_SAID("'kmeminfo fields' lists what can be explained")),
			  "no field, word or topic is called '%s'", word);
}

/* A typing error changes at most so many letters, in words of at least this length. */
enum { SLIP_MAX = 2, SLIP_WORD_MIN = 5 };

static struct km_str join_all(struct km_pool *pool, const struct km_explain_options *options)
{
	struct km_text all = { 0 };

	for (size_t w = 0; w < options->len; w++)
		km_text_printf(&all, "%s%s", w ? " " : "", options->words[w]);
	return km_text_keep_some(&all, pool);
}

static bool is_known(const struct km_sheet *topics, struct km_str word)
{
	return km_topics_likeness(topics, word) != KM_UNLIKE;
}

/* Whether the operands belong together: one of them alone is neither a topic nor a misspelled name. */
static bool has_stray_word(const struct km_sheet *topics, const struct km_explain_options *options)
{
	bool stray = false;

	for (size_t w = 0; w < options->len; w++) {
		struct km_nearest nearest;

		if (is_known(topics, km_str_from(options->words[w])))
			continue;
		nearest = nearest_name(topics, options->words[w]);
		if (nearest.best && nearest.distance <= SLIP_MAX && nearest.word.len >= SLIP_WORD_MIN)
			return false;
		stray = true;
	}
	return stray;
}

/*
 * Joins "kernel stacks" or "page cache full" without quotes to one phrase: a topic, or words that belong
 * together.
 */
static struct km_explain_options join_words(struct km_pool *pool, const struct km_sheet *topics,
					    const struct km_explain_options *options)
{
	struct km_mentions mentions;
	struct km_str all;
	char **words;

	if (options->len < 2)
		return *options;
	all = join_all(pool, options);
	mentions = km_mentions_in(pool, topics, all);
	if (!is_known(topics, all) && !mentions.crosses && !(mentions.len && has_stray_word(topics, options)))
		return *options;
	words = km_pool_alloc(pool, 1, sizeof(*words));
	*words = (char *)(uintptr_t)all.ptr;
	return (struct km_explain_options){ words, 1 };
}

/*
 * The topics that a phrase without its own topic names, or whose texts contain it. None if the phrase looks like a
 * misspelled name: then the similar name covers more of its letters.
 */
static struct km_mentions read_phrase(struct km_pool *pool, const struct km_sheet *topics, const char *phrase)
{
	struct km_mentions mentions = km_mentions_in(pool, topics, km_str_from(phrase));
	struct km_mentions in_texts;
	struct km_nearest nearest;

	/* a name of the kernel, such as SLAB_PANIC, is more than the words in it */
	if (!mentions.len || mentions.everyday || (strchr(phrase, '_') && !strpbrk(phrase, " /|"))) {
		in_texts = km_mentions_in_texts(topics, km_str_from(phrase));
		if (in_texts.len)
			return in_texts;
	}
	if (!mentions.len || !mentions.letters_left)
		return mentions;
	nearest = nearest_name(topics, phrase);
	if (nearest.best && nearest.distance <= SLIP_MAX && nearest.distance < mentions.letters_left)
		mentions.len = 0;
	return mentions;
}

/* Replaces a phrase by the topics that it mentions, as GROUP.KEY. */
static int read_phrases(struct km_pool *pool, const struct km_sheet *topics, struct km_explain_options *options,
			struct km_err *err)
{
	char **words = km_pool_alloc(pool, options->len * KM_MENTIONS_MAX, sizeof(*words));
	size_t len = 0;

	for (size_t w = 0; w < options->len; w++) {
		struct km_mentions mentions;

		if (km_topics_likeness(topics, km_str_from(options->words[w])) != KM_UNLIKE) {
			words[len++] = options->words[w];
			continue;
		}
		mentions = read_phrase(pool, topics, options->words[w]);
		if (!mentions.len)
			return no_such_topic(topics, options->words[w], err);
		for (size_t i = 0; i < mentions.len; i++)
			words[len++] = (char *)(uintptr_t)km_pool_printf(pool, "%.*s.%.*s", KM_STR_ARG(mentions.rows[i]->group),
									 KM_STR_ARG(mentions.rows[i]->key)).ptr;
	}
	*options = (struct km_explain_options){ words, len };
	return 0;
}

/* Whether the row is the best match of the word. */
static bool is_answer(struct km_topic_row *row, struct km_str word, enum km_likeness best)
{
	row->named |= km_topic_name_likeness(row, word) == best;
	return km_topic_likeness(row, word) == best;
}

/* 0: a text about the word itself. Then fields, claims and so on with that name. Last: matches by group only. */
static unsigned int place_of(const struct km_topic_row *row)
{
	return (row->named ? 0U : 2U) + (km_topic_is_text(row) ? 0U : 1U);
}

/* Keeps the requested topics, sorted by rank, then by word. */
static void choose(struct km_pool *pool, struct km_sheet *topics, const struct km_explain_options *options)
{
	struct km_topic_row *chosen = km_pool_alloc(pool, topics->len, sizeof(*chosen));
	struct km_topic_row *wanted = km_pool_alloc(pool, topics->len, sizeof(*wanted));
	bool *taken = km_pool_alloc(pool, topics->len, sizeof(*taken));
	size_t len = 0, kept = 0;

	for (size_t w = 0; w < options->len; w++) {
		const struct km_str word = km_str_from(options->words[w]);
		const enum km_likeness best = km_topics_likeness(topics, word);

		for (size_t i = 0; i < topics->len; i++) {
			struct km_topic_row row = *(const struct km_topic_row *)km_sheet_row(topics, i);

			if (taken[i] || !is_answer(&row, word, best))
				continue;
			taken[i] = true;
			wanted[len++] = row;
		}
	}
	for (unsigned int place = 0; place < 4; place++)
		for (size_t i = 0; i < len; i++)
			if (place_of(&wanted[i]) == place)
				chosen[kept++] = wanted[i];
	topics->rows = chosen;
	topics->len = kept;
}

/* Fills in the machine's figures, which are only read for the chosen topics. */
static int derive_topics(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct km_placeholders figures = { .machine = machine, .language = query->language };
	const struct km_topic_filler filler = { &machine->pool, query->language, km_placeholder_text, &figures, NULL };
	struct km_explain_options options = { NULL, 0 };
	struct km_topic_row *rows;
	int r;

	*ret = km_topics_derive(&machine->pool, query->language, &machine->problems);
	if (query->options)
		options = join_words(&machine->pool, ret, query->options);
	r = read_phrases(&machine->pool, ret, &options, err);
	if (r)
		return r;
	choose(&machine->pool, ret, &options);
	rows = (struct km_topic_row *)(uintptr_t)ret->rows;
	for (size_t i = 0; i < ret->len; i++)
		km_topic_fill(&filler, &rows[i]);
	return 0;
}

/* If there are more answers than this, they are only listed. */
enum { ANSWERS_MAX = 12, PROSE_WIDTH = 80 };

static void list_topic(struct km_text *text, const struct km_topic_row *row)
{
	km_text_printf(text, "  %.*s.%.*s: %.*s\n", KM_STR_ARG(row->group), KM_STR_ARG(row->key),
		       KM_STR_ARG(row->brief));
}

/* Says that the topics were found inside the typed text, if none of them has that name. */
static void add_remark(const struct km_prose_query *query, const struct km_sheet *topics, struct km_text *text)
{
	const struct km_explain_options *options = query->options;
	struct km_text names = { 0 };
	struct km_str phrase;

	if (!options || !has_stray_word(topics, options))
		return;
	phrase = join_all(&query->machine->pool, options);
	if (is_known(topics, phrase))
		return;
	for (size_t i = 0; i < topics->len; i++)
		km_text_printf(&names, "%s%.*s", i ? km_say_comma() : "", KM_STR_ARG(((const struct km_topic_row *)km_sheet_row(topics, i))->key));
	km_prose_fold(text, km_say_printf(&query->machine->pool, km_mentions_in(&query->machine->pool, topics, phrase).len ?
					  KM_SAID("No topic is called '%.*s'. Topics that it names: %.*s.") :
					  KM_SAID("No topic is called '%.*s'. Topics that mention it: %.*s."),
					  KM_STR_ARG(phrase), KM_STR_ARG(km_text_str(&names))), 0, km_style_fold(query->style, PROSE_WIDTH));
	km_text_puts(text, "\n");
	km_text_deinit(&names);
}

/* Prints every text about the word itself. Of many other answers it only prints the first lines. */
static void write_topics(const struct km_prose_query *query, const struct km_sheet *topics)
{
	struct km_section *section;
	struct km_text text = { 0 };
	size_t told = 0, claims = 0, end = 0;

	add_remark(query, topics, &text);
	while (told < topics->len &&
	       (topics->len <= ANSWERS_MAX || !place_of(km_sheet_row(topics, told)))) {
		const struct km_topic_row *row = km_sheet_row(topics, told);
		const size_t start = text.len;

		if (told++)
			km_text_puts(&text, "\n");
		km_topic_print(&text, &query->machine->pool, query->language, query->style, row);
		if (km_topic_is_text(row) && km_str_eq(row->key, KM_STR(KM_TOPIC_OF_CLAIMS)))
			claims = start, end = text.len;
	}
	if (told < topics->len)
		km_text_printf(&text, "%s%s\n", told ? "\n" : "",
			       km_phrase(query->language, told ? KM_SAY_CHOOSE_ONE : KM_SAY_CHOOSE_ANY).ptr);
	for (; told < topics->len; told++)
		list_topic(&text, km_sheet_row(topics, told));
	section = km_document_add_text(query->document, &text, NULL);
	if (end)
		km_claim_paint(section, (struct km_str){ section->text.ptr + claims, end - claims });
}

static int no_such_group(struct km_pool *pool, const char *name, struct km_err *err)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	const struct km_sheet_type *const *type;
	char hint[KM_HINT_SIZE];

	for (type = km_report_row_types(pool); *type; type++)
		km_nearest_offer(&nearest, (*type)->name);
	return km_err_set(err, -EINVAL, km_nearest_hint(&nearest, hint, KM_SAID("'kmeminfo fields' lists all")),
			  "no sheet is called '%s'", name);
}

/* The topics without their texts; only one group, if the user names one. */
static int derive_fields(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	const struct km_fields_options *options = query->options;
	struct km_topic_row *rows;
	size_t len = 0;

	*ret = km_topics_derive(&machine->pool, query->language, &machine->problems);
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
