// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Metrics for Prometheus, in its text format 0.0.4 and in OpenMetrics 1.0. A field of a report is a metric
 * family, each row a sample: kmeminfo_slab_size_bytes{name="dentry",number="1"} 197955584. What is unknown is
 * absent.
 */
#include <errno.h>
#include "report/document.h"
#include "render/metric-rows.h"
#include "render/plain.h"

struct metrics {
	FILE *file;
	bool open; /* OpenMetrics */
	bool compact; /* of the section */
	struct km_pool pool;
};

/* A family's head is written before its first sample, so that none is without samples. */
struct family {
	struct metrics *metrics;
	struct km_str name; /* without what a counter's sample has behind it */
	enum km_metric type;
	const char *brief;
	bool begun;
};

static void put(const struct metrics *metrics, struct km_str text)
{
	fwrite(text.ptr, 1, text.len, metrics->file);
}

/* Backslashes and line ends are escaped in both formats, quotes only in OpenMetrics. */
static void put_help(const struct metrics *metrics, const char *text)
{
	for (; text && *text; text++) {
		if (*text == '\\' || (*text == '"' && metrics->open))
			fputc('\\', metrics->file);
		fputc(*text, metrics->file);
	}
}

static struct km_str suffix_of(const struct family *family)
{
	if (family->type == KM_METRIC_COUNTER)
		return KM_STR("_total");
	return family->type == KM_METRIC_INFO ? KM_STR("_info") : KM_STR("");
}

static const char *type_word(const struct family *family)
{
	if (family->type == KM_METRIC_COUNTER)
		return "counter";
	if (family->type == KM_METRIC_UNKNOWN)
		return family->metrics->open ? "unknown" : "untyped";
	return family->type == KM_METRIC_INFO && family->metrics->open ? "info" : "gauge";
}

/* The unit that the name ends with; .ptr NULL: none. */
static struct km_str unit_of(struct km_str name)
{
	static const struct km_str units[] = { KM_STR_INIT("bytes"), KM_STR_INIT("ratio"), KM_STR_INIT("seconds") };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (km_str_ends(name, units[i]) && name.len > units[i].len &&
		    name.ptr[name.len - units[i].len - 1] == '_')
			return units[i];
	return (struct km_str){ 0 };
}

static void put_line(const struct family *family, const char *what)
{
	const struct metrics *metrics = family->metrics;

	fprintf(metrics->file, "# %s ", what);
	put(metrics, family->name);
	/* 0.0.4 names the samples */
	if (!metrics->open)
		put(metrics, suffix_of(family));
	fputc(' ', metrics->file);
}

static void begin(struct family *family)
{
	const struct metrics *metrics = family->metrics;
	const struct km_str unit = unit_of(family->name);

	if (family->begun)
		return;
	family->begun = true;
	put_line(family, "HELP");
	put_help(metrics, family->brief);
	fputc('\n', metrics->file);
	put_line(family, "TYPE");
	fprintf(metrics->file, "%s\n", type_word(family));
	if (!metrics->open || !unit.ptr)
		return;
	put_line(family, "UNIT");
	put(metrics, unit);
	fputc('\n', metrics->file);
}

/* labels and more are lists without braces; either may be empty. */
static void put_sample(struct family *family, struct km_str labels, struct km_str more, struct km_str value)
{
	const struct metrics *metrics = family->metrics;

	begin(family);
	put(metrics, family->name);
	put(metrics, suffix_of(family));
	if (labels.len || more.len) {
		fputc('{', metrics->file);
		put(metrics, labels);
		if (labels.len && more.len)
			fputc(',', metrics->file);
		put(metrics, more);
		fputc('}', metrics->file);
	}
	fputc(' ', metrics->file);
	put(metrics, value);
	fputc('\n', metrics->file);
}

static void put_word(struct family *family, const struct km_metric_level *level, const struct km_field *field,
		     const struct km_metric_row *row)
{
	const struct km_str word = km_word_str(km_field_word(field, row->row));

	if (word.ptr)
		put_sample(family, row->labels, km_metric_label(level, field, field->key, word), KM_STR("1"));
}

static void put_numbers(struct family *family, const struct km_metric_level *level, const struct km_field *field,
			const struct km_metric_row *row)
{
	const struct km_numbers *list = km_field_at(field, row->row);
	char buf[KM_CELL_SIZE], number[KM_CELL_SIZE];

	for (size_t i = 0; i < list->len; i++) {
		const struct km_str value = km_plain_count(buf, list->items[i]);

		if (value.ptr)
			put_sample(family, row->labels,
				   km_metric_label(level, field, "index", km_plain_count(number, i)), value);
	}
}

/* Of a name that repeats the last value counts, as in JSON. */
static bool is_replaced(const struct km_pairs *list, size_t i)
{
	for (size_t j = i + 1; j < list->len; j++)
		if (km_str_eq(list->items[i].name, list->items[j].name))
			return true;
	return false;
}

