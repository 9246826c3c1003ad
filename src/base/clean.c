// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/clean.h"
#include "base/utf8.h"

/* C0, DEL and C1. A reader of JSON would have to escape them again. */
static bool is_valid(uint32_t c)
{
	return c >= 0x20 && (c < 0x7f || c >= 0xa0);
}

static bool is_plain_or_end(uint32_t c)
{
	return c == '\n' || km_char_is_plain(c);
}

static void add(struct km_text *out, struct km_str text, bool (*may_stay)(uint32_t c))
{
	while (text.len) {
		struct km_str part = { text.ptr, km_str_printable(text) };
		uint32_t c;

		km_text_add(out, part);
		text = km_str_skip(text, part.len);
		part = text;
		if (!km_str_take_char(&text, &c))
			return;
		part.len -= text.len;
		/* an odd byte is a character by itself */
		if (may_stay(c) && (c != KM_CHAR_ODD || part.len > 1))
			km_text_add(out, part);
		else
			km_text_puts(out, "\xef\xbf\xbd");
	}
}

static struct km_str clean(struct km_pool *pool, struct km_str text, bool (*may_stay)(uint32_t c))
{
	struct km_text copy = { 0 };

	if (km_str_printable(text) == text.len)
		return text;
	add(&copy, text, may_stay);
	return km_text_keep(&copy, pool);
}

struct km_str km_text_clean(struct km_pool *pool, struct km_str text)
{
	return clean(pool, text, km_char_is_plain);
}

struct km_str km_text_clean_lines(struct km_pool *pool, struct km_str text)
{
	return clean(pool, text, is_plain_or_end);
}

struct km_str km_text_valid(struct km_pool *pool, struct km_str text)
{
	return clean(pool, text, is_valid);
}

void km_text_add_clean(struct km_text *out, struct km_str text)
{
	add(out, text, km_char_is_plain);
}
