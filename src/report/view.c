// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/nearest.h"
#include "report/stream.h"
#include "report/view.h"
#include "words/lookup.h"

static int no_such_key(const struct km_sheet_type *type, struct km_str key, struct km_err *err)
{
	struct km_nearest nearest = { .word = key };
	const struct km_field *field;
	char hint[KM_HINT_SIZE], otherwise[128];

	km_field_each(field, type)
		if (!(field->flags & KM_TOTAL_ONLY))
			km_nearest_offer(&nearest, field->key);
	snprintf(otherwise, sizeof(otherwise), KM_SAID("'kmeminfo fields %s' lists them"), type->name);
	if (!key.len)
		return km_err_set(err, -EINVAL, otherwise, "the name of a column is missing");
	return km_err_set(err, -EINVAL, km_nearest_hint(&nearest, hint, otherwise), "%s has no column '%.*s'", type->name, KM_STR_ARG(key));
}

/* The field whose key or heading matches the word best. If two headings are equal, the shown field wins. */
static const struct km_field *find_by(const struct km_sheet_type *type, struct km_str word, bool by_head)
{
	const struct km_field *field, *best = NULL;
	enum km_likeness likeness = KM_LIKE_FOLDED;

	km_field_each(field, type) {
		const char *name = by_head ? field->head : field->key;
		enum km_likeness found = name ? km_lookup_compare(word, km_str_from(name)) : KM_UNLIKE;

		if (field->flags & KM_TOTAL_ONLY || found < likeness)
			continue;
		if (!best || found > likeness || (field->flags & KM_SHOWN && !(best->flags & KM_SHOWN)))
			best = field;
		likeness = found;
	}
	return best;
}

const struct km_field *km_view_find(const struct km_sheet_type *type, struct km_str word, struct km_err *err)
{
	const struct km_field *field = km_field_find(type, word);

	if (!field || field->flags & KM_TOTAL_ONLY)
		field = find_by(type, word, false);
	if (!field)
		field = find_by(type, word, true);
	if (!field)
		no_such_key(type, word, err);
	return field;
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
		field = km_view_find(type, key, err);
		if (!field)
			return -EINVAL;
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

static int compare_rows(const void *a, const void *b, void *arg)
{
	const struct km_view *view = arg;
	const size_t i = *(const size_t *)a, j = *(const size_t *)b;
	int order = km_sort_compare(&view->order, km_sheet_row(view->sheet, i), km_sheet_row(view->sheet, j));

	return order ? order : (i > j) - (i < j);
}

/* False: the sort column contains no numbers. */
static bool sort_numbers(struct km_view *view)
{
	const size_t len = view->rows_len;
	KM_CLEANUP(km_cleanup_free) struct km_sort_key *keys = km_realloc(NULL, len, 2 * sizeof(*keys));
	const struct km_sort_key *sorted;

	for (size_t i = 0; i < len; i++) {
		keys[i].row = view->rows[i];
		if (!km_sort_number(&view->order, km_sheet_row(view->sheet, i), &keys[i].key))
			return false;
	}
	sorted = km_sort_keys(keys, len);
	for (size_t i = 0; i < len; i++)
		view->rows[i] = sorted[i].row;
	return true;
}

static int choose_order(struct km_view *view, struct km_pool *pool, const struct km_sheet_type *type,
			const struct km_view_options *options, struct km_err *err)
{
	int r = km_sort_parse(pool, type, options->sort ? options->sort : type->sort, &view->order, err);

	view->sort = view->order.field;
	return r;
}

/* Chooses the columns for rows of a type, without rows. */
static int choose(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
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
		.spread_cell = options->spread_cell,
		.top = options->top < SIZE_MAX ? (size_t)options->top : SIZE_MAX,
	};
	r = choose_fields(view, sheet->type, options, err);
	return r ? r : choose_order(view, pool, sheet->type, options, err);
}

int km_view_init(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		 const struct km_view_options *options, struct km_err *err)
{
	int r = choose(view, pool, sheet, options, err);

	if (r)
		return r;
	view->rows = km_pool_alloc(pool, sheet->len, sizeof(*view->rows));
	view->rows_len = sheet->len;
	for (size_t i = 0; i < sheet->len; i++)
		view->rows[i] = i;
	if (view->rows_len && view->sort && !sort_numbers(view))
		qsort_r(view->rows, view->rows_len, sizeof(*view->rows), compare_rows, view);
	view->all_len = view->rows_len;
	if (view->rows_len > view->top)
		view->rows_len = view->top;
	return 0;
}

int km_view_begin(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		  const struct km_view_options *options, struct km_err *err)
{
	int r = choose(view, pool, sheet, options, err);

	if (r)
		return r;
	if (view->order.then || options->where)
		return -ENOTSUP; /* the stream sorts by one field, and its totals cover all rows */
	view->stream = km_stream_new(sheet->type, view->fields, &view->order,
				     options->keep_all ? KM_UNKNOWN : options->top);
	return view->stream ? 0 : -ENOTSUP;
}

void km_view_take(struct km_view *view, const void *row)
{
	km_stream_take(view->stream, row);
}

void km_view_end(struct km_view *view)
{
	view->rows_len = view->all_len = km_stream_end(view->stream);
	if (view->rows_len > view->top)
		view->rows_len = view->top;
}

const void *km_view_row(const struct km_view *view, size_t i)
{
	return view->stream ? km_stream_row(view->stream, i) : km_sheet_row(view->sheet, view->rows[i]);
}

const void *km_view_any_row(const struct km_view *view, size_t i)
{
	if (view->stream)
		return km_stream_any_row(view->stream, i, view->rows_len);
	return km_sheet_row(view->sheet, view->rows_len < view->sheet->len ? view->rows[i] : i);
}

void km_view_deinit(struct km_view *view)
{
	km_stream_free(view->stream);
	view->stream = NULL;
}
