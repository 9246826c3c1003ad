// SPDX-License-Identifier: GPL-2.0-or-later
/* Chooses the rows and columns, and their order. */
#include <ctype.h>
#include <fnmatch.h>
#include <regex.h>
#include "base/utf8.h"
#include "screen/table.h"

/* A name may contain any byte, but strcasestr() needs a NUL. */
static bool contains(struct km_str text, struct km_str part)
{
	for (size_t i = 0; i + part.len <= text.len; i++) {
		size_t same = 0;

		while (same < part.len && tolower((unsigned char)text.ptr[i + same]) ==
						  tolower((unsigned char)part.ptr[same]))
			same++;
		if (same == part.len)
			return true;
	}
	return false;
}

/* What was typed: part of a text, a shell pattern for all of it, or an expression as in less. */
struct filter {
	const char *typed;
	bool is_expression;
	regex_t expression;
};

/* While an expression is typed, it may be incomplete: it is part of a text then. */
static void filter_begin(struct filter *filter, const char *typed)
{
	filter->typed = typed;
	filter->is_expression = (strpbrk(typed, "^$|+(\\") || strstr(typed, ".*")) &&
				!regcomp(&filter->expression, typed, REG_EXTENDED | REG_ICASE | REG_NOSUB);
}

static void filter_end(struct filter *filter)
{
	if (filter->is_expression)
		regfree(&filter->expression);
}

static bool text_matches(struct km_str text, const struct filter *filter)
{
	char name[512];

	if (contains(text, km_str_from(filter->typed)))
		return true;
	if (text.len >= sizeof(name) || !(filter->is_expression || strpbrk(filter->typed, "*?[")))
		return false;
	snprintf(name, sizeof(name), "%.*s", KM_STR_ARG(text));
	if (filter->is_expression)
		return !regexec(&filter->expression, name, 0, NULL, 0);
	return !fnmatch(filter->typed, name, FNM_CASEFOLD);
}

static bool row_matches(const struct km_sheet_type *type, const void *row, const struct filter *filter)
{
	const struct km_field *field;

	km_field_each(field, type) {
		const void *at = km_field_at(field, row);
		const struct km_texts *texts = at;

		if (field->kind == KM_TEXT && ((const struct km_str *)at)->ptr && text_matches(*(const struct km_str *)at, filter))
			return true;
		if (field->kind == KM_WORD && text_matches(km_word_str(km_field_word(field, row)), filter))
			return true;
		for (size_t i = 0; field->kind == KM_TEXTS && i < texts->len; i++)
			if (text_matches(texts->items[i], filter))
				return true;
	}
	return !*filter->typed;
}

bool km_table_matches(const struct km_sheet_type *type, const void *row, const char *typed)
{
	struct filter filter;
	bool matches;

	filter_begin(&filter, typed);
	matches = row_matches(type, row, &filter);
	filter_end(&filter);
	return matches;
}

static bool is_text(enum km_kind kind)
{
	return kind == KM_TEXT || kind == KM_WORD || kind == KM_TEXTS || kind == KM_TRI || kind == KM_PAIRS ||
	       kind == KM_BYTES_LIST;
}

static struct km_column *add_column(struct km_table *table, enum km_column_kind kind, const struct km_field *field,
				    struct km_str head)
{
	struct km_column *column = km_array_push(&table->columns);

	*column = (struct km_column){ .kind = kind, .field = field, .head = head,
				      .right = kind != KM_COLUMN_BAR && !is_text(field->kind) };
	return column;
}

static const void *inner_row(const struct km_field *field, const struct km_rows *rows, size_t i)
{
	return (const char *)rows->items + i * field->rows->row_size;
}

static int compare_heads(const void *a, const void *b, void *head)
{
	return km_field_compare(head, *(const void *const *)a, *(const void *const *)b);
}

/* Adds a column for each heading of an inner row, in any row. */
static void add_spread(struct km_table *table, const struct km_field *field)
{
	struct km_field const *head = km_field_find(field->rows, km_str_from(field->rows->spread_head));
	struct km_field const *cell = km_field_find(field->rows, km_str_from(field->rows->spread_cell));
	struct {
		KM_ARRAY(const void *) list;
	} heads = { 0 };

	table->hot = km_heat_init(&table->heat, field->rows, cell);
	for (size_t r = 0; r < table->view.rows_len; r++) {
		const struct km_rows *rows = km_field_at(field, km_view_row(&table->view, r));

		for (size_t i = 0, j; i < rows->len; i++) {
			for (j = 0; j < heads.list.len; j++)
				if (!km_field_compare(head, heads.list.items[j], inner_row(field, rows, i)))
					break;
			if (j == heads.list.len)
				*km_array_push(&heads.list) = inner_row(field, rows, i);
		}
	}
	if (heads.list.len)
		qsort_r(heads.list.items, heads.list.len, sizeof(*heads.list.items), compare_heads, (void *)head);
	for (size_t i = 0; i < heads.list.len; i++) {
		struct km_str text = km_cell_text(&table->pool, head, heads.list.items[i], false);
		struct km_column *column = add_column(table, KM_COLUMN_SPREAD, field, text);

		column->inner = heads.list.items[i];
		column->right = true;
	}
	km_array_deinit(&heads.list);
}

