// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"
#include "base/index.h"
#include "base/utf8.h"
#include "data/builtin.h"
#include "words/texts.h"

/* Stands for an unknown figure until its sentence is removed. No text contains it. */
#define UNKNOWN_MARK "\1"

const struct km_topic_part km_topic_parts[] = {
	{ "Text", "text", { "", "" }, false },
	{ "Gives", "gives", { "Gives", "得るもの" }, false },
	{ "Limits", "limits", { "Limits", "上限" }, false },
	{ "Sleeps", "sleeps", { "Sleeps", "スリープ" }, false },
	{ "Frees", "frees", { "Freed", "解放" }, false },
	{ "Shows", "shows", { "Shows", "表示箇所" }, false },
	{ "Choose", "choose", { "Choose", "使う時" }, false },
	{ "Avoid", "avoid", { "Avoid", "避ける時" }, false },
	{ "Changed", "changed", { "Changed", "変遷" }, true },
	{ KM_LEFT_OUT, "left_out", { "Left out", "省略" }, false },
	{ 0 }
};

const struct km_text_group km_text_groups[] = {
	{ "allocator", { "the kernel's allocation calls", "カーネルのメモリ割り当て関数" } },
	{ "gfp", { "flags of an allocation: how, where, and for what",
		   "割り当てのフラグ：どう、どこから、何のために" } },
	{ "concept", { "how the kernel manages its memory", "カーネルのメモリ管理の仕組み" } },
	{ "counter", { "lines of /proc/meminfo, /proc/vmstat and /proc/zoneinfo",
		       "/proc/meminfo、/proc/vmstat、/proc/zoneinfo の行" } },
	{ "cache", { "well-known slab caches and their owners", "よく見るスラブキャッシュとその持ち主" } },
	{ "caller", { "well-known users of the vmalloc range", "vmalloc 領域をよく使う呼び出し元" } },
	{ 0 }
};

/* Fields that are not printed. */
static const char *const facts[] = { "Group", "Also", "See", "Source", "Kernels", "Brief", "Translates" };

static const struct km_field section_fields[] = {
	{ KM_FIELD(struct km_topic_section, key, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "PART",
	  .brief = "part of the topic",
	  .explain = "text (of a topic that is no call), answer (of a claim), gives, limits, sleeps, frees, "
		     "shows, choose, avoid, changed, left_out, heading (of the parts below it). Several in a row may have the same." },
	{ KM_FIELD(struct km_topic_section, text, KM_TEXT), .flags = KM_SHOWN, .head = "TEXT",
	  .brief = "the paragraph", .explain = "With the figures of this machine." },
	{ 0 }
};

const struct km_sheet_type km_topic_section_type = {
	.name = "topic_sections",
	.brief = "the paragraphs of a topic",
	.fields = section_fields,
	.row_size = sizeof(struct km_topic_section),
};

static bool is_known(struct km_str field)
{
	const struct km_topic_part *part;

	for (part = km_topic_parts; part->field; part++)
		if (km_str_eq(field, km_str_from(part->field)))
			return true;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		if (km_str_eq(field, km_str_from(facts[i])))
			return true;
	return km_str_starts(field, KM_STR(KM_ANSWER)) || km_str_starts(field, KM_STR(KM_SAY));
}

/* Parses a file into the pool. */
static struct km_topicfile read_file(struct km_pool *pool, const struct km_builtin *file,
				     struct km_problems *problems)
{
	struct km_parse parse = { .source = km_str_from(file->name), .problems = problems };
	struct km_topicfile parsed = { 0 }, kept = { 0 };
	const struct km_topicfile_field *field;

	km_parse_topicfile(&parse, km_str_from(file->text), &parsed);
	km_array_each(field, &parsed.fields)
		if (!is_known(field->name))
			km_problem_source(problems, parse.source, NULL, "%.*s is not a field of a topic",
					  KM_STR_ARG(field->name));
	kept.fields.len = parsed.fields.len;
	kept.fields.items = km_pool_alloc(pool, parsed.fields.len, sizeof(*kept.fields.items));
	memcpy(kept.fields.items, parsed.fields.items, parsed.fields.len * sizeof(*kept.fields.items));
	km_topicfile_deinit(&parsed);
	return kept;
}

/* Splits "kmalloc.en"; false if kmeminfo lacks the language. */
static bool take_language(struct km_str name, struct km_str *key, enum km_language *language)
{
	for (unsigned int i = 0; i < KM_LANGUAGES; i++) {
		struct km_str code = km_str_from(km_language_codes[i]);

		if (!km_str_ends(name, code) || name.len <= code.len + 1 || name.ptr[name.len - code.len - 1] != '.')
			continue;
		*key = (struct km_str){ name.ptr, name.len - code.len - 1 };
		*language = (enum km_language)i;
		return true;
	}
	return false;
}

static void check(const struct km_topic_text *text, struct km_problems *problems)
{
	static const char *const needed[] = { "Group", "Brief" };

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!km_topicfile_value(&text->languages[KM_ENGLISH], km_str_from(needed[i])).ptr)
			km_problem_source(problems, text->key, NULL, "the English text has no %s", needed[i]);
}

