// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What was recorded is read back: rows that come and go, twice the same name, values that become unknown, trees,
 * totals, a recorder that is started anew. The sheets are kept in memory, and compared with those of the file.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/num.h"
#include "machine/recorder.h"
#include "machine/recording.h"
#include "dice.h"
#include "unit.h"

enum { SAMPLES = 800, ROWS = 40 };

struct thing {
	struct km_str name;
	uint64_t number;
	const struct km_word *mood;
	enum km_tri flag;
	uint64_t object_bytes;
	uint64_t size_bytes;
	uint64_t events;
	int64_t above_bytes;
	int64_t change;
	double ratio;
	double part_ratio;
	struct km_rows children;
};

static const struct km_word moods[] = { { .key = "calm", .brief = "calm" }, { .key = "wild", .brief = "wild" }, { 0 } };
static const struct km_vocabulary mood_vocabulary = { .name = "mood", .brief = "moods", .items = moods, .item_size = sizeof(*moods) };
extern const struct km_sheet_type thing_type;

static const struct km_field fields[] = {
	{ KM_FIELD(struct thing, name, KM_TEXT), .flags = KM_ID },
	{ KM_FIELD(struct thing, number, KM_COUNT), .flags = KM_ID | KM_ORDINAL },
	{ KM_FIELD(struct thing, mood, KM_WORD), .words = &mood_vocabulary },
	{ KM_FIELD(struct thing, flag, KM_TRI) },
	{ KM_FIELD(struct thing, object_bytes, KM_BYTES), .flags = KM_PROPERTY | KM_FIXED },
	{ KM_FIELD(struct thing, size_bytes, KM_BYTES), .flags = KM_LEVEL },
	{ KM_FIELD(struct thing, events, KM_COUNT), .flags = KM_COUNTER },
	{ KM_FIELD(struct thing, above_bytes, KM_DELTA), .flags = KM_LEVEL },
	{ KM_FIELD(struct thing, change, KM_CHANGE), .flags = KM_LEVEL },
	{ KM_FIELD(struct thing, ratio, KM_RATIO), .flags = KM_LEVEL },
	{ KM_FIELD(struct thing, part_ratio, KM_RATIO), .flags = KM_LEVEL | KM_COMPUTED },
	{ KM_FIELD(struct thing, children, KM_ROWS), .flags = KM_TREE, .rows = &thing_type },
	{ 0 }
};

static void set_parts(const struct thing *rows, size_t len, uint64_t page_bytes)
{
	for (size_t i = 0; i < len; i++) {
		struct thing *row = (struct thing *)(uintptr_t)&rows[i];

		row->part_ratio = km_num_ratio(page_bytes, km_num_add(row->size_bytes, page_bytes));
		set_parts(row->children.items, row->children.len, page_bytes);
	}
}

static void compute(const struct km_sheet *sheet, uint64_t page_bytes)
{
	set_parts(sheet->rows, sheet->len, page_bytes);
	if (sheet->totals)
		set_parts(sheet->totals, 1, page_bytes);
}

const struct km_sheet_type thing_type = {
	.name = "things", .fields = fields, .row_size = sizeof(struct thing), .compute = compute,
};

static char path[64];
static uint64_t seed = DICE_INIT;

static uint64_t dice(uint64_t sides)
{
	return dice_next(&seed) % sides;
}

static uint64_t some_size(void)
{
	switch (dice(8)) {
	case 0:
		return KM_UNKNOWN;
	case 1:
		return 0;
	case 2:
		return dice(UINT64_C(1) << 60);
	default:
		return dice(5000) * (dice(2) ? 4096 : 1);
	}
}

static void fill(struct km_pool *pool, struct thing *row, unsigned int depth)
{
	row->mood = dice(3) ? &moods[dice(2)] : NULL;
	row->flag = (enum km_tri)dice(3);
	row->ratio = dice(4) ? (double)dice(10001) / 10000 : KM_UNKNOWN_REAL;
	if (dice(3)) {
		row->size_bytes = some_size();
		row->events = some_size();
		row->above_bytes = dice(9) ? (int64_t)dice(1 << 20) - (1 << 19) : KM_UNKNOWN_DELTA;
		row->change = -(int64_t)dice(5);
	}
	if (depth && !dice(4)) {
		struct thing *children;

		row->children.len = (size_t)dice(4);
		row->children.items = children = km_pool_alloc(pool, row->children.len, sizeof(*children));
		for (size_t i = 0; i < row->children.len; i++) {
			km_row_init(&thing_type, &children[i]);
			children[i].name = km_pool_printf(pool, "child%u", (unsigned int)i);
			children[i].number = 1;
			fill(pool, &children[i], depth - 1);
		}
	}
}

