// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/clean.h"
#include "base/index.h"
#include "base/text.h"
#include "model/counter-kind.h"
#include "render/metric-rows.h"
#include "render/plain.h"

static enum km_metric metric_of(unsigned int kind)
{
	if (!kind)
		return KM_METRIC_UNKNOWN;
	return kind & KM_COUNTER ? KM_METRIC_COUNTER : KM_METRIC_GAUGE;
}

enum km_metric km_metric_of(const struct km_field *field)
{
	/* words and tri-states are neither levels nor counters */
	return km_kind_is_number(field->kind) ? metric_of(field->flags & KM_OVER_TIME) : KM_METRIC_GAUGE;
}

enum km_metric km_metric_of_name(const struct km_field *field, struct km_str name)
{
	return metric_of(km_field_kind_over_time(field, name));
}

bool km_metric_adds(const struct km_field *field)
{
	return field->flags & (KM_SUMMED | KM_ADDS) && !(field->flags & KM_COUNTER);
}

void km_metric_add_cut(const struct km_metric_level *level, void *sums)
{
	const struct km_metric_row *row;
	const struct km_field *field;

	km_field_each(field, level->type) {
		uint64_t sum = 0;

		if (!km_metric_adds(field) || (field->kind != KM_COUNT && field->kind != KM_BYTES))
			continue;
		km_array_each(row, &level->rows)
			if (row->cut)
				sum = km_num_add(sum, km_field_number(field, row->row));
		*(uint64_t *)((char *)sums + field->offset) = sum;
	}
}

/* Whether a level above uses a label with this name. */
static bool is_taken(const struct km_metric_level *level, struct km_str name)
{
	const struct km_field *field;

	for (; level; level = level->above) {
		field = km_field_find(level->type, name);
		if (field && field->flags & KM_ID)
			return true;
	}
	return false;
}

static void add_escaped(struct km_text *text, struct km_str value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '"' || value.ptr[i] == '\\')
			km_text_puts(text, "\\");
		km_text_add(text, (struct km_str){ &value.ptr[i], 1 });
	}
}

/* A clean text contains no line ends: they are replaced like other controls. */
static void add_label(struct km_text *text, struct km_pool *pool, const char *before, const char *name,
		      struct km_str value)
{
	km_text_printf(text, "%s%s%s%s=\"", text->len ? "," : "", before, *before ? "_" : "", name);
	add_escaped(text, km_text_clean(pool, value));
	km_text_puts(text, "\"");
}

struct km_str km_metric_label(const struct km_metric_level *level, const struct km_field *field, const char *name,
			      struct km_str value)
{
	struct km_text text = { 0 };

	add_label(&text, level->pool, is_taken(level, km_str_from(name)) ? field->key : "", name, value);
	return km_text_keep(&text, level->pool);
}

/*
 * Labels that name a row. An unknown part is left out, because Prometheus treats an empty label as a missing
 * one.
 */
static void add_ids(struct km_text *text, const struct km_metric_level *level, const void *row)
{
	const struct km_field *field;
	char buf[KM_CELL_SIZE];

	km_field_each(field, level->type) {
		struct km_str value = { 0 };

		if (field->flags & KM_ID)
			value = km_plain_value(buf, field, row);
		if (value.len)
			add_label(text, level->pool,
				  is_taken(level->above, km_str_from(field->key)) ? level->field->key : "",
				  field->key, value);
	}
}

static struct km_str numbered(struct km_pool *pool, struct km_str labels, uint64_t number)
{
	struct km_text text = { 0 };

	km_text_add(&text, labels);
	km_text_printf(&text, "%srow=\"%llu\"", labels.len ? "," : "", (unsigned long long)number);
	return km_text_keep(&text, pool);
}

/* Counts rows with the same labels: the second gets row="2". */
static void tell_apart(struct km_metric_level *level)
{
	KM_ARRAY(uint64_t) seen = { 0 };
	struct km_index index = { 0 };
	struct km_metric_row *row;

	km_array_each(row, &level->rows) {
		const size_t number = km_index_of(&index, 0, row->labels);

		if (number >= seen.len)
			*km_array_push(&seen) = 0;
		if (++seen.items[number] > 1)
			row->labels = numbered(level->pool, row->labels, seen.items[number]);
	}
	km_array_deinit(&seen);
	km_index_deinit(&index);
}