struct km_topic_texts km_topic_texts_read(struct km_pool *pool, struct km_problems *problems)
{
	struct km_topic_text *items;
	const struct km_builtin *file;
	struct km_index keys = { 0 };
	enum km_language language;
	struct km_topic_texts texts = { 0 };
	struct km_str key;

	for (file = km_builtin_topics; file->name; file++)
		texts.len++;
	texts.items = items = km_pool_alloc(pool, texts.len, sizeof(*items));
	for (file = km_builtin_topics; file->name; file++) {
		if (take_language(km_str_from(file->name), &key, &language)) {
			struct km_topic_text *text = &items[km_index_of(&keys, 0, key)];

			text->key = key;
			text->languages[language] = read_file(pool, file, problems);
		} else {
			km_problem_source(problems, km_str_from(file->name), NULL, "is in an unsupported language");
		}
	}
	texts.len = keys.keys.len;
	km_index_deinit(&keys);
	for (size_t i = 0; i < texts.len; i++)
		check(&items[i], problems);
	return texts;
}

struct km_str km_topic_text_value(const struct km_topic_text *text, enum km_language language,
				  const char *field)
{
	struct km_str value = km_topicfile_value(&text->languages[language], km_str_from(field));

	return value.ptr ? value : km_topicfile_value(&text->languages[KM_ENGLISH], km_str_from(field));
}

/* Japanese punctuation includes its own space. */
static bool is_wide_mark(uint32_t c)
{
	return (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20);
}

/* Japanese is written without blanks, so its lines are joined without one. */
static const char *between(struct km_str before, struct km_str after)
{
	uint32_t last = km_str_last_char(before), first = 0;

	if (!before.len)
		return "";
	km_str_take_char(&after, &first);
	return (km_char_columns(last) == 2 && km_char_columns(first) == 2) || is_wide_mark(last) ||
	       is_wide_mark(first) ? "" : " ";
}

static bool begins_item(struct km_str line)
{
	return line.len && *line.ptr >= '0' && *line.ptr <= '9';
}

/* Takes a paragraph as one line; false at the end. */
static bool take_paragraph(struct km_pool *pool, struct km_str *value, bool list, struct km_str *ret)
{
	struct km_str rest = *value, line;
	struct km_text text = { 0 };

	while (km_topicfile_take_line(&rest, &line)) {
		if (text.len && (!line.len || (list && begins_item(line))))
			break;
		if (line.len)
			km_text_printf(&text, "%s%.*s", between(km_text_str(&text), line), KM_STR_ARG(line));
		*value = rest;
	}
	*ret = km_text_keep(&text, pool);
	return ret->len;
}

struct km_str km_topic_text_line(struct km_pool *pool, const struct km_topic_text *text,
				 enum km_language language, const char *field)
{
	struct km_str value = km_topic_text_value(text, language, field), line = { 0 };

	if (value.ptr)
		take_paragraph(pool, &value, false, &line);
	return line;
}