/* The field whose change is shown: the one that sorts the rows, or the first one that can change. */
static const struct km_comparison_field *changing_field(const struct km_table *table)
{
	const struct km_comparison_field *field = NULL;

	if (!table->comparison)
		return NULL;
	if (table->view.sort)
		field = km_baseline_field(table->comparison, table->view.sort);
	for (size_t i = 0; !field && i < table->view.fields_len; i++)
		field = km_baseline_field(table->comparison, table->view.fields[i]);
	return field;
}

static void add_columns(struct km_table *table)
{
	for (size_t i = 0; i < table->view.fields_len; i++) {
		const struct km_field *field = table->view.fields[i];

		if (field->flags & KM_TREE)
			continue;
		if (field->flags & KM_SPREAD) {
			add_spread(table, field);
			continue;
		}
		add_column(table, KM_COLUMN_CELL, field, km_str_from(field->head));
		if (field->flags & KM_BAR)
			add_column(table, KM_COLUMN_BAR, field, KM_STR(""));
		if (table->changing && field == table->changing->of) {
			add_column(table, KM_COLUMN_CHANGE, field, KM_STR("CHANGE"));
			add_column(table, KM_COLUMN_RATE, field, KM_STR("A SECOND"));
		}
	}
}

struct branches {
	const char *last, *other, *pass, *empty;
};

static const struct branches ascii = { "`-", "|-", "| ", "  " };
static const struct branches utf8 = { "\xe2\x94\x94\xe2\x94\x80", "\xe2\x94\x9c\xe2\x94\x80", "\xe2\x94\x82 ", "  " };

/* The compared rows of a part's children, in their order. */
static struct km_rows compared_parts(const struct km_table *table, const struct km_field *tree, const void *compared)
{
	const struct km_comparison_type *type = compared ? table->comparison->type : NULL;

	for (size_t i = 0; type && i < type->len; i++)
		if (type->fields[i].of == tree)
			return *(const struct km_rows *)km_field_at(type->fields[i].after, compared);
	return (struct km_rows){ .len = 0 };
}

static const void *nth_compared(const struct km_table *table, const struct km_rows *rows, size_t i)
{
	return i < rows->len ? (const char *)rows->items + i * table->comparison->type->type.row_size : NULL;
}

/* A tree that is shown: where it branches, and which rows. */
struct tree {
	const struct km_field *field; /* the parts of a row */
	const struct branches *branches;
	const char *filter;
};

/* Whether a row or a part of it passes the filter: what is above a part is shown with it. */
static bool holds_match(const struct km_table *table, const struct tree *tree, const void *row)
{
	const struct km_rows *children = km_field_at(tree->field, row);
	bool holds = km_table_matches(table->sheet->type, row, tree->filter);

	for (size_t i = 0; i < children->len && !holds; i++)
		holds = holds_match(table, tree, inner_row(tree->field, children, i));
	return holds;
}

static size_t last_shown(const struct km_table *table, const struct tree *tree, const struct km_rows *children)
{
	size_t last = children->len;

	while (last && !holds_match(table, tree, inner_row(tree->field, children, last - 1)))
		last--;
	return last;
}

static void add_tree(struct km_table *table, struct tree tree, const struct km_line *own_line, struct km_str front,
		     const char *own)
{
	const struct km_rows *children = km_field_at(tree.field, own_line->row);
	const struct km_rows compared = compared_parts(table, tree.field, own_line->compared);
	const struct branches *branches = tree.branches;
	struct km_line *line;
	size_t last;

	if (!holds_match(table, &tree, own_line->row))
		return;
	/* all parts of a row that passes are shown */
	if (km_table_matches(table->sheet->type, own_line->row, tree.filter))
		tree.filter = "";
	last = last_shown(table, &tree, children);
	line = km_array_push(&table->lines);

	*line = *own_line;
	line->branch = km_pool_printf(&table->pool, "%.*s%s", KM_STR_ARG(front), own);
	if (*own)
		front = km_pool_printf(&table->pool, "%.*s%s", KM_STR_ARG(front),
				       own == branches->last ? branches->empty : branches->pass);
	for (size_t i = 0; i < last; i++) {
		const struct km_line child = { .row = inner_row(tree.field, children, i),
					       .compared = nth_compared(table, &compared, i) };

		add_tree(table, tree, &child, front, i + 1 == last ? branches->last : branches->other);
	}
}