static struct km_metric_row *add_row(struct km_metric_level *level, struct km_str above, const void *row)
{
	struct km_metric_row *added = km_array_push(&level->rows);
	struct km_text labels = { 0 };

	km_text_add(&labels, above);
	add_ids(&labels, level, row);
	*added = (struct km_metric_row){ .row = row, .labels = km_text_keep(&labels, level->pool) };
	return added;
}

static struct km_metric_level level_init(const char *name, const struct km_sheet_type *type)
{
	struct km_metric_level level = { .type = type };

	level.pool = km_realloc(NULL, 1, sizeof(*level.pool));
	*level.pool = (struct km_pool){ 0 };
	level.name = km_pool_copy(level.pool, km_str_from(name));
	return level;
}

static const void *kept(struct km_pool *pool, const void *items, size_t len, size_t size)
{
	return len ? memcpy(km_pool_alloc(pool, len, size), items, len * size) : NULL;
}

/*
 * A row that came alone is valid until the next one, its texts are valid longer. Rows inside rows do not come
 * alone.
 */
static const void *keep_row(struct km_pool *pool, const struct km_sheet_type *type, const void *from)
{
	char *row = km_pool_alloc(pool, 1, type->row_size);
	const struct km_field *field;

	memcpy(row, from, type->row_size);
	km_field_each(field, type) {
		void *at = row + field->offset;

		if (field->kind == KM_PAIRS) {
			struct km_pairs *list = at;

			list->items = (void *)kept(pool, list->items, list->len, sizeof(*list->items));
		} else if (field->kind == KM_BYTES_LIST) {
			struct km_numbers *list = at;

			list->items = (void *)kept(pool, list->items, list->len, sizeof(*list->items));
		}
	}
	return row;
}

/* The view has the hidden rows after the visible ones. */
struct km_metric_level km_metric_level_of(const struct km_section *section)
{
	const struct km_view *view = &section->view;
	struct km_metric_level level = level_init("", view->sheet->type);

	level.name = km_pool_printf(level.pool, "kmeminfo_%s", section->key);
	for (size_t i = 0; i < view->all_len; i++) {
		const void *row = km_view_row(view, i);

		if (view->stream)
			row = keep_row(level.pool, level.type, row);
		add_row(&level, KM_STR(""), row)->cut = i >= view->rows_len;
	}
	level.cut = view->all_len - view->rows_len;
	tell_apart(&level);
	return level;
}

struct km_metric_level km_metric_level_below(const struct km_metric_level *above, const struct km_field *field)
{
	struct km_metric_level level = level_init("", field->rows);
	const struct km_metric_row *row;

	level.above = above;
	level.field = field;
	level.name = km_pool_printf(level.pool, "%.*s_%s", KM_STR_ARG(above->name), field->key);
	km_array_each(row, &above->rows) {
		const struct km_rows *rows = km_field_at(field, row->row);

		for (size_t i = 0; i < rows->len; i++)
			add_row(&level, row->labels, (const char *)rows->items + i * field->rows->row_size)->cut =
				row->cut;
	}
	tell_apart(&level);
	return level;
}

struct km_metric_level km_metric_level_single(const char *name, const struct km_sheet_type *type, const void *row)
{
	struct km_metric_level level = level_init(name, type);

	add_row(&level, KM_STR(""), row);
	return level;
}

void km_metric_level_deinit(struct km_metric_level *level)
{
	km_array_deinit(&level->rows);
	km_pool_deinit(level->pool);
	free(level->pool);
}

struct km_str km_metric_texts(const struct km_metric_level *level, bool (*wanted)(const struct km_field *field),
			      const void *row)
{
	struct km_text labels = { 0 };
	const struct km_field *field;
	char buf[KM_CELL_SIZE];

	km_field_each(field, level->type) {
		const struct km_str value = wanted(field) ? km_plain_value(buf, field, row) : (struct km_str){ 0 };

		if (value.len)
			add_label(&labels, level->pool, "", field->key, value);
	}
	return km_text_keep(&labels, level->pool);
}
