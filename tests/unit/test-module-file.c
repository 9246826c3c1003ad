// SPDX-License-Identifier: GPL-2.0-or-later
/* The helper module's files, and the rows derived from them. */
#include "config.h"
#include "unit.h"
#include "model/gfp.h"
#include "report/module-command.h"
#include "model/pageclass.h"
#include "model/probe.h"

static struct km_problems problems;
static struct km_pool pool;

static int clean(void **state)
{
	(void)state;
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return 0;
}

static struct km_module_file parsed(struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("pages"), .problems = &problems };
	struct km_module_file file = { 0 };

	km_parse_module_file(&parse, text, &file);
	return file;
}

static void parses_values_and_records(void **state)
{
	struct km_module_file file = parsed(KM_STR("kmeminfo-info 2\npage_bytes 4096\nunknown_key 7 new=1\n"
					       "section_bytes -\nunnamed_bits 0xff\nzone index=1 name=DMA32 x=-\n"));

	(void)state;
	assert_str(file.name, "info");
	assert_int_equal(file.version, 2);
	assert_int_equal(km_module_file_value_number(&file, KM_STR("page_bytes")), 4096);
	assert_int_equal(km_module_file_value_number(&file, KM_STR("unnamed_bits")), 255);
	assert_true(km_module_file_value_number(&file, KM_STR("section_bytes")) == KM_UNKNOWN);
	assert_true(km_module_file_value_number(&file, KM_STR("nothing")) == KM_UNKNOWN);
	assert_true(km_module_file_value_number(NULL, KM_STR("page_bytes")) == KM_UNKNOWN);
	assert_str(km_probe_zone_name(&file, 1), "DMA32");
	assert_null(km_probe_zone_name(&file, 2).ptr);
	assert_int_equal(problems.list.len, 0);
	km_module_file_deinit(&file);
}

static void bad_lines_are_problems(void **state)
{
	struct km_module_file file = parsed(KM_STR("kmeminfo-info 1 key\nkey\n\npage_bytes 1\n"));

	(void)state;
	assert_int_equal(problems.list.len, 2);
	assert_int_equal(file.lines.len, 1);
	assert_true(file.version == KM_UNKNOWN);
	km_module_file_deinit(&file);
}

static void empty_file_is_a_problem(void **state)
{
	struct km_module_file file = parsed(KM_STR(""));

	(void)state;
	assert_int_equal(problems.list.len, 1);
	assert_int_equal(problems.list.items[0].line, 1);
	assert_true(file.version == KM_UNKNOWN);
	km_module_file_deinit(&file);
}

static void pages_sum_and_split(void **state)
{
	struct km_module_file file = parsed(KM_STR(
		"kmeminfo-pages 1\n"
		"zone node=0 zone=DMA spanned_pages=10 pcp_pages=2\n"
		"pages node=0 zone=DMA class=buddy pages=5\n"
		"pages node=0 zone=DMA class=ref0 pages=3\n"
		"zone node=0 zone=Normal spanned_pages=20 pcp_pages=9\n"
		"pages node=0 zone=DMA class=slab pages=2\n"
		"pages node=0 zone=Normal class=ref0 pages=4\n"
		"pages node=0 zone=Normal class=made_up pages=16\n"
		"pages node=7 zone=None class=buddy pages=1\n"
		"pages node=7 zone=None class=ref0 pages=4\n"));
	struct km_sheet sheet = km_pageclass_derive(&pool, &file, 4096);
	const struct km_pageclass *totals = sheet.totals;

	(void)state;
	assert_int_equal(totals->pages, 35);
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("buddy")), 6 * 4096);
	/* two of DMA's and all of Normal's are in the CPUs' lists, one is in use */
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("pcp")), 6 * 4096);
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("untyped")), 1 * 4096);
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("made_up")), 16 * 4096);
	/* the pages on a zone's per-CPU lists are unknown without the zone's line */
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("ref0")), 4 * 4096);
	assert_true(km_pageclass_bytes(&sheet, KM_STR("anon")) == KM_UNKNOWN);
	km_module_file_deinit(&file);
}

