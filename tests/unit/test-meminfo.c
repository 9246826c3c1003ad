// SPDX-License-Identifier: GPL-2.0-or-later
/* /proc/meminfo and /proc/vmstat: two lists of names with numbers. */
#include "unit.h"
#include "parse/meminfo.h"
#include "parse/vmstat.h"

struct parsed {
	struct km_problems problems;
	struct km_meminfo meminfo;
	struct km_vmstat vmstat;
};

static void parsed_deinit(struct parsed *parsed)
{
	km_problems_deinit(&parsed->problems);
	km_meminfo_deinit(&parsed->meminfo);
	km_vmstat_deinit(&parsed->vmstat);
}

static struct parsed parse(const char *meminfo, const char *vmstat)
{
	struct parsed parsed = { 0 };
	struct km_parse parse = { .source = KM_STR("text"), .problems = &parsed.problems };

	km_parse_meminfo(&parse, km_str_from(meminfo), &parsed.meminfo);
	parse.line = 0;
	km_parse_vmstat(&parse, km_str_from(vmstat), &parsed.vmstat);
	return parsed;
}

static void keys_and_units(void **state)
{
	struct parsed parsed = parse("MemTotal:         472124 kB\nActive(anon):    24020 kB\n"
				     "HugePages_Total:      32\nHardwareCorrupted:     0 kB\n",
				     "nr_free_pages 97914\nnr_zspages 0\n");

	(void)state;
	assert_int_equal(parsed.problems.list.len, 0);
	assert_int_equal(parsed.meminfo.entries.len, 4);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("MemTotal")), 472124ULL * 1024);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("Active(anon)")), 24020ULL * 1024);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("HardwareCorrupted")), 0);
	assert_int_equal(km_meminfo_count(&parsed.meminfo, KM_STR("HugePages_Total")), 32);
	assert_int_equal(km_vmstat_value(&parsed.vmstat, KM_STR("nr_free_pages")), 97914);
	assert_int_equal(km_vmstat_value(&parsed.vmstat, KM_STR("nr_zspages")), 0);
	parsed_deinit(&parsed);
}

static void missing_is_unknown(void **state)
{
	struct parsed parsed = parse("MemTotal: 1 kB\nHugePages_Total: 1\n", "nr_free 1\n");

	(void)state;
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("MemFree")), KM_UNKNOWN);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("Mem")), KM_UNKNOWN);
	assert_int_equal(km_meminfo_bytes(NULL, KM_STR("MemTotal")), KM_UNKNOWN);
	assert_int_equal(km_vmstat_value(&parsed.vmstat, KM_STR("nr_free_pages")), KM_UNKNOWN);
	assert_int_equal(km_vmstat_value(NULL, KM_STR("nr_free")), KM_UNKNOWN);
	/* a number of pages is not accepted as bytes, nor bytes as pages */
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("HugePages_Total")), KM_UNKNOWN);
	assert_int_equal(km_meminfo_count(&parsed.meminfo, KM_STR("MemTotal")), KM_UNKNOWN);
	parsed_deinit(&parsed);
}

static void bad_lines_are_told_and_the_others_kept(void **state)
{
	static const char *const bad[] = {
		"MemTotal 1 kB", ": 1 kB", "MemTotal:", "MemTotal: kB", "MemTotal: -1 kB",
		"MemTotal: 1 MB", "MemTotal: 1 kB more", "MemTotal: 0x10 kB",
		"MemTotal: 18446744073709551616 kB", "MemTotal: 1kB", "\xff\xfe",
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		snprintf(text, sizeof(text), "Slab: 2 kB\n%s\nShmem: 3 kB", bad[i]);
		struct parsed parsed = parse(text, "");

		if (parsed.problems.list.len != 1)
			fail_msg("\"%s\" was taken", bad[i]);
		assert_int_equal(parsed.problems.list.items[0].line, 2);
		assert_int_equal(parsed.meminfo.entries.len, 2);
		assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("Shmem")), 3072);
		parsed_deinit(&parsed);
	}
}

static void bad_lines_of_vmstat(void **state)
{
	struct parsed parsed = parse("", "nr_a 1\n\n  \nnr_b\nnr_c -1\nnr_d 1 2\nnr_e 99999999999999999999\n"
					 "nr_f 2");

	(void)state;
	assert_int_equal(parsed.problems.list.len, 4);
	assert_int_equal(parsed.problems.list.items[0].line, 4);
	assert_int_equal(parsed.vmstat.entries.len, 2);
	assert_int_equal(km_vmstat_value(&parsed.vmstat, KM_STR("nr_f")), 2);
	parsed_deinit(&parsed);
}

