// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/field.h"

const struct km_field *km_field_find(const struct km_sheet_type *type, struct km_str key)
{
	const struct km_field *field;

	km_field_each(field, type)
		if (km_str_eq(km_str_from(field->key), key))
			return field;
	return NULL;
}

bool km_field_is_unknown(const struct km_field *field, const void *row)
{
	switch (km_kind_store(field->kind)) {
	case KM_STORE_TEXT:
		return !((const struct km_str *)km_field_at(field, row))->ptr;
	case KM_STORE_WORD:
		return !km_field_word(field, row);
	case KM_STORE_NUMBER:
		return km_field_number(field, row) == KM_UNKNOWN;
	case KM_STORE_SIGNED:
		return *(const int64_t *)km_field_at(field, row) == KM_UNKNOWN_DELTA;
	case KM_STORE_REAL:
		return isnan(*(const double *)km_field_at(field, row));
	case KM_STORE_TRI:
		return *(const enum km_tri *)km_field_at(field, row) == KM_TRI_UNKNOWN;
	case KM_STORE_TEXTS:
	case KM_STORE_NUMBERS:
	case KM_STORE_PAIRS:
	case KM_STORE_ROWS:
		return false;
	}
	return false;
}

static int compare_real(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(b) - isnan(a);
	return (a > b) - (a < b);
}

int km_field_compare(const struct km_field *field, const void *row_a, const void *row_b)
{
	const void *a = km_field_at(field, row_a), *b = km_field_at(field, row_b);
	uint64_t x, y;

	switch (km_kind_store(field->kind)) {
	case KM_STORE_TEXT:
		return km_str_compare(*(const struct km_str *)a, *(const struct km_str *)b);
	case KM_STORE_WORD:
		return km_str_compare(km_word_str(km_field_word(field, row_a)),
				      km_word_str(km_field_word(field, row_b)));
	case KM_STORE_NUMBER:
		/* unknown is the largest value: adding 1 makes it the smallest */
		x = *(const uint64_t *)a + 1;
		y = *(const uint64_t *)b + 1;
		return (x > y) - (x < y);
	case KM_STORE_SIGNED:
		return (*(const int64_t *)a > *(const int64_t *)b) -
		       (*(const int64_t *)a < *(const int64_t *)b);
	case KM_STORE_REAL:
		return compare_real(*(const double *)a, *(const double *)b);
	case KM_STORE_TRI:
		return (int)*(const enum km_tri *)a - (int)*(const enum km_tri *)b;
	case KM_STORE_TEXTS:
		x = ((const struct km_texts *)a)->len;
		y = ((const struct km_texts *)b)->len;
		return (x > y) - (x < y);
	case KM_STORE_NUMBERS:
		x = ((const struct km_numbers *)a)->len;
		y = ((const struct km_numbers *)b)->len;
		return (x > y) - (x < y);
	case KM_STORE_PAIRS:
		x = ((const struct km_pairs *)a)->len;
		y = ((const struct km_pairs *)b)->len;
		return (x > y) - (x < y);
	case KM_STORE_ROWS:
		x = ((const struct km_rows *)a)->len;
		y = ((const struct km_rows *)b)->len;
		return (x > y) - (x < y);
	}
	return 0;
}

const struct km_field *km_tree_field(const struct km_sheet_type *type)
{
	const struct km_field *field;

	km_field_each(field, type)
		if (field->flags & KM_TREE)
			return field;
	return NULL;
}

void km_row_init(const struct km_sheet_type *type, void *row)
{
	const struct km_field *field;

	memset(row, 0, type->row_size);
	km_field_each(field, type) {
		void *member = (char *)row + field->offset;

		if (field->kind == KM_COUNT || field->kind == KM_BYTES)
			*(uint64_t *)member = KM_UNKNOWN;
		else if (km_kind_is_signed(field->kind))
			*(int64_t *)member = KM_UNKNOWN_DELTA;
		else if (km_kind_is_real(field->kind))
			*(double *)member = KM_UNKNOWN_REAL;
	}
}

bool km_sheet_has_figure(const struct km_sheet *sheet)
{
	const struct km_field *field;
	bool numbers = false;

	km_field_each(field, sheet->type) {
		if (!km_kind_is_number(field->kind) || !(field->flags & KM_SHOWN) || field->flags & (KM_ID | KM_TOTAL_ONLY))
			continue;
		numbers = true;
		for (size_t i = 0; i < sheet->len; i++)
			if (!km_field_is_unknown(field, km_sheet_row(sheet, i)))
				return true;
	}
	return !numbers || !sheet->len;
}

void km_sheet_sum(const struct km_sheet *sheet, void *totals)
{
	const struct km_field *field;

	km_field_each(field, sheet->type) {
		uint64_t sum = 0;
		enum km_tri at_least = KM_TRI_NO;

		if (!(field->flags & KM_SUMMED) || !sheet->len)
			continue;
		for (size_t i = 0; i < sheet->len; i++) {
			const void *row = km_sheet_row(sheet, i);

			sum = km_num_add(sum, km_field_number(field, row));
			at_least = km_field_is_at_least(field, row) ? KM_TRI_YES : at_least;
		}
		*(uint64_t *)((char *)totals + field->offset) = sum;
		if (field->at_least)
			*(enum km_tri *)((char *)totals + field->at_least) = at_least;
	}
}

uint64_t km_sheet_member_sum(const struct km_sheet *sheet, size_t offset)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < sheet->len; i++)
		sum = km_num_add(sum, *(const uint64_t *)((const char *)km_sheet_row(sheet, i) + offset));
	return sheet->len ? sum : KM_UNKNOWN;
}

const char km_field_on_demand[] =
	"Needs one extra file per row; on a live system it is read only if an option names the column. Otherwise "
	"it may be unknown, in JSON too.";

const char *km_kind_name(enum km_kind kind)
{
	switch (kind) {
	case KM_TEXT:
		return "text";
	case KM_WORD:
		return "word";
	case KM_COUNT:
		return "count";
	case KM_BYTES:
		return "bytes";
	case KM_DELTA:
		return "delta";
	case KM_RATIO:
		return "ratio";
	case KM_INDEX:
		return "index";
	case KM_CHANGE:
		return "change";
	case KM_POINTS:
		return "change of a ratio";
	case KM_RATE:
		return "number a second";
	case KM_BYTE_RATE:
		return "bytes a second";
	case KM_REAL:
		return "number";
	case KM_SECONDS:
		return "seconds";
	case KM_TRI:
		return "flag";
	case KM_TEXTS:
		return "list of texts";
	case KM_BYTES_LIST:
		return "list of bytes";
	case KM_PAIRS:
		return "counters by name";
	case KM_ROWS:
		return "rows";
	}
	return "";
}
