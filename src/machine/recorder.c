// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/num.h"
#include "machine/recorder-tables.h"
#include "machine/recording-schema.h"
#include "parse/changes.h"
#include "source/confine.h"

enum {
	PAGE_BYTES = 16384, /* rows of 2 KiB fill such pages well; pages of 8 KiB lost a fifth */
	WHOLE_EVERY = 360, /* samples per group; a reader sums at most one group */
};

void km_recorder_close(struct km_recorder *recorder)
{
	if (!recorder)
		return;
	km_recorder_drop(recorder);
	km_database_close(recorder->database);
	km_pool_deinit(&recorder->pool);
	free(recorder);
}

/* Reads the machine of the last sample. */
static int load_boot(struct km_recorder *recorder, struct km_err *err)
{
	struct km_statement *last;
	int r;

	r = km_database_prepare(recorder->database,
				"SELECT s.id, s.boot, b.boot_id, s.wall_us FROM sample AS s JOIN boot AS b ON b.id = s.boot"
				" ORDER BY s.id DESC LIMIT 1", &last, err);
	if (r)
		return r;
	r = km_statement_step(last, err);
	if (r <= 0)
		return r;
	recorder->sample = km_statement_number(last, 0);
	recorder->boot = km_statement_number(last, 1);
	recorder->wall_us = km_statement_number(last, 3);
	if (!km_statement_is_null(last, 2))
		recorder->boot_id = km_pool_copy(&recorder->pool, km_statement_bytes(last, 2));
	/* ends the read transaction; the next checkpoint would wait for it */
	km_statement_bind(last, "");
	return 0;
}

int km_recorder_open(struct km_recorder **ret, const char *path, struct km_err *err)
{
	struct km_recorder *recorder = km_realloc(NULL, 1, sizeof(*recorder));
	int r;

	*recorder = (struct km_recorder){ .path = path };
	r = km_database_open_writer(&recorder->database, path, PAGE_BYTES, err);
	if (!r)
		r = km_recording_prepare(recorder->database, path, err);
	if (!r)
		r = km_recorder_prepare(recorder, err);
	if (!r)
		r = load_boot(recorder, err);
	if (r) {
		km_recorder_close(recorder);
		return r;
	}
	*ret = recorder;
	return 0;
}

/* A sample in progress. */
struct sample {
	struct km_recorder *recorder;
	int64_t id;
	struct km_err *err;
};

static struct km_statement *statement(const struct sample *sample, enum km_recorder_statement which)
{
	return sample->recorder->statements[which];
}

/* Whether a value is written without a difference: it becomes unknown, or becomes known and is 0. */
static bool is_without_difference(int64_t value, int64_t before)
{
	return value == KM_NO_VALUE ? before != KM_NO_VALUE : !value && before == KM_NO_VALUE;
}

static bool needs_whole(const struct km_recorder_report *report)
{
	const struct km_recorded_item *item;

	km_array_each(item, &report->next.items) {
		const struct km_recorded_item *old =
			km_recorder_state_find(&report->state, &report->next, (size_t)(item - report->next.items.items));

		for (size_t i = 0; old && i < item->columns->values.len; i++)
			if (is_without_difference(item->values[i], old->values[i]))
				return true;
	}
	return false;
}

static int add_series(const struct sample *sample, const struct km_recorder_report *report, struct km_recorded_item *item)
{
	const int64_t parent = item->parent ? report->next.items.items[item->parent - 1].series : 0;
	int r = km_statement_run(statement(sample, KM_ADD_SERIES), sample->err, "itiiti", report->id, item->type, parent,
				 (int64_t)item->total, item->name, sample->id);

	item->series = km_database_last_key(sample->recorder->database);
	return r;
}

static int add_properties(const struct sample *sample, const struct km_recorded_item *item,
			  const struct km_recorded_item *old)
{
	int r = 0;

	for (size_t i = 0; !r && i < item->columns->properties.len; i++) {
		struct km_str text = item->properties[i], before = { 0 };

		if (old && old->properties)
			before = old->properties[i];
		if (!text.ptr == !before.ptr && km_str_eq(text, before))
			continue;
		r = km_statement_run(statement(sample, KM_ADD_PROPERTY), sample->err, "iiit", item->series,
				     item->columns->property_ids.items[i], sample->id, text);
	}
	return r;
}

static bool is_changed(const struct km_recorded_item *item, const struct km_recorded_item *old)
{
	return memcmp(item->values, old->values, item->columns->values.len * sizeof(*item->values));
}

