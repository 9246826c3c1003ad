/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/where*.c: a comparison of a field with a value. */
#ifndef KM_REPORT_WHERE_VALUE_H
#define KM_REPORT_WHERE_VALUE_H

#include "base/err.h"
#include "base/field.h"

enum km_operator { KM_IS, KM_IS_NOT, KM_BELOW, KM_AT_MOST_OF, KM_ABOVE, KM_AT_LEAST_OF, KM_LIKE, KM_UNLIKE_OF, KM_OPERATORS };

struct km_comparison_value {
	const struct km_field *field;
	enum km_operator operator;
	bool unknown;      /* compared with "unknown" */
	uint64_t number;   /* one of these, by the field's kind */
	int64_t delta;
	double real;
	enum km_tri tri;
	struct km_str text;
	const char *pattern; /* for ~; NULL if the text has no wildcard */
};

/* Parses the value by the field's kind. 0, or -EINVAL with err filled, which lists the possible values. */
int km_where_value(struct km_pool *pool, struct km_str text, struct km_comparison_value *value, struct km_err *err);

enum km_tri km_where_compare(const struct km_comparison_value *value, const void *row);

#endif