/* Unaccepted pages are subtracted from those without a reference where the kernel marks none. */
static void unaccepted_is_no_memory_in_use(void **state)
{
	struct km_module_file file = parsed(KM_STR(
		"kmeminfo-pages 1\ncannot class=unaccepted in=ref0\n"
		"zone node=0 zone=Normal spanned_pages=2000 pcp_pages=100 unaccepted_pages=1024\n"
		"pages node=0 zone=Normal class=ref0 pages=1500\n"));
	struct km_sheet sheet = km_pageclass_derive(&pool, &file, 4096);

	(void)state;
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("unaccepted")), 1024 * 4096);
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("untyped")), 376 * 4096);
	km_module_file_deinit(&file);
	/* an older module does not report the counter, so the pages in use are unknown */
	file = parsed(KM_STR("kmeminfo-pages 1\ncannot class=unaccepted in=-\n"
			     "zone node=0 zone=Normal spanned_pages=2000 pcp_pages=100\n"
			     "pages node=0 zone=Normal class=ref0 pages=1500\n"));
	sheet = km_pageclass_derive(&pool, &file, 4096);
	assert_true(km_pageclass_bytes(&sheet, KM_STR("untyped")) == KM_UNKNOWN);
	assert_int_equal(km_pageclass_bytes(&sheet, KM_STR("ref0")), 1400 * 4096);
	km_module_file_deinit(&file);
}

static const struct km_pageclass *class_of(const struct km_sheet *sheet, struct km_str class)
{
	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_pageclass *row = km_sheet_row(sheet, i);

		if (km_str_eq(km_word_str(row->class), class))
			return row;
	}
	fail();
	return NULL;
}

static void pages_have_orders_pins_and_file_systems(void **state)
{
	struct km_module_file file = parsed(KM_STR(
		"kmeminfo-pages 1\n"
		"pages node=0 zone=Normal class=file pages=20 pinned=1 charged=9 dead=2\n"
		"pages node=1 zone=Normal class=file pages=16 pinned=0 charged=16 dead=0\n"
		"pages node=0 zone=Normal class=slab pages=4\n"
		"orders node=0 zone=Normal class=file pages=12,0,8\n"
		"orders node=1 zone=Normal class=file pages=0,0,0,0,16\n"
		"fs node=0 zone=Normal name=ext4 class=file pages=18\n"
		"fs node=0 zone=Normal name=- class=file pages=2\n"
		"fs node=1 zone=Normal name=ext4 class=file pages=16\n"
		"fs node=1 zone=Normal name=tmpfs class=shmem pages=1\n"));
	struct km_sheet sheet = km_pageclass_derive(&pool, &file, 4096);
	const struct km_pageclass *row = class_of(&sheet, KM_STR("file"));
	const struct km_pageclass_order *orders = row->orders.items;
	const struct km_pageclass_fs *fs = row->filesystems.items;

	(void)state;
	assert_int_equal(row->pinned_bytes, 4096);
	assert_int_equal(row->charged_bytes, 25 * 4096);
	assert_int_equal(row->dead_bytes, 2 * 4096);
	assert_int_equal(row->orders.len, 5);
	assert_int_equal(orders[0].blocks, 12);
	assert_int_equal(orders[2].blocks, 2);
	assert_int_equal(orders[4].size_bytes, 16 * 4096);
	assert_int_equal(row->filesystems.len, 2);
	assert_str(fs[0].name, "ext4");
	assert_int_equal(fs[0].size_bytes, 34 * 4096);
	assert_null(fs[1].name.ptr);
	row = class_of(&sheet, KM_STR("slab"));
	assert_true(row->charged_bytes == KM_UNKNOWN);
	assert_int_equal(row->orders.len, 0);
	km_module_file_deinit(&file);
}