static void pack(struct km_changes *changes, const struct km_recorded_item *item, const struct km_recorded_item *old)
{
	km_changes_group(changes, (uint64_t)item->series, !old);
	for (size_t i = 0; i < item->columns->values.len; i++) {
		const struct km_field *field = item->columns->values.items[i];
		int64_t before = old && old->values[i] != KM_NO_VALUE ? old->values[i] : 0;

		if (item->values[i] != KM_NO_VALUE)
			km_changes_add(changes, item->values[i] - before, field && km_recorded_is_size(field));
		else if (!old)
			km_changes_add_unknown(changes);
		else
			km_changes_add(changes, 0, false);
	}
}

/* Ends the series whose rows are gone. */
static int end_series(const struct sample *sample, const struct km_recorder_report *report)
{
	const struct km_recorded_item *item;
	int r = 0;

	km_array_each(item, &report->state.items) {
		size_t at = (size_t)(item - report->state.items.items);

		if (!r && !km_recorder_state_find(&report->next, &report->state, at))
			r = km_statement_run(statement(sample, KM_END_SERIES), sample->err, "ii", item->series,
					     sample->recorder->sample);
	}
	return r;
}

static int add_items(const struct sample *sample, struct km_recorder_report *report, bool whole,
		     struct km_changes *changes)
{
	struct km_recorded_item *item;
	int r = 0;

	km_array_each(item, &report->next.items) {
		const struct km_recorded_item *old =
			km_recorder_state_find(&report->state, &report->next, (size_t)(item - report->next.items.items));

		if (old)
			item->series = old->series;
		else
			r = add_series(sample, report, item);
		if (!r)
			r = add_properties(sample, item, old);
		if (r)
			return r;
		if (whole || !old || is_changed(item, old))
			pack(changes, item, whole ? NULL : old);
	}
	return 0;
}

static int add_changes(const struct sample *sample, const struct km_recorder_report *report, struct km_str packed)
{
	const int64_t id = sample->id * KM_REPORTS_MAX + report->id;

	return km_statement_run(statement(sample, KM_ADD_CHANGES), sample->err, "iibi", id, report->next_base, packed,
				km_recording_sum(id, report->next_base, packed));
}

static int add_report(const struct sample *sample, struct km_recorder_report *report, bool whole)
{
	struct km_changes changes = { .half = false };
	int r;

	if (!report->base || needs_whole(report))
		whole = true;
	report->next_base = whole ? sample->id : report->base;
	r = end_series(sample, report);
	if (!r)
		r = add_items(sample, report, whole, &changes);
	if (!r)
		r = add_changes(sample, report, km_changes_end(&changes));
	km_changes_deinit(&changes);
	return r;
}

static bool is_same_boot(const struct km_recorder *recorder, const struct km_recorded_boot *boot)
{
	if (!recorder->boot || !boot->boot_id.ptr || !recorder->boot_id.ptr)
		return recorder->boot && boot->boot_id.ptr == recorder->boot_id.ptr;
	return km_str_eq(boot->boot_id, recorder->boot_id);
}

/* After a boot every cache is new, even if its name is the same. */
static int add_boot(const struct sample *sample, const struct km_recorded_boot *boot, int64_t *ret)
{
	struct km_recorder *recorder = sample->recorder;
	struct km_recorder_report *report;
	char end[128];
	int r;

	snprintf(end, sizeof(end), "UPDATE series SET last = %lld WHERE last IS NULL", (long long)recorder->sample);
	r = km_database_run(recorder->database, end, sample->err);
	if (!r)
		r = km_statement_run(statement(sample, KM_ADD_BOOT), sample->err, "ttti", boot->boot_id, boot->release,
				     boot->machine,
				     boot->page_bytes == KM_UNKNOWN ? INT64_C(-1) : (int64_t)boot->page_bytes);
	*ret = km_database_last_key(recorder->database);
	km_array_each(report, &recorder->reports)
		km_recorder_state_deinit(&report->state);
	return r;
}

static void take_sheets(struct km_recorder *recorder, const struct km_recorded_sheet *sheets, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		struct km_recorder_report *report = &recorder->reports.items[i];

		km_recorder_state_deinit(&report->next);
		report->read = sheets[i].sheet.len || sheets[i].sheet.totals;
		if (report->read)
			km_recorder_state_take(&report->next, &sheets[i].sheet, km_recorder_columns, recorder);
	}
}

static int64_t time_or_none(int64_t us)
{
	return us == KM_NO_TIME ? -1 : us;
}

/* A bit for each report of the sample, by its number. */
static int64_t reports_of(const struct km_recorder *recorder)
{
	const struct km_recorder_report *report;
	uint64_t bits = 0;

	km_array_each(report, &recorder->reports)
		if (report->read)
			bits |= km_recording_bit(report->id);
	return (int64_t)bits;
}