/* Rows of the sheet before that change, go, or come anew. */
static struct km_sheet next_sheet(struct km_pool *pool, const struct km_sheet *before)
{
	struct thing *rows = km_pool_alloc(pool, ROWS, sizeof(*rows)), *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	size_t len = 0;

	for (size_t i = 0; i < before->len; i++) {
		if (!dice(50))
			continue;
		rows[len] = ((const struct thing *)before->rows)[i];
		if (!dice(3))
			fill(pool, &rows[len], 2);
		len++;
	}
	while (len < ROWS && (len < ROWS / 2 || !dice(10))) {
		km_row_init(&thing_type, &rows[len]);
		rows[len].name = km_pool_printf(pool, "thing %u%s", (unsigned int)dice(60), dice(5) ? "" : "\xff'\n");
		rows[len].number = 1 + dice(2);
		rows[len].object_bytes = dice(3);
		fill(pool, &rows[len++], 2);
	}
	km_row_init(&thing_type, totals);
	fill(pool, totals, 0);
	return (struct km_sheet){ &thing_type, rows, len, totals };
}

static void compare_rows(const struct thing *was, size_t was_len, const struct thing *is, size_t is_len);

static void compare(const struct thing *was, const struct thing *is)
{
	volatile double part_ratio;

	assert_int_equal(was->name.len, is->name.len);
	assert_memory_equal(was->name.ptr ? was->name.ptr : "", is->name.ptr ? is->name.ptr : "", is->name.len);
	assert_int_equal(was->number, is->number);
	assert_ptr_equal(was->mood, is->mood);
	assert_int_equal(was->flag, is->flag);
	assert_int_equal(was->object_bytes, is->object_bytes);
	assert_int_equal(was->size_bytes, is->size_bytes);
	assert_int_equal(was->events, is->events);
	assert_int_equal(was->above_bytes, is->above_bytes);
	assert_int_equal(was->change, is->change);
	assert_true(isnan(was->ratio) ? isnan(is->ratio) : is->ratio == was->ratio);
	/* of the values, not of what the row had when it was recorded */
	/* stored: i386 returns it with more digits than a double has */
	part_ratio = km_num_ratio(4096, km_num_add(is->size_bytes, 4096));
	assert_true(is->part_ratio == part_ratio || is->size_bytes == KM_UNKNOWN);
	compare_rows(was->children.items, was->children.len, is->children.items, is->children.len);
}

/* The order of rows is that in which they first came; of equal names and properties it is the first's. */
static void compare_rows(const struct thing *was, size_t was_len, const struct thing *is, size_t is_len)
{
	bool used[ROWS] = { false };

	assert_int_equal(was_len, is_len);
	for (size_t i = 0; i < is_len; i++) {
		size_t at = 0;

		while (at < was_len && (used[at] || !km_str_eq(was[at].name, is[i].name) ||
					was[at].number != is[i].number || was[at].object_bytes != is[i].object_bytes))
			at++;
		assert_true(at < was_len);
		used[at] = true;
		compare(&was[at], &is[i]);
	}
}

static void remove_files(void)
{
	char command[256];

	snprintf(command, sizeof(command), "rm -f %s %s-wal %s-shm", path, path, path);
	assert_int_equal(system(command), 0);
}

