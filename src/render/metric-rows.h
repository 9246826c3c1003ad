/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside render/ only: rows with the labels that tell them apart, and what a field is as a metric. */
#ifndef KM_RENDER_METRIC_ROWS_H
#define KM_RENDER_METRIC_ROWS_H

#include "report/document.h"

/* UNKNOWN: whether the number may shrink is not known. */
enum km_metric { KM_METRIC_GAUGE, KM_METRIC_COUNTER, KM_METRIC_UNKNOWN, KM_METRIC_INFO };

struct km_metric_row {
	const void *row;
	struct km_str labels; /* node="0",zone="DMA"; no two rows of a level have the same */
	bool cut;             /* beyond --top: only its counters are metrics */
};

/* Rows of a report, or all rows inside its rows that one field has. */
struct km_metric_level {
	const struct km_metric_level *above; /* NULL: rows of a report */
	const struct km_field *field;        /* of the level above, that holds these rows */
	const struct km_sheet_type *type;
	struct km_str name; /* "kmeminfo_slab" */
	KM_ARRAY(struct km_metric_row) rows;
	size_t cut; /* how many */
	struct km_pool *pool;
};

struct km_metric_level km_metric_level_of(const struct km_section *section);
struct km_metric_level km_metric_level_below(const struct km_metric_level *level, const struct km_field *field);
struct km_metric_level km_metric_level_single(const char *name, const struct km_sheet_type *type, const void *row);
void km_metric_level_deinit(struct km_metric_level *level);

/*
 * A label, owned by the level: its name, behind the field's where a level above has it already, and
 * its value with quotes, backslashes and line ends escaped.
 */
struct km_str km_metric_label(const struct km_metric_level *level, const struct km_field *field, const char *name,
			      struct km_str value);

/* Labels of the texts and words of a row that are wanted. */
struct km_str km_metric_texts(const struct km_metric_level *level, bool (*wanted)(const struct km_field *field),
			      const void *row);

enum km_metric km_metric_of(const struct km_field *field);
/* Of one of the kernel's own names, in a field of the kind KM_PAIRS. */
enum km_metric km_metric_of_name(const struct km_field *field, struct km_str name);

/* Whether a few rows of the field may be added up. */
bool km_metric_adds(const struct km_field *field);
/* Adds up such fields of the rows that are cut; a sum with an unknown part is unknown. */
void km_metric_add_cut(const struct km_metric_level *level, void *sums);

#endif
