/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/view*.c only: the order of rows. */
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
 * "key", "key:asc", "key:desc", or several with commas, each a key or a heading in any case; NULL: no order.
 * Without a direction numbers come largest first, texts from A. 0, or -EINVAL with err filled. The pool owns all
 * but the first.
 */
int km_sort_parse(struct km_pool *pool, const struct km_sheet_type *type, const char *by, struct km_sort *ret,
		  struct km_err *err);

/* Compares like strcmp(), for rows in the wanted order. Unknown values come last in either direction. */
int km_sort_compare(const struct km_sort *sort, const void *row_a, const void *row_b);

/*
 * A key made from a number of the sort column, so that smaller keys come first and unknown last, and its row.
 */
struct km_sort_key {
	uint64_t key;
	size_t row;
};

/* false: the column holds no numbers, or there are several. */
bool km_sort_number(const struct km_sort *sort, const void *row, uint64_t *ret);

/*
 * A stable sort in a pass for each byte in which the keys differ, without a look at the rows: qsort()
 * looks at each of a million rows twenty times, wherever it lies. keys has room for twice len; the
 * sorted ones are where the result says.
 */
struct km_sort_key *km_sort_keys(struct km_sort_key *keys, size_t len);

#endif
