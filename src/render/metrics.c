// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Metrics for Prometheus, in its text format 0.0.4 and in OpenMetrics 1.0. A field of a report is a metric
 * family, each row a sample: kmeminfo_slab_size_bytes{name="dentry",number="1"} 197955584. Unknown figures
 * are absent.
 */
#include <errno.h>
#include "report/document.h"
#include "render/metric-family.h"

/* A list of the kernel's names becomes three families: levels, counters, and unknown names. */
static void put_families_by_name(struct km_metrics *metrics, const struct km_metric_level *level,
			       const struct km_field *field)
{
	static const struct {
		enum km_metric type;
		const char *suffix;
	} parts[] = {
		{ KM_METRIC_GAUGE, "" },
		{ KM_METRIC_COUNTER, "_events" },
		{ KM_METRIC_UNKNOWN, "_untyped" },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		struct km_str key = km_pool_printf(&metrics->pool, "%s%s", field->key, parts[i].suffix);
		struct km_metric_family family = km_metric_family_of(metrics, level->name, key.ptr, parts[i].type, field->brief);

		km_metric_put_field(&family, level, field);
	}
}

static void put_field(struct km_metrics *metrics, const struct km_metric_level *level, const struct km_field *field);

static void put_inner(struct km_metrics *metrics, const struct km_metric_level *level, const struct km_field *field)
{
	struct km_metric_level inner = km_metric_level_below(level, field);
	const char *only = metrics->compact ? field->rows->spread_cell : NULL;
	const struct km_field *member;

	/* a type may contain rows of its own type, so stop when there are no rows */
	for (member = inner.type->fields; inner.rows.len && member->key; member++)
		if (!only || !strcmp(member->key, only))
			put_field(metrics, &inner, member);
	km_metric_level_deinit(&inner);
}

/*
 * Skips texts, which are not measurements; fields that name a row, which are labels; and a tree, whose rows
 * are also in a list.
 */
static void put_field(struct km_metrics *metrics, const struct km_metric_level *level, const struct km_field *field)
{
	struct km_metric_family family;

	if (field->flags & (KM_ID | KM_TREE | KM_TOTAL_ONLY) || field->kind == KM_TEXT || field->kind == KM_TEXTS)
		return;
	if (field->kind == KM_ROWS) {
		put_inner(metrics, level, field);
	} else if (field->kind == KM_PAIRS || field->flags & KM_BY_NAME) {
		put_families_by_name(metrics, level, field);
	} else {
		family = km_metric_family_of(metrics, level->name, km_metric_key(metrics, field), km_metric_of(field), field->brief);
		km_metric_put_field(&family, level, field);
	}
}

/* Puts a number from a row outside the table: the totals, or the sum of the rows beyond --top. */
static void put_alone(struct km_metrics *metrics, struct km_str level, const char *key, const struct km_field *field,
		      const void *row)
{
	struct km_metric_family family = km_metric_family_of(metrics, level, key, km_metric_of(field), field->brief);
	char buf[KM_CELL_SIZE];
	const struct km_str value = km_metric_number(buf, field, row);

	if (value.ptr)
		km_metric_put(&family, KM_STR(""), KM_STR(""), value);
}

static void put_totals(struct km_metrics *metrics, const struct km_metric_level *level, const struct km_sheet *sheet)
{
	const struct km_field *field;

	km_field_each(field, sheet->type)
		if (sheet->totals && field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY))
			put_alone(metrics, level->name,
				  km_pool_printf(&metrics->pool, "totals_%s", km_metric_key(metrics, field)).ptr, field, sheet->totals);
}

