// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "base/units.h"
#include "report/document.h"

static struct km_str until(const char *buf, const char *end)
{
	return (struct km_str){ buf, (size_t)(end - buf) };
}

static struct km_str count_text(char *buf, uint64_t count)
{
	return count == KM_UNKNOWN ? KM_STR("-") : until(buf, km_units_put(buf, count));
}

static struct km_str bytes_text(char *buf, uint64_t bytes, bool exact)
{
	return exact ? count_text(buf, bytes) : until(buf, km_units_put_bytes(buf, bytes));
}

static struct km_str delta_text(char *buf, int64_t delta, bool exact)
{
	char *at = buf;

	if (!exact || delta == KM_UNKNOWN_DELTA)
		return km_str_from(km_units_delta(buf, delta));
	if (delta < 0)
		*at++ = '-';
	return until(buf, km_units_put(at, delta < 0 ? 0 - (uint64_t)delta : (uint64_t)delta));
}

static struct km_str change_text(char *buf, int64_t change)
{
	char *at = buf;

	if (change == KM_UNKNOWN_DELTA)
		return KM_STR("-");
	if (change)
		*at++ = change < 0 ? '-' : '+';
	return until(buf, km_units_put(at, change < 0 ? 0 - (uint64_t)change : (uint64_t)change));
}

static struct km_str points_text(char *buf, double points)
{
	size_t len = strlen(km_units_percent(buf, points));

	if (points > 0 && len + 1 < KM_CELL_SIZE) {
		memmove(buf + 1, buf, len + 1);
		*buf = '+';
	}
	return km_str_from(buf);
}

/* Formats whole thousandths without printf(), because a locale could turn the point into a comma. */
static struct km_str index_text(char *buf, double index)
{
	long long thousandths;

	if (isnan(index))
		return KM_STR("-");
	thousandths = km_num_round(index * 1000);
	snprintf(buf, KM_CELL_SIZE, "%s%lld.%03lld", thousandths < 0 ? "-" : "",
		 llabs(thousandths) / 1000, llabs(thousandths) % 1000);
	return km_str_from(buf);
}

static struct km_str join(struct km_pool *pool, const struct km_str *items, size_t len)
{
	size_t room = 1;
	char *text, *end;

	if (!len)
		return KM_STR("-");
	for (size_t i = 0; i < len; i++)
		room += items[i].len + 1;
	text = end = km_pool_alloc(pool, room, 1);
	for (size_t i = 0; i < len; i++) {
		if (i)
			*end++ = ',';
		if (items[i].len)
			end = (char *)memcpy(end, items[i].ptr, items[i].len) + items[i].len;
	}
	return (struct km_str){ text, (size_t)(end - text) };
}

static struct km_str numbers_text(struct km_pool *pool, const struct km_numbers *numbers, bool exact)
{
	struct km_str *texts = km_pool_alloc(pool, numbers->len, sizeof(*texts));
	char buf[KM_CELL_SIZE];

	for (size_t i = 0; i < numbers->len; i++)
		texts[i] = km_pool_copy(pool, bytes_text(buf, numbers->items[i], exact));
	return join(pool, texts, numbers->len);
}

static struct km_str pairs_text(struct km_pool *pool, const struct km_pairs *pairs)
{
	struct km_str *texts = km_pool_alloc(pool, pairs->len, sizeof(*texts));
	char buf[KM_CELL_SIZE];

	for (size_t i = 0; i < pairs->len; i++)
		texts[i] = km_pool_printf(pool, "%.*s=%.*s", KM_STR_ARG(pairs->items[i].name),
					  KM_STR_ARG(count_text(buf, pairs->items[i].value)));
	return join(pool, texts, pairs->len);
}

static struct km_str tri_text(enum km_tri tri)
{
	return tri == KM_TRI_YES ? KM_STR("yes") : tri == KM_TRI_NO ? KM_STR("no") : KM_STR("-");
}

struct km_str km_cell_single(char buf[static KM_CELL_SIZE], const struct km_field *field,
			     const void *row, bool exact)
{
	const void *at = km_field_at(field, row);

	if (km_field_is_at_least(field, row))
		return (struct km_str){ 0 };
	switch (field->kind) {
	case KM_TEXT:
		return ((const struct km_str *)at)->ptr ? *(const struct km_str *)at : KM_STR("-");
	case KM_WORD:
		return km_field_word(field, row) ? km_word_str(km_field_word(field, row)) : KM_STR("-");
	case KM_COUNT:
		return count_text(buf, *(const uint64_t *)at);
	case KM_BYTES:
		return bytes_text(buf, *(const uint64_t *)at, exact);
	case KM_DELTA:
		return delta_text(buf, *(const int64_t *)at, exact);
	case KM_RATIO:
		return km_str_from(km_units_percent(buf, *(const double *)at));
	case KM_INDEX:
		return index_text(buf, *(const double *)at);
	case KM_CHANGE:
		return change_text(buf, *(const int64_t *)at);
	case KM_POINTS:
		return points_text(buf, *(const double *)at);
	case KM_RATE:
		return km_str_from(km_units_rate(buf, *(const double *)at));
	case KM_BYTE_RATE:
		return km_str_from(exact ? km_units_rate(buf, *(const double *)at) :
					   km_units_byte_rate(buf, *(const double *)at));
	case KM_REAL:
		return km_str_from(km_units_shortest(buf, *(const double *)at));
	case KM_SECONDS:
		return km_str_from(exact ? km_units_real(buf, *(const double *)at) :
					   km_units_seconds(buf, *(const double *)at));
	case KM_TRI:
		return tri_text(*(const enum km_tri *)at);
	case KM_ROWS:
		return count_text(buf, ((const struct km_rows *)at)->len);
	case KM_TEXTS:
	case KM_BYTES_LIST:
	case KM_PAIRS:
		break;
	}
	return (struct km_str){ 0 };
}

/* A cell with several values, or a value with a mark. */
static struct km_str made_text(struct km_pool *pool, const struct km_field *field, const void *row,
			       bool exact)
{
	const void *at = km_field_at(field, row);
	char buf[KM_CELL_SIZE];

	switch (field->kind) {
	case KM_TEXTS:
		return join(pool, ((const struct km_texts *)at)->items,
			    ((const struct km_texts *)at)->len);
	case KM_BYTES_LIST:
		return numbers_text(pool, at, exact);
	case KM_PAIRS:
		return pairs_text(pool, at);
	case KM_COUNT:
		return km_pool_copy(pool, count_text(buf, km_field_number(field, row)));
	default:
		return km_pool_copy(pool, bytes_text(buf, km_field_number(field, row), exact));
	}
}

struct km_str km_cell_text(struct km_pool *pool, const struct km_field *field, const void *row,
			   bool exact)
{
	char buf[KM_CELL_SIZE];
	struct km_str text = km_cell_single(buf, field, row, exact);

	if (text.ptr)
		return text.ptr == buf ? km_pool_copy(pool, text) : text;
	text = made_text(pool, field, row, exact);
	if (!km_field_is_at_least(field, row) || km_field_number(field, row) == KM_UNKNOWN)
		return text;
	return km_pool_printf(pool, ">=%s", text.ptr);
}
