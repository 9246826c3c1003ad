// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine/redact.h"
#include "unit.h"

static struct km_pool pool;

static void redacts(enum km_file file, const char *text, const char *expected, bool changed)
{
	struct km_str got = km_str_from(text);

	assert_true(!km_redact(file, &pool, &got) == !changed);
	if (expected)
		assert_str(got, expected);
	else
		assert_null(got.ptr);
}

static void areas(void **state)
{
	(void)state;
	redacts(KM_FILE_VMALLOCINFO,
		"0xffffb00000000000-0xffffb00000002000    8192 hpet_enable+0xe5/0x46c phys=0x00000000fed00000 ioremap\n"
		"0xf7ffe000-0xf8000000    8192 0xffffffffc039b089 pages=1 vmalloc N0=1\n",
		"0x(____ptrval____)-0x(____ptrval____)    8192 hpet_enable+0xe5/0x46c phys=(redacted) ioremap\n"
		"0x(____ptrval____)-0x(____ptrval____)    8192 0x(____ptrval____) pages=1 vmalloc N0=1\n", true);
	redacts(KM_FILE_VMALLOCINFO, "0x(____ptrval____)-0x(____ptrval____) 8192 f+0x1/0x2 vmalloc\n",
		"0x(____ptrval____)-0x(____ptrval____) 8192 f+0x1/0x2 vmalloc\n", false);
	redacts(KM_FILE_VMALLOCINFO, "0x", "0x", false);
	redacts(KM_FILE_VMALLOCINFO, "phys=", "phys=(redacted)", true);
}

static void others(void **state)
{
	(void)state;
	redacts(KM_FILE_MODULES, "fat 102400 1 vfat, Live 0xffffffffc0da8000\n",
		"fat 102400 1 vfat, Live 0x0000000000000000\n", true);
	redacts(KM_FILE_VERSION, "Linux version 6.1.0 (root@builder.example) (gcc 12) #1 SMP\n",
		"Linux version 6.1.0 (redacted) (gcc 12) #1 SMP\n", true);
	redacts(KM_FILE_VERSION, "Linux version 6.1.0 (gcc 12) #1\n", "Linux version 6.1.0 (gcc 12) #1\n", false);
	redacts(KM_FILE_VERSION, "Linux version 6.1.0 (root@", "Linux version 6.1.0 (redacted)", true);
	redacts(KM_FILE_VERSION, "Linux version 6.1.0 (a (b)c@HOST) (gcc 12 x@HOST) #1 SMP\n",
		"Linux version 6.1.0 (redacted) (gcc 12 (redacted)) #1 SMP\n", true);
	redacts(KM_FILE_VERSION, "Linux version 6.1.0 (a)b c@HOST) (gcc 12) #1 SMP\n",
		"Linux version 6.1.0 (redacted) (gcc 12) #1 SMP\n", true);
	redacts(KM_FILE_VERSION, "Linux version 6.1.0 a@HOST #1 SMP\n", "Linux version 6.1.0 (redacted) #1 SMP\n", true);
	redacts(KM_FILE_CMDLINE, "root=/dev/sda1 secret=1\n", NULL, true);
	redacts(KM_FILE_SLABINFO, "0xffffb00000000000 a@b\n", "0xffffb00000000000 a@b\n", false);
	redacts(KM_FILE_SLABINFO, "slabinfo - version: 2.1\nkmalloc-64(77:web.service) 5 6 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n",
		"slabinfo - version: 2.1\nkmalloc-64(77:redacted) 5 6 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n", true);
	redacts(KM_FILE_SLABINFO, "kmalloc-64(77:web", "kmalloc-64(77:redacted", true);
	redacts(KM_FILE_IOMEM, "00001000-0009fbff : System RAM\n  fed00000-fed003ff : HPET 0\n",
		"00000000-00000000 : System RAM\n  00000000-00000000 : HPET 0\n", true);
	redacts(KM_FILE_IOMEM, "00000000-00000000 : System RAM\n", "00000000-00000000 : System RAM\n", false);
	redacts(KM_FILE_PAGE_OWNER, "Page allocated via order 0, pid 1234, tgid 1234 (cat)\n", NULL, true);
	redacts(KM_FILE_DMA_BUF, "00012288\t00000002\tprivate\n", NULL, true);
	assert_true(km_redact_leaves_out(KM_FILE_SLAB_TRACES));
	assert_false(km_redact_leaves_out(KM_FILE_SLAB_SYSFS));
	redacts(KM_FILE_CMDLINE, NULL, NULL, false);
}

static int free_pool(void **state)
{
	(void)state;
	km_pool_deinit(&pool);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(areas), cmocka_unit_test(others) };

	return cmocka_run_group_tests(tests, NULL, free_pool);
}