static void put_rest(struct km_metrics *metrics, const struct km_metric_level *level, const struct km_view *view)
{
	struct km_metric_family family = km_metric_family_of(metrics, level->name, "rest_rows", KM_METRIC_GAUGE,
					 "rows without metrics of their own, which the metrics named rest add up");
	char buf[KM_CELL_SIZE];
	void *rest;

	if (!level->cut)
		return;
	km_metric_put(&family, KM_STR(""), KM_STR(""), km_plain_count(buf, level->cut));
	rest = km_pool_alloc(&metrics->pool, 1, level->type->row_size);
	km_row_init(level->type, rest);
	km_metric_add_cut(level, rest);
	for (size_t i = 0; i < view->fields_len; i++)
		if (km_metric_adds(view->fields[i]))
			put_alone(metrics, level->name,
				  km_pool_printf(&metrics->pool, "rest_%s", km_metric_key(metrics, view->fields[i])).ptr,
				  view->fields[i], rest);
}

static void put_info(struct km_metrics *metrics, struct km_str name, struct km_str labels, const char *brief)
{
	struct km_metric_family family = { metrics, name, KM_METRIC_INFO, brief, false };

	km_metric_put(&family, labels, KM_STR(""), KM_STR("1"));
}

static bool is_info(const struct km_field *field)
{
	return field->flags & KM_INFO;
}

static void put_section_info(struct km_metrics *metrics, const struct km_metric_level *level,
			     const struct km_section *section)
{
	struct km_str labels = { 0 };

	if (section->shape == KM_SHAPE_ROW && level->rows.len)
		labels = km_metric_texts(level, is_info, level->rows.items->row);
	if (labels.len)
		put_info(metrics, level->name, labels, level->type->brief);
}

static void put_section(struct km_metrics *metrics, const struct km_section *section)
{
	const struct km_view *view = &section->view;
	struct km_metric_level level;

	if (!section->key || km_tree_field(view->sheet->type))
		return;
	metrics->compact = section->compact;
	level = km_metric_level_of(section);
	put_section_info(metrics, &level, section);
	for (size_t i = 0; i < view->fields_len; i++)
		put_field(metrics, &level, view->fields[i]);
	put_totals(metrics, &level, view->sheet);
	put_rest(metrics, &level, view);
	km_metric_level_deinit(&level);
}

/* Texts and words that stay the same from one moment to the next. */
static bool is_of_host(const struct km_field *field)
{
	return (field->kind == KM_TEXT && !(field->flags & KM_MOMENT)) || field->kind == KM_WORD;
}

/* The host's texts and words are labels of one metric, except those that differ at each moment. */
static void put_host(struct km_metrics *metrics, const struct km_host *host)
{
	struct km_metric_level level = km_metric_level_single("kmeminfo_host", &km_host_type, host);
	const struct km_field *field;

	put_info(metrics, KM_STR("kmeminfo_host"), km_metric_texts(&level, is_of_host, host), km_host_type.brief);
	km_field_each(field, &km_host_type)
		if (field->kind != KM_WORD)
			put_field(metrics, &level, field);
	km_metric_level_deinit(&level);
}

static void put_build(struct km_metrics *metrics, const struct km_style *style)
{
	put_info(metrics, KM_STR("kmeminfo_build"),
		 km_pool_printf(&metrics->pool, "version=\"%s\",schema=\"%d\"", style->version, KM_JSON_SCHEMA),
		 "the version of kmeminfo, and that of its reports");
}

static int render(FILE *file, const struct km_document *document, const struct km_style *style, bool open)
{
	struct km_metrics metrics = { .file = file, .open = open };
	const struct km_section *section;

	put_build(&metrics, style);
	put_host(&metrics, document->host);
	km_array_each(section, &document->sections)
		put_section(&metrics, section);
	if (open)
		fputs("# EOF\n", file);
	km_pool_deinit(&metrics.pool);
	return ferror(file) ? -EIO : 0;
}

int km_render_prometheus(FILE *file, const struct km_document *document, const struct km_style *style)
{
	return render(file, document, style, false);
}

int km_render_openmetrics(FILE *file, const struct km_document *document, const struct km_style *style)
{
	return render(file, document, style, true);
}
