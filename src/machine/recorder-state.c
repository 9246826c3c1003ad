// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine/recorder-state.h"

void km_recorder_state_deinit(struct km_recorder_state *state)
{
	km_array_deinit(&state->items);
	km_index_deinit(&state->index);
	km_pool_deinit(&state->pool);
	*state = (struct km_recorder_state){ .items = { 0 } };
}

static void put_part(struct km_text *key, struct km_str part)
{
	km_text_printf(key, "%zu:", part.len);
	km_text_add(key, part);
}

void km_recorder_state_key(struct km_recorder_state *state, const struct km_recorded_item *item)
{
	KM_TEXT_SCOPE key = { 0 };
	size_t known = state->index.keys.len;

	if (item->parent) {
		const struct km_index_key *parent = &state->index.keys.items[item->parent - 1];

		km_text_printf(&key, "%llu ", (unsigned long long)parent->tag);
		put_part(&key, parent->text);
	}
	km_text_puts(&key, item->total ? "total " : "row ");
	put_part(&key, item->type);
	put_part(&key, item->name);
	for (size_t i = 0; item->columns && i < item->columns->properties.len; i++)
		if (item->columns->properties.items[i]->flags & KM_FIXED)
			put_part(&key, item->properties[i]);
	for (uint64_t same = 0; km_index_keep(&state->index, &state->pool, same, km_text_str(&key)) < known; same++)
		;
}

static void take_rows(struct km_recorder_state *state, const struct km_sheet_type *type, const void *rows, size_t len,
		      size_t parent, km_recorded_columns_of columns_of, void *data);

static void take_inner(struct km_recorder_state *state, const struct km_sheet_type *type, const void *row,
		       km_recorded_columns_of columns_of, void *data)
{
	size_t parent = state->items.len;
	const struct km_field *field;

	km_field_each(field, type) {
		const struct km_rows *inner = km_field_at(field, row);

		if (km_recorded_is_rows(field))
			take_rows(state, field->rows, inner->items, inner->len, parent, columns_of, data);
	}
}

static void take_row(struct km_recorder_state *state, const struct km_recorded_columns *columns, const void *row,
		     size_t parent, bool total)
{
	struct km_recorded_item *item = km_array_push(&state->items);
	KM_TEXT_SCOPE name = { 0 };

	if (!total)
		km_recorded_name(&name, columns->type, row);
	*item = (struct km_recorded_item){
		.columns = columns,
		.type = km_str_from(columns->type->name),
		.parent = parent,
		.total = total,
		.name = km_pool_copy(&state->pool, km_text_str(&name)),
		.values = km_pool_alloc(&state->pool, columns->values.len, sizeof(*item->values)),
		.properties = km_pool_alloc(&state->pool, columns->properties.len, sizeof(*item->properties)),
	};
	for (size_t i = 0; i < columns->values.len; i++) {
		const struct km_field *field = columns->values.items[i];

		item->values[i] = field ? km_recorded_value(field, row) : KM_NO_VALUE;
	}
	for (size_t i = 0; i < columns->properties.len; i++) {
		struct km_str text = km_recorded_property(&state->pool, columns->properties.items[i], row);

		if (text.ptr)
			item->properties[i] = km_pool_copy(&state->pool, text);
	}
	km_recorder_state_key(state, item);
}

static void take_rows(struct km_recorder_state *state, const struct km_sheet_type *type, const void *rows, size_t len,
		      size_t parent, km_recorded_columns_of columns_of, void *data)
{
	const struct km_recorded_columns *columns = len ? columns_of(data, type) : NULL;

	for (size_t i = 0; i < len; i++) {
		const void *row = (const char *)rows + i * type->row_size;

		take_row(state, columns, row, parent, false);
		take_inner(state, type, row, columns_of, data);
	}
}

void km_recorder_state_take(struct km_recorder_state *state, const struct km_sheet *sheet,
			    km_recorded_columns_of columns_of, void *data)
{
	take_rows(state, sheet->type, sheet->rows, sheet->len, 0, columns_of, data);
	if (sheet->totals)
		take_row(state, columns_of(data, sheet->type), sheet->totals, 0, true);
}

const struct km_recorded_item *km_recorder_state_find(const struct km_recorder_state *state,
						      const struct km_recorder_state *other, size_t item)
{
	const struct km_index_key *key = &other->index.keys.items[item];
	size_t found = km_index_find(&state->index, key->tag, key->text);

	return found == SIZE_MAX ? NULL : &state->items.items[found];
}