static void flags_by_name(void **state)
{
	struct km_module_file file = parsed(KM_STR(
		"kmeminfo-gfp 1\nbit name=__GFP_IO value=0x40 zone=Normal type=Unmovable block=0 io=1 fs=0\n"
		"bit name=__GFP_FS value=0x80 zone=Normal type=Unmovable block=0 io=0 fs=1\n"
		"combination name=GFP_X value=0xc0 zone=- type=- block=0 io=1 fs=1 bits=__GFP_IO,__GFP_FS\n"));
	struct km_sheet flags = km_flags_derive(&pool, &file);
	struct km_gfp gfp;
	struct km_err err;
	uint32_t bits;

	(void)state;
	assert_int_equal(flags.len, 3);
	km_gfp_of_flags(&pool, &flags, &gfp);
	assert_int_equal(km_gfp_encode(&gfp, KM_STR("__GFP_IO|__GFP_FS"), &bits, &err), 0);
	assert_int_equal(bits, 0xc0);
	assert_int_equal(km_gfp_encode(&gfp, KM_STR("GFP_X | ~__GFP_IO"), &bits, &err), 0);
	assert_int_equal(bits, 0x80);
	assert_int_equal(km_gfp_encode(&gfp, KM_STR("__GFP_OI"), &bits, &err), -22);
	assert_string_equal(err.hint, "did you mean '__GFP_IO'?");
	assert_null(km_flags_find(&flags, KM_STR("GFP_X"))->zone.ptr);
	km_module_file_deinit(&file);
}

static struct km_probe derived(const struct kmeminfo_probe *probe, const struct km_module_file *info)
{
	struct km_probe row;

	km_probe_derive(&pool, probe, KM_STR("GFP_KERNEL"), info, &row);
	return row;
}

static void a_zero_says_what_it_is_worth(void **state)
{
	struct km_module_file info = parsed(KM_STR("kmeminfo-info 1\ninit_on_alloc 1\n"));
	struct kmeminfo_probe probe = { .api = KMEMINFO_API_KMALLOC, .granted = 3, .bytes = 100 };
	struct kmeminfo_tally *zeroed = &probe.facts[KMEMINFO_FACT_ZEROED];

	(void)state;
	zeroed->yes = 3;
	assert_str(km_word_str(derived(&probe, NULL).zeroed), "unknown");
	assert_str(km_word_str(derived(&probe, &info).zeroed), "init-on-alloc");
	probe.facts[KMEMINFO_FACT_CLEANED].yes = 1;
	assert_str(km_word_str(derived(&probe, NULL).zeroed), "clean-by-chance");
	zeroed->no = 1;
	assert_str(km_word_str(derived(&probe, &info).zeroed), "not-zeroed");
	probe.api = KMEMINFO_API_KZALLOC;
	assert_str(km_word_str(derived(&probe, NULL).zeroed), "broken-promise");
	zeroed->no = 0;
	assert_str(km_word_str(derived(&probe, NULL).zeroed), "guaranteed");
	km_module_file_deinit(&info);
}

static void what_was_not_granted_is_unknown(void **state)
{
	const struct kmeminfo_probe probe = { .api = KMEMINFO_API_VMALLOC, .bytes = 1,
					      .verdict = KMEMINFO_REFUSED, .why = "because",
					      .want_zone = -1 };
	struct km_probe row = derived(&probe, NULL);

	(void)state;
	assert_str(km_word_str(row.verdict), "refused");
	assert_str(row.why, "because");
	assert_true(row.usable_bytes == KM_UNKNOWN);
	assert_true(row.runs_max == KM_UNKNOWN);
	assert_int_equal(row.contiguous, KM_TRI_UNKNOWN);
}

static void repetitions_that_differ_are_unknown(void **state)
{
	struct kmeminfo_probe probe = { .granted = 2 };

	(void)state;
	assert_int_equal(km_probe_fact(&probe, KMEMINFO_FACT_LINEAR), KM_TRI_UNKNOWN);
	probe.facts[KMEMINFO_FACT_LINEAR].yes = 1;
	assert_int_equal(km_probe_fact(&probe, KMEMINFO_FACT_LINEAR), KM_TRI_YES);
	probe.facts[KMEMINFO_FACT_LINEAR].no = 1;
	assert_int_equal(km_probe_fact(&probe, KMEMINFO_FACT_LINEAR), KM_TRI_UNKNOWN);
}

static void derive_state(const struct km_module_state_input *facts, struct km_module_state *row)
{
	km_module_state_derive(facts, row);
	row->command = km_module_command(&pool, facts, row);
}

