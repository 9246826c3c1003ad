// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/plain.h"

struct km_str km_plain_count(char buf[static KM_CELL_SIZE], uint64_t value)
{
	if (value == KM_UNKNOWN)
		return (struct km_str){ 0 };
	return (struct km_str){ buf, (size_t)(km_units_put(buf, value) - buf) };
}

static struct km_str delta_text(char *buf, int64_t delta)
{
	struct km_str digits;

	if (delta == KM_UNKNOWN_DELTA)
		return (struct km_str){ 0 };
	if (delta >= 0)
		return km_plain_count(buf, (uint64_t)delta);
	*buf = '-';
	digits = km_plain_count(buf + 1, 0 - (uint64_t)delta);
	return (struct km_str){ buf, digits.len + 1 };
}

/* Six digits, as in JSON. The program sets no locale for numbers, so this prints a point. */
static struct km_str real_text(char *buf, double value)
{
	if (!isfinite(value))
		return (struct km_str){ 0 };
	return (struct km_str){ buf, (size_t)snprintf(buf, KM_CELL_SIZE, "%.6g", value) };
}

static struct km_str exact_text(char *buf, double value)
{
	return isfinite(value) ? km_str_from(km_units_shortest(buf, value)) : (struct km_str){ 0 };
}

static struct km_str tri_text(enum km_tri tri, struct km_str no, struct km_str yes)
{
	return tri == KM_TRI_UNKNOWN ? (struct km_str){ 0 } : tri == KM_TRI_YES ? yes : no;
}

static struct km_str single(char *buf, const struct km_field *field, const void *row, struct km_str no,
			    struct km_str yes)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_COUNT:
	case KM_BYTES:
		return km_plain_count(buf, *(const uint64_t *)at);
	case KM_DELTA:
	case KM_CHANGE:
		return delta_text(buf, *(const int64_t *)at);
	case KM_RATIO:
	case KM_INDEX:
	case KM_POINTS:
	case KM_RATE:
	case KM_BYTE_RATE:
	case KM_SECONDS:
		return real_text(buf, *(const double *)at);
	case KM_REAL:
		return exact_text(buf, *(const double *)at);
	case KM_TRI:
		return tri_text(*(const enum km_tri *)at, no, yes);
	case KM_TEXT:
	case KM_WORD:
	case KM_TEXTS:
	case KM_BYTES_LIST:
	case KM_PAIRS:
	case KM_ROWS:
		break;
	}
	return (struct km_str){ 0 };
}

struct km_str km_plain_number(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row)
{
	return single(buf, field, row, KM_STR("0"), KM_STR("1"));
}

struct km_str km_plain_value(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row)
{
	if (field->kind == KM_TEXT)
		return *(const struct km_str *)km_field_at(field, row);
	if (field->kind == KM_WORD)
		return km_word_str(km_field_word(field, row));
	return single(buf, field, row, KM_STR("false"), KM_STR("true"));
}

const struct km_section *km_plain_section(const struct km_document *document)
{
	const struct km_section *section;

	km_array_each(section, &document->sections)
		if (section->key && !km_tree_field(section->view.sheet->type))
			return section;
	return NULL;
}
