// SPDX-License-Identifier: GPL-2.0-or-later
/* The growth of the rows of a recording. */
#include <errno.h>
#include "base/index.h"
#include "machine/recording.h"
#include "model/account.h"
#include "model/command-usage.h"
#include "model/pageclass.h"
#include "model/timeline.h"
#include "model/trend.h"
#include "report/options.h"
#include "report/report.h"
#include "report/trend-text.h"

/* A long recording is divided into bins, and only the last sample of each is used. */
enum { BINS = 2000 };

/* A row, found by its name: its series, one after another. */
struct grower {
	struct km_str name;
	const struct km_recording_series *last;
	size_t boot;
	unsigned int run;
	bool reclaimable, free;
	KM_ARRAY(struct km_trend_point) points;
};

struct gathering {
	struct km_recording *recording;
	const struct km_report *report;
	struct km_pool *pool;
	const double *seconds; /* of each sample */
	const bool *wanted;    /* of each sample */
	const char *key;       /* of the field with the size of a row */
	struct km_index index;
	KM_ARRAY(struct grower) growers;
	size_t *of_series;     /* index + 1 of the grower of each series in the frame; 0: none */
	size_t series_len;
	double last;           /* seconds of the last sample that has the report */
};

/* The field with the size of a row: the one that sorts the table, or the first size in a tree or in classes. */
static const struct km_field *size_field(const struct km_sheet_type *type)
{
	const struct km_field *field;

	if (type == &km_pageclass_type)
		return km_field_find(type, KM_STR("size_bytes"));
	if (type->sort) {
		const char *colon = strchr(type->sort, ':');

		field = km_field_find(type, (struct km_str){ type->sort, colon ? (size_t)(colon - type->sort) : strlen(type->sort) });
		return field && field->kind == KM_BYTES && field->flags & KM_LEVEL ? field : NULL;
	}
	km_field_each(field, type)
		if (field->flags & KM_TREE)
			break;
	if (!field->key)
		return NULL;
	km_field_each(field, type)
		if (field->kind == KM_BYTES && field->flags & KM_LEVEL)
			return field;
	return NULL;
}

static bool is_account(const struct km_report *report)
{
	return report->type == &km_account_type;
}

static bool is_among(struct km_str name, const enum km_account_id *ids, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (km_str_eq(name, km_str_from(km_account_parts[ids[i]].word.key)))
			return true;
	return false;
}

static const enum km_account_id free_parts[] = {
	KM_ACCOUNT_FREE_BUDDY, KM_ACCOUNT_FREE_CMA, KM_ACCOUNT_FREE_ORDINARY, KM_ACCOUNT_FREE_PER_CPU,
	KM_ACCOUNT_FREE_UNACCEPTED, KM_ACCOUNT_FREE_NOWHERE, KM_ACCOUNT_FREE,
};

static const enum km_account_id reclaimable_parts[] = {
	KM_ACCOUNT_FILE_CACHE, KM_ACCOUNT_FILE_KERNEL, KM_ACCOUNT_FILE_DATA, KM_ACCOUNT_BLOCK_CACHE,
	KM_ACCOUNT_SWAP_CACHE, KM_ACCOUNT_SLAB_RECLAIMABLE, KM_ACCOUNT_MISC_RECLAIMABLE, KM_ACCOUNT_ZFS,
};

static const enum km_account_id rest_parts[] = { KM_ACCOUNT_UNACCOUNTED };

/* Parts of the account that another report lists in detail, if that report could be read. */
static const enum km_account_id slab_parts[] = {
	KM_ACCOUNT_SLAB, KM_ACCOUNT_SLAB_RECLAIMABLE, KM_ACCOUNT_SLAB_UNRECLAIMABLE, KM_ACCOUNT_SLAB_CACHES,
};

static const enum km_account_id vmalloc_parts[] = {
	KM_ACCOUNT_VMALLOC, KM_ACCOUNT_VMALLOC_STACKS, KM_ACCOUNT_VMALLOC_MODULES, KM_ACCOUNT_VMALLOC_BPF,
	KM_ACCOUNT_VMALLOC_HASHES, KM_ACCOUNT_VMALLOC_OTHER,
};

static const enum km_account_id command_parts[] = {
	KM_ACCOUNT_ANONYMOUS, KM_ACCOUNT_ANONYMOUS_HUGE, KM_ACCOUNT_ANONYMOUS_SMALL,
};

#define AMONG(name, parts) is_among(name, parts, sizeof(parts) / sizeof(*(parts)))

static bool has_rows(const struct km_recording *recording, const char *report)
{
	const struct km_recording_series *series;

	km_array_each(series, &recording->series)
		if (!series->total && km_str_eq(series->report, km_str_from(report)))
			return true;
	return false;
}

static bool is_listed_elsewhere(const struct km_recording *recording, struct km_str name)
{
	return (AMONG(name, slab_parts) && has_rows(recording, "slab")) ||
	       (AMONG(name, vmalloc_parts) && has_rows(recording, "vmalloc")) ||
	       (AMONG(name, command_parts) && has_rows(recording, "commands"));
}

