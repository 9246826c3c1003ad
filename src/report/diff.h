/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares two moments, report by report, in a document. */
#ifndef KM_REPORT_DIFF_H
#define KM_REPORT_DIFF_H

#include "report/moment.h"

struct km_diff_options {
	const struct km_report *report; /* NULL: all that both moments have */
	bool all;                       /* also rows that did not change */
	bool data;                      /* for a program: every field */
	bool one_table;                 /* the rows of the one report alone */
	/* Of one report; keys are those of its rows, or of the comparison's. top is of every report. */
	struct km_view_options view;
	const struct km_style *style;
};

/*
 * 0, or -EINVAL with err filled when the view's columns or order are not those of the report, or of a
 * comparison at all. Before anything is read.
 */
int km_diff_check(const struct km_diff_options *options, struct km_err *err);

/*
 * Adds what the readings are, and the sections. A report that only one moment has becomes a problem. 0 or a
 * negative errno with err filled. What sections are made of is owned by the document's pool and borrows
 * from the moments.
 */
int km_diff_add(struct km_document *document, const struct km_moment *before, const struct km_moment *after,
		const struct km_diff_options *options, struct km_problems *problems, struct km_err *err);

/* The rows of a sheet that no other report of both moments shows. The rows are the pool's. */
struct km_sheet km_diff_once(struct km_pool *pool, const struct km_moment *before, const struct km_moment *after,
			     const struct km_sheet *sheet);

#endif
