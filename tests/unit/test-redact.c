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
	redacts(KM_FILE_CMDLINE, "root=/dev/sda1 secret=1\n", NULL, true);
	redacts(KM_FILE_SLABINFO, "0xffffb00000000000 a@b\n", "0xffffb00000000000 a@b\n", false);
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
