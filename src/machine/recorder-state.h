/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report at one moment, as far as it is recorded. Inside machine/record*.c only. */
#ifndef KM_MACHINE_RECORDER_STATE_H
#define KM_MACHINE_RECORDER_STATE_H

#include "base/index.h"
#include "machine/recording-rows.h"

/* The fields of a type that are recorded. */
struct km_recorded_columns {
	const struct km_sheet_type *type;
	KM_ARRAY(const struct km_field *) values; /* by number; NULL: of another version of kmeminfo */
	KM_ARRAY(const struct km_field *) properties;
	KM_ARRAY(int64_t) property_ids; /* in the table field */
};

struct km_recorded_item {
	const struct km_recorded_columns *columns; /* NULL: of another version of kmeminfo */
	struct km_str type;
	int64_t series; /* 0: none yet */
	size_t parent;  /* + 1, among the items of the state; 0: none */
	bool total;
	struct km_str name;
	int64_t *values; /* by number; KM_NO_VALUE */
	struct km_str *properties; /* by column */
};

/* Zero-initialised is empty. The pool owns all texts. */
struct km_recorder_state {
	struct km_pool pool;
	KM_ARRAY(struct km_recorded_item) items; /* a parent before its children */
	struct km_index index; /* the number of a key is that of the item */
};

typedef const struct km_recorded_columns *(*km_recorded_columns_of)(void *data, const struct km_sheet_type *type);

/* All rows of a sheet, and the rows inside them. Values and texts are copied. */
void km_recorder_state_take(struct km_recorder_state *state, const struct km_sheet *sheet,
			    km_recorded_columns_of columns_of, void *data);

/*
 * Ends an item that was pushed: gives it a key of its parent, its type, its name and its properties that
 * are KM_FIXED. Of equal items the second and later have their own keys.
 */
void km_recorder_state_key(struct km_recorder_state *state, const struct km_recorded_item *item);

/* The item of another state that is the same row; NULL: there is none. */
const struct km_recorded_item *km_recorder_state_find(const struct km_recorder_state *state,
						      const struct km_recorder_state *other, size_t item);

void km_recorder_state_deinit(struct km_recorder_state *state);

#endif
