// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "data/builtin.h"
#include "model/gfp-meaning.h"
#include "report/mask-text.h"
#include "unit.h"

static struct km_gfp_kernel kernel_of(struct km_pool *pool, unsigned int major, unsigned int minor)
{
	struct km_gfp_kernel kernel;

	km_gfp_of_release(pool, KM_RELEASE(major, minor), NULL, NULL, &kernel);
	return kernel;
}

static uint32_t encode(const struct km_gfp *gfp, const char *text)
{
	struct km_err err = { "", "" };
	uint32_t mask = 0;

	if (km_gfp_encode(gfp, km_str_from(text), &mask, &err))
		fail_msg("%s: %s", text, err.what);
	return mask;
}

/* Numbers from logs and headers, by release. If variants differ: those of a plain x86 kernel. */
static const struct {
	unsigned int major, minor;
	const char *names;
	uint32_t mask;
} known[] = {
	{ 3, 0, "GFP_KERNEL", 0xd0 },
	{ 3, 2, "GFP_ATOMIC|__GFP_COMP", 0x4020 },
	{ 3, 4, "GFP_KERNEL|__GFP_NORETRY", 0x10d0 },
	{ 3, 8, "GFP_ATOMIC", 0x20 },
	{ 3, 10, "GFP_HIGHUSER_MOVABLE|__GFP_ZERO", 0x280da },
	{ 3, 10, "GFP_HIGHUSER_MOVABLE|__GFP_COLD", 0x201da },
	{ 3, 10, "GFP_KERNEL|__GFP_KMEMCG|__GFP_NOTRACK", 0x3000d0 },
	{ 3, 18, "GFP_NOIO|__GFP_COMP|__GFP_NOTRACK", 0x204010 },
	{ 4, 3, "GFP_KERNEL|__GFP_HIGH", 0xf0 },
	{ 4, 4, "GFP_KERNEL", 0x24000c0 },
	{ 4, 6, "GFP_TRANSHUGE", 0x352ca },
	{ 4, 9, "GFP_ATOMIC", 0x2080020 },
	{ 4, 12, "GFP_ATOMIC|__GFP_MEMALLOC", 0x1082020 },
	{ 4, 14, "GFP_KERNEL", 0x14000c0 },
	{ 4, 18, "GFP_KERNEL", 0x6000c0 },
	{ 4, 19, "GFP_HIGHUSER_MOVABLE", 0x6200ca },
	{ 5, 0, "GFP_KERNEL|__GFP_COMP", 0x6040c0 },
	{ 5, 1, "GFP_KERNEL", 0xcc0 },
	{ 5, 10, "GFP_ATOMIC", 0xa20 },
	{ 5, 15, "GFP_KERNEL|__GFP_COMP", 0x40cc0 },
	{ 6, 1, "GFP_HIGHUSER_MOVABLE", 0x100cca },
	{ 6, 2, "GFP_ATOMIC", 0xa20 },
	{ 6, 3, "GFP_ATOMIC", 0x820 },
	{ 6, 12, "GFP_NOWAIT", 0x2800 },
	{ 6, 12, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", 0x40dc0 },
	{ 7, 2, "GFP_TRANSHUGE_LIGHT", 0x1c20ca },
	{ 7, 2, "__GFP_NO_OBJ_EXT", 0x1000000 },
};

static void known_numbers(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(known); i++) {
		struct km_gfp_kernel kernel = kernel_of(&pool, known[i].major, known[i].minor);

		if (encode(&kernel.variants[0], known[i].names) != known[i].mask)
			fail_msg("%u.%u %s is 0x%x", known[i].major, known[i].minor, known[i].names,
				 encode(&kernel.variants[0], known[i].names));
		assert_str(km_gfp_name(&pool, &kernel.variants[0], known[i].mask), known[i].names);
	}
	km_pool_deinit(&pool);
}

