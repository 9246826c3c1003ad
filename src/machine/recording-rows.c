// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine/recording-rows.h"
#include "parse/changes.h"

static bool is_number(const struct km_field *field)
{
	return field->kind == KM_COUNT || field->kind == KM_BYTES || km_kind_is_signed(field->kind);
}

/* For ratios of PSI, which are exact in hundredths of a percent. Other ratios follow from values. */
enum { RATIO_PARTS = 10000 };

bool km_recorded_is_value(const struct km_field *field)
{
	return (is_number(field) || field->kind == KM_RATIO) && !(field->flags & KM_COMPUTED) &&
	       field->flags & (KM_LEVEL | KM_COUNTER | KM_BY_NAME);
}

bool km_recorded_is_property(const struct km_field *field)
{
	if (field->kind == KM_TEXT)
		return !(field->flags & (KM_PROSE | KM_MOMENT));
	return field->kind == KM_WORD || field->kind == KM_TRI ||
	       (is_number(field) && !(field->flags & KM_COMPUTED) && !km_recorded_is_value(field));
}

bool km_recorded_is_rows(const struct km_field *field)
{
	return field->kind == KM_ROWS && field->flags & (KM_TREE | KM_SPREAD) && !(field->flags & KM_ON_DEMAND);
}

bool km_recorded_is_size(const struct km_field *field)
{
	return field->kind == KM_BYTES || field->kind == KM_DELTA;
}

static int64_t ratio_value(double ratio)
{
	return ratio >= 0 && ratio <= 1 ? km_num_round(ratio * RATIO_PARTS) : KM_NO_VALUE;
}

int64_t km_recorded_value(const struct km_field *field, const void *row)
{
	int64_t value;

	if (field->kind == KM_RATIO)
		return ratio_value(*(const double *)km_field_at(field, row));
	if (!km_kind_is_signed(field->kind) && km_field_number(field, row) > (uint64_t)KM_CHANGES_MOST)
		return KM_NO_VALUE;
	memcpy(&value, km_field_at(field, row), sizeof(value));
	return value > KM_CHANGES_MOST || value < -KM_CHANGES_MOST ? KM_NO_VALUE : value;
}

/* km_row_init() already stored the bits of KM_UNKNOWN and KM_UNKNOWN_DELTA. */
void km_recorded_set_value(const struct km_field *field, void *row, int64_t value)
{
	const double ratio = value == KM_NO_VALUE ? KM_UNKNOWN_REAL : (double)value / RATIO_PARTS;

	if (field->kind == KM_RATIO)
		memcpy((char *)row + field->offset, &ratio, sizeof(ratio));
	else if (value != KM_NO_VALUE && (value >= 0 || km_kind_is_signed(field->kind)))
		memcpy((char *)row + field->offset, &value, sizeof(value));
}

static const char *const tri_words[] = { [KM_TRI_NO] = "no", [KM_TRI_YES] = "yes" };

struct km_str km_recorded_property(struct km_pool *pool, const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_TEXT:
		return *(const struct km_str *)at;
	case KM_WORD:
		return km_word_str(km_field_word(field, row));
	case KM_TRI:
		return km_str_from(tri_words[*(const enum km_tri *)at]);
	case KM_DELTA:
	case KM_CHANGE:
		if (*(const int64_t *)at == KM_UNKNOWN_DELTA)
			return (struct km_str){ 0 };
		return km_pool_printf(pool, "%lld", (long long)*(const int64_t *)at);
	default:
		if (km_field_number(field, row) == KM_UNKNOWN)
			return (struct km_str){ 0 };
		return km_pool_printf(pool, "%llu", (unsigned long long)km_field_number(field, row));
	}
}

static enum km_tri tri_of(struct km_str text)
{
	for (enum km_tri tri = KM_TRI_NO; tri <= KM_TRI_YES; tri++)
		if (km_str_eq(text, km_str_from(tri_words[tri])))
			return tri;
	return KM_TRI_UNKNOWN;
}

static void set_number(const struct km_field *field, void *at, struct km_str text)
{
	bool is_signed = km_kind_is_signed(field->kind);
	bool negative = is_signed && km_str_take_prefix(&text, KM_STR("-"));
	uint64_t number = is_signed ? (uint64_t)KM_UNKNOWN_DELTA : KM_UNKNOWN;

	memcpy(at, &number, sizeof(number));
	if (km_str_to_u64(text, &number) || (is_signed && number > INT64_MAX))
		return;
	number = negative ? -number : number;
	memcpy(at, &number, sizeof(number));
}

void km_recorded_set_property(struct km_pool *pool, const struct km_field *field, void *row, struct km_str text)
{
	void *at = (char *)row + field->offset;

	if (field->kind == KM_TEXT)
		*(struct km_str *)at = text;
	else if (field->kind == KM_WORD && field->words->open)
		*(const struct km_word **)at = km_word_of(field->words, text, pool);
	else if (field->kind == KM_WORD)
		*(const struct km_word **)at = text.ptr ? km_word_find(field->words, text) : NULL;
	else if (field->kind == KM_TRI)
		*(enum km_tri *)at = tri_of(text);
	else
		set_number(field, at, text);
}

void km_recorded_name(struct km_text *text, const struct km_sheet_type *type, const void *row)
{
	struct km_pool pool = { 0 };
	const struct km_field *field;
	size_t begin = text->len;

	km_field_each(field, type) {
		struct km_str part;

		if (!(field->flags & KM_ID))
			continue;
		part = km_recorded_property(&pool, field, row);
		/* "kmalloc-64", and "kmalloc-64 2" for the second cache of that name */
		if (!part.ptr || (field->flags & KM_ORDINAL && km_str_eq(part, KM_STR("1"))))
			continue;
		if (text->len > begin)
			km_text_puts(text, " ");
		km_text_add(text, part);
	}
	km_pool_deinit(&pool);
}
