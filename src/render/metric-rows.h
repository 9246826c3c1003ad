/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to render/: rows with labels that distinguish them, and the metric type of a field. */
#ifndef KM_RENDER_METRIC_ROWS_H
#define KM_RENDER_METRIC_ROWS_H

#include "report/document.h"

/* UNKNOWN: the number may shrink, or not. */
enum km_metric { KM_METRIC_GAUGE, KM_METRIC_COUNTER, KM_METRIC_UNKNOWN, KM_METRIC_INFO };

struct km_metric_row {
	const void *row;
	struct km_str labels; /* node="0",zone="DMA"; unique within the level */
	bool cut;             /* beyond --top: only its counters are metrics */
};

/* The rows of a report, or all rows inside its rows in one field. */
struct km_metric_level {
	const struct km_metric_level *above; /* NULL: rows of a report */
	const struct km_field *field;        /* field of the level above that contains these rows */
	const struct km_sheet_type *type;
	struct km_str name; /* "kmeminfo_slab" */
	KM_ARRAY(struct km_metric_row) rows;
	size_t cut; /* number of cut rows */
	struct km_pool *pool;
};

struct km_metric_level km_metric_level_of(const struct km_section *section);
struct km_metric_level km_metric_level_below(const struct km_metric_level *level, const struct km_field *field);
struct km_metric_level km_metric_level_single(const char *name, const struct km_sheet_type *type, const void *row);
void km_metric_level_deinit(struct km_metric_level *level);

/*
 * A label, owned by the level. Its name follows the field's name if a level above already uses it. Quotes,
 * backslashes and line ends in its value are escaped.
 */
struct km_str km_metric_label(const struct km_metric_level *level, const struct km_field *field, const char *name,
			      struct km_str value);

/* Labels for the texts and words of a row that are requested. */
struct km_str km_metric_texts(const struct km_metric_level *level, bool (*wanted)(const struct km_field *field),
			      const void *row);

enum km_metric km_metric_of(const struct km_field *field);
/* The metric type of one of the kernel's names, in a KM_PAIRS field. */
enum km_metric km_metric_of_name(const struct km_field *field, struct km_str name);

/* Whether a few rows of the field may be added up. */
bool km_metric_adds(const struct km_field *field);
/* Adds up such fields of the cut rows. A sum with an unknown part is unknown. */
void km_metric_add_cut(const struct km_metric_level *level, void *sums);

#endif