static void assert_round_trip(struct km_pool *pool, const struct km_gfp *gfp, uint32_t mask)
{
	struct km_str name = km_gfp_name(pool, gfp, mask);

	assert_int_equal(encode(gfp, name.ptr), mask);
	assert_str(km_gfp_name(pool, gfp, encode(gfp, name.ptr)), name.ptr);
}

/* The kernels of each table: mainline's by its first release, a vendor's by one of the vendor's releases. */
static const char *const kernels[] = {
	"2.6.32", "2.6.34", "2.6.38", "2.6.39", "3.3", "3.6", "3.8", "3.16", "4.1", "4.4", "4.5", "4.6", "4.8", "4.10",
	"4.12", "4.13", "4.14", "4.15", "4.18", "5.1", "5.14", "5.18", "6.0", "6.3", "6.4", "6.8", "6.10", "6.15", "7.0",
	"7.3",
	"2.6.32-642.6.2.el6.x86_64", "2.6.32-042stab134.8", "3.10.0-1160.el7.x86_64",
	"3.10.0-1160.21.1.vz7.174.13", "4.18.0-147.3.1.el8_1.x86_64", "5.14.0-70.13.1.el9_0.x86_64",
	"5.14.0-427.13.1.el9_4.x86_64", "5.14.0-427.22.1.vz9.64.3", "6.12.0-55.el10.x86_64",
	"5.10.149-android12-9-00001-gda3d81545d1d-ab9545656", "5.15.119-android13-8-00001-g1b4b1f6e23a2",
	"6.1.75-android14-11-g8a4a6a6d2a0f",
};

/* The next file of the list whose kernel has flags; false at the end. */
static bool next_kernel(struct km_pool *pool, size_t *at, struct km_gfp_kernel *ret)
{
	if (*at == UNIT_COUNT(kernels))
		return false;
	km_gfp_of_kernel(pool, km_str_from(kernels[(*at)++]), NULL, NULL, ret);
	assert_int_not_equal(ret->way, KM_GFP_NONE);
	return true;
}

/* The list has a kernel of every built-in file that has flags. */
static void kernels_are_all(void **state)
{
	size_t files = 0;

	(void)state;
	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++)
		files += km_str_find(km_str_from(item->text), KM_STR("\nbit ")) >= 0;
	assert_int_equal(files, UNIT_COUNT(kernels));
}

static void round_trip_of(struct km_pool *pool, const struct km_gfp *gfp)
{
	for (size_t i = 0; i < gfp->len; i++) {
		assert_int_equal(encode(gfp, km_pool_copy(pool, gfp->flags[i].name).ptr), gfp->flags[i].value);
		for (size_t j = 0; j <= i; j++)
			assert_round_trip(pool, gfp, gfp->flags[i].value | gfp->flags[j].value);
	}
	for (unsigned int bit = 0; bit < 32; bit++)
		assert_round_trip(pool, gfp, (uint32_t)1 << bit);
	assert_round_trip(pool, gfp, gfp->named);
	assert_round_trip(pool, gfp, UINT32_MAX);
}

/* decode(encode(x)) and encode(decode(m)), for every flag, combination, bit, pair of bits, and variant. */
static void round_trips(void **state)
{
	struct km_gfp_kernel kernel;
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t at = 0; next_kernel(&pool, &at, &kernel);) {
		for (size_t v = 0; v < kernel.len; v++)
			round_trip_of(&pool, &kernel.variants[v]);
		km_pool_deinit(&pool);
	}
}

/* The names of combinations with one flag, so that a value has one name. */
static unsigned int count_names(const struct km_gfp *gfp, uint32_t value)
{
	const uint32_t whole = value;
	unsigned int names = 0;

	while (km_gfp_take(gfp, whole, &value))
		names++;
	return names;
}

