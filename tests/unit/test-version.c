// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/num.h"
#include "model/arch.h"
#include "unit.h"

/* Texts of distributions' kernels, and the machines that they name. */
static const struct {
	const char *text, *release, *compiler, *machine;
} banners[] = {
	{ "Linux version 6.12.107+deb13-amd64 (list@host) (x86_64-linux-gnu-gcc-14 (Debian 14.2.0-19) "
	  "14.2.0, GNU ld (GNU Binutils for Debian) 2.44) #1 SMP PREEMPT_DYNAMIC Debian 6.12.107-1\n",
	  "6.12.107+deb13-amd64", "x86_64", "x86_64" },
	{ "Linux version 6.1.0-50-686-pae (list@host) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld 2.40) "
	  "#1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1\n",
	  "6.1.0-50-686-pae", NULL, "i686" },
	{ "Linux version 5.14.0-427.13.1.el9_4.x86_64 (builder@host) (gcc (GCC) 11.4.1 20231218 (Red Hat "
	  "11.4.1-3), GNU ld version 2.35.2-43.el9) #1 SMP PREEMPT_DYNAMIC Wed Apr 10 10:29:16 EDT 2024\n",
	  "5.14.0-427.13.1.el9_4.x86_64", NULL, "x86_64" },
	{ "Linux version 5.14.0-427.el9.aarch64+64k (b@h) (gcc (GCC) 11.4.1) #1 SMP\n",
	  "5.14.0-427.el9.aarch64+64k", NULL, "aarch64" },
	{ "Linux version 6.8.0-45-generic (buildd@lcy02-amd64-115) (x86_64-linux-gnu-gcc-13 (Ubuntu "
	  "13.2.0-23ubuntu4) 13.2.0, GNU ld 2.42) #45-Ubuntu SMP PREEMPT_DYNAMIC\n",
	  "6.8.0-45-generic", "x86_64", "x86_64" },
	{ "Linux version 6.12.0-1-arm64-16k (l@h) (aarch64-linux-gnu-gcc-14 (Debian) 14.2.0) #1 SMP\n",
	  "6.12.0-1-arm64-16k", "aarch64", "aarch64" },
	{ "Linux version 6.12.0-1-powerpc64le-64k (l@h) (powerpc64le-linux-gnu-gcc-14 (D) 14.2.0) #1\n",
	  "6.12.0-1-powerpc64le-64k", "powerpc64le", "ppc64le" },
	/* a count of builds is no architecture */
	{ "Linux version 5.15.0-686-generic (b@h) (gcc (Ubuntu 11.4.0) 11.4.0) #1\n",
	  "5.15.0-686-generic", NULL, NULL },
	{ "Linux version 5.14.0-686.el9.s390x (b@h) (gcc (GCC) 11.4.1) #1\n", "5.14.0-686.el9.s390x",
	  NULL, "s390x" },
	{ "Linux version 6.6.31 (me@home) (gcc (GCC) 14.1.1) #3 SMP\n", "6.6.31", NULL, NULL },
	{ "Linux version 6.1.0-1-amd64\nLinux version 5", "6.1.0-1-amd64", NULL, "x86_64" },
	{ "Linux version", NULL, NULL, NULL },
	{ "garbage", NULL, NULL, NULL },
	{ "", NULL, NULL, NULL },
};

static void assert_text(struct km_str text, const char *expected)
{
	if (expected)
		assert_str(text, expected);
	else
		assert_null(text.ptr);
}

static void proc_version(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(banners); i++) {
		struct km_version version = km_parse_version(km_str_from(banners[i].text));

		assert_text(version.release, banners[i].release);
		assert_text(version.compiler, banners[i].compiler);
		assert_text(km_arch_of(&version), banners[i].machine);
	}
}

static const struct {
	const char *text, *release, *machine;
} unames[] = {
	{ "Linux web1 5.14.0-427.el9.x86_64 #1 SMP PREEMPT_DYNAMIC Wed Apr 10 10:29:16 EDT 2024 x86_64 "
	  "x86_64 x86_64 GNU/Linux\n",
	  "5.14.0-427.el9.x86_64", "x86_64" },
	{ "Linux vm 6.1.0-50-686-pae #1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02) i686 GNU/Linux\n",
	  "6.1.0-50-686-pae", "i686" },
	{ "Linux old 4.18.0 #1 SMP Mon Jan 1 2018 i686 i686 i386 GNU/Linux\n", "4.18.0", "i686" },
	{ "Linux pi 6.6.31 #1 SMP 2024 armv6l GNU/Linux\n", "6.6.31", "armv6l" },
	{ "Linux x 6.6.31 #1 SMP", "6.6.31", NULL },
	{ "Linux x", NULL, NULL },
	{ "sh: uname: not found\n", NULL, NULL },
};

static void uname_a(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(unames); i++) {
		struct km_version version = km_parse_uname(km_str_from(unames[i].text));

		assert_text(version.release, unames[i].release);
		assert_text(km_arch_of(&version), unames[i].machine);
	}
}

static void page_sizes(void **state)
{
	(void)state;
	assert_int_equal(km_arch_page_bytes(KM_STR("x86_64")), 4096);
	assert_int_equal(km_arch_page_bytes(KM_STR("i686")), 4096);
	assert_int_equal(km_arch_page_bytes(KM_STR("aarch64")), KM_UNKNOWN);
	assert_int_equal(km_arch_page_bytes(KM_STR("ppc64le")), KM_UNKNOWN);
	assert_int_equal(km_arch_page_bytes((struct km_str){ 0 }), KM_UNKNOWN);
}

/* The stable release selects the rules of the page allocator. */
static void knows_the_stable_release(void **state)
{
	static const char debian[] =
		"Linux version 6.1.0-50-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) "
		"12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-01-31)\n";

	(void)state;
	assert_int_equal(km_parse_sublevel(KM_STR("6.12.107+deb13-amd64")), 107);
	assert_int_equal(km_parse_sublevel(KM_STR("6.1.0-50-amd64")), KM_UNKNOWN);
	assert_int_equal(km_parse_sublevel(KM_STR("5.14.0-427.el9.x86_64")), KM_UNKNOWN);
	assert_int_equal(km_parse_sublevel(KM_STR("7.2.0")), 0);
	assert_int_equal(km_parse_sublevel(KM_STR("7.2.0-rc3")), 0);
	assert_int_equal(km_parse_sublevel(KM_STR("7.2")), KM_UNKNOWN);
	assert_int_equal(km_parse_debian_sublevel(km_str_from(debian)), 176);
	assert_int_equal(km_parse_debian_sublevel(KM_STR("Linux version 6.1.0 (Debian 12.2.0-14) #1")), KM_UNKNOWN);
	assert_int_equal(km_parse_debian_sublevel(KM_STR("")), KM_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_stable_release), cmocka_unit_test(proc_version),
		cmocka_unit_test(uname_a),
		cmocka_unit_test(page_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
