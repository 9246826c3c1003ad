// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/document.h"
#include "screen/history.h"

void km_history_init(struct km_history *history, const struct km_sheet_type *type)
{
	const struct km_field *field;

	*history = (struct km_history){ .type = type };
	km_field_each(field, type)
		if (field->flags & (KM_LEVEL | KM_COUNTER) && !(field->flags & KM_TOTAL_ONLY) &&
		    history->fields_len < KM_HISTORY_FIELDS)
			history->fields[history->fields_len++] = field;
}

void km_history_clear(struct km_history *history)
{
	history->first = history->len = 0;
}

void km_history_deinit(struct km_history *history)
{
	for (size_t i = 0; i < KM_HISTORY_MOMENTS; i++)
		free(history->moments[i].values);
	km_index_deinit(&history->ids);
	km_pool_deinit(&history->pool);
}

struct km_str km_history_name(const struct km_sheet_type *type, const void *row, struct km_pool *pool)
{
	struct km_str name = KM_STR("");
	const struct km_field *field;

	km_field_each(field, type)
		if (field->flags & KM_ID) {
			struct km_str text = km_cell_text(pool, field, row, true);

			name = name.len ? km_pool_printf(pool, "%.*s\n%.*s", KM_STR_ARG(name), KM_STR_ARG(text)) : text;
		}
	return name;
}

static double number_of(const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_COUNT:
	case KM_BYTES:
		return *(const uint64_t *)at == KM_UNKNOWN ? KM_UNKNOWN_REAL : (double)*(const uint64_t *)at;
	case KM_DELTA:
		return *(const int64_t *)at == KM_UNKNOWN_DELTA ? KM_UNKNOWN_REAL : (double)*(const int64_t *)at;
	case KM_RATIO:
	case KM_INDEX:
		return *(const double *)at;
	default:
		return KM_UNKNOWN_REAL;
	}
}

struct adding {
	struct km_history *history;
	struct km_moment *moment;
	const struct km_field *tree;
	struct km_pool pool; /* of names; temporary */
	size_t room;
};

static void make_room(struct adding *adding, size_t id)
{
	const size_t fields = adding->history->fields_len;

	while (adding->room <= id) {
		size_t room = adding->room ? adding->room * 2 : 64;

		adding->moment->values = km_realloc(adding->moment->values, room * fields + 1, sizeof(double));
		for (size_t i = adding->room * fields; i < room * fields; i++)
			adding->moment->values[i] = KM_UNKNOWN_REAL;
		adding->room = room;
	}
}

static void add_row(struct adding *adding, const void *row)
{
	struct km_history *history = adding->history;
	const struct km_rows *children = adding->tree ? km_field_at(adding->tree, row) : NULL;
	struct km_str name = km_history_name(history->type, row, &adding->pool);
	size_t id = km_index_keep(&history->ids, &history->pool, 0, name);

	make_room(adding, id);
	for (size_t i = 0; i < history->fields_len; i++)
		adding->moment->values[id * history->fields_len + i] = number_of(history->fields[i], row);
	for (size_t i = 0; children && i < children->len; i++)
		add_row(adding, (const char *)children->items + i * history->type->row_size);
}

void km_history_add(struct km_history *history, const struct km_sheet *sheet, int64_t time)
{
	size_t at = (history->first + history->len) % KM_HISTORY_MOMENTS;
	struct adding adding = { history, &history->moments[at], km_tree_field(sheet->type), { 0 }, 0 };

	if (!history->fields_len)
		return;
	if (history->len == KM_HISTORY_MOMENTS)
		history->first = (history->first + 1) % KM_HISTORY_MOMENTS;
	else
		history->len++;
	free(adding.moment->values);
	*adding.moment = (struct km_moment){ .time = time };
	for (size_t i = 0; i < sheet->len; i++)
		add_row(&adding, km_sheet_row(sheet, i));
	adding.moment->ids = adding.room;
	km_pool_deinit(&adding.pool);
}

size_t km_history_id(const struct km_history *history, const void *row)
{
	struct km_pool pool = { 0 };
	size_t id = km_index_find(&history->ids, 0, km_history_name(history->type, row, &pool));

	km_pool_deinit(&pool);
	return id;
}

const struct km_moment *km_history_moment(const struct km_history *history, size_t i)
{
	return &history->moments[(history->first + i) % KM_HISTORY_MOMENTS];
}

size_t km_history_field(const struct km_history *history, const struct km_field *field)
{
	for (size_t i = 0; i < history->fields_len; i++)
		if (history->fields[i] == field)
			return i;
	return SIZE_MAX;
}

double km_history_value(const struct km_history *history, const struct km_moment *moment, size_t id, size_t field)
{
	if (!moment->values || id >= moment->ids || field >= history->fields_len)
		return KM_UNKNOWN_REAL;
	return moment->values[id * history->fields_len + field];
}

double km_history_difference(const struct km_field *field, double before, double after)
{
	/* a counter that decreased has started again */
	if (field->flags & KM_COUNTER && after < before)
		return KM_UNKNOWN_REAL;
	return after - before;
}