static void distinct_in(const struct km_gfp *gfp)
{
	uint32_t seen = 0;

	for (size_t i = 0; i < gfp->len; i++) {
		const struct km_gfp_flag *flag = &gfp->flags[i];

		/* a mask of zones is not a request; GFP_NOWAIT was 0 up to 4.3 */
		if (!flag->single && flag->value && !km_str_ends(flag->name, KM_STR("MASK")))
			assert_int_equal(count_names(gfp, flag->value), 1);
		assert_int_equal(flag->single ? flag->value & seen : 0, 0);
		seen |= flag->single ? flag->value : 0;
	}
}

/* A bit has one name in each variant, and the value of a ready-made combination is printed as one name. */
static void bits_are_distinct(void **state)
{
	struct km_gfp_kernel kernel;
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t at = 0; next_kernel(&pool, &at, &kernel);) {
		for (size_t v = 0; v < kernel.len; v++)
			distinct_in(&kernel.variants[v]);
		km_pool_deinit(&pool);
	}
}

/* Masks that vendors' kernels printed in public logs, with names if the log has them. */
static const struct {
	const char *release, *names, *vendor;
	uint32_t mask;
	enum km_gfp_way way;
} vendors[] = {
	{ "2.6.32-358.2.1.el6.x86_64", "GFP_ATOMIC", "el6", 0x20, KM_GFP_RELEASE },
	{ "3.10.0-693.el7.x86_64", "GFP_KERNEL|__GFP_COMP|__GFP_NOTRACK", "el7", 0x2040d0, KM_GFP_RELEASE },
	{ "4.18.0-147.3.1.el8_1.x86_64", "GFP_HIGHUSER_MOVABLE", "el8", 0x6200ca, KM_GFP_RELEASE },
	{ "4.18.0-339.el8.x86_64+debug", "GFP_KERNEL", "el8", 0x6000c0, KM_GFP_RELEASE },
	{ "4.18.0-553.el8_10.x86_64", "GFP_KERNEL", "el8", 0x6000c0, KM_GFP_UNVERIFIED },
	{ "5.14.0-427.50.1.el9_4.x86_64", "GFP_KERNEL", "el9", 0xcc0, KM_GFP_UNVERIFIED },
	{ "5.14.0-70.el9.x86_64", "GFP_HIGHUSER_MOVABLE", "el9", 0x1100cca, KM_GFP_RELEASE },
	/* vendors that keep mainline's flags */
	{ "5.4.17-2136.307.3.4.el8uek.x86_64", "GFP_HIGHUSER_MOVABLE", NULL, 0x100cca, KM_GFP_RELEASE },
	{ "5.15.0-1041-azure", "GFP_HIGHUSER_MOVABLE", NULL, 0x1100cca, KM_GFP_RELEASE },
	{ "4.15.0-108-generic", "GFP_KERNEL_ACCOUNT", NULL, 0x15000c0, KM_GFP_RELEASE },
	{ "4.13.0-36-generic", "GFP_KERNEL", NULL, 0x14000c0, KM_GFP_RELEASE },
	{ "3.4.0-1.fc17.x86_64", "GFP_KERNEL|__GFP_NORETRY", NULL, 0x10d0, KM_GFP_RELEASE },
	{ "4.9.24-coreos", "GFP_ATOMIC|__GFP_COLD|__GFP_COMP", NULL, 0x2084120, KM_GFP_RELEASE },
	{ "4.12.0-rc3-android-x86+", "GFP_HIGHUSER|__GFP_NORETRY|__GFP_RECLAIMABLE", NULL, 0x14210d2, KM_GFP_RELEASE },
	{ "6.6.30-android15-8-gc2d3f0b", "", "android", 0, KM_GFP_NONE },
	{ "3.10.0-962.3.2.lve1.5.25.10.el7.x86_64", "", "cloudlinux", 0, KM_GFP_NONE },
	{ "3.0.101-0.47.71-default", "", "sle11", 0, KM_GFP_NONE },
	{ "2.6.18-398.el5", "", NULL, 0, KM_GFP_NONE },
	{ "6.14.0-next-20250401", "GFP_KERNEL", NULL, 0xcc0, KM_GFP_UNVERIFIED },
	{ "6.12.0-next-20241120", "GFP_KERNEL", NULL, 0xcc0, KM_GFP_RELEASE },
	{ "9.0.1", "GFP_KERNEL", NULL, 0xcc0, KM_GFP_UNVERIFIED },
	{ "", "GFP_KERNEL", NULL, 0xcc0, KM_GFP_UNVERIFIED },
};

