// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/advice.h"
#include "report/rule.h"
#include "report/report.h"
#include "report/topics.h"
#include "model/account.h"
#include "model/buddy.h"
#include "model/capture.h"
#include "model/command-usage.h"
#include "model/host.h"
#include "report/claim.h"
#include "model/failure.h"
#include "model/flags.h"
#include "model/mask.h"
#include "model/module-state.h"
#include "model/prediction.h"
#include "model/fragmentation.h"
#include "model/memory-range.h"
#include "model/pageclass.h"
#include "model/probe.h"
#include "model/node.h"
#include "model/pagetype.h"
#include "model/slab.h"
#include "model/page.h"
#include "model/vmalloc.h"
#include "model/zone-brief.h"
#include "model/zone.h"
#include "words/say.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_topic_row, group, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "OF",
	  .brief = "group of the word",
	  .explain = "The sheet of a field, or the kind of word: sheet, finding, state." },
	{ KM_FIELD(struct km_topic_row, key, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "KEY",
	  .brief = "the word itself",
	  .explain = "The JSON key of a field is also its name for --columns and --sort." },
	{ KM_FIELD(struct km_topic_row, unit, KM_TEXT), .flags = KM_SHOWN, .head = "UNIT",
	  .brief = "what a field holds",
	  .explain = "bytes, count, ratio (0 to 1), index (-1 to 1), delta (bytes with a sign), text, "
		     "flag, or a list of one of these." },
	{ KM_FIELD(struct km_topic_row, shown, KM_TRI), .head = "SHOWN",
	  .brief = "whether the text table shows the field by default",
	  .explain = "`-o +KEY` adds other fields; JSON has all." },
	{ KM_FIELD(struct km_topic_row, on_demand, KM_TRI), .head = "ON_DEMAND",
	  .brief = "whether it is read on a running system only on request",
	  .explain = "It needs one file per row. For captures it is always read." },
	{ KM_FIELD(struct km_topic_row, kernels, KM_TEXT), .head = "KERNELS",
	  .brief = "kernels that report it",
	  .explain = "Unknown: all that kmeminfo reads, 5.10 and later." },
	{ KM_FIELD(struct km_topic_row, brief, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "MEANS",
	  .brief = "its meaning in a phrase", .explain = "The first line of `kmeminfo explain`." },
	{ KM_FIELD(struct km_topic_row, explain, KM_TEXT), .head = "EXPLANATION",
	  .brief = "its meaning in full", .explain = "How it is computed, and what it is not." },
	{ KM_FIELD(struct km_topic_row, origin, KM_TEXT), .head = "FROM",
	  .brief = "where it comes from",
	  .explain = "The file and word, or how it is computed; for a call, the kernel source." },
	{ KM_FIELD(struct km_topic_row, also, KM_TEXTS), .head = "ALSO",
	  .brief = "its other names", .explain = "`kmeminfo explain` accepts them too." },
	{ KM_FIELD(struct km_topic_row, see, KM_TEXTS), .head = "SEE",
	  .brief = "related topics", .explain = "Of a claim: the topic that answers it." },
	{ KM_FIELD(struct km_topic_row, sections, KM_ROWS), .head = "SECTIONS",
	  .rows = &km_topic_section_type, .brief = "its text, paragraph by paragraph",
	  .explain = "With this machine's figures, in the language of LC_MESSAGES. `kmeminfo explain` "
		     "fills them in. Empty in `kmeminfo fields`, and for words that `explanation` covers." },
	{ 0 }
};

const struct km_sheet_type km_topic_type = {
	.name = "fields",
	.brief = "all fields, words and topics",
	.fields = fields,
	.row_size = sizeof(struct km_topic_row),
};

struct gatherer {
	struct km_pool *pool;
	enum km_language language;
	struct km_topic_texts texts;
	KM_ARRAY(struct km_topic_row) rows;
};

static struct km_str say(const struct gatherer *gatherer, const char *english)
{
	return km_say_in(gatherer->language, km_str_from(english));
}

static void add_sheet(struct gatherer *gatherer, const struct km_sheet_type *type)
{
	struct km_topic_row *row = km_array_push(&gatherer->rows);
	const struct km_field *field;

	row->group = KM_STR("sheet");
	row->key = km_str_from(type->name);
	row->brief = say(gatherer, type->brief);
	row->explain = say(gatherer, type->explain);
	km_field_each(field, type) {
		row = km_array_push(&gatherer->rows);
		row->group = km_str_from(type->name);
		row->key = km_str_from(field->key);
		row->head = km_str_from(field->head);
		row->unit = km_str_from(km_kind_name(field->kind));
		row->shown = km_tri_of(field->flags & KM_SHOWN);
		row->on_demand = km_tri_of(field->flags & KM_ON_DEMAND);
		row->kernels = say(gatherer, field->kernels);
		row->brief = say(gatherer, field->brief);
		row->explain = say(gatherer, field->explain);
		row->origin = say(gatherer, field->origin);
	}
}

static void add_words(struct gatherer *gatherer, const struct km_vocabulary *vocabulary)
{
	const struct km_word *word;

	km_word_each(word, vocabulary) {
		struct km_topic_row *row = km_array_push(&gatherer->rows);

		row->group = km_str_from(vocabulary->name);
		row->key = km_str_from(word->key);
		row->kernels = say(gatherer, word->kernels);
		row->brief = say(gatherer, word->brief);
		row->explain = say(gatherer, word->explain);
		row->origin = say(gatherer, word->origin);
	}
}

/* Adds the label as a name, also in the other languages. */
static void add_label(struct km_pool *pool, struct km_topic_row *row, struct km_str label)
{
	row->head = label;
	for (unsigned int i = KM_ENGLISH + 1; i < KM_LANGUAGES; i++) {
		row->names[i].items = km_pool_alloc(pool, 1, sizeof(*row->names[i].items));
		row->names[i].items[0] = km_say_in((enum km_language)i, label);
		row->names[i].len = 1;
	}
}

/* Labels of parts of the account are names, too. */
static void label_parts(struct gatherer *gatherer)
{
	const struct km_account_part *part = km_account_parts;
	struct km_topic_row *row;

	km_array_each(row, &gatherer->rows)
		if (part->word.key && row->key.ptr == part->word.key)
			add_label(gatherer->pool, row, km_str_from(part++->label));
}

/* The topic of the call or object that a claim is about answers the claim. */
static void answer_claims(struct gatherer *gatherer, const struct km_topic_text *text)
{
	const struct km_topicfile_field *field;
	struct km_topic_row *row;

	km_array_each(field, &text->languages[KM_ENGLISH].fields) {
		struct km_str claim = field->name;

		if (!km_str_take_prefix(&claim, KM_STR(KM_ANSWER)))
			continue;
		km_array_each(row, &gatherer->rows) {
			if (!km_str_eq(row->group, KM_STR("claim")) || !km_str_eq(row->key, claim))
				continue;
			row->text = text;
			row->see.items = km_pool_alloc(gatherer->pool, 1, sizeof(*row->see.items));
			row->see.items[0] = text->key;
			row->see.len = 1;
		}
	}
}

static struct km_texts join_texts(struct km_pool *pool, struct km_texts first, struct km_texts second)
{
	struct km_texts both = { km_pool_alloc(pool, first.len + second.len, sizeof(*both.items)),
				 first.len + second.len };

	for (size_t i = 0; i < both.len; i++)
		both.items[i] = i < first.len ? first.items[i] : second.items[i - first.len];
	return both;
}

static void add_text(struct gatherer *gatherer, const struct km_topic_text *text)
{
	struct km_topic_row *row = km_array_push(&gatherer->rows);
	struct km_pool *pool = gatherer->pool;
	enum km_language language = gatherer->language;

	row->text = text;
	row->group = km_topic_text_line(pool, text, KM_ENGLISH, "Group");
	row->key = km_pool_copy(pool, text->key);
	row->kernels = km_topic_text_line(pool, text, language, "Kernels");
	row->brief = km_topic_text_line(pool, text, language, "Brief");
	row->origin = km_topic_text_line(pool, text, language, "Source");
	for (unsigned int i = 0; i < KM_LANGUAGES; i++)
		row->names[i] = km_topic_text_words(pool, text, (enum km_language)i, "Also");
	row->also = row->names[KM_ENGLISH];
	if (language != KM_ENGLISH)
		row->also = join_texts(pool, row->also, row->names[language]);
	row->see = km_topic_text_words(pool, text, KM_ENGLISH, "See");
}

struct km_sheet km_topics_derive(struct km_pool *pool, enum km_language language,
				 struct km_problems *problems)
{
	struct gatherer gatherer = { .pool = pool, .language = language };
	const struct km_sheet_type *const *type;
	const struct km_vocabulary *const *vocabulary;

	gatherer.texts = km_topic_texts_read(pool, problems);
	for (type = km_report_row_types(pool); *type; type++)
		add_sheet(&gatherer, *type);
	for (vocabulary = km_report_vocabularies(pool); *vocabulary; vocabulary++)
		add_words(&gatherer, *vocabulary);
	label_parts(&gatherer);
	for (size_t i = 0; i < gatherer.texts.len; i++)
		answer_claims(&gatherer, &gatherer.texts.items[i]);
	for (size_t i = 0; i < gatherer.texts.len; i++)
		add_text(&gatherer, &gatherer.texts.items[i]);
	km_pool_adopt(pool, gatherer.rows.items);
	return (struct km_sheet){ &km_topic_type, gatherer.rows.items, gatherer.rows.len, NULL };
}

static void add_left_out(const struct km_topic_filler *filler, enum km_phrase left_out,
			 struct km_topic_sections *sections)
{
	const enum km_phrase phrase = left_out == KM_SAY_UNKNOWN ? KM_SAY_LEFT_UNKNOWN : KM_SAY_LEFT_NEEDS_ROOT;

	if (left_out != KM_PHRASES)
		*km_array_push(&sections->list) =
			(struct km_topic_section){ KM_STR("left_out"), km_phrase(filler->language, phrase) };
}

bool km_topic_is_claim(const struct km_topic_row *row)
{
	return km_str_eq(row->group, KM_STR("claim"));
}

bool km_topics_name_claims(char *const *words, size_t len)
{
	struct km_problems problems = { 0 };
	struct km_pool pool = { 0 };
	const struct km_sheet topics = km_topics_derive(&pool, KM_ENGLISH, &problems);
	bool found = false;

	for (size_t w = 0; w < len && !found; w++) {
		const struct km_str word = km_str_from(words[w]);
		const enum km_likeness best = km_topics_likeness(&topics, word);

		for (size_t i = 0; best != KM_UNLIKE && i < topics.len && !found; i++) {
			const struct km_topic_row *row = km_sheet_row(&topics, i);

			found = (km_topic_is_claim(row) || km_str_eq(row->key, KM_STR(KM_TOPIC_OF_CLAIMS))) &&
				km_topic_likeness(row, word) == best;
		}
	}
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return found;
}

/* What the running kernel did just now, below the answer to a claim. */
static void add_measured(const struct km_topic_filler *filler, const struct km_topic_row *row,
			 struct km_topic_sections *sections)
{
	const struct km_str name = km_pool_printf(filler->pool, "claim.%.*s", KM_STR_ARG(row->key));
	const struct km_str text = km_str_trim(filler->figure(filler->data, row->text, name));

	if (text.len)
		*km_array_push(&sections->list) = (struct km_topic_section){ KM_STR("measured"), text };
}

void km_topic_fill(const struct km_topic_filler *filler, struct km_topic_row *row)
{
	enum km_phrase left_out = KM_PHRASES;
	const struct km_topic_filler noting = { filler->pool, filler->language, filler->figure, filler->data, &left_out };
	static const struct km_topic_part answer = { .field = KM_ANSWER, .key = "answer", .labels = { "", "" } };
	struct km_topic_sections sections = { 0 };
	const struct km_topic_part *part;

	if (!row->text)
		return;
	if (km_topic_is_text(row)) {
		for (part = km_topic_parts; part->field; part++)
			km_topic_text_fill(&noting, row->text, part->field, part, &sections);
	} else {
		km_topic_text_fill(&noting, row->text,
				   km_pool_printf(filler->pool, KM_ANSWER "%.*s", KM_STR_ARG(row->key)).ptr,
				   &answer, &sections);
		add_measured(filler, row, &sections);
	}
	add_left_out(filler, left_out, &sections);
	km_pool_adopt(filler->pool, sections.list.items);
	row->sections = (struct km_rows){ sections.list.items, sections.list.len };
}

bool km_topic_is_text(const struct km_topic_row *row)
{
	return row->text && !km_topic_is_claim(row);
}

static enum km_likeness better(enum km_likeness one, enum km_likeness other)
{
	return one > other ? one : other;
}

/* "GROUP.KEY", or "GROUP.HEADING": the worse of the two matches. */
static enum km_likeness as_member(const struct km_topic_row *row, struct km_str word)
{
	enum km_likeness of_group, of_key;
	struct km_str group;

	if (!km_str_take_until(&word, '.', &group))
		return KM_UNLIKE;
	of_group = km_lookup_compare(group, row->group);
	of_key = km_lookup_compare(word, row->key);
	if (row->head.len)
		of_key = better(of_key, km_lookup_compare(word, row->head));
	return of_group < of_key ? of_group : of_key;
}

enum km_likeness km_topic_name_likeness(const struct km_topic_row *row, struct km_str word)
{
	enum km_likeness best = better(km_lookup_compare(word, row->key), as_member(row, word));

	for (unsigned int l = 0; l < KM_LANGUAGES; l++)
		for (size_t i = 0; i < row->names[l].len; i++)
			best = better(best, km_lookup_compare(word, row->names[l].items[i]));
	/* A heading is not a name: in another case it matches every field with this heading. */
	if (row->head.len && km_lookup_compare(word, row->head) > KM_LIKE_PLURAL)
		best = better(best, KM_LIKE_FOLDED);
	return best;
}

enum km_likeness km_topic_likeness(const struct km_topic_row *row, struct km_str word)
{
	enum km_likeness of_group = km_lookup_compare(word, row->group);

	/* A word matches a whole group only if it is exactly the group's name, or if nothing else has that name. */
	if (of_group > KM_LIKE_PLURAL && of_group < KM_LIKE_SAME)
		of_group = KM_LIKE_PLURAL;
	return better(km_topic_name_likeness(row, word), of_group);
}

enum km_likeness km_topics_likeness(const struct km_sheet *topics, struct km_str word)
{
	enum km_likeness best = KM_UNLIKE;

	for (size_t i = 0; i < topics->len && best != KM_LIKE_SAME; i++)
		best = better(best, km_topic_likeness(km_sheet_row(topics, i), word));
	return best;
}
