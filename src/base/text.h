/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text builder. Adding text costs time for the added part only. */
#ifndef KM_BASE_TEXT_H
#define KM_BASE_TEXT_H

#include <stdarg.h>
#include "base/array.h"
#include "base/cleanup.h"

/*
 * Zero-initialised is empty. Not NUL-terminated. Free it with km_text_deinit() or km_text_keep().
 */
struct km_text {
	char *ptr;
	size_t len, room;
};

void km_text_deinit(struct km_text *text);

#define KM_TEXT_SCOPE KM_CLEANUP(km_text_deinit) struct km_text

void km_text_add(struct km_text *text, struct km_str s);
void km_text_puts(struct km_text *text, const char *s);
void km_text_printf(struct km_text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void km_text_vprintf(struct km_text *text, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* Adds a separator, unless the text is empty or ends with a line end: for lists. */
void km_text_separate(struct km_text *text, const char *separator);

/* The text built so far; valid until the next addition. */
static inline struct km_str km_text_str(const struct km_text *text)
{
	return (struct km_str){ text->ptr ? text->ptr : "", text->len };
}

/* Moves the text into a pool, NUL-terminated, and empties the builder. */
struct km_str km_text_keep(struct km_text *text, struct km_pool *pool);

/* The same, but .ptr is NULL (unknown) for an empty text. */
struct km_str km_text_keep_some(struct km_text *text, struct km_pool *pool);

/* Adds texts with a separator between them, and before the first unless the builder is empty. */
void km_text_join(struct km_text *text, const struct km_str *items, size_t len, const char *separator);

#endif