static int write_sample(const struct sample *sample, const struct km_clock *clock, const struct km_recorded_boot *boot,
			bool whole, int64_t *ret_boot)
{
	struct km_recorder *recorder = sample->recorder;
	struct km_recorder_report *report;
	int r = 0;

	*ret_boot = recorder->boot;
	if (!is_same_boot(recorder, boot))
		r = add_boot(sample, boot, ret_boot);
	if (!r)
		r = km_statement_run(statement(sample, KM_ADD_SAMPLE), sample->err, "iiiiiiii", sample->id, *ret_boot,
				     clock->wall_us, time_or_none(clock->monotonic_us),
				     time_or_none(clock->boottime_us), (int64_t)whole, (int64_t)!recorder->begun,
				     reports_of(recorder));
	km_array_each(report, &recorder->reports)
		if (!r && report->read)
			r = add_report(sample, report, whole);
	return r ? r : km_database_run(recorder->database, "COMMIT", sample->err);
}

/* Keeps the written state for comparison with the next sample. */
static void accept_sample(struct km_recorder *recorder, int64_t boot, const struct km_recorded_boot *told, int64_t wall_us,
			  bool whole)
{
	struct km_recorder_report *report;

	if (boot != recorder->boot)
		recorder->boot_id = told->boot_id.ptr ? km_pool_copy(&recorder->pool, told->boot_id) :
							(struct km_str){ 0 };
	recorder->boot = boot;
	recorder->wall_us = wall_us;
	recorder->sample++;
	recorder->begun = true;
	recorder->since_whole = whole ? 1 : recorder->since_whole + 1;
	km_array_each(report, &recorder->reports) {
		report->base = report->read ? report->next_base : 0;
		if (!report->read)
			continue;
		km_recorder_state_deinit(&report->state);
		report->state = report->next;
		report->next = (struct km_recorder_state){ .items = { 0 } };
	}
}

/*
 * Readers take samples in the order in which they were written. Of a running machine that is the order of time, even if its
 * clock is set back; of captures only their times say so.
 */
static int check_order(const struct km_recorder *recorder, const struct km_clock *clock, struct km_err *err)
{
	char last[KM_CLOCK_SIZE], now[KM_CLOCK_SIZE];

	if (!recorder->sample || clock->monotonic_us != KM_NO_TIME || clock->wall_us >= recorder->wall_us)
		return 0;
	return km_err_set(err, -EINVAL, "record captures in the order of their times", "%s: its last sample is of %s; one of %s is older",
			  recorder->path, km_clock_text(last, recorder->wall_us), km_clock_text(now, clock->wall_us));
}

int km_recorder_sample(struct km_recorder *recorder, const struct km_clock *clock, const struct km_recorded_boot *boot,
		       const struct km_recorded_sheet *sheets, size_t len, bool whole, struct km_err *err)
{
	const struct sample sample = { recorder, recorder->sample + 1, err };
	bool same_boot = is_same_boot(recorder, boot);
	int64_t boot_key;
	int r = check_order(recorder, clock, err);

	if (!r)
		r = km_recorder_place(recorder, sheets, len, err);
	if (r)
		return r;
	if (!recorder->begun || recorder->since_whole >= WHOLE_EVERY || !same_boot)
		whole = true;
	take_sheets(recorder, sheets, len);
	r = km_database_run(recorder->database, "BEGIN IMMEDIATE", err);
	if (!r)
		r = write_sample(&sample, clock, boot, whole, &boot_key);
	if (!r) {
		accept_sample(recorder, boot_key, boot, clock->wall_us, whole);
		return 0;
	}
	km_database_run(recorder->database, "ROLLBACK", NULL);
	/* the series that the boot would have ended must be read again */
	if (!same_boot)
		km_recorder_drop(recorder);
	return r;
}

int km_recording_export(const char *path, const char *copy, struct km_err *err)
{
	struct km_database *database;
	struct km_database_gaps gaps;
	int r = km_database_open_reader(&database, path, &gaps, err);

	if (r)
		return r;
	km_confine(&(const struct km_confinement){
			   .kind = KM_CONFINE_RECORDER, .is_capture = true, .tree_fd = -1, .file = copy,
		   }, NULL);
	r = km_recording_check(database, path, err);
	if (!r && (gaps.end || gaps.tables || gaps.journal))
		r = km_err_set(err, -EBADMSG, KM_DATABASE_RECOVER, "%s: is damaged: %s", path,
			       gaps.end ? "the file was cut off" : gaps.journal ? "its -wal" : "its list of tables");
	if (!r && gaps.latest)
		r = km_err_set(err, -EROFS, "copy it with its -wal to where files can be written",
			       "%s: its last samples are in %s-wal, which cannot be read here", path, path);
	if (!r)
		r = km_database_copy(database, copy, err);
	km_database_close(database);
	return r;
}
