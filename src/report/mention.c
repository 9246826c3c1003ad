// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/mention.h"

/* A name in the phrase: its topic, and its position. */
struct mention {
	const struct km_topic_row *row;
	size_t at, len;
};

/* Names with another meaning beside other words: "SUnreclaim high" is not about the watermark. */
static bool is_everyday(struct km_str name)
{
	static const char *const words[] = { "min", "low", "high", "boost", "free", "memory", "available", "balance", "where", "node",
					     "used", "shared", "top", "heap", "Locked", "Referenced", "メモリ" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (km_str_eq(name, km_str_from(words[i])))
			return true;
	return false;
}

static void offer(struct mention *best, const struct km_topic_row *row, struct km_str phrase, struct km_str name,
		  bool everyday)
{
	size_t at, len = is_everyday(name) == everyday ? km_lookup_within(phrase, name, &at) : 0;

	if (len > best->len || (len && len == best->len && at < best->at))
		*best = (struct mention){ row, at, len };
}

static struct mention longest(const struct km_sheet *topics, struct km_str phrase, bool everyday)
{
	struct mention best = { NULL, 0, 0 };

	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		if (!km_topic_is_text(row))
			continue;
		offer(&best, row, phrase, row->key, everyday);
		for (unsigned int l = 0; l < KM_LANGUAGES; l++)
			for (size_t n = 0; n < row->names[l].len; n++)
				offer(&best, row, phrase, row->names[l].items[n], everyday);
	}
	return best;
}

static bool has(const struct km_mentions *mentions, const struct km_topic_row *row)
{
	for (size_t i = 0; i < mentions->len; i++)
		if (mentions->rows[i] == row)
			return true;
	return false;
}

/* A character of another script counts once per byte, as in km_nearest. */
static size_t count_letters(struct km_str phrase)
{
	size_t letters = 0;

	for (size_t i = 0; i < phrase.len; i++)
		letters += phrase.ptr[i] & 0x80 || (phrase.ptr[i] >= 'a' && phrase.ptr[i] <= 'z') ||
			   (phrase.ptr[i] >= 'A' && phrase.ptr[i] <= 'Z');
	return letters;
}

struct km_mentions km_mentions_in(struct km_pool *pool, const struct km_sheet *topics, struct km_str phrase)
{
	struct km_mentions ret = { .len = 0 };
	char *left = km_pool_alloc(pool, phrase.len + 1, 1);
	struct mention found;

	memcpy(left, phrase.ptr, phrase.len);
	while (ret.len < KM_MENTIONS_MAX) {
		found = longest(topics, (struct km_str){ left, phrase.len }, false);
		if (!found.row && !ret.len) {
			found = longest(topics, (struct km_str){ left, phrase.len }, true);
			ret.everyday = found.row;
		}
		if (!found.row)
			break;
		if (!has(&ret, found.row))
			ret.rows[ret.len++] = found.row;
		ret.crosses |= km_str_find((struct km_str){ left + found.at, found.len }, KM_STR(" ")) >= 0;
		/* no name contains this character, so none is found across it */
		memset(left + found.at, '\n', found.len);
	}
	ret.letters_left = count_letters((struct km_str){ left, phrase.len });
	return ret;
}

static size_t count_in(struct km_str text, struct km_str phrase)
{
	size_t at, len, count = 0;

	for (; (len = km_lookup_within(text, phrase, &at)); count++)
		text = km_str_skip(text, at + len);
	return count;
}

/* Other names were compared before, and a source names files, not subjects. */
static size_t count_mentions(const struct km_topic_text *text, struct km_str phrase)
{
	const struct km_topicfile_field *field;
	size_t count = 0;

	for (unsigned int l = 0; l < KM_LANGUAGES; l++)
		km_array_each(field, &text->languages[l].fields)
			if (!km_str_eq(field->name, KM_STR("Also")) && !km_str_eq(field->name, KM_STR("Source")) &&
			    !km_str_eq(field->name, KM_STR("See")))
				count += count_in(field->value, phrase);
	return count;
}

struct km_mentions km_mentions_in_texts(const struct km_sheet *topics, struct km_str phrase)
{
	struct km_mentions ret = { .len = 0 };
	size_t most = 0;

	phrase = km_lookup_clean(phrase);
	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);
		const size_t count = km_topic_is_text(row) ? count_mentions(row->text, phrase) : 0;

		if (!count || count < most)
			continue;
		if (count > most)
			ret.len = 0;
		most = count;
		if (ret.len < KM_MENTIONS_MAX)
			ret.rows[ret.len++] = row;
	}
	return ret;
}
