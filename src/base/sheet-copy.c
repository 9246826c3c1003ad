// SPDX-License-Identifier: GPL-2.0-or-later
/* A deep copy of a sheet. */
#include "base/field.h"

static void *copy_bytes(struct km_pool *pool, const void *from, size_t len, size_t size)
{
	void *to = km_pool_alloc(pool, len + 1, size);

	if (len)
		memcpy(to, from, len * size);
	return to;
}

static struct km_str copy_text(struct km_pool *pool, struct km_str text)
{
	return text.ptr ? km_pool_copy(pool, text) : text;
}

static struct km_rows copy_rows(struct km_pool *pool, const struct km_sheet_type *type, const void *rows, size_t len);

static void copy_texts(struct km_pool *pool, struct km_texts *texts)
{
	texts->items = copy_bytes(pool, texts->items, texts->len, sizeof(*texts->items));
	for (size_t i = 0; i < texts->len; i++)
		texts->items[i] = copy_text(pool, texts->items[i]);
}

static void copy_pairs(struct km_pool *pool, struct km_pairs *pairs)
{
	pairs->items = copy_bytes(pool, pairs->items, pairs->len, sizeof(*pairs->items));
	for (size_t i = 0; i < pairs->len; i++)
		pairs->items[i].name = copy_text(pool, pairs->items[i].name);
}

/* Copies the memory that a member borrows. The row itself is already a copy. */
static void copy_member(struct km_pool *pool, const struct km_field *field, void *at)
{
	struct km_numbers *numbers = at;
	struct km_rows *rows = at;

	switch (field->kind) {
	case KM_TEXT:
		*(struct km_str *)at = copy_text(pool, *(struct km_str *)at);
		break;
	case KM_WORD:
		if (field->words->open)
			*(const struct km_word **)at = km_word_of(field->words, km_word_str(*(const struct km_word **)at), pool);
		break;
	case KM_TEXTS:
		copy_texts(pool, at);
		break;
	case KM_PAIRS:
		copy_pairs(pool, at);
		break;
	case KM_BYTES_LIST:
		numbers->items = copy_bytes(pool, numbers->items, numbers->len, sizeof(*numbers->items));
		break;
	case KM_ROWS:
		*rows = copy_rows(pool, field->rows, rows->items, rows->len);
		break;
	default:
		break;
	}
}

static struct km_rows copy_rows(struct km_pool *pool, const struct km_sheet_type *type, const void *rows, size_t len)
{
	char *copies = copy_bytes(pool, rows, len, type->row_size);
	const struct km_field *field;

	for (size_t i = 0; i < len; i++)
		km_field_each(field, type)
			copy_member(pool, field, copies + i * type->row_size + field->offset);
	return (struct km_rows){ copies, len };
}

struct km_sheet km_sheet_copy(struct km_pool *pool, const struct km_sheet *sheet)
{
	struct km_sheet copy = { .type = sheet->type, .len = sheet->len };

	copy.rows = copy_rows(pool, sheet->type, sheet->rows, sheet->len).items;
	if (sheet->totals)
		copy.totals = copy_rows(pool, sheet->type, sheet->totals, 1).items;
	return copy;
}
