/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Metric families in the text formats of Prometheus: their heads and samples. */
#ifndef KM_RENDER_METRIC_FAMILY_H
#define KM_RENDER_METRIC_FAMILY_H

#include "render/metric-rows.h"
#include "render/plain.h"

struct km_metrics {
	FILE *file;
	bool open; /* OpenMetrics */
	bool compact; /* of the section */
	struct km_pool pool;
};

/* A family's head is written before its first sample, so no family is without samples. */
struct km_metric_family {
	struct km_metrics *metrics;
	struct km_str name; /* without the suffix of a counter's samples */
	enum km_metric type;
	const char *brief;
	bool begun;
};

/*
 * The family called LEVEL_KEY. Its name in OpenMetrics lacks the "_total" of a counter's samples. The pool of
 * metrics owns the name; brief is borrowed.
 */
struct km_metric_family km_metric_family_of(struct km_metrics *metrics, struct km_str level, const char *key,
					    enum km_metric type, const char *brief);

/*
 * Writes a sample, and before the first one the head. labels and more are lists without braces; either may be
 * empty.
 */
void km_metric_put(struct km_metric_family *family, struct km_str labels, struct km_str more, struct km_str value);

/* Writes the samples of a field: one for each row of the level with a known value. */
void km_metric_put_field(struct km_metric_family *family, const struct km_metric_level *level,
			 const struct km_field *field);

/* The field's key in the metric's name: times are in seconds. Owned by the pool of metrics, or by the field. */
const char *km_metric_key(struct km_metrics *metrics, const struct km_field *field);

/* All digits of the number in that unit, in buf; .ptr NULL: unknown. */
struct km_str km_metric_number(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row);

#endif
