// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/prose.h"
#include "model/interval.h"
#include "report/diff.h"
#include "words/say.h"

enum { ROWS_OF_ALL = 10, NEVER_FOLD = 1 << 20 };

/* The two readings; km_diff_add() makes the row. */
const struct km_report km_report_comparison = {
	.key = "comparison",
	.group = "diff",
	.shape = KM_SHAPE_ROW,
	.type = &km_readings_type,
};

/* A comparison in progress. */
struct work {
	struct km_document *document;
	const struct km_moment *before, *after;
	const struct km_diff_options *options;
	struct km_readings readings;
	struct km_interval interval;
	struct km_problems *problems;
	size_t sections; /* number of sections with text */
};

/* "--sort KEY" sorts by the change if the field changes. Any other key goes to the view. */
struct order {
	const char *by;   /* key of the compared field; NULL: chosen automatically */
	bool smallest;    /* smallest change first */
	const char *sort; /* for the view; NULL: its own order */
};

static struct order order_of(struct km_pool *pool, const struct km_comparison_type *type, const char *sort)
{
	struct km_str rest = km_str_from(sort), key;
	bool directed = km_str_take_until(&rest, ':', &key);

	if (!directed)
		key = rest;
	for (size_t i = 0; sort && i < type->len; i++)
		if (type->fields[i].change && km_str_eq(key, km_str_from(type->fields[i].of->key)) &&
		    (!directed || km_str_eq(rest, KM_STR("asc")) || km_str_eq(rest, KM_STR("desc"))))
			return (struct order){ km_pool_copy(pool, key).ptr, directed && km_str_eq(rest, KM_STR("asc")), NULL };
	return (struct order){ NULL, false, sort };
}

static int no_such_view(struct km_err *err)
{
	return km_err_set(err, -EINVAL, "name the report: 'kmeminfo diff slab A B'",
			  "--columns, --sort and formats of one table work only with one report");
}

int km_diff_check(const struct km_diff_options *options, struct km_err *err)
{
	struct km_view_options view = options->view;
	const struct km_comparison_type *type;
	struct km_pool pool = { 0 };
	struct km_sheet none = { 0 };
	struct km_view unused;
	int r;

	if (!options->report && (view.columns || view.sort || options->one_table))
		return no_such_view(err);
	if (!options->report)
		return 0;
	type = km_comparison_type(&pool, options->report->type);
	none.type = &type->type;
	view.columns = km_comparison_expand(&pool, type, view.columns);
	view.sort = order_of(&pool, type, view.sort).sort;
	view.all_columns = true;
	r = km_view_init(&unused, &pool, &none, &view, err);
	km_pool_deinit(&pool);
	return r;
}

static void reverse_rows(struct km_pool *pool, struct km_sheet *sheet)
{
	size_t size = sheet->type->row_size;
	char *rows = km_pool_alloc(pool, sheet->len + 1, size);

	for (size_t i = 0; i < sheet->len; i++)
		memcpy(rows + i * size, km_sheet_row(sheet, sheet->len - 1 - i), size);
	sheet->rows = rows;
}

/* "SLAB: 12 of 140 rows changed, the 10 that changed most". */
static const char *title_of(struct km_pool *pool, const struct km_report *report, const struct km_comparison *comparison,
			    uint64_t top)
{
	char *name = km_pool_alloc(pool, strlen(report->type->name) + 1, 1);
	size_t changed = comparison->sheet.len, all = comparison->same + changed;

	for (size_t i = 0; report->type->name[i]; i++)
		name[i] = (char)(report->type->name[i] - (report->type->name[i] >= 'a' ? 'a' - 'A' : 0));
	if (report->shape == KM_SHAPE_ROW)
		return name;
	if (top < changed)
		return km_say_printf(pool, "%s: %zu of %zu rows changed, the %llu that changed most", name, changed, all,
				      (unsigned long long)top).ptr;
	return km_say_printf(pool, "%s: %zu of %zu rows changed", name, changed, all).ptr;
}

static int add_section(struct work *work, const struct km_report *report, struct km_comparison *comparison,
		       const struct km_view_options *view, struct km_err *err)
{
	const struct km_diff_options *options = work->options;
	struct km_section *section;

	if (!options->data && !comparison->sheet.len)
		return 0;
	section = km_document_add(work->document, report->type->name, report->shape, comparison->sheet, view, err);
	if (!section)
		return -EINVAL;
	if (!options->report)
		section->title = title_of(work->document->pool, report, comparison, view->top);
	work->sections++;
	return 0;
}

static struct km_view_options view_of(const struct work *work, const struct km_comparison *comparison, const char *sort)
{
	const struct km_diff_options *options = work->options;
	struct km_pool *pool = work->document->pool;
	struct km_view_options view = options->view;

	view.columns = km_comparison_expand(pool, comparison->type, view.columns);
	view.sort = sort;
	view.all_columns = options->data;
	view.usual = km_comparison_columns(pool, comparison, &work->interval);
	if (!options->data && !options->report && view.top == KM_UNKNOWN)
		view.top = ROWS_OF_ALL;
	return view;
}

static bool is_other_boot(const struct work *work)
{
	return work->readings.relation == &km_relation_words[KM_RELATION_OTHER_BOOT] ||
	       work->readings.relation == &km_relation_words[KM_RELATION_OTHER_MACHINE];
}

