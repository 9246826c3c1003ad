/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text under construction. Adding to its end costs only the added part. */
#ifndef KM_BASE_TEXT_H
#define KM_BASE_TEXT_H

#include <stdarg.h>
#include "base/array.h"
#include "base/cleanup.h"

/* Zero-initialised is empty. Not NUL-terminated. Freed by km_text_deinit() or km_text_keep(). */
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

/* A separator unless the text is empty or ends with a line: for lists. */
void km_text_separate(struct km_text *text, const char *separator);

/* What was built so far; holds until the next addition. */
static inline struct km_str km_text_str(const struct km_text *text)
{
	return (struct km_str){ text->ptr ? text->ptr : "", text->len };
}

/* Moves the text into a pool, NUL-terminated, and leaves the builder empty. */
struct km_str km_text_keep(struct km_text *text, struct km_pool *pool);

/* The same; .ptr NULL for an empty text, which then means unknown. */
struct km_str km_text_keep_some(struct km_text *text, struct km_pool *pool);

/* Adds texts with a separator between each two, and in front of the first unless the text is empty. */
void km_text_join(struct km_text *text, const struct km_str *items, size_t len, const char *separator);

#endif
