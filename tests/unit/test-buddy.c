// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include <dirent.h>
#include <stdlib.h>
#include "model/buddy.h"
#include "model/pagetype.h"
#include "source/source.h"

static struct km_problems problems;
static struct km_pool pool;

static struct km_parse parse_of(const char *source)
{
	return (struct km_parse){ .source = km_str_from(source), .problems = &problems };
}

static struct km_sheet buddy_of(struct km_str text, struct km_buddyinfo *buddyinfo)
{
	struct km_parse parse = parse_of("buddyinfo");

	*buddyinfo = (struct km_buddyinfo){ 0 };
	km_parse_buddyinfo(&parse, text, buddyinfo);
	km_buddyinfo_check(&parse, buddyinfo);
	return km_buddy_derive(&pool, buddyinfo, 4096);
}

/* "0.477", "-1.000", and "0.-500" or "-1.-500", which is how the kernel prints -0.5 and -1.5. */
static long thousandths_of(struct km_str word)
{
	bool negative = km_str_find(word, KM_STR("-")) >= 0;
	uint64_t whole = 0, part = 0;

	km_str_take_prefix(&word, KM_STR("-"));
	assert_true(km_str_take_u64(&word, &whole));
	assert_true(km_str_take_prefix(&word, KM_STR(".")));
	km_str_take_prefix(&word, KM_STR("-"));
	assert_int_equal(km_str_to_u64(word, &part), 0);
	return (long)(whole * 1000 + part) * (negative ? -1 : 1);
}

/* Whether an index equals the kernel's for all orders, to the third decimal. */
static bool are_indices(const struct km_rows *orders, size_t member, struct km_str kernel)
{
	struct km_str word;

	for (size_t i = 0; i < orders->len; i++) {
		const char *order = (const char *)orders->items + i * sizeof(struct km_buddy_order);
		double index = *(const double *)(order + member);

		if (!km_str_take_word(&kernel, &word))
			return false;
		if (lround(index * 1000) != thousandths_of(word))
			return false;
	}
	return !km_str_trim(kernel).len;
}

#define UNUSABLE offsetof(struct km_buddy_order, unusable_ratio)
#define FRAGMENTATION offsetof(struct km_buddy_order, fragmentation_index)

/*
 * What machines said of themselves when their memory had been filled, and pages of it freed in
 * patterns: buddyinfo (the same before and after), extfrag_index and unusable_index of a zone.
 */