/* Those of the family's type: the kernel's own names are levels and counters together. */
static void put_pairs(struct family *family, const struct km_metric_level *level, const struct km_field *field,
		      const struct km_metric_row *row)
{
	const struct km_pairs *list = km_field_at(field, row->row);
	char buf[KM_CELL_SIZE];

	for (size_t i = 0; i < list->len; i++) {
		const struct km_str value = km_plain_count(buf, list->items[i].value);

		if (value.ptr && km_metric_of_name(field, list->items[i].name) == family->type &&
		    !is_replaced(list, i))
			put_sample(family, row->labels, km_metric_label(level, field, "name", list->items[i].name),
				   value);
	}
}

/* Units of time: Prometheus has the second alone. digits: behind the point. NULL: no such unit. */
static const struct time_unit {
	struct km_str suffix;
	int digits;
	uint64_t divisor;
} time_units[] = {
	{ KM_STR_INIT("_us"), 6, 1000000 },
	{ KM_STR_INIT("_ms"), 3, 1000 },
};

static const struct time_unit *time_unit_of(const struct km_field *field)
{
	for (size_t i = 0; i < sizeof(time_units) / sizeof(*time_units); i++)
		if (field->kind == KM_COUNT && km_str_ends(km_str_from(field->key), time_units[i].suffix))
			return &time_units[i];
	return NULL;
}

static const char *key_of(struct metrics *metrics, const struct km_field *field)
{
	const struct time_unit *unit = time_unit_of(field);

	if (!unit)
		return field->key;
	return km_pool_printf(&metrics->pool, "%.*s_seconds", (int)(strlen(field->key) - unit->suffix.len),
			      field->key).ptr;
}

/* All digits of the number, with a point between them where it is a time. */
static struct km_str number_of(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row)
{
	const struct time_unit *unit = time_unit_of(field);
	uint64_t value;

	if (!unit || km_field_number(field, row) == KM_UNKNOWN)
		return km_plain_number(buf, field, row);
	value = km_field_number(field, row);
	return (struct km_str){ buf, (size_t)snprintf(buf, KM_CELL_SIZE, "%llu.%0*llu",
						      (unsigned long long)(value / unit->divisor), unit->digits,
						      (unsigned long long)(value % unit->divisor)) };
}

/* The name beside a number with KM_BY_NAME: the last text that names the row. */
static struct km_str name_beside(const struct km_sheet_type *type, const void *row)
{
	struct km_str name = KM_STR("");
	const struct km_field *field;

	km_field_each(field, type)
		if (field->kind == KM_TEXT && field->flags & KM_ID)
			name = *(const struct km_str *)km_field_at(field, row);
	return name;
}

static void put_number(struct family *family, const struct km_metric_level *level, const struct km_field *field,
		       const struct km_metric_row *row)
{
	char buf[KM_CELL_SIZE];
	const struct km_str value = number_of(buf, field, row->row);

	if (field->flags & KM_BY_NAME && km_metric_of_name(field, name_beside(level->type, row->row)) != family->type)
		return;
	if (value.ptr)
		put_sample(family, row->labels, KM_STR(""), value);
}

static void put_samples(struct family *family, const struct km_metric_level *level, const struct km_field *field)
{
	const struct km_metric_row *row;

	km_array_each(row, &level->rows) {
		if (row->cut && family->type != KM_METRIC_COUNTER)
			continue;
		if (field->kind == KM_WORD)
			put_word(family, level, field, row);
		else if (field->kind == KM_BYTES_LIST)
			put_numbers(family, level, field, row);
		else if (field->kind == KM_PAIRS)
			put_pairs(family, level, field, row);
		else
			put_number(family, level, field, row);
	}
}

static struct family family_of(struct metrics *metrics, struct km_str level, const char *key,
			       enum km_metric type, const char *brief)
{
	struct km_str name = km_pool_printf(&metrics->pool, "%.*s_%s", KM_STR_ARG(level), key);

	if (type == KM_METRIC_COUNTER && km_str_ends(name, KM_STR("_total")))
		name.len -= strlen("_total");
	return (struct family){ metrics, name, type, brief, false };
}

/* The kernel's names of a field are families by what they are: amounts, events, and what is not known. */
static void put_families_by_name(struct metrics *metrics, const struct km_metric_level *level,
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
		struct family family = family_of(metrics, level->name, key.ptr, parts[i].type, field->brief);

		put_samples(&family, level, field);
	}
}

static void put_field(struct metrics *metrics, const struct km_metric_level *level, const struct km_field *field);