static void add_lines(struct km_table *table, const struct km_table_query *query)
{
	const struct km_sheet_type *type = query->sheet->type;
	const struct tree tree = { km_tree_field(type), query->utf8 ? &utf8 : &ascii, query->filter };

	for (size_t i = 0; i < table->view.rows_len; i++) {
		const void *row = km_view_row(&table->view, i);
		const struct km_line line = { .row = row, .branch = KM_STR(""),
					      .compared = km_baseline_row(table->comparison, table->sheet, row) };

		if (tree.field)
			add_tree(table, tree, &line, KM_STR(""), "");
		else if (km_table_matches(type, row, query->filter))
			*km_array_push(&table->lines) = line;
	}
}

/* The totals of filtered rows are the sums of these rows. Other totals cannot be computed here. */
static void add_totals(struct km_table *table, const struct km_table_query *query)
{
	const struct km_sheet_type *type = query->sheet->type;
	struct km_sheet shown = { .type = type, .len = table->lines.len };
	char *rows, *totals;

	table->totals = table->sheet->totals;
	if (!table->totals || table->lines.len == table->view.rows_len || km_tree_field(type))
		return;
	rows = km_pool_alloc(&table->pool, shown.len, type->row_size);
	totals = km_pool_alloc(&table->pool, 1, type->row_size);
	for (size_t i = 0; i < shown.len; i++)
		memcpy(rows + i * type->row_size, table->lines.items[i].row, type->row_size);
	shown.rows = rows;
	km_row_init(type, totals);
	km_sheet_sum(&shown, totals);
	table->totals = totals;
}

/* Largest growth first; unknown changes last. */
static int compare_changes(const void *a, const void *b)
{
	const double x = ((const struct km_line *)a)->change, y = ((const struct km_line *)b)->change;

	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x < y) - (x > y);
}

static void add_changes(struct km_table *table, const struct km_tab_state *state)
{
	struct km_line *line;

	if (!table->changing)
		return;
	km_array_each(line, &table->lines)
		line->change = km_baseline_change(table->changing, line->compared);
	if (state->by_change && !km_tree_field(table->sheet->type) && table->lines.len)
		qsort(table->lines.items, table->lines.len, sizeof(*table->lines.items), compare_changes);
}

/* Moves the cursor to the new position of its row. */
static void follow(struct km_table *table, struct km_tab_state *state)
{
	for (size_t i = 0; state->chosen.ptr && i < table->lines.len; i++) {
		struct km_str name = km_history_name(table->sheet->type, table->lines.items[i].row, &table->pool);

		if (km_str_eq(name, state->chosen)) {
			state->cursor = i;
			break;
		}
	}
	if (state->cursor >= table->lines.len)
		state->cursor = table->lines.len ? table->lines.len - 1 : 0;
	if (state->column >= table->columns.len)
		state->column = 0;
}

void km_table_build(struct km_table *table, const struct km_table_query *query, struct km_tab_state *state)
{
	char sort[128];
	const struct km_view_options options = {
		.usual = query->tab->columns ? query->tab->columns : query->tab->report->columns,
		.top = KM_UNKNOWN,
		.sort = state->sort ? sort : NULL,
	};

	*table = (struct km_table){ .sheet = query->sheet, .exact = query->exact };
	if (state->sort)
		snprintf(sort, sizeof(sort), "%s:%s", state->sort->key, state->ascending ? "asc" : "desc");
	if (km_view_init(&table->view, &table->pool, query->sheet, &options, NULL))
		return;
	table->comparison = km_baseline_compare(&state->mark, &table->pool, query->sheet, query->time, query->boot);
	table->changing = changing_field(table);
	if (table->changing && query->boot == state->mark.boot)
		table->seconds = (double)(query->time - state->mark.time) / 1000;
	add_columns(table);
	add_lines(table, query);
	add_totals(table, query);
	add_changes(table, state);
	follow(table, state);
}

void km_table_deinit(struct km_table *table)
{
	km_array_deinit(&table->lines);
	km_array_deinit(&table->columns);
	km_pool_deinit(&table->pool);
}

const void *km_table_row(const struct km_table *table, const struct km_tab_state *state)
{
	return state->cursor < table->lines.len ? table->lines.items[state->cursor].row : NULL;
}

const struct km_column *km_table_column(const struct km_table *table, const struct km_tab_state *state)
{
	return state->column < table->columns.len ? &table->columns.items[state->column] : NULL;
}