static void indices_of_fragmented_machines(void **state)
{
	static const struct {
		const char *kernel, *blocks, *fragmentation, *unusable;
	} zones[] = {
		{ "5.10", "1 0 1 1 0 1 0 0 1 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 -1.000 0.683 0.742",
		  "0.000 0.003 0.003 0.016 0.043 0.043 0.149 0.149 0.149 1.000 1.000" },
		{ "5.10", "2733 1269 257 258 4 3 2 1 2 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 -1.000 -1.000 0.996 0.998",
		  "0.000 0.294 0.567 0.677 0.900 0.907 0.917 0.931 0.944 1.000 1.000" },
		{ "5.10", "2471 1007 1 2 4 3 2 1 2 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 -1.000 -1.000 0.997 0.999",
		  "0.000 0.454 0.825 0.826 0.829 0.840 0.858 0.882 0.905 1.000 1.000" },
		{ "6.1", "1 2 2 0 2 0 1 2 0 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 0.758 0.829 0.865",
		  "0.000 0.002 0.013 0.035 0.035 0.123 0.123 0.298 1.000 1.000 1.000" },
		{ "6.1", "0 0 1 0 0 1 0 0 1 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 -1.000 0.477 0.572",
		  "0.000 0.000 0.000 0.013 0.013 0.013 0.123 0.123 0.123 1.000 1.000" },
		{ "7.2", "2 0 1 3 1 2 1 1 2 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 -1.000 0.801 0.862",
		  "0.000 0.002 0.002 0.007 0.036 0.056 0.135 0.213 0.371 1.000 1.000" },
		{ "7.2", "1 2 3 5 2 0 0 0 1 0 0", "-1.000 -1.000 -1.000 -1.000 -1.000 -1.000 -1.000 "
		  "-1.000 -1.000 0.881 0.905",
		  "0.000 0.002 0.014 0.049 0.165 0.257 0.257 0.257 0.257 1.000 1.000" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(zones); i++) {
		struct km_buddyinfo buddyinfo;
		struct km_sheet sheet =
			buddy_of(km_pool_printf(&pool, "Node 0, zone DMA32 %s", zones[i].blocks), &buddyinfo);
		const struct km_buddy *row = sheet.rows;

		assert_int_equal(sheet.len, 1);
		if (!are_indices(&row->orders, FRAGMENTATION, km_str_from(zones[i].fragmentation)) ||
		    !are_indices(&row->orders, UNUSABLE, km_str_from(zones[i].unusable)))
			fail_msg("not as Linux %s has it: %s", zones[i].kernel, zones[i].blocks);
		km_buddyinfo_deinit(&buddyinfo);
	}
}

/*
 * By the formula: if nothing is free, and if one block below the requested order is free, which gives a
 * negative index.
 */
static void indices_at_the_edges(void **state)
{
	struct km_buddyinfo buddyinfo;
	struct km_sheet sheet = buddy_of(KM_STR("Node 0, zone DMA 0 0 0\n"
						"Node 0, zone Normal 0 1 0\n"), &buddyinfo);
	const struct km_buddy *rows = sheet.rows;

	(void)state;
	assert_true(are_indices(&rows[0].orders, FRAGMENTATION, KM_STR("0.000 0.000 0.000")));
	assert_true(are_indices(&rows[0].orders, UNUSABLE, KM_STR("1.000 1.000 1.000")));
	assert_int_equal(rows[0].largest_free_order, KM_UNKNOWN);
	assert_true(are_indices(&rows[1].orders, FRAGMENTATION, KM_STR("-1.000 -1.000  0.-500")));
	assert_true(are_indices(&rows[1].orders, UNUSABLE, KM_STR("0.000 0.000 1.000")));
	km_buddyinfo_deinit(&buddyinfo);
}

static void totals(void **state)
{
	struct km_buddyinfo buddyinfo;
	struct km_sheet sheet = buddy_of(KM_STR("Node 0, zone DMA 1 2 0 0 0\n"
						"Node 0, zone Normal 0 3 0 4 0\n"
						"Node 1, zone Normal 5 0 0 0 0\n"), &buddyinfo);
	const struct km_buddy *sum = sheet.totals;
	const struct km_buddy_order *orders = sum->orders.items;

	(void)state;
	assert_int_equal(sum->free_bytes, (1 + 4 + 6 + 32 + 5) * 4096);
	assert_int_equal(sum->largest_free_order, 3);
	assert_int_equal(sum->largest_free_bytes, 8 * 4096);
	assert_int_equal(sum->orders.len, 5);
	assert_int_equal(orders[0].free_blocks, 6);
	assert_int_equal(orders[1].free_blocks, 5);
	assert_int_equal(orders[1].free_bytes, 10 * 4096);
	assert_int_equal(orders[4].free_blocks, 0);
	assert_int_equal(orders[4].order, 4);
	assert_true(isnan(orders[0].unusable_ratio));
	km_buddyinfo_deinit(&buddyinfo);
}

static void no_zones(void **state)
{
	struct km_buddyinfo buddyinfo;
	struct km_sheet sheet = buddy_of(KM_STR(""), &buddyinfo);
	const struct km_buddy *sum = sheet.totals;

	(void)state;
	assert_int_equal(sheet.len, 0);
	assert_int_equal(sum->orders.len, 0);
	assert_int_equal(sum->largest_free_order, KM_UNKNOWN);
	km_buddyinfo_deinit(&buddyinfo);
}

/* the capture's own figures */

struct capture {
	struct km_source *source;
	struct km_buddyinfo buddyinfo;
	struct km_pagetypeinfo pagetypeinfo;
	struct km_sheet by_buddyinfo, by_types;
};

static struct km_str file_of(struct capture *capture, const char *path)
{
	struct km_str text;
	struct km_err err;

	if (km_source_read(capture->source, path, &text, &err))
		fail_msg("%s: %s", path, err.what);
	return text;
}

/* buddyinfo computed from pagetypeinfo, which was read at another moment */
static void sum_types(struct capture *capture)
{
	const struct km_pagetypeinfo_free *record;
	struct km_buddyinfo *sums = km_pool_alloc(&pool, 1, sizeof(*sums));
	struct km_buddyinfo_zone *zone = NULL;

	km_array_each(record, &capture->pagetypeinfo.free) {
		if (!zone || zone->node != record->node || !km_str_eq(zone->zone, record->zone)) {
			zone = km_array_push(&sums->zones);
			zone->node = record->node;
			zone->zone = record->zone;
			zone->orders = record->orders;
			zone->nr_free = km_pool_alloc(&pool, zone->orders, sizeof(*zone->nr_free));
		}
		for (size_t i = 0; i < zone->orders; i++)
			zone->nr_free[i] += record->nr_free[i];
	}
	capture->by_types = km_buddy_derive(&pool, sums, 4096);
	km_array_deinit(&sums->zones);
}

static void open_capture(struct capture *capture, const char *path)
{
	struct km_parse parse = parse_of("pagetypeinfo");
	struct km_err err;

	*capture = (struct capture){ 0 };
	if (km_source_open(&capture->source, path, &err))
		fail_msg("%s: %s", path, err.what);
	capture->by_buddyinfo = buddy_of(file_of(capture, "proc/buddyinfo"), &capture->buddyinfo);
	km_parse_pagetypeinfo(&parse, file_of(capture, "proc/pagetypeinfo"), &capture->pagetypeinfo);
	sum_types(capture);
}

static void close_capture(struct capture *capture)
{
	km_buddyinfo_deinit(&capture->buddyinfo);
	km_pagetypeinfo_deinit(&capture->pagetypeinfo);
	km_source_free(capture->source);
}

static bool same_blocks(const struct km_rows *a, const struct km_rows *b)
{
	const struct km_buddy_order *x = a->items, *y = b->items;

	for (size_t i = 0; i < a->len && a->len == b->len; i++)
		if (x[i].free_blocks != y[i].free_blocks)
			return false;
	return a->len == b->len;
}

/*
 * The files of a capture were read one after the other on a machine at work. A zone's index has
 * to be that of one of the two readings of its free lists, unless these two differ: then its
 * memory was moving. Returns how many zones were found right.
 */
static size_t check_index(struct capture *capture, const char *path, size_t member)
{
	const struct km_buddy *buddy = capture->by_buddyinfo.rows, *types = capture->by_types.rows;
	struct km_str text = file_of(capture, path), line, zone;
	size_t right = 0;
	uint64_t node;

	assert_int_equal(capture->by_types.len, capture->by_buddyinfo.len);
	for (size_t i = 0; i < capture->by_buddyinfo.len; i++) {
		assert_true(km_str_take_line(&text, &line));
		assert_true(km_parse_zone_head(&line, &node, &zone));
		assert_int_equal(node, buddy[i].node);
		assert_true(km_str_eq(zone, buddy[i].zone) && km_str_eq(zone, types[i].zone));
		if (are_indices(&buddy[i].orders, member, line) ||
		    are_indices(&types[i].orders, member, line))
			right++;
		else if (same_blocks(&buddy[i].orders, &types[i].orders))
			fail_msg("%s: node %u, zone %.*s", path, (unsigned int)node, KM_STR_ARG(zone));
	}
	assert_false(km_str_take_line(&text, &line));
	return right;
}

static size_t check_capture(const char *path)
{
	struct capture capture;
	size_t right;

	open_capture(&capture, path);
	right = check_index(&capture, "sys/kernel/debug/extfrag/extfrag_index", FRAGMENTATION);
	assert_int_equal(right, capture.by_buddyinfo.len);
	right = check_index(&capture, "sys/kernel/debug/extfrag/unusable_index", UNUSABLE);
	assert_in_range(right, 1, capture.by_buddyinfo.len);
	close_capture(&capture);
	return right;
}

static void indices_of_captures(void **state)
{
	const char *captures = getenv("KM_CAPTURES");
	size_t right = 0, count = 0;
	const struct dirent *entry;
	DIR *dir;

	(void)state;
	if (!captures)
		skip();
	dir = opendir(captures);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		const char *path = km_pool_printf(&pool, "%s/%s", captures, entry->d_name).ptr;
		const char *index =
			km_pool_printf(&pool, "%s/sys/kernel/debug/extfrag/unusable_index", path).ptr;
		FILE *file = fopen(index, "r");

		if (!file)
			continue;
		fclose(file);
		right += check_capture(path);
		count++;
	}
	closedir(dir);
	/* 14 zones; two were changing */
	assert_in_range(count, 5, 1000);
	assert_in_range(right, 12, 1000);
}