static void vendors_tables(void **state)
{
	struct km_pool pool = { 0 };
	struct km_gfp_kernel kernel;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(vendors); i++) {
		struct km_err err;

		km_gfp_of_kernel(&pool, km_str_from(vendors[i].release), NULL, NULL, &kernel);
		if (kernel.way != vendors[i].way || !!kernel.vendor.ptr != !!vendors[i].vendor)
			fail_msg("%s: way %d", vendors[i].release, kernel.way);
		if (vendors[i].vendor)
			assert_str(kernel.vendor, vendors[i].vendor);
		assert_int_equal(km_gfp_check(&kernel, km_str_from(vendors[i].release), &err),
				 kernel.way == KM_GFP_NONE ? -ENOENT : 0);
		if (kernel.way == KM_GFP_NONE)
			continue;
		if (encode(kernel.variants, vendors[i].names) != vendors[i].mask)
			fail_msg("%s %s", vendors[i].release, vendors[i].names);
		assert_str(km_gfp_name(&pool, kernel.variants, vendors[i].mask), vendors[i].names);
	}
	km_pool_deinit(&pool);
}

/* Names that a kernel lacks, with the release since or until which they exist. */
static const struct {
	const char *release, *name, *hint;
} gone[] = {
	{ "6.12", "__GFP_WAIT", "until 4.3; today __GFP_RECLAIM" },
	{ "6.12", "GFP_KERNEL|__gfp_wait", "until 4.3; today __GFP_RECLAIM" },
	{ "6.12", "__GFP_ATOMIC", "from 4.4 until 6.2; today __GFP_HIGH" },
	{ "3.10", "__GFP_ATOMIC", "from 4.4 until 6.2; today __GFP_HIGH" },
	{ "6.12", "__GFP_REPEAT", "until 4.12; today __GFP_RETRY_MAYFAIL" },
	{ "6.12", "__GFP_COLD", "until 4.14; today there is nothing like it" },
	{ "6.12", "GFP_TEMPORARY", "until 4.13; today GFP_KERNEL|__GFP_RECLAIMABLE" },
	{ "6.12", "__GFP_NOTRACK", "until 4.14; today there is nothing like it" },
	{ "6.12", "__GFP_NO_KSWAPD", "from 2.6.38 until 4.3; today ~__GFP_KSWAPD_RECLAIM" },
	{ "6.12", "GFP_IOFS", "from 2.6.34 until 4.3; today __GFP_IO|__GFP_FS" },
	{ "3.10.0-1160.el7.x86_64", "__GFP_RECLAIM", "from 4.4 on" },
	{ "4.4", "GFP_TRANSHUGE_LIGHT", "from 4.8 on" },
	{ "6.12", "__GFP_CMA", "a flag that only android12-5.10 kernels have" },
	{ "6.12", "__GFP_HIGHMEN", "did you mean '__GFP_HIGHMEM'?" },
};

static void gone_names(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(gone); i++) {
		struct km_gfp_kernel kernel;
		struct km_err err;
		uint32_t mask;

		km_gfp_of_kernel(&pool, km_str_from(gone[i].release), NULL, NULL, &kernel);
		assert_int_equal(km_gfp_encode(kernel.variants, km_str_from(gone[i].name), &mask, &err), -EINVAL);
		assert_string_equal(err.hint, gone[i].hint);
	}
	km_pool_deinit(&pool);
}