static bool is_parent(const struct km_recording *recording, const struct km_recording_series *series)
{
	const struct km_recording_series *other;

	km_array_each(other, &recording->series)
		if (other->parent == series->id)
			return true;
	return false;
}

/* Whether to use a part of the account. A part with parts of its own is counted through those. */
static bool is_wanted(const struct gathering *gathering, const struct km_recording_series *series)
{
	if (series->total || !km_str_eq(series->type, km_str_from(gathering->report->type->name)))
		return false;
	return !is_account(gathering->report) || (!is_parent(gathering->recording, series) &&
						  !is_listed_elsewhere(gathering->recording, series->name));
}

static bool is_reclaimable(const struct gathering *gathering, const struct km_recording_series *series)
{
	if (is_account(gathering->report))
		return AMONG(series->name, reclaimable_parts);
	if (gathering->report->type == &km_pageclass_type)
		return km_str_eq(series->name, KM_STR("file"));
	/*
	 * it has an object for each lazily freed area until the purge; other areas are rows of vmalloc
	 * (k6.12:mm/vmalloc.c)
	 */
	if (km_str_eq(series->name, KM_STR("vmap_area")))
		return true;
	return km_str_eq(km_recording_property(gathering->recording, series, "reclaimable", gathering->pool),
			 KM_STR("yes"));
}

static bool is_free(const struct gathering *gathering, struct km_str name)
{
	if (is_account(gathering->report))
		return AMONG(name, free_parts);
	return gathering->report->type == &km_pageclass_type &&
	       (km_str_eq(name, KM_STR("buddy")) || km_str_eq(name, KM_STR("ref0")));
}

static void place_series(struct gathering *gathering, const struct km_recording_frame *frame)
{
	gathering->series_len = frame->len;
	gathering->of_series = km_pool_alloc(gathering->pool, frame->len, sizeof(*gathering->of_series));
	for (size_t i = 0; i < frame->len; i++) {
		const struct km_recording_series *series = frame->series[i];
		size_t known = gathering->index.keys.len, at;

		if (!is_wanted(gathering, series))
			continue;
		at = km_index_of(&gathering->index, 0, series->name);
		if (at == known)
			km_array_push(&gathering->growers)->name = series->name;
		gathering->growers.items[at].reclaimable |= is_reclaimable(gathering, series);
		gathering->growers.items[at].free |= is_free(gathering, series->name);
		gathering->of_series[i] = at + 1;
	}
}

static void take_frame(void *data, const struct km_recording_frame *frame)
{
	struct gathering *gathering = data;
	const struct km_recording *recording = gathering->recording;
	size_t number, boot = recording->samples.items[frame->sample].boot;

	if (!gathering->of_series)
		place_series(gathering, frame);
	if (!gathering->wanted[frame->sample])
		return;
	gathering->last = gathering->seconds[frame->sample];
	number = km_recording_number(recording, km_str_from(gathering->report->type->name), gathering->key);
	for (size_t i = 0; number != SIZE_MAX && i < gathering->series_len; i++) {
		struct grower *grower = gathering->of_series[i] ? &gathering->growers.items[gathering->of_series[i] - 1] : NULL;

		if (!grower || !frame->values[i] || frame->values[i][number] == KM_RECORDING_NONE)
			continue;
		grower->run += grower->points.len && (grower->last != frame->series[i] || grower->boot != boot);
		grower->last = frame->series[i];
		grower->boot = boot;
		*km_array_push(&grower->points) = (struct km_trend_point){ gathering->seconds[frame->sample],
									    frame->values[i][number], grower->run };
	}
}

/* The last one of each bin, and the very last. */
static bool *choose_samples(struct km_pool *pool, const double *seconds, size_t len)
{
	bool *wanted = km_pool_alloc(pool, len, sizeof(*wanted));
	const double width = seconds[len - 1] / BINS;

	for (size_t i = 0; i < len; i++)
		wanted[i] = len <= BINS || i + 1 == len || !(width > 0) ||
			    (uint64_t)(seconds[i] / width) != (uint64_t)(seconds[i + 1] / width);
	return wanted;
}

struct rows {
	KM_ARRAY(struct km_trend) list;
};

static void add_rows(struct rows *rows, struct gathering *gathering, double seconds)
{
	struct grower *grower;

	km_array_each(grower, &gathering->growers) {
		const struct km_trend_input input = {
			.programs = gathering->report->type == &km_command_usage_type,
			.report = km_str_from(gathering->report->type->name), .name = grower->name,
			.points = grower->points.items, .len = grower->points.len, .to = seconds,
			.reclaimable = grower->reclaimable, .free = grower->free,
			.rest = is_account(gathering->report) && AMONG(grower->name, rest_parts),
			.gone = grower->points.len && grower->points.items[grower->points.len - 1].seconds < gathering->last,
		};

		if (input.len)
			km_trend_derive(gathering->pool, &input, km_array_push(&rows->list));
		km_array_deinit(&grower->points);
	}
	km_array_deinit(&gathering->growers);
	km_index_deinit(&gathering->index);
}