static int enter(void **state)
{
	(void)state;
	snprintf(path, sizeof(path), "%s/kmeminfo-test-recording.%d", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm", (int)getpid());
	remove_files();
	return 0;
}

static int leave(void **state)
{
	(void)state;
	remove_files();
	return 0;
}

static struct km_clock clock_at(size_t sample)
{
	return (struct km_clock){ (int64_t)sample * 10000000 + 1, (int64_t)sample * 10000000, KM_NO_TIME };
}

static struct km_recorded_boot boot_at(size_t sample)
{
	return (struct km_recorded_boot){ sample < SAMPLES / 2 ? KM_STR("first") : KM_STR("second"), KM_STR("6.12"),
					  { 0 }, 4096 };
}

/* The sheets; one in forty could not be read, and is empty. */
static void record(struct km_pool *pool, struct km_sheet sheets[SAMPLES])
{
	struct km_recorder *recorder = NULL;
	struct km_sheet before = { .type = &thing_type };
	struct km_err err;

	for (size_t i = 0; i < SAMPLES; i++) {
		struct km_recorded_boot boot = boot_at(i);
		struct km_clock clock = clock_at(i);
		struct km_recorded_sheet part = { "things", { .type = &thing_type } };

		if (!recorder || !dice(100)) {
			km_recorder_close(recorder);
			assert_int_equal(km_recorder_open(&recorder, path, &err), 0);
		}
		sheets[i] = part.sheet;
		if (dice(40))
			before = sheets[i] = part.sheet = next_sheet(pool, &before);
		assert_int_equal(km_recorder_sample(recorder, &clock, &boot, &part, 1, !dice(200), &err), 0);
	}
	km_recorder_close(recorder);
}

static void check(struct km_recording *recording, size_t at, const struct km_sheet *was)
{
	struct km_pool pool = { 0 };
	struct km_sheet is;
	struct km_err err;

	assert_int_equal(km_recording_sheet(recording, "things", &thing_type, at, &pool, &is, &err), 0);
	compare_rows(was->rows, was->len, is.rows, is.len);
	assert_int_equal(!was->totals, !is.totals);
	if (was->totals)
		compare(was->totals, is.totals);
	km_pool_deinit(&pool);
}

static void comes_back(void **state)
{
	struct km_recording recording;
	struct km_sheet sheets[SAMPLES];
	struct km_pool pool = { 0 };
	struct km_err err;

	(void)state;
	record(&pool, sheets);
	assert_int_equal(km_recording_open(&recording, path, NULL, NULL, &err), 0);
	assert_int_equal(recording.samples.len, SAMPLES);
	assert_int_equal(recording.boots.len, 2);
	for (size_t i = 0; i < SAMPLES; i++) {
		assert_int_equal(recording.samples.items[i].clock.wall_us, clock_at(i).wall_us);
		assert_int_equal(recording.samples.items[i].clock.monotonic_us, clock_at(i).monotonic_us);
		assert_int_equal(recording.samples.items[i].clock.boottime_us, KM_NO_TIME);
		assert_int_equal(recording.samples.items[i].boot, i >= SAMPLES / 2);
		check(&recording, i, &sheets[i]);
	}
	assert_int_equal(km_recording_at(&recording, 0), SIZE_MAX);
	assert_int_equal(km_recording_at(&recording, clock_at(7).wall_us), 7);
	assert_int_equal(km_recording_at(&recording, clock_at(8).wall_us - 1), 7);
	assert_int_equal(km_recording_at(&recording, INT64_MAX), SAMPLES - 1);
	km_recording_close(&recording);
	km_pool_deinit(&pool);
}

/* What --keep leaves is as it was. */
static void trims(void **state)
{
	const struct km_keep young = { .us = 100 * 10000000 }, small = { .bytes = 1 };
	struct km_recording recording;
	struct km_recorder *recorder;
	struct km_sheet sheets[SAMPLES];
	struct km_pool pool = { 0 };
	struct km_err err;
	size_t gone;

	(void)state;
	remove_files();
	record(&pool, sheets);
	assert_int_equal(km_recorder_open(&recorder, path, &err), 0);
	for (int turn = 0; turn < 2; turn++) {
		assert_int_equal(km_recorder_trim(recorder, turn ? &small : &young, &err), 0);
		assert_int_equal(km_recording_open(&recording, path, NULL, NULL, &err), 0);
		gone = SAMPLES - recording.samples.len;
		assert_true(gone > SAMPLES / 2 && gone < SAMPLES);
		assert_true(turn || recording.samples.len >= 100);
		assert_int_equal(recording.boots.len, 1);
		for (size_t i = 0; i < recording.samples.len; i++)
			check(&recording, i, &sheets[gone + i]);
		km_recording_close(&recording);
	}
	km_recorder_close(recorder);
	km_pool_deinit(&pool);
}

static void history(void **state)
{
	struct km_recording recording;
	struct km_recording_values values;
	struct km_pool pool = { 0 };
	struct km_err err;
	size_t seen = 0;

	(void)state;
	assert_int_equal(km_recording_open(&recording, path, NULL, NULL, &err), 0);
	for (size_t i = 0; i < recording.series.len && i < 50; i++) {
		const struct km_recording_series *series = &recording.series.items[i];

		assert_int_equal(km_recording_history(&recording, series, "size_bytes", 0, SIZE_MAX, &pool, &values, &err), 0);
		for (size_t j = 0; j < values.len; j++)
			assert_true(values.items[j].sample + 1 >= series->first + 1 && values.items[j].sample <= series->last);
		seen += values.len;
	}
	assert_true(seen > 50);
	assert_int_equal(km_recording_history(&recording, recording.series.items, "name", 0, SIZE_MAX, &pool, &values, &err), 0);
	assert_int_equal(values.len, 0);
	km_recording_close(&recording);
	km_pool_deinit(&pool);
}

static void one_writer(void **state)
{
	struct km_recorder *recorder, *other;
	struct km_recording recording;
	struct km_err err;

	(void)state;
	assert_int_equal(km_recorder_open(&recorder, path, &err), 0);
	assert_int_equal(km_recorder_open(&other, path, &err), -EBUSY);
	assert_int_equal(km_recording_open(&recording, path, NULL, NULL, &err), 0);
	km_recording_close(&recording);
	km_recorder_close(recorder);
	assert_int_equal(km_recorder_open(&other, path, &err), 0);
	km_recorder_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back),
		cmocka_unit_test(trims),
		cmocka_unit_test(history),
		cmocka_unit_test(one_writer),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