/* Every flag of every table exists in this kernel, or has a history; a similar name is never guessed. */
static void every_name_has_a_history(void **state)
{
	struct km_gfp_kernel kernel, now;
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t at = 0; next_kernel(&pool, &at, &kernel);) {
		km_gfp_of_release(&pool, KM_UNKNOWN, NULL, NULL, &now);
		for (size_t i = 0; i < kernel.variants->len; i++) {
			struct km_str name = kernel.variants->flags[i].name;
			struct km_err err = { "", "" };
			uint32_t mask;

			if (!km_gfp_encode(now.variants, name, &mask, &err))
				continue;
			if (strncmp(err.hint, "until", 5) && strncmp(err.hint, "from", 4) &&
			    strncmp(err.hint, "a flag that only", 16))
				fail_msg("%.*s: %s", KM_STR_ARG(name), err.hint);
		}
		km_pool_deinit(&pool);
	}
}

/* Lines from the headers of 2.6.32, 3.13, 4.18, 5.14 and 6.12. */
static const struct {
	const char *release, *line;
	uint32_t mask;
} lines[] = {
	{ "2.6.32", "#define __GFP_WAIT\t((__force gfp_t)0x10u)\t/* Can wait and reschedule? */", 0x10 },
	{ "3.13", "#define ___GFP_WAIT\t\t0x10u", 0x10 },
	{ "3.13", "#define __GFP_WAIT\t((__force gfp_t)___GFP_WAIT)\t/* Can wait and reschedule? */", 0x10 },
	{ "3.13", "#define GFP_NOWAIT\t(GFP_ATOMIC & ~__GFP_HIGH)", 0 },
	{ "3.13", "#define GFP_TEMPORARY\t(__GFP_WAIT | __GFP_IO | __GFP_FS | \\\n\t\t\t __GFP_RECLAIMABLE)", 0x800d0 },
	{ "4.18.0-147.el8", "#define ___GFP_DIRECT_RECLAIM\t0x200000u", 0x200000 },
	{ "5.14", "#define __GFP_RECLAIM ((__force gfp_t)(___GFP_DIRECT_RECLAIM|___GFP_KSWAPD_RECLAIM))", 0xc00 },
	{ "6.12", "#define GFP_KERNEL\t(__GFP_RECLAIM | __GFP_IO | __GFP_FS)", 0xcc0 },
	{ "6.12", "# define GFP_DMA\t\t__GFP_DMA", 1 },
	{ "6.12", "#define GFP_TRANSHUGE_LIGHT\t((GFP_HIGHUSER_MOVABLE | __GFP_COMP | \\\n"
		  "\t\t\t __GFP_NOMEMALLOC | __GFP_NOWARN) & ~__GFP_RECLAIM)", 0x1c20ca },
};

static void header_lines(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(lines); i++) {
		struct km_gfp_kernel kernel;

		km_gfp_of_kernel(&pool, km_str_from(lines[i].release), NULL, NULL, &kernel);
		if (encode(kernel.variants, lines[i].line) != lines[i].mask)
			fail_msg("%s: 0x%x", lines[i].line, encode(kernel.variants, lines[i].line));
	}
	assert_str(km_gfp_defined_in(KM_STR("#define ___GFP_WAIT 0x10u")), "__GFP_WAIT");
	assert_null(km_gfp_defined_in(KM_STR("GFP_KERNEL")).ptr);
	km_pool_deinit(&pool);
}

