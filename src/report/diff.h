/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares two moments, one section of a document per report. */
#ifndef KM_REPORT_DIFF_H
#define KM_REPORT_DIFF_H

#include "report/moment.h"

struct km_diff_options {
	const struct km_report *report; /* NULL: all reports that both moments have */
	bool all;                       /* also rows that did not change */
	bool data;                      /* for a program: all fields */
	bool one_table;                 /* only the rows of the one report */
	/*
	 * Columns and order are for the one report; keys are those of its rows, or of the comparison's. top
	 * is for every report.
	 */
	struct km_view_options view;
	const struct km_style *style;
};

/*
 * Checks the view's columns and order before anything is read. 0, or -EINVAL with err filled if they belong
 * neither to the report nor to a comparison of it.
 */
int km_diff_check(const struct km_diff_options *options, struct km_err *err);

/*
 * Adds a description of the readings, and the sections. A report that only one moment has becomes a problem.
 * 0 or a negative errno with err filled. The document's pool owns the contents of the sections, which borrow
 * from the moments.
 */
int km_diff_add(struct km_document *document, const struct km_moment *before, const struct km_moment *after,
		const struct km_diff_options *options, struct km_problems *problems, struct km_err *err);

/* The rows of a sheet that no other report of both moments shows. The pool owns the rows. */
struct km_sheet km_diff_once(struct km_pool *pool, const struct km_moment *before, const struct km_moment *after,
			     const struct km_sheet *sheet);

#endif
