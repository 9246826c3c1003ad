/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/view*.c: the order of rows. */
#ifndef KM_REPORT_SORT_H
#define KM_REPORT_SORT_H

#include "base/err.h"
#include "base/field.h"

struct km_sort {
	const struct km_field *field; /* NULL: keep the order of the rows */
	bool descending;
	struct km_sort *then; /* decides between rows that are equal by this field; NULL: keep their order */
};

/*
 * Parses "key", "key:asc", "key:desc", or several of these separated by commas. Each is a key or a heading in
 * any case. NULL: no order. By default numbers are sorted largest first, and texts from A. 0, or -EINVAL with
 * err filled. The pool owns all parts but the first.
 */
int km_sort_parse(struct km_pool *pool, const struct km_sheet_type *type, const char *by, struct km_sort *ret,
		  struct km_err *err);

/* Compares rows in the requested order, like strcmp(). Unknown values come last in either direction. */
int km_sort_compare(const struct km_sort *sort, const void *row_a, const void *row_b);

/* A row, and a key from the number in its sort column. Smaller keys come first, unknown ones last. */
struct km_sort_key {
	uint64_t key;
	size_t row;
};

/* False: the column contains no numbers, or there are several columns. */
bool km_sort_number(const struct km_sort *sort, const void *row, uint64_t *ret);

/*
 * A stable sort with one pass for each byte in which the keys differ. It does not access the rows: qsort()
 * would access each of a million scattered rows twenty times. keys has room for twice len. Returns the sorted
 * keys, in one half of that room.
 */
struct km_sort_key *km_sort_keys(struct km_sort_key *keys, size_t len);

#endif