static void spellings(void **state)
{
	static const char *const same[] = {
		"0x40dc0", "265664", "0X40DC0", "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", " GFP_KERNEL | __GFP_COMP|__gfp_zero ",
		"gfp_kernel,__GFP_COMP,__GFP_ZERO", "GFP_KERNEL+__GFP_ZERO+__GFP_COMP", "(GFP_KERNEL|__GFP_COMP|__GFP_ZERO)",
		"mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO),", "gfp_mask=0x40dc0(GFP_KERNEL|__GFP_COMP)",
		"0x40cc0|__GFP_ZERO", "GFP_USER & ~__GFP_HARDWALL|__GFP_COMP|__GFP_ZERO",
		"mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)",
		"app: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)",
		"gfp_mask=0x40dc0, order=0, oom_score_adj=0", "gfp_flags=GFP_KERNEL|__GFP_COMP|__GFP_ZERO migratetype=0",
		"~(__GFP_HARDWALL) & (GFP_USER|__GFP_COMP)|__GFP_ZERO", "GFP_KERNEL & __GFP_RECLAIM | 0x401c0",
	};
	static const char *const wrong[] = { "", "GFP_KERNAL", "GFP_KERNEL|", "|GFP_KERNEL", "0x", "0x1ffffffff",
					     "-1", "12z", "GFP_KERNEL||__GFP_ZERO", "0xcc0(GFP_KERNEL",
					     "~GFP_KERNEL", "GFP_KERNEL)", "(((((((((GFP_KERNEL)))))))))", "GFP_KERNEL &" };
	struct km_pool pool = { 0 };
	struct km_gfp_kernel kernel = kernel_of(&pool, 6, 12);
	struct km_err err;
	uint32_t mask;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(same); i++)
		assert_int_equal(encode(kernel.variants, same[i]), 0x40dc0);
	for (size_t i = 0; i < UNIT_COUNT(wrong); i++)
		if (km_gfp_encode(kernel.variants, km_str_from(wrong[i]), &mask, &err) != -EINVAL)
			fail_msg("'%s' is a mask", wrong[i]);
	km_gfp_encode(kernel.variants, KM_STR("GFP_KERNAL"), &mask, &err);
	assert_string_equal(err.hint, "did you mean 'GFP_KERNEL'?");
	assert_str(km_gfp_names_in(KM_STR("mode:0xcc0(GFP_KERNEL)")), "GFP_KERNEL");
	assert_null(km_gfp_names_in(KM_STR("0xcc0")).ptr);
	assert_true(km_gfp_is_number(KM_STR("mode:0xcc0(GFP_KERNEL)")));
	assert_false(km_gfp_is_number(KM_STR("0xcc0|__GFP_ZERO")));
	assert_int_equal(encode(kernel.variants, "none"), 0);
	km_pool_deinit(&pool);
}

static enum km_tri lockdep_only(void *data, struct km_str symbol)
{
	(void)data;
	return km_str_eq(symbol, KM_STR("CONFIG_LOCKDEP")) ? KM_TRI_YES : KM_TRI_NO;
}

static void configurations(void **state)
{
	struct km_pool pool = { 0 };
	struct km_gfp_kernel kernel;

	(void)state;
	km_gfp_of_release(&pool, KM_RELEASE(6, 12), lockdep_only, NULL, &kernel);
	assert_int_equal(kernel.len, 1);
	assert_int_equal(kernel.way, KM_GFP_CONFIG);
	assert_int_equal(km_gfp_bits(kernel.variants, "__GFP_NOLOCKDEP"), 0x1000000);
	assert_int_equal(km_gfp_bits(kernel.variants, "__GFP_NO_OBJ_EXT"), 0);
	kernel = kernel_of(&pool, 6, 12);
	assert_int_equal(kernel.symbols.len, 3);
	assert_int_equal(kernel.len, 8);
	assert_int_equal(km_gfp_bits(&kernel.variants[7], "__GFP_SKIP_ZERO"), 0x1000000);
	assert_int_equal(km_gfp_bits(&kernel.variants[7], "__GFP_NO_OBJ_EXT"), 0x8000000);
	/* a newer kernel gets the newest table, and the report mentions it; an older kernel gets none */
	kernel = kernel_of(&pool, 9, 0);
	assert_int_equal(kernel.way, KM_GFP_UNVERIFIED);
	assert_int_equal(kernel.release, KM_RELEASE(7, 3));
	kernel = kernel_of(&pool, 2, 4);
	assert_int_equal(kernel.way, KM_GFP_NONE);
	assert_int_equal(kernel.len, 1);
	assert_int_equal(kernel.variants->len, 0);
	km_gfp_of_release(&pool, KM_UNKNOWN, NULL, NULL, &kernel);
	assert_int_equal(kernel.release, KM_RELEASE(7, 3));
	km_pool_deinit(&pool);
}

