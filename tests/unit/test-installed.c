// SPDX-License-Identifier: GPL-2.0-or-later
/* /proc/iomem, the memory above MemTotal, and a node's meminfo used for the machine. */
#include "unit.h"
#include "model/account-node.h"
#include "model/installed.h"

struct parsed {
	struct km_problems problems;
	struct km_parse parse;
	struct km_iomem iomem;
	struct km_pool pool;
};

static void setup(struct parsed *parsed, struct km_str text)
{
	*parsed = (struct parsed){ 0 };
	parsed->parse = (struct km_parse){ .source = KM_STR("text"), .problems = &parsed->problems };
	km_parse_iomem(&parsed->parse, text, &parsed->iomem);
}

static void teardown(struct parsed *parsed)
{
	km_problems_deinit(&parsed->problems);
	km_iomem_deinit(&parsed->iomem);
	km_pool_deinit(&parsed->pool);
}

static void iomem(void **state)
{
	struct parsed parsed;

	(void)state;
	setup(&parsed, KM_STR("00001000-0009fbff : System RAM\n  00002000-00002fff : Kernel code\n"
			      "what\n2-1 : back\n00000000-0000ffff no colon\n"));
	assert_int_equal(parsed.problems.list.len, 3);
	assert_int_equal(parsed.iomem.ranges.len, 2);
	assert_int_equal(parsed.iomem.ranges.items[0].end, 0x9fbff);
	assert_int_equal(parsed.iomem.ranges.items[1].depth, 1);
	assert_false(parsed.iomem.hidden);
	teardown(&parsed);
	setup(&parsed, KM_STR("00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n"));
	assert_true(parsed.iomem.hidden);
	teardown(&parsed);
}

static uint64_t bytes_of(const struct km_sheet *sheet, const char *part)
{
	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_installed *row = km_sheet_row(sheet, i);

		if (!strcmp(row->part->key, part))
			return row->bytes;
	}
	return KM_UNKNOWN;
}

/* 1 MiB and 15 MiB. The flash below 4 GiB is not memory, although memory follows it. */
static const char machine[] = "00000000-000fffff : System RAM\n"
			      "00100000-0010ffff : Reserved\n00110000-0011ffff : ACPI Tables\n"
			      "00200000-010fffff : System RAM\n  00300000-003fffff : Kernel code\n"
			      "  00400000-0047ffff : Kernel data\n  00500000-006fffff : Crash kernel\n"
			      "fffc0000-ffffffff : Reserved\n100000000-1000fffff : System RAM\n";

static void parts(void **state)
{
	const uint64_t mib = 1 << 20;
	struct km_installed_input facts = {
		.managed_bytes = 12 * mib, .present_bytes = 17 * mib, .spanned_bytes = 20 * mib,
		.total_bytes = 12 * mib, .memmap_boot_bytes = KM_UNKNOWN, .page_bytes = 4096, .is_64_bit = true,
	};
	struct parsed parsed;
	struct km_sheet sheet;

	(void)state;
	setup(&parsed, km_str_from(machine));
	facts.iomem = &parsed.iomem;
	sheet = km_installed_derive(&parsed.pool, &facts);
	assert_int_equal(bytes_of(&sheet, "kernel_image"), 3 * mib / 2);
	assert_int_equal(bytes_of(&sheet, "crash_kernel"), 2 * mib);
	assert_int_equal(bytes_of(&sheet, "page_structures"), 17 * mib / 64);
	assert_int_equal(bytes_of(&sheet, "firmware"), 0x20000);
	assert_int_equal(bytes_of(&sheet, "holes"), 3 * mib);
	assert_int_equal(bytes_of(&sheet, "early"), 5 * mib - 3 * mib / 2 - 2 * mib - 17 * mib / 64);
	assert_int_equal(bytes_of(&sheet, "in_no_zone"), KM_UNKNOWN);
	assert_int_equal(((const struct km_installed *)sheet.totals)->bytes, 17 * mib + 0x20000);
	/* counted since 6.11; no more can be taken than exists */
	facts.memmap_boot_bytes = 100 * mib;
	sheet = km_installed_derive(&parsed.pool, &facts);
	assert_int_equal(bytes_of(&sheet, "page_structures"), 3 * mib / 2);
	assert_int_equal(bytes_of(&sheet, "early"), KM_UNKNOWN);
	teardown(&parsed);
}

/* MemTotal may include memory that no zone manages yet. The kernel did not take this memory early. */
static void not_plugged(void **state)
{
	const uint64_t mib = 1 << 20;
	const struct km_installed_input facts = {
		.managed_bytes = 12 * mib, .present_bytes = 20 * mib, .spanned_bytes = 20 * mib,
		.total_bytes = 17 * mib, .memmap_boot_bytes = mib, .page_bytes = 4096,
	};
	struct km_pool pool = { 0 };
	struct km_sheet sheet = km_installed_derive(&pool, &facts);

	(void)state;
	assert_int_equal(bytes_of(&sheet, "not_plugged"), 5 * mib);
	assert_int_equal(bytes_of(&sheet, "early"), 2 * mib);
	assert_int_equal(bytes_of(&sheet, "kernel_image"), KM_UNKNOWN);
	assert_int_equal(((const struct km_installed *)sheet.totals)->bytes, 20 * mib);
	km_pool_deinit(&pool);
}

static void node(void **state)
{
	struct parsed parsed;
	struct km_meminfo whole = { 0 }, meminfo = { 0 };

	(void)state;
	setup(&parsed, KM_STR(""));
	km_parse_meminfo(&parsed.parse, KM_STR("Hugepagesize: 2048 kB\n"), &whole);
	km_account_node_meminfo(&parsed.parse, &parsed.pool,
				KM_STR("Node 1 MemTotal:  1000 kB\nNode 1 FilePages: 300 kB\nNode 1 SwapCached: 20 kB\n"
				       "Node 1 Active(anon): 5 kB\nNode 1 HugePages_Total:    16\n"),
				&whole, 8192, &meminfo);
	assert_int_equal(parsed.problems.list.len, 0);
	assert_int_equal(km_meminfo_bytes(&meminfo, KM_STR("MemTotal")), 1000 * 1024);
	assert_int_equal(km_meminfo_bytes(&meminfo, KM_STR("Active(anon)")), 5 * 1024);
	assert_int_equal(km_meminfo_bytes(&meminfo, KM_STR("Cached")), 280 * 1024);
	assert_int_equal(km_meminfo_bytes(&meminfo, KM_STR("Hugetlb")), 32 << 20);
	assert_int_equal(km_meminfo_bytes(&meminfo, KM_STR("VmallocUsed")), 8192);
	km_meminfo_deinit(&whole);
	km_meminfo_deinit(&meminfo);
	teardown(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iomem),
		cmocka_unit_test(parts),
		cmocka_unit_test(not_plugged),
		cmocka_unit_test(node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