static int add_report(struct work *work, const struct km_report *report, const struct km_moment_sheet *before,
		      const struct km_moment_sheet *after, struct km_err *err)
{
	struct km_pool *pool = work->document->pool;
	const struct km_comparison_type *type = km_comparison_type(pool, report->type);
	struct order order = order_of(pool, type, work->options->view.sort);
	const struct km_compare_options options = {
		.interval = work->interval, .before_whole = before->whole, .after_whole = after->whole,
		.other_boot = is_other_boot(work),
		.all = work->options->all, .by = order.by,
	};
	struct km_sheet sheets[2] = { before->sheet, after->sheet };
	struct km_comparison comparison;
	struct km_view_options view;

	if (!work->options->report && !work->options->data) {
		sheets[0] = km_diff_once(pool, work->before, work->after, &sheets[0]);
		sheets[1] = km_diff_once(pool, work->before, work->after, &sheets[1]);
	}
	km_compare(pool, type, &sheets[0], &sheets[1], &options, &comparison);
	if (order.smallest)
		reverse_rows(pool, &comparison.sheet);
	view = view_of(work, &comparison, order.sort);
	return add_section(work, report, &comparison, &view, err);
}

static const char *name_or(struct km_str name, const char *otherwise)
{
	return name.ptr ? name.ptr : otherwise;
}

static void describe(struct km_text *text, const char *what, const struct km_moment *moment)
{
	const struct km_host *host = moment->host;

	km_text_printf(text, "%s: %s", what, moment->name);
	if (host->release.ptr)
		km_say_add(text, ", Linux %.*s", KM_STR_ARG(host->release));
	if (host->machine.ptr)
		km_text_printf(text, " %.*s", KM_STR_ARG(host->machine));
	km_text_printf(text, "%s%.*s", km_say_comma(), host->time.ptr ? (int)host->time.len : (int)strlen(km_say("time unknown")), name_or(host->time, km_say("time unknown")));
}

static void write_relation(struct km_text *text, const struct km_readings *readings)
{
	const char *order = readings->seconds < 0 ? km_say("earlier") : km_say("later");
	char buf[KM_UNITS_SIZE];

	if (!isnan(readings->seconds))
		km_text_printf(text, "%s %s: ", km_units_seconds(buf, fabs(readings->seconds)), order);
	km_text_puts(text, km_say(readings->relation->brief));
	if (readings->relation != &km_relation_words[KM_RELATION_SAME_BOOT])
		km_text_puts(text, km_say(". Only amounts are compared: no counters, and no changes per second"));
	km_text_puts(text, km_say("."));
}

static void add_readings_text(struct work *work)
{
	const struct km_style *style = work->options->style;
	const size_t width = style->terminal ? style->width : NEVER_FOLD;
	KM_TEXT_SCOPE line = { 0 };
	struct km_text text = { 0 };

	if (style->no_headings)
		return;
	describe(&line, km_say("before"), work->before);
	km_prose_fold(&text, km_text_str(&line), 0, width);
	line.len = 0;
	describe(&line, km_say("after"), work->after);
	km_prose_fold(&text, km_text_str(&line), 0, width);
	line.len = 0;
	write_relation(&line, &work->readings);
	km_prose_fold(&text, km_text_str(&line), 0, width);
	km_document_add_text(work->document, &text, NULL);
}

static void add_readings(struct work *work)
{
	const struct km_view_options view = { .top = KM_UNKNOWN, .all_columns = true };
	struct km_readings *row = km_pool_alloc(work->document->pool, 1, sizeof(*row));

	*row = work->readings;
	if (work->options->one_table)
		return;
	if (work->options->data)
		km_document_add(work->document, "comparison", KM_SHAPE_ROW,
				(struct km_sheet){ &km_readings_type, row, 1, NULL }, &view, NULL);
	else
		add_readings_text(work);
}

/* Captures never contain processes, so they are not missing. */
static void note_missing(struct work *work, const struct km_report *report, const struct km_moment *has)
{
	if (!report->files && !work->options->report)
		return;
	km_problem_source(work->problems, km_str_from(report->type->name), NULL, "not compared: only %s has it",
			  has->name);
}

/* Adds the reports of the summary, then the others. */
static int add_reports(struct work *work, bool of_summary, struct km_err *err)
{
	int r = 0;

	for (size_t i = 0; !r && km_reports[i]; i++) {
		const struct km_moment_sheet *before = &work->before->sheets[i], *after = &work->after->sheets[i];

		if ((km_reports[i]->group != NULL) != of_summary)
			continue;
		if (before->sheet.type && after->sheet.type)
			r = add_report(work, km_reports[i], before, after, err);
		else if (before->sheet.type || after->sheet.type)
			note_missing(work, km_reports[i], before->sheet.type ? work->before : work->after);
	}
	return r;
}

int km_diff_add(struct km_document *document, const struct km_moment *before, const struct km_moment *after,
		const struct km_diff_options *options, struct km_problems *problems, struct km_err *err)
{
	struct work work = { document, before, after, options, .problems = problems };
	struct km_text text = { 0 };
	int r;

	document->group = "diff";
	work.readings = km_readings_relate(before->host, after->host);
	work.readings.before = km_str_from(before->name);
	work.readings.after = km_str_from(after->name);
	work.interval = km_readings_interval(&work.readings);
	add_readings(&work);
	r = add_reports(&work, true, err);
	if (!r)
		r = add_reports(&work, false, err);
	if (r || options->data || options->one_table || work.sections || options->style->no_headings)
		return r;
	km_text_puts(&text, km_say("nothing changed\n"));
	km_document_add_text(document, &text, NULL);
	return 0;
}