static const struct {
	unsigned int major, minor;
	const char *mask;
	unsigned int min_eighths;
	enum km_gfp_zone zone;
	const char *type;
	enum km_tri highatomic;
	size_t complaints;
} masks[] = {
	{ 3, 10, "GFP_KERNEL", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 3, 10, "GFP_ATOMIC", 3, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 3, 10, "GFP_KERNEL|__GFP_HIGH", 4, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 3, 10, "__GFP_NOFAIL|GFP_KERNEL", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_KERNEL", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_ATOMIC", 3, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 18, "GFP_NOWAIT", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_NOWAIT", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_UNKNOWN, 0 },
	{ 6, 6, "GFP_NOWAIT", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_UNKNOWN, 0 },
	{ 6, 1, "GFP_ATOMIC", 3, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 1, "GFP_ATOMIC|__GFP_NOMEMALLOC", 4, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 5, 10, "__GFP_ATOMIC", 6, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 12, "GFP_KERNEL|__GFP_HIGH", 4, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_KERNEL|__GFP_MEMALLOC", 0, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_HIGHUSER_MOVABLE", 8, KM_GFP_ZONE_MOVABLE, "Movable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_HIGHUSER", 8, KM_GFP_ZONE_HIGHMEM, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_KERNEL|__GFP_MOVABLE", 8, KM_GFP_ZONE_NORMAL, "Movable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_DMA32|GFP_KERNEL", 8, KM_GFP_ZONE_DMA32, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_DMA|__GFP_HIGHMEM", 8, KM_GFP_ZONE_BAD, "Unmovable", KM_TRI_UNKNOWN, 1 },
	{ 6, 12, "GFP_KERNEL|__GFP_MOVABLE|__GFP_RECLAIMABLE", 8, KM_GFP_ZONE_NORMAL, NULL, KM_TRI_NO, 1 },
	{ 6, 12, "GFP_NOWAIT|__GFP_NOFAIL", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_UNKNOWN, 1 },
	{ 6, 12, "GFP_KERNEL|0x200", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 1 },
	{ 6, 1, "GFP_KERNEL|__GFP_ATOMIC", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 1 },
};

static void facts_of_masks(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(masks); i++) {
		struct km_gfp_kernel kernel = kernel_of(&pool, masks[i].major, masks[i].minor);
		uint32_t mask = encode(kernel.variants, masks[i].mask);
		struct km_gfp_meaning facts;

		km_gfp_meaning(kernel.variants, &kernel.rules, mask, &facts);
		if (facts.min_eighths != masks[i].min_eighths || facts.zone != masks[i].zone ||
		    facts.highatomic != masks[i].highatomic)
			fail_msg("%s: %u eighths, zone %d, highatomic %d", masks[i].mask, facts.min_eighths,
				 facts.zone, facts.highatomic);
		if (masks[i].type)
			assert_str(km_gfp_type_name(&facts), masks[i].type);
		else
			assert_null(km_gfp_type_name(&facts).ptr);
		assert_int_equal(km_mask_complaints(&pool,
						    km_gfp_faults(kernel.variants, kernel.release, mask),
						    mask & ~kernel.variants->named).len,
				 masks[i].complaints);
	}
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_numbers), cmocka_unit_test(kernels_are_all), cmocka_unit_test(round_trips),
		cmocka_unit_test(bits_are_distinct), cmocka_unit_test(vendors_tables), cmocka_unit_test(gone_names),
		cmocka_unit_test(every_name_has_a_history), cmocka_unit_test(header_lines),
		cmocka_unit_test(spellings), cmocka_unit_test(configurations), cmocka_unit_test(facts_of_masks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