struct km_texts km_topic_text_words(struct km_pool *pool, const struct km_topic_text *text,
				    enum km_language language, const char *field)
{
	struct km_str value = km_topicfile_value(&text->languages[language], km_str_from(field)), line, rest, word;
	struct km_texts words = { 0 };

	if (!value.ptr)
		return words;
	rest = line = km_topic_text_line(pool, text, language, field);
	while (km_str_take_word(&rest, &word))
		words.len++;
	words.items = km_pool_alloc(pool, words.len, sizeof(*words.items));
	for (size_t i = 0; km_str_take_word(&line, &word); i++) {
		word.len -= km_str_ends(word, KM_STR(","));
		words.items[i] = km_pool_copy(pool, word);
	}
	return words;
}

/* Takes the text between a brace and its end, or the rest. */
static struct km_str take_name(struct km_str *rest)
{
	struct km_str name;

	if (km_str_take_until(rest, '}', &name))
		return name;
	name = *rest;
	*rest = km_str_skip(*rest, rest->len);
	return name;
}

/* Whether a figure is one of the phrases for unknown figures; records which one. */
static bool is_unknown(const struct km_topic_filler *filler, struct km_str figure)
{
	static const enum km_phrase phrases[] = { KM_SAY_UNKNOWN, KM_SAY_NEEDS_ROOT };

	for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++) {
		if (figure.ptr != km_phrase(filler->language, phrases[i]).ptr)
			continue;
		if (filler->left_out && *filler->left_out != KM_SAY_NEEDS_ROOT)
			*filler->left_out = phrases[i];
		return true;
	}
	return false;
}

/* Takes the first sentence, including its end. */
static struct km_str take_sentence(struct km_str *rest)
{
	static const char *const ends[] = { ". ", "。" };
	struct km_str sentence = *rest;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const ptrdiff_t end = km_str_find(*rest, km_str_from(ends[i]));

		if (end >= 0 && (size_t)end + strlen(ends[i]) < sentence.len)
			sentence.len = (size_t)end + strlen(ends[i]);
	}
	*rest = km_str_skip(*rest, sentence.len);
	return sentence;
}

/* Removes the sentences that contain UNKNOWN_MARK. */
static struct km_str known_sentences(const struct km_topic_filler *filler, struct km_str told)
{
	struct km_text text = { 0 };

	while (told.len) {
		const struct km_str sentence = take_sentence(&told);

		if (km_str_find(sentence, KM_STR(UNKNOWN_MARK)) < 0)
			km_text_add(&text, sentence);
	}
	while (text.len && text.ptr[text.len - 1] == ' ')
		text.len--;
	return km_text_keep(&text, filler->pool);
}

/* Replaces placeholders. A sentence about an unknown figure has no content, so it is left out. */
static struct km_str fill_in(const struct km_topic_filler *filler, const struct km_topic_text *text,
			     struct km_str rest)
{
	struct km_text told = { 0 };
	struct km_str part;
	bool unknown = false;

	while (km_str_take_until(&rest, '{', &part)) {
		struct km_str figure = KM_STR("{");

		if (!km_str_take_prefix(&rest, KM_STR("{")))
			figure = filler->figure(filler->data, text, take_name(&rest));
		km_text_add(&told, part);
		if (is_unknown(filler, figure)) {
			unknown = true;
			figure = KM_STR(UNKNOWN_MARK);
		}
		km_text_add(&told, figure);
	}
	km_text_add(&told, rest);
	part = km_text_keep(&told, filler->pool);
	return unknown ? known_sentences(filler, part) : part;
}

void km_topic_text_fill(const struct km_topic_filler *filler, const struct km_topic_text *text,
			const char *field, const struct km_topic_part *part,
			struct km_topic_sections *ret)
{
	struct km_str value = km_topic_text_value(text, filler->language, field), paragraph;

	while (take_paragraph(filler->pool, &value, part->list, &paragraph)) {
		struct km_str key = km_str_from(part->key);

		paragraph = fill_in(filler, text, paragraph);
		if (km_str_take_prefix(&paragraph, KM_STR("== ")))
			key = KM_STR(KM_HEADING);
		if (paragraph.len)
			*km_array_push(&ret->list) = (struct km_topic_section){ key, paragraph };
	}
}
