// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/nearest.h"
#include "report/view.h"

static int no_such_key(const struct km_sheet_type *type, struct km_str key, struct km_err *err)
{
	struct km_nearest nearest = { .word = key };
	const struct km_field *field;
	char hint[KM_HINT_SIZE], otherwise[128];

	km_field_each(field, type)
		if (!(field->flags & KM_TOTAL_ONLY))
			km_nearest_offer(&nearest, field->key);
	snprintf(otherwise, sizeof(otherwise), "'kmeminfo fields %s' lists them", type->name);
	return km_err_set(err, -EINVAL, km_nearest_hint(&nearest, hint, otherwise), "%s has no column '%.*s'", type->name, KM_STR_ARG(key));
}

static bool has_field(const struct km_view *view, const struct km_field *field)
{
	for (size_t i = 0; i < view->fields_len; i++)
		if (view->fields[i] == field)
			return true;
	return false;
}

static void add_default_fields(struct km_view *view, const struct km_sheet_type *type, bool all)
{
	const struct km_field *field;

	km_field_each(field, type)
		if ((all || field->flags & KM_SHOWN) && !(field->flags & KM_TOTAL_ONLY))
			view->fields[view->fields_len++] = field;
}

static int add_listed_fields(struct km_view *view, const struct km_sheet_type *type,
			     struct km_str rest, struct km_err *err)
{
	struct km_str key;

	while (rest.len) {
		const struct km_field *field;

		if (!km_str_take_until(&rest, ',', &key)) {
			key = rest;
			rest.len = 0;
		}
		km_str_take_prefix(&key, KM_STR("+"));
		field = km_field_find(type, key);
		if (!field || field->flags & KM_TOTAL_ONLY)
			return no_such_key(type, key, err);
		if (!has_field(view, field))
			view->fields[view->fields_len++] = field;
	}
	return view->fields_len ? 0 : no_such_key(type, rest, err);
}

static int choose_fields(struct km_view *view, const struct km_sheet_type *type,
			 const struct km_view_options *options, struct km_err *err)
{
	int r = 0;

	if (!options->columns || *options->columns == '+') {
		if (options->usual && !options->all_columns)
			r = add_listed_fields(view, type, km_str_from(options->usual), err);
		else
			add_default_fields(view, type, options->all_columns);
	}
	return r ? r : add_listed_fields(view, type, km_str_from(options->columns), err);
}

struct sort {
	const struct km_view *view;
	const struct km_field *field;
	bool descending;
};

static bool is_unknown(const struct km_field *field, const void *row)
{
	switch (field->kind) {
	case KM_TEXT:
		return !((const struct km_str *)km_field_at(field, row))->ptr;
	case KM_WORD:
		return !km_field_word(field, row);
	case KM_COUNT:
	case KM_BYTES:
		return km_field_number(field, row) == KM_UNKNOWN;
	case KM_DELTA:
		return *(const int64_t *)km_field_at(field, row) == KM_UNKNOWN_DELTA;
	case KM_RATIO:
	case KM_INDEX:
		return isnan(*(const double *)km_field_at(field, row));
	case KM_TRI:
		return *(const enum km_tri *)km_field_at(field, row) == KM_TRI_UNKNOWN;
	case KM_TEXTS:
	case KM_BYTES_LIST:
	case KM_PAIRS:
	case KM_ROWS:
		return false;
	}
	return false;
}

static int compare_rows(const void *a, const void *b, void *arg)
{
	const struct sort *sort = arg;
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	const void *x = km_sheet_row(sort->view->sheet, i), *y = km_sheet_row(sort->view->sheet, j);
	int order = is_unknown(sort->field, x) - is_unknown(sort->field, y);

	if (!order) {
		order = km_field_compare(sort->field, x, y);
		order = sort->descending ? -order : order;
	}
	return order ? order : (i > j) - (i < j);
}

/* A number of the sort column so that smaller comes first and unknown last, and the row it is of. */
struct sort_key {
	uint64_t key;
	size_t row;
};

