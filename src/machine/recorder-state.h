/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recorded part of a report at one moment. Private to machine/record*.c. */
#ifndef KM_MACHINE_RECORDER_STATE_H
#define KM_MACHINE_RECORDER_STATE_H

#include "base/index.h"
#include "machine/recording-rows.h"

/* The recorded fields of a type. */
struct km_recorded_columns {
	const struct km_sheet_type *type;
	KM_ARRAY(const struct km_field *) values; /* by number; NULL: field of another version of kmeminfo */
	KM_ARRAY(const struct km_field *) properties;
	KM_ARRAY(int64_t) property_ids; /* their ids in the table field */
};

struct km_recorded_item {
	const struct km_recorded_columns *columns; /* NULL: type of another version of kmeminfo */
	struct km_str type;
	int64_t series; /* 0: no series yet */
	size_t parent;  /* index among the items of the state + 1; 0: none */
	bool total;
	struct km_str name;
	int64_t *values; /* by number; KM_NO_VALUE */
	struct km_str *properties; /* by column */
};

/* Zero-initialised is empty. The pool owns all texts. */
struct km_recorder_state {
	struct km_pool pool;
	KM_ARRAY(struct km_recorded_item) items; /* parents before their children */
	struct km_index index; /* a key's number is the index of its item */
};

typedef const struct km_recorded_columns *(*km_recorded_columns_of)(void *data, const struct km_sheet_type *type);

/* Adds all rows of a sheet, and the rows inside them. Copies values and texts. */
void km_recorder_state_take(struct km_recorder_state *state, const struct km_sheet *sheet,
			    km_recorded_columns_of columns_of, void *data);

/*
 * Completes a new item. Its key consists of its parent, type, name, and KM_FIXED properties. If items are
 * equal, all but the first get distinct keys.
 */
void km_recorder_state_key(struct km_recorder_state *state, const struct km_recorded_item *item);

/* The item of another state for the same row; NULL if there is none. */
const struct km_recorded_item *km_recorder_state_find(const struct km_recorder_state *state,
						      const struct km_recorder_state *other, size_t item);

void km_recorder_state_deinit(struct km_recorder_state *state);

#endif