/* Two samples in one file, or a line twice: a zone's first row counts, and the other is a problem. */
static void second_rows(void **state)
{
	struct km_buddyinfo buddyinfo;
	struct km_sheet sheet = buddy_of(KM_STR("Node 0, zone DMA 1 0 0\nNode 0, zone Normal 5 5 5\n"
						"Node 0, zone DMA 9 9 9\nNode 1, zone DMA 0 0 1\n"),
					 &buddyinfo);
	const struct km_buddy *rows = sheet.rows;

	(void)state;
	assert_int_equal(sheet.len, 3);
	assert_int_equal(rows[0].free_bytes, 4096);
	assert_int_equal(rows[2].node, 1);
	assert_int_equal(problems.list.len, 1);
	assert_int_equal(problems.list.items[0].line, 3);
	km_buddyinfo_deinit(&buddyinfo);
	km_problems_deinit(&problems);
}

/* A row that was cut off, or has a count too many, would tell wrong figures. */
static void rows_of_other_lengths(void **state)
{
	struct km_buddyinfo buddyinfo;
	struct km_sheet sheet = buddy_of(KM_STR("Node 0, zone DMA 1 0\nNode 0, zone DMA32 5 5 5\n"
						"Node 0, zone Normal 9 9 9\nNode 1, zone Normal 0 0 1 4\n"),
					 &buddyinfo);
	const struct km_buddy *rows = sheet.rows;

	(void)state;
	assert_int_equal(sheet.len, 2);
	assert_str(rows[0].zone, "DMA32");
	assert_int_equal(problems.list.len, 2);
	assert_int_equal(problems.list.items[0].line, 1);
	assert_int_equal(problems.list.items[1].line, 4);
	km_buddyinfo_deinit(&buddyinfo);
	km_problems_deinit(&problems);
}

static int tear_down(void **state)
{
	(void)state;
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(indices_of_fragmented_machines),
		cmocka_unit_test(indices_at_the_edges),
		cmocka_unit_test(totals),
		cmocka_unit_test(no_zones),
		cmocka_unit_test(second_rows),
		cmocka_unit_test(rows_of_other_lengths),
		cmocka_unit_test(indices_of_captures),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
