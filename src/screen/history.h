/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers of a report's rows at the moments of reading. */
#ifndef KM_SCREEN_HISTORY_H
#define KM_SCREEN_HISTORY_H

#include "base/field.h"
#include "base/index.h"

enum { KM_HISTORY_FIELDS = 32, KM_HISTORY_MOMENTS = 600 };

/* The numbers of one moment: by id and by field. NaN: unknown, or no such row. */
struct km_moment {
	int64_t time; /* milliseconds of km_tty_clock() */
	double *values;
	size_t ids;
};

struct km_history {
	const struct km_sheet_type *type;
	const struct km_field *fields[KM_HISTORY_FIELDS]; /* levels and counters */
	size_t fields_len;
	struct km_pool pool; /* owns the ids */
	struct km_index ids; /* of rows, by name */
	struct km_moment moments[KM_HISTORY_MOMENTS]; /* a ring */
	size_t first, len;
};

void km_history_init(struct km_history *history, const struct km_sheet_type *type);
void km_history_deinit(struct km_history *history);

/* Adds a moment. If the ring is full, the oldest one goes. */
void km_history_add(struct km_history *history, const struct km_sheet *sheet, int64_t time);

/* Forgets all moments. */
void km_history_clear(struct km_history *history);

/* The number of a row, or SIZE_MAX if it was never added. */
size_t km_history_id(const struct km_history *history, const void *row);

/* Moment i of len; 0 is the oldest. */
const struct km_moment *km_history_moment(const struct km_history *history, size_t i);

/* The index of a field, or SIZE_MAX for a field without history. */
size_t km_history_field(const struct km_history *history, const struct km_field *field);

/* A number at a moment, or NaN. */
double km_history_value(const struct km_history *history, const struct km_moment *moment, size_t id, size_t field);

/* after minus before; NaN for a counter that started again in between. */
double km_history_difference(const struct km_field *field, double before, double after);

/* The name of a row, in buf: its KM_ID fields. */
struct km_str km_history_name(const struct km_sheet_type *type, const void *row, struct km_pool *pool);

#endif
