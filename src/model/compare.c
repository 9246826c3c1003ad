// SPDX-License-Identifier: GPL-2.0-or-later
/* Matches the rows of two sheets, and sorts the resulting rows. */
#include "base/index.h"
#include "base/text.h"
#include "model/compare-value.h"

/* The fields that name a row, as one text. */
static struct km_str name_of(const struct km_comparing *work, const void *row)
{
	const struct km_field *field;
	struct km_text text = { 0 };

	km_field_each(field, work->type->of) {
		struct km_str part;

		if (!(field->flags & KM_ID))
			continue;
		part = field->kind == KM_TEXT ? *(const struct km_str *)km_field_at(field, row) :
		       field->kind == KM_WORD ? km_word_str(km_field_word(field, row)) :
						(struct km_str){ km_field_at(field, row), sizeof(uint64_t) };
		/*
		 * the length comes first, so that different pairs of texts never look the same; unknown
		 * differs from empty
		 */
		km_text_printf(&text, "%zd ", part.ptr ? (ssize_t)part.len : -1);
		km_text_add(&text, part.ptr ? part : KM_STR(""));
	}
	return km_text_keep(&text, work->pool);
}

/* Whether two rows with the same name describe the same object. */
static bool is_same_thing(const struct km_comparing *work, const void *before, const void *after)
{
	const struct km_field *field;

	if (work->options->other_boot)
		return true;
	km_field_each(field, work->type->of)
		if (field->flags & KM_FIXED && km_numbers_differ(field, before, after))
			return false;
	return true;
}

/* Rows of the first sheet by name. Rows with the same name form a chain, in the order of the sheet. */
struct chains {
	struct km_index names;
	KM_ARRAY(size_t) first; /* by name number: row position, from 1; 0: none is left */
	size_t *next;           /* by position minus 1 */
};

static void build_chains(const struct km_comparing *work, const struct km_sheet *before, struct chains *chains)
{
	chains->next = km_pool_alloc(work->pool, before->len + 1, sizeof(*chains->next));
	for (size_t i = before->len; i > 0; i--) {
		size_t name = km_index_of(&chains->names, 0, name_of(work, km_sheet_row(before, i - 1)));

		if (name == chains->first.len)
			*km_array_push(&chains->first) = 0;
		chains->next[i - 1] = chains->first.items[name];
		chains->first.items[name] = i;
	}
}

/* Takes the earlier row of the same object; NULL if there is none. */
static const void *take_match(const struct km_comparing *work, const struct km_sheet *before, struct chains *chains,
			      const void *after, bool *taken)
{
	size_t name = km_index_find(&chains->names, 0, name_of(work, after));
	size_t at = name < chains->first.len ? chains->first.items[name] : 0; /* SIZE_MAX: there is none */

	if (!at || !is_same_thing(work, km_sheet_row(before, at - 1), after))
		return NULL;
	chains->first.items[name] = chains->next[at - 1];
	taken[at - 1] = true;
	return km_sheet_row(before, at - 1);
}

/* The rows of a comparison in progress. */
struct rows {
	char *items;
	size_t len, size, same;
};

static void add_row(const struct km_comparing *work, struct rows *rows, const void *before, const void *after)
{
	void *row = rows->items + rows->len * rows->size;

	km_compare_row(work, before, after, row);
	rows->same += km_change_of(row) == KM_CHANGE_SAME;
	rows->len += work->options->all || km_change_of(row) != KM_CHANGE_SAME;
}

static void compare_rows(const struct km_comparing *work, const struct km_sheet *before, const struct km_sheet *after,
			 struct rows *rows)
{
	bool *taken = km_pool_alloc(work->pool, before->len + 1, sizeof(*taken));
	struct chains chains = { 0 };

	build_chains(work, before, &chains);
	for (size_t i = 0; i < after->len; i++) {
		const void *now = km_sheet_row(after, i);

		add_row(work, rows, take_match(work, before, &chains, now, taken), now);
	}
	for (size_t i = 0; i < before->len; i++)
		if (!taken[i])
			add_row(work, rows, km_sheet_row(before, i), NULL);
	km_array_deinit(&chains.first);
	km_index_deinit(&chains.names);
}

static const struct km_comparison_field *find_of(const struct km_comparison_type *type, struct km_str key)
{
	for (size_t i = 0; i < type->len; i++)
		if (km_str_eq(key, km_str_from(type->fields[i].of->key)))
			return &type->fields[i];
	return NULL;
}

/*
 * The field that sorts the comparison: the requested one, or the one that sorts the compared table, or the
 * first shown field with a change.
 */
static const struct km_comparison_field *choose_by(const struct km_comparison *comparison, const char *asked)
{
	const struct km_comparison_type *type = comparison->type;
	struct km_str usual = km_str_from(type->of->sort), key;
	const struct km_comparison_field *field = NULL, *first = NULL;

	if (!km_str_take_until(&usual, ':', &key))
		key = usual;
	field = find_of(type, asked ? km_str_from(asked) : key);
	first = field && field->change ? field : NULL;
	if (first && (asked || km_change_in(first, &comparison->sheet)))
		return first;
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < type->len; i++) {
			field = &type->fields[i];
			if (!field->change || (!pass && !(field->of->flags & KM_SHOWN)))
				continue;
			first = first ? first : field;
			if (km_change_in(field, &comparison->sheet))
				return field;
		}
	return first;
}

static int compare_sizes(const void *a, const void *b, void *arg)
{
	const struct km_comparison_field *by = arg;
	double x = km_change_size(by, *(const char *const *)a), y = km_change_size(by, *(const char *const *)b);

	if (x != y)
		return x < y ? 1 : -1;
	return *(const char *const *)a < *(const char *const *)b ? -1 : 1;
}

/* Sorts the largest change first. */
static void sort_rows(struct km_pool *pool, struct km_comparison *comparison)
{
	const size_t len = comparison->sheet.len, size = comparison->type->type.row_size;
	const char **order = km_pool_alloc(pool, len + 1, sizeof(*order));
	char *rows = km_pool_alloc(pool, len + 1, size);

	for (size_t i = 0; i < len; i++)
		order[i] = km_sheet_row(&comparison->sheet, i);
	if (len)
		qsort_r(order, len, sizeof(*order), compare_sizes, (void *)(uintptr_t)comparison->by);
	for (size_t i = 0; i < len; i++)
		memcpy(rows + i * size, order[i], size);
	comparison->sheet.rows = rows;
}

static const void *compare_totals(const struct km_comparing *work, const struct km_sheet *before, const struct km_sheet *after)
{
	void *totals;

	if (!before->totals || !after->totals)
		return NULL;
	totals = km_pool_alloc(work->pool, 1, work->type->type.row_size);
	km_compare_row(work, before->totals, after->totals, totals);
	return totals;
}

void km_compare(struct km_pool *pool, const struct km_comparison_type *type, const struct km_sheet *before,
		const struct km_sheet *after, const struct km_compare_options *options, struct km_comparison *ret)
{
	struct km_comparing work = { pool, type, options, km_field_find(type->of, KM_STR("name")) };
	struct rows rows = { .size = type->type.row_size };

	rows.items = km_pool_alloc(pool, before->len + after->len + 1, rows.size);
	compare_rows(&work, before, after, &rows);
	*ret = (struct km_comparison){
		.type = type,
		.sheet = { &type->type, rows.items, rows.len, compare_totals(&work, before, after) },
		.same = rows.same,
	};
	ret->by = choose_by(ret, options->by);
	if (ret->by && !options->in_order)
		sort_rows(pool, ret);
}