/* false: the column holds no numbers. A real's bits sort as an integer once the sign is undone. */
static bool sort_number(const struct sort *sort, const void *row, uint64_t *ret)
{
	const void *at = km_field_at(sort->field, row);
	double real;

	switch (sort->field->kind) {
	case KM_COUNT:
	case KM_BYTES:
		*ret = *(const uint64_t *)at;
		break;
	case KM_DELTA:
		*ret = (uint64_t)*(const int64_t *)at ^ 1ULL << 63;
		break;
	case KM_RATIO:
	case KM_INDEX:
		real = *(const double *)at + 0.0; /* -0 is 0 */
		memcpy(ret, &real, sizeof(*ret));
		*ret ^= *ret >> 63 ? UINT64_MAX : 1ULL << 63;
		break;
	default:
		return false;
	}
	if (*ret == UINT64_MAX)
		(*ret)--;
	if (sort->descending)
		*ret = UINT64_MAX - 1 - *ret;
	if (is_unknown(sort->field, row))
		*ret = UINT64_MAX;
	return true;
}

/* By one byte, in the order in which they stand where it is equal. */
static void sort_by_byte(const struct sort_key *from, struct sort_key *to, size_t len, unsigned int shift)
{
	size_t starts[256] = { 0 }, next = 0;

	for (size_t i = 0; i < len; i++)
		starts[from[i].key >> shift & 0xff]++;
	for (size_t byte = 0; byte < 256; byte++) {
		size_t count = starts[byte];

		starts[byte] = next;
		next += count;
	}
	for (size_t i = 0; i < len; i++)
		to[starts[from[i].key >> shift & 0xff]++] = from[i];
}

/*
 * A stable sort in a pass for each byte in which the keys differ, without a look at the rows: qsort()
 * looks at each of a million rows twenty times, wherever it lies.
 */
static bool sort_numbers(struct km_view *view, const struct sort *sort)
{
	const size_t len = view->rows_len;
	KM_CLEANUP(km_cleanup_free) struct sort_key *keys = km_realloc(NULL, len, 2 * sizeof(*keys));
	struct sort_key *from = keys, *to = keys + len, *other;
	uint64_t differ = 0;

	for (size_t i = 0; i < len; i++) {
		from[i].row = view->rows[i];
		if (!sort_number(sort, km_sheet_row(view->sheet, view->rows[i]), &from[i].key))
			return false;
		differ |= from[i].key ^ from[0].key;
	}
	for (unsigned int shift = 0; shift < 64; shift += 8) {
		if (!(differ >> shift & 0xff))
			continue;
		sort_by_byte(from, to, len, shift);
		other = from;
		from = to;
		to = other;
	}
	for (size_t i = 0; i < len; i++)
		view->rows[i] = from[i].row;
	return true;
}

/* Without a direction numbers come largest first, texts from A. */
static int sort_rows(struct km_view *view, const char *sort_by, struct km_err *err)
{
	struct km_str direction = km_str_from(sort_by), key;
	struct sort sort = { .view = view };
	bool directed;

	if (!sort_by)
		return 0;
	directed = km_str_take_until(&direction, ':', &key);
	if (!directed)
		key = direction;
	sort.field = km_field_find(view->sheet->type, key);
	if (!sort.field || sort.field->flags & KM_TOTAL_ONLY)
		return no_such_key(view->sheet->type, key, err);
	sort.descending = directed ? km_str_eq(direction, KM_STR("desc")) : sort.field->kind != KM_TEXT && sort.field->kind != KM_WORD;
	if (directed && !sort.descending && !km_str_eq(direction, KM_STR("asc")))
		return km_err_set(err, -EINVAL, "use asc or desc", "no such direction '%.*s'",
				  KM_STR_ARG(direction));
	view->sort = sort.field;
	if (view->rows_len && !sort_numbers(view, &sort))
		qsort_r(view->rows, view->rows_len, sizeof(*view->rows), compare_rows, &sort);
	return 0;
}

int km_view_init(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		 const struct km_view_options *options, struct km_err *err)
{
	const struct km_field *field;
	size_t fields = 0;
	int r;

	km_field_each(field, sheet->type)
		fields++;
	*view = (struct km_view){
		.sheet = sheet,
		.fields = km_pool_alloc(pool, fields + 1, sizeof(*view->fields)),
		.rows = km_pool_alloc(pool, sheet->len, sizeof(*view->rows)),
		.rows_len = sheet->len,
		.spread_cell = options->spread_cell,
	};
	for (size_t i = 0; i < sheet->len; i++)
		view->rows[i] = i;
	r = choose_fields(view, sheet->type, options, err);
	if (!r)
		r = sort_rows(view, options->sort ? options->sort : sheet->type->sort, err);
	if (!r && view->rows_len > options->top)
		view->rows_len = (size_t)options->top;
	return r;
}