/* The running time at each sample, and what there is to say of the samples. */
static double *derive_seconds(const struct km_trend_options *options, struct km_pool *pool, struct km_timeline *ret)
{
	const struct km_recording *recording = options->recording;
	const size_t len = recording->samples.len;
	struct km_timeline_moment *moments = km_pool_alloc(pool, len, sizeof(*moments));
	double *seconds = km_pool_alloc(pool, len, sizeof(*seconds));
	char text[KM_CLOCK_SIZE];

	for (size_t i = 0; i < len; i++) {
		const struct km_recording_sample *sample = &recording->samples.items[i];

		moments[i] = (struct km_timeline_moment){ sample->clock.wall_us, sample->clock.monotonic_us,
							  sample->clock.boottime_us, sample->boot };
	}
	km_timeline_derive(moments, len, seconds, ret);
	ret->from = km_pool_copy(pool, km_str_from(km_clock_text(text, moments[0].wall_us)));
	ret->to = km_pool_copy(pool, km_str_from(km_clock_text(text, moments[len - 1].wall_us)));
	return seconds;
}

static uint64_t sum_parts(const struct km_rows *rows)
{
	static const enum km_account_id whole[] = { KM_ACCOUNT_FREE, KM_ACCOUNT_FILE_CACHE, KM_ACCOUNT_BLOCK_CACHE,
						    KM_ACCOUNT_SLAB_RECLAIMABLE };
	const struct km_account *parts = rows->items;
	uint64_t sum = 0;

	for (size_t i = 0; i < rows->len; i++)
		sum += AMONG(km_word_str(parts[i].key), whole) ? km_num_or(parts[i].bytes, 0) : sum_parts(&parts[i].children);
	return sum;
}

/* The memory that was available at the last sample. */
static uint64_t available_bytes(struct km_recording *recording, struct km_pool *pool)
{
	struct km_sheet account;

	if (km_recording_sheet(recording, km_account_type.name, &km_account_type, recording->samples.len - 1, pool, &account,
			       NULL) || !account.len)
		return KM_UNKNOWN;
	return sum_parts(&(struct km_rows){ account.rows, account.len });
}

static void tell_damage(const struct km_recording *recording, size_t lost, struct km_problems *problems)
{
	if (lost)
		km_problem_source(problems, km_str_from(recording->path), NULL,
				  "the values of %zu sample%s are damaged; those of the others were used", lost,
				  lost == 1 ? "" : "s");
	if (recording->torn)
		km_problem_source(problems, km_str_from(recording->path), NULL,
				  "damaged tables: property; some rows may be shown as if they were not reclaimable");
}

static int derive_trend(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret, struct km_err *err)
{
	const struct km_trend_options *options = query->options;
	const struct km_report *const *report;
	struct km_timeline timeline;
	struct rows rows = { .list = { 0 } };
	const double *seconds;
	size_t lost = 0;
	int r = 0;

	*ret = (struct km_sheet){ .type = &km_trend_type };
	if (!options)
		return 0;
	seconds = derive_seconds(options, &machine->pool, &timeline);
	for (report = km_reports; !r && *report; report++) {
		const struct km_field *field = size_field((*report)->type);
		struct gathering gathering = { .recording = options->recording, .report = *report, .pool = &machine->pool,
					       .seconds = seconds };

		if (!((*report)->flags & KM_REPORT_OVER_TIME) || !field ||
		    (options->report && strcmp(options->report, (*report)->type->name)))
			continue;
		gathering.key = field->key;
		gathering.wanted = choose_samples(&machine->pool, seconds, options->recording->samples.len);
		r = km_recording_walk(options->recording, (*report)->type->name, 0, SIZE_MAX, take_frame, &gathering, err);
		if (r == -EBADMSG) {
			lost = options->recording->lost > lost ? options->recording->lost : lost;
			r = 0;
		}
		add_rows(&rows, &gathering, timeline.seconds);
	}
	tell_damage(options->recording, lost, &machine->problems);
	km_trend_finish(rows.list.items, rows.list.len, available_bytes(options->recording, &machine->pool));
	if (rows.list.items)
		km_pool_adopt(&machine->pool, rows.list.items);
	ret->rows = rows.list.items;
	ret->len = rows.list.len;
	return r;
}

static int derive_recording(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			    struct km_err *err)
{
	const struct km_trend_options *options = query->options;
	struct km_timeline *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));

	(void)err;
	*ret = (struct km_sheet){ .type = &km_timeline_type };
	if (!options)
		return 0;
	derive_seconds(options, &machine->pool, row);
	ret->rows = row;
	ret->len = 1;
	return 0;
}

const struct km_report km_report_recording = {
	.key = "recording",
	.group = "trend",
	.shape = KM_SHAPE_ROW,
	.type = &km_timeline_type,
	.derive = derive_recording,
	.write = km_timeline_write,
};

static const struct km_look look = { .kind = KM_LOOK_CURVES, .size = "history_bytes", .state = "verdict" };

const struct km_report km_report_trend = {
	.key = "rows",
	.group = "trend",
	.shape = KM_SHAPE_LIST,
	.type = &km_trend_type,
	.look = &look,
	.derive = derive_trend,
};