static void the_command_is_the_systems(void **state)
{
	struct km_module_state_input facts = { .release = KM_STR("6.1.0-9-amd64"), .os_id = KM_STR("debian"),
					   .loadable = true };
	struct km_module_state row;

	(void)state;
	derive_state(&facts, &row);
	assert_str(km_word_str(row.state), "not loaded");
	assert_str(row.command, "apt-get install dkms linux-headers-6.1.0-9-amd64 && dkms install ./module && "
				"modprobe kmeminfo probes=1");
	facts.built = true;
	derive_state(&facts, &row);
	assert_str(row.command, "modprobe kmeminfo probes=1");
	facts.version = KM_STR(PACKAGE_VERSION);
	facts.probes = true;
	derive_state(&facts, &row);
	assert_str(km_word_str(row.state), "loaded");
	assert_null(row.command.ptr);
	facts = (struct km_module_state_input){ .headers = true, .loadable = true,
					    .lockdown = KM_STR("none [integrity] confidentiality\n") };
	derive_state(&facts, &row);
	assert_int_equal(row.signed_only, KM_TRI_YES);
	assert_str(row.command, "dkms install ./module && mokutil --import /var/lib/dkms/mok.pub && reboot");
	facts.lockdown = KM_STR("[none] integrity confidentiality\n");
	derive_state(&facts, &row);
	assert_int_equal(row.signed_only, KM_TRI_NO);
	facts.enforced = KM_STR("Y\n");
	derive_state(&facts, &row);
	assert_int_equal(row.signed_only, KM_TRI_YES);
	facts.os_like = KM_STR("ubuntu debian");
	derive_state(&facts, &row);
	assert_str(row.command, "dkms install ./module && mokutil --import "
				"/var/lib/shim-signed/mok/MOK.der && reboot");
	/* if it exists, the boot is finished */
	facts.built = true;
	derive_state(&facts, &row);
	assert_str(row.command, "modprobe kmeminfo probes=1");
	facts.loadable = false;
	derive_state(&facts, &row);
	assert_str(km_word_str(row.state), "no modules");
}

/* ID and ID_LIKE as the distributions' /etc/os-release have them. */
static void relatives_have_the_same_headers(void **state)
{
	static const struct {
		const char *id, *like, *release, *command;
	} systems[] = {
		{ "rocky", "rhel centos fedora", "5.14.0-427.el9", "dnf install dkms kernel-devel-5.14.0-427.el9" },
		{ "eurolinux", "rhel fedora centos", "5.14.0", "dnf install dkms kernel-devel-5.14.0" },
		{ "ol", "fedora", "5.15.0-3.el9uek", "dnf install dkms kernel-uek-devel-5.15.0-3.el9uek" },
		{ "ol", "fedora", "5.14.0-70.el9", "dnf install dkms kernel-devel-5.14.0-70.el9" },
		{ "linuxmint", "ubuntu debian", "6.8.0-31-generic",
		  "apt-get install dkms linux-headers-6.8.0-31-generic" },
		{ "sles", "suse", "6.4.0-1", "zypper install dkms kernel-default-devel" },
		{ "raspbian", "debian", "6.1.0-rpi7", "apt-get install dkms raspberrypi-kernel-headers" },
		{ "plan9", "", "4", "dkms install ./module && modprobe kmeminfo" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(systems); i++) {
		struct km_module_state_input facts = {
			.os_id = km_str_from(systems[i].id), .os_like = km_str_from(systems[i].like),
			.release = km_str_from(systems[i].release), .loadable = true,
		};
		struct km_module_state row;

		derive_state(&facts, &row);
		assert_true(km_str_starts(row.command, km_str_from(systems[i].command)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(parses_values_and_records, clean),
		cmocka_unit_test_teardown(bad_lines_are_problems, clean),
		cmocka_unit_test_teardown(empty_file_is_a_problem, clean),
		cmocka_unit_test_teardown(pages_sum_and_split, clean),
		cmocka_unit_test_teardown(unaccepted_is_no_memory_in_use, clean),
		cmocka_unit_test_teardown(pages_have_orders_pins_and_file_systems, clean),
		cmocka_unit_test_teardown(flags_by_name, clean),
		cmocka_unit_test_teardown(relatives_have_the_same_headers, clean),
		cmocka_unit_test_teardown(a_zero_says_what_it_is_worth, clean),
		cmocka_unit_test_teardown(what_was_not_granted_is_unknown, clean),
		cmocka_unit_test_teardown(repetitions_that_differ_are_unknown, clean),
		cmocka_unit_test_teardown(the_command_is_the_systems, clean),
	};

	return cmocka_run_group_tests_name("module_file", tests, NULL, NULL);
}