/* The form in zoneinfo of 4.19, and in this file of other kernels of that time. */
static void nameless_counter_of_vmstat(void **state)
{
	struct parsed parsed = parse("", "nr_written 260861\n 537792\nnr_kernel_misc_reclaimable 5\n");

	(void)state;
	assert_int_equal(parsed.problems.list.len, 0);
	assert_int_equal(parsed.vmstat.entries.len, 3);
	assert_int_equal(km_vmstat_value(&parsed.vmstat, KM_STR("nr_kernel_misc_reclaimable")), 5);
	parsed_deinit(&parsed);
}

/* The key of most invalid lines is known. */
static void keys_of_rejected_lines(void **state)
{
	struct parsed parsed = parse("Slab: 1900000 kB <---\nSUnreclaim : x\n---\nShmem: 3 kB\n", "");

	(void)state;
	assert_int_equal(parsed.problems.list.len, 3);
	assert_int_equal(parsed.meminfo.rejected.len, 2);
	assert_str(parsed.meminfo.rejected.items[0], "Slab");
	assert_str(parsed.meminfo.rejected.items[1], "SUnreclaim");
	assert_true(km_meminfo_has(&parsed.meminfo, KM_STR("Shmem")));
	assert_false(km_meminfo_has(&parsed.meminfo, KM_STR("Slab")));
	assert_true(km_meminfo_was_rejected(&parsed.meminfo, KM_STR("Slab")));
	parsed_deinit(&parsed);
}

/* A number may be the start of a longer one, and a number without kB is not in bytes. */
static void a_file_that_is_cut(void **state)
{
	static const char *const cut[] = { "Slab: 3 kB\nHugePages_Total: 1", "Slab: 3 kB\nHugePages_Total:" };
	static const char *const whole[] = { "HugePages_Total: 1\nSlab: 3 kB", "Slab: 3 kB\nHugePages_Total: 1\n" };
	struct parsed parsed;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cut); i++) {
		parsed = parse(cut[i], "");
		assert_true(parsed.meminfo.cut);
		assert_false(km_meminfo_has(&parsed.meminfo, KM_STR("HugePages_Total")));
		assert_true(km_meminfo_was_rejected(&parsed.meminfo, KM_STR("HugePages_Total")));
		parsed_deinit(&parsed);
		parsed = parse(whole[i], "");
		assert_false(parsed.meminfo.cut);
		assert_int_equal(km_meminfo_count(&parsed.meminfo, KM_STR("HugePages_Total")), 1);
		assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("Slab")), 3072);
		parsed_deinit(&parsed);
	}
	parsed = parse("Slab: 3 kB\nuser@host:~$ ", "");
	assert_false(parsed.meminfo.cut);
	parsed_deinit(&parsed);
	parsed = parse("Slab: 3\n", "");
	assert_false(km_meminfo_has(&parsed.meminfo, KM_STR("Slab")));
	assert_true(km_meminfo_was_rejected(&parsed.meminfo, KM_STR("Slab")));
	parsed_deinit(&parsed);
}

static void bytes_that_do_not_fit_are_unknown(void **state)
{
	struct parsed parsed = parse("MemTotal: 18446744073709551615 kB\nSlab: 18014398509481984 kB\n", "");

	(void)state;
	assert_int_equal(parsed.problems.list.len, 0);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("MemTotal")), KM_UNKNOWN);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("Slab")), KM_UNKNOWN);
	parsed_deinit(&parsed);
}

static void first_of_equal_keys(void **state)
{
	struct parsed parsed = parse("Slab: 1 kB\nSlab: 2 kB\n", "nr_a 1\nnr_a 2\n");

	(void)state;
	assert_int_equal(parsed.problems.list.len, 2);
	assert_str(parsed.problems.list.items[0].reason, "a second line of this key");
	assert_int_equal(parsed.problems.list.items[0].line, 2);
	assert_str(parsed.problems.list.items[1].reason, "a second line of this name");
	assert_int_equal(parsed.meminfo.entries.len, 1);
	assert_int_equal(km_meminfo_bytes(&parsed.meminfo, KM_STR("Slab")), 1024);
	assert_int_equal(km_vmstat_value(&parsed.vmstat, KM_STR("nr_a")), 1);
	parsed_deinit(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_and_units),
		cmocka_unit_test(missing_is_unknown),
		cmocka_unit_test(bad_lines_are_told_and_the_others_kept),
		cmocka_unit_test(bad_lines_of_vmstat),
		cmocka_unit_test(nameless_counter_of_vmstat),
		cmocka_unit_test(keys_of_rejected_lines),
		cmocka_unit_test(a_file_that_is_cut),
		cmocka_unit_test(bytes_that_do_not_fit_are_unknown),
		cmocka_unit_test(first_of_equal_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