static void put_inner(struct metrics *metrics, const struct km_metric_level *level, const struct km_field *field)
{
	struct km_metric_level inner = km_metric_level_below(level, field);
	const char *only = metrics->compact ? field->rows->spread_cell : NULL;
	const struct km_field *member;

	/* a type may hold rows of its own kind: where there are none it ends */
	for (member = inner.type->fields; inner.rows.len && member->key; member++)
		if (!only || !strcmp(member->key, only))
			put_field(metrics, &inner, member);
	km_metric_level_deinit(&inner);
}

/* Texts are not measured, what names a row is in its labels, and a tree stands beside its list. */
static void put_field(struct metrics *metrics, const struct km_metric_level *level, const struct km_field *field)
{
	struct family family;

	if (field->flags & (KM_ID | KM_TREE | KM_TOTAL_ONLY) || field->kind == KM_TEXT || field->kind == KM_TEXTS)
		return;
	if (field->kind == KM_ROWS) {
		put_inner(metrics, level, field);
	} else if (field->kind == KM_PAIRS || field->flags & KM_BY_NAME) {
		put_families_by_name(metrics, level, field);
	} else {
		family = family_of(metrics, level->name, key_of(metrics, field), km_metric_of(field), field->brief);
		put_samples(&family, level, field);
	}
}

/* Numbers of one row that is none of the table's: totals, and the sum of the rows that --top left out. */
static void put_alone(struct metrics *metrics, struct km_str level, const char *key, const struct km_field *field,
		      const void *row)
{
	struct family family = family_of(metrics, level, key, km_metric_of(field), field->brief);
	char buf[KM_CELL_SIZE];
	const struct km_str value = number_of(buf, field, row);

	if (value.ptr)
		put_sample(&family, KM_STR(""), KM_STR(""), value);
}

static void put_totals(struct metrics *metrics, const struct km_metric_level *level, const struct km_sheet *sheet)
{
	const struct km_field *field;

	km_field_each(field, sheet->type)
		if (sheet->totals && field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY))
			put_alone(metrics, level->name,
				  km_pool_printf(&metrics->pool, "totals_%s", key_of(metrics, field)).ptr, field, sheet->totals);
}

static void put_rest(struct metrics *metrics, const struct km_metric_level *level, const struct km_view *view)
{
	struct family family = family_of(metrics, level->name, "rest_rows", KM_METRIC_GAUGE,
					 "rows without metrics of their own, which the metrics named rest add up");
	char buf[KM_CELL_SIZE];
	void *rest;

	if (!level->cut)
		return;
	put_sample(&family, KM_STR(""), KM_STR(""), km_plain_count(buf, level->cut));
	rest = km_pool_alloc(&metrics->pool, 1, level->type->row_size);
	km_row_init(level->type, rest);
	km_metric_add_cut(level, rest);
	for (size_t i = 0; i < view->fields_len; i++)
		if (km_metric_adds(view->fields[i]))
			put_alone(metrics, level->name,
				  km_pool_printf(&metrics->pool, "rest_%s", key_of(metrics, view->fields[i])).ptr,
				  view->fields[i], rest);
}

static void put_info(struct metrics *metrics, struct km_str name, struct km_str labels, const char *brief)
{
	struct family family = { metrics, name, KM_METRIC_INFO, brief, false };

	put_sample(&family, labels, KM_STR(""), KM_STR("1"));
}

static bool is_info(const struct km_field *field)
{
	return field->flags & KM_INFO;
}

static void put_section_info(struct metrics *metrics, const struct km_metric_level *level,
			     const struct km_section *section)
{
	struct km_str labels = { 0 };

	if (section->shape == KM_SHAPE_ROW && level->rows.len)
		labels = km_metric_texts(level, is_info, level->rows.items->row);
	if (labels.len)
		put_info(metrics, level->name, labels, level->type->brief);
}

static void put_section(struct metrics *metrics, const struct km_section *section)
{
	const struct km_view *view = &section->view;
	struct km_metric_level level;

	if (!section->key || km_plain_tree(view->sheet->type))
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

/* The host's texts and words are labels of one metric; what differs at each moment is none of them. */
static void put_host(struct metrics *metrics, const struct km_host *host)
{
	struct km_metric_level level = km_metric_level_single("kmeminfo_host", &km_host_type, host);
	const struct km_field *field;

	put_info(metrics, KM_STR("kmeminfo_host"), km_metric_texts(&level, is_of_host, host), km_host_type.brief);
	km_field_each(field, &km_host_type)
		if (field->kind != KM_WORD)
			put_field(metrics, &level, field);
	km_metric_level_deinit(&level);
}

static void put_build(struct metrics *metrics, const struct km_style *style)
{
	put_info(metrics, KM_STR("kmeminfo_build"),
		 km_pool_printf(&metrics->pool, "version=\"%s\",schema=\"%d\"", style->version, KM_JSON_SCHEMA),
		 "the version of kmeminfo, and that of its reports");
}

static int render(FILE *file, const struct km_document *document, const struct km_style *style, bool open)
{
	struct metrics metrics = { .file = file, .open = open };
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
