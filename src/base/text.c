// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "base/text.h"

void km_text_deinit(struct km_text *text)
{
	free(text->ptr);
	*text = (struct km_text){ 0 };
}

/* Makes room for len more bytes, and for the NUL of vsnprintf(). */
static char *reserve(struct km_text *text, size_t len)
{
	if (text->room - text->len <= len) {
		text->room = text->room * 2 + len + 64;
		text->ptr = km_realloc(text->ptr, text->room, 1);
	}
	return text->ptr + text->len;
}

void km_text_add(struct km_text *text, struct km_str s)
{
	if (!s.len)
		return;
	memcpy(reserve(text, s.len), s.ptr, s.len);
	text->len += s.len;
}

void km_text_puts(struct km_text *text, const char *s)
{
	km_text_add(text, km_str_from(s));
}

void km_text_vprintf(struct km_text *text, const char *format, va_list arguments)
{
	va_list again;
	int len;

	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len <= 0)
		return;
	vsnprintf(reserve(text, (size_t)len), (size_t)len + 1, format, arguments);
	text->len += (size_t)len;
}

void km_text_printf(struct km_text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	km_text_vprintf(text, format, arguments);
	va_end(arguments);
}

void km_text_separate(struct km_text *text, const char *separator)
{
	if (text->len && text->ptr[text->len - 1] != '\n')
		km_text_puts(text, separator);
}

struct km_str km_text_keep(struct km_text *text, struct km_pool *pool)
{
	struct km_str kept = km_pool_copy(pool, km_text_str(text));

	km_text_deinit(text);
	return kept;
}

struct km_str km_text_keep_some(struct km_text *text, struct km_pool *pool)
{
	return text->len ? km_text_keep(text, pool) : (struct km_str){ 0 };
}

void km_text_join(struct km_text *text, const struct km_str *items, size_t len, const char *separator)
{
	for (size_t i = 0; i < len; i++) {
		km_text_separate(text, separator);
		km_text_add(text, items[i]);
	}
}
