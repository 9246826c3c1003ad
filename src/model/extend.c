// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"
#include "model/extend.h"

/* An extension under construction. */
struct maker {
	struct km_extension *made;
	struct km_field *fields;
	struct km_extended_field *extended;
	size_t len;
};

static const struct km_field *add(struct maker *maker, const struct km_field *of)
{
	struct km_field *field = &maker->fields[maker->len++];

	*field = *of;
	field->offset = maker->made->type.row_size;
	/* totals have no second line for their changes */
	field->flags |= of->flags & KM_TOTAL_ONLY ? KM_DETAIL : 0;
	maker->made->type.row_size += sizeof(uint64_t);
	return field;
}

static const struct km_comparison_field *find(const struct km_comparison_type *type, const struct km_field *of)
{
	for (size_t i = 0; i < type->len; i++)
		if (type->fields[i].of == of)
			return &type->fields[i];
	return NULL;
}

static void add_extended(struct maker *maker, const struct km_field *of)
{
	const struct km_comparison_field *from = find(maker->made->from, of);
	struct km_extended_field *extended = &maker->extended[maker->made->len];

	maker->fields[maker->len++] = *of;
	if (of->flags & KM_TREE)
		maker->fields[maker->len - 1].rows = &maker->made->type;
	if (!from || !from->change)
		return;
	extended->of = from;
	if (!(of->flags & KM_COUNTER))
		extended->change = add(maker, from->change);
	if (from->rate)
		extended->rate = add(maker, from->rate);
	maker->made->len++;
}

const struct km_extension *km_extension_type(struct km_pool *pool, const struct km_comparison_type *from)
{
	struct maker maker = { .made = km_pool_alloc(pool, 1, sizeof(*maker.made)) };
	const size_t word = sizeof(uint64_t);
	const struct km_field *field;
	size_t fields = 0;

	km_field_each(field, from->of)
		fields++;
	*maker.made = (struct km_extension){ .type = *from->of, .from = from };
	maker.made->type.row_size = (from->of->row_size + word - 1) / word * word;
	maker.made->type.fields = maker.fields = km_pool_alloc(pool, 3 * fields + 1, sizeof(*maker.fields));
	maker.made->fields = maker.extended = km_pool_alloc(pool, fields, sizeof(*maker.extended));
	km_field_each(field, from->of)
		add_extended(&maker, field);
	return maker.made;
}

static void copy(const struct km_field *to, void *row, const struct km_field *from, const void *compared)
{
	memcpy((char *)row + to->offset, km_field_at(from, compared), sizeof(uint64_t));
}

static const void *nth(const void *rows, size_t len, size_t i, size_t size)
{
	return i < len ? (const char *)rows + i * size : NULL;
}

static void *extend_rows(struct km_pool *pool, const struct km_extension *extension, const void *rows, size_t len,
			 const void *compared, size_t compared_len);

/* Extends the parts of a tree. If the earlier reading lacks the parts of a part, their changes are unknown. */
static void extend_parts(struct km_pool *pool, const struct km_extension *extension, void *row, const void *compared)
{
	const struct km_comparison_type *from = extension->from;

	for (size_t i = 0; i < from->len; i++) {
		const struct km_comparison_field *field = &from->fields[i];
		const struct km_rows *changes = compared ? km_field_at(field->after, compared) : NULL;
		struct km_rows *parts = (struct km_rows *)((char *)row + field->of->offset);

		if (!(field->of->flags & KM_TREE))
			continue;
		parts->items = extend_rows(pool, extension, parts->items, parts->len, changes ? changes->items : NULL,
					   changes ? changes->len : 0);
	}
}

static void extend_row(struct km_pool *pool, const struct km_extension *extension, const void *from,
		       const void *compared, void *row)
{
	km_row_init(&extension->type, row);
	memcpy(row, from, extension->from->of->row_size);
	for (size_t i = 0; compared && i < extension->len; i++) {
		const struct km_extended_field *field = &extension->fields[i];

		if (field->change)
			copy(field->change, row, field->of->change, compared);
		if (field->rate)
			copy(field->rate, row, field->of->rate, compared);
	}
	extend_parts(pool, extension, row, compared);
}

static void *extend_rows(struct km_pool *pool, const struct km_extension *extension, const void *rows, size_t len,
			 const void *compared, size_t compared_len)
{
	const size_t size = extension->type.row_size, size_before = extension->from->of->row_size;
	char *extended = km_pool_alloc(pool, len + 1, size);

	for (size_t i = 0; i < len; i++)
		extend_row(pool, extension, nth(rows, len, i, size_before),
			   nth(compared, compared_len, i, extension->from->type.row_size), extended + i * size);
	return extended;
}

struct km_sheet km_extend(struct km_pool *pool, const struct km_extension *extension, const struct km_sheet *sheet,
			  const struct km_comparison *comparison)
{
	struct km_sheet ret = { .type = &extension->type, .len = sheet->len };

	ret.rows = extend_rows(pool, extension, sheet->rows, sheet->len, comparison ? comparison->sheet.rows : NULL,
			       comparison ? comparison->sheet.len : 0);
	if (sheet->totals)
		ret.totals = extend_rows(pool, extension, sheet->totals, 1, comparison ? comparison->sheet.totals : NULL,
					 comparison && comparison->sheet.totals);
	return ret;
}

static const struct km_extended_field *find_extended(const struct km_extension *extension, struct km_str key)
{
	for (size_t i = 0; i < extension->len; i++)
		if (km_str_eq(key, km_str_from(extension->fields[i].of->of->key)))
			return &extension->fields[i];
	return NULL;
}

static void put_column(struct km_text *text, struct km_str prefix, struct km_str key)
{
	km_text_separate(text, ",");
	km_text_printf(text, "%.*s%.*s", KM_STR_ARG(prefix), KM_STR_ARG(key));
}

static void put_changes(struct km_text *text, const struct km_extended_field *field, struct km_str prefix)
{
	if (field->change)
		put_column(text, prefix, km_str_from(field->change->key));
	if (field->rate)
		put_column(text, prefix, km_str_from(field->rate->key));
}

static const char *listed(struct km_pool *pool, const struct km_extension *extension, const char *columns)
{
	struct km_str rest = km_str_from(columns), key, prefix;
	struct km_text text = { 0 };

	while (rest.len) {
		const struct km_extended_field *field;

		if (!km_str_take_until(&rest, ',', &key)) {
			key = rest;
			rest.len = 0;
		}
		prefix = km_str_take_prefix(&key, KM_STR("+")) ? KM_STR("+") : KM_STR("");
		put_column(&text, prefix, key);
		field = find_extended(extension, key);
		if (field)
			put_changes(&text, field, prefix);
	}
	return km_text_keep(&text, pool).ptr;
}

const char *km_extension_columns(struct km_pool *pool, const struct km_extension *extension, const char *columns,
				 const char *main)
{
	struct km_text text = { 0 };
	const struct km_field *field;

	if (columns)
		return listed(pool, extension, columns);
	km_field_each(field, extension->from->of) {
		const struct km_extended_field *extended = find_extended(extension, km_str_from(field->key));

		if (!(field->flags & KM_SHOWN) || field->flags & KM_TOTAL_ONLY)
			continue;
		put_column(&text, KM_STR(""), km_str_from(field->key));
		if (extended && (field->flags & KM_COUNTER || (main && !strcmp(main, field->key))))
			put_changes(&text, extended, KM_STR(""));
	}
	return km_text_keep(&text, pool).ptr;
}
