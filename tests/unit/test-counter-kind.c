// SPDX-License-Identifier: GPL-2.0-or-later
/* How every number behaves over time: the fields of all reports, and the kernel's own names. */
#include "unit.h"
#include <dirent.h>
#include <stdlib.h>
#include "model/counter-kind.h"
#include "parse/vmstat.h"
#include "parse/zoneinfo.h"
#include "report/report.h"
#include "row.h"

static struct km_problems problems;
static struct km_pool pool;

/* The error in a field's flags; NULL if there is none. */
static const char *wrong(const struct km_field *field)
{
	unsigned int over_time = field->flags & KM_OVER_TIME;

	if (!km_kind_is_number(field->kind) || field->flags & KM_ID)
		return over_time || field->flags & KM_FIXED ? "is no amount but says what it is over time" : NULL;
	if (!over_time)
		return "does not say KM_LEVEL, KM_COUNTER, KM_PROPERTY or KM_BY_NAME";
	if (over_time & (over_time - 1))
		return "says two of KM_LEVEL, KM_COUNTER, KM_PROPERTY and KM_BY_NAME";
	if (field->flags & KM_FIXED && over_time != KM_PROPERTY)
		return "is KM_FIXED but no KM_PROPERTY";
	return NULL;
}

static void every_field_says_what_it_is(void **state)
{
	const struct km_field *field;
	unsigned int wrongs = 0, numbers = 0;

	(void)state;
	for (const struct km_sheet_type *const *type = km_report_row_types(&pool); *type; type++)
		km_field_each(field, *type) {
			const char *message = wrong(field);

			numbers += km_kind_is_number(field->kind);
			wrongs += message != NULL;
			if (message)
				print_error("%s.%s %s\n", (*type)->name, field->key, message);
		}
	assert_int_equal(wrongs, 0);
	assert_true(numbers > 200);
}

/* The check above finds planted errors. */
static void mistakes_are_found(void **state)
{
	struct km_field field = *ROW_FIELD(size_bytes);

	(void)state;
	assert_non_null(wrong(&field));
	field.flags |= KM_LEVEL;
	assert_null(wrong(&field));
	field.flags |= KM_COUNTER;
	assert_non_null(wrong(&field));
	field.flags = KM_LEVEL | KM_FIXED;
	assert_non_null(wrong(&field));
	field.flags = KM_PROPERTY | KM_FIXED;
	assert_null(wrong(&field));
	field.flags = KM_LEVEL | KM_ID;
	assert_non_null(wrong(&field));
	field = *ROW_FIELD(name);
	assert_null(wrong(&field));
	field.flags |= KM_LEVEL;
	assert_non_null(wrong(&field));
	assert_non_null(wrong(ROW_FIELD(list_bytes)));
	assert_non_null(wrong(ROW_FIELD(counters)));
}

static void kinds_of_names(void **state)
{
	static const struct {
		const char *name;
		unsigned int kind;
	} cases[] = {
		{ "nr_free_pages", KM_LEVEL },       { "nr_dirtied", KM_COUNTER },
		{ "nr_dirty", KM_LEVEL },            { "nr_dirty_threshold", KM_LEVEL },
		{ "nr_written", KM_COUNTER },        { "nr_writeback", KM_LEVEL },
		{ "nr_vmscan_write", KM_COUNTER },   { "workingset_nodes", KM_LEVEL },
		{ "workingset_nodereclaim", KM_COUNTER }, { "pgalloc_dma32", KM_COUNTER },
		{ "oom_kill", KM_COUNTER },          { "oom_killer", 0 },
		{ "free", KM_LEVEL },                { "free_pages", 0 },
		{ "start_pfn", KM_PROPERTY },        { "nr_tlb_local_flush_all", KM_COUNTER },
		{ "", 0 },                           { "nr", 0 },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		if (km_counter_kind(km_str_from(cases[i].name)) != cases[i].kind)
			fail_msg("%s: %u", cases[i].name, km_counter_kind(km_str_from(cases[i].name)));
}

static struct km_str contents(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = km_pool_alloc(&pool, 1, 1 << 20);
	size_t len;

	assert_non_null(file);
	len = fread(text, 1, 1 << 20, file);
	fclose(file);
	return (struct km_str){ text, len };
}

static size_t unknown_names(const char *capture)
{
	struct km_parse parse = { .source = KM_STR("file"), .problems = &problems };
	struct km_zoneinfo zoneinfo = { 0 };
	struct km_vmstat vmstat = { 0 };
	size_t unknown = 0;

	km_parse_vmstat(&parse, contents(km_pool_printf(&pool, "%s/proc/vmstat", capture).ptr), &vmstat);
	km_parse_zoneinfo(&parse, contents(km_pool_printf(&pool, "%s/proc/zoneinfo", capture).ptr), &zoneinfo);
	for (size_t i = 0; i < vmstat.entries.len; i++)
		if (!km_counter_kind(vmstat.entries.items[i].name) && ++unknown)
			print_error("%s: vmstat %.*s\n", capture, KM_STR_ARG(vmstat.entries.items[i].name));
	for (size_t i = 0; i < zoneinfo.stats.len; i++)
		if (!km_counter_kind(zoneinfo.stats.items[i].name) && ++unknown)
			print_error("%s: zoneinfo %.*s\n", capture, KM_STR_ARG(zoneinfo.stats.items[i].name));
	km_vmstat_deinit(&vmstat);
	km_zoneinfo_deinit(&zoneinfo);
	return unknown;
}

/* Every name that a kernel from 5.10 to 7.2 printed has an entry. */
static void names_of_captures(void **state)
{
	const char *captures = getenv("KM_CAPTURES");
	DIR *dir = captures ? opendir(captures) : NULL;
	size_t unknown = 0, read = 0;

	(void)state;
	if (!dir)
		skip();
	for (struct dirent *entry; (entry = readdir(dir));)
		if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && ++read)
			unknown += unknown_names(km_pool_printf(&pool, "%s/%s", captures, entry->d_name).ptr);
	closedir(dir);
	assert_int_equal(unknown, 0);
	assert_true(read > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_says_what_it_is),
		cmocka_unit_test(mistakes_are_found),
		cmocka_unit_test(kinds_of_names),
		cmocka_unit_test(names_of_captures),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return failed;
}
