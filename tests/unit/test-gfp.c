// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "data/builtin.h"
#include "model/gfp-meaning.h"
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

/* Numbers that logs and headers show, by release; where variants differ, of a plain x86 kernel. */
static const struct {
	unsigned int major, minor;
	const char *names;
	uint32_t mask;
} known[] = {
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

/* decode(encode(x)) and encode(decode(m)), for every flag, combination, bit, pair of them and variant. */
static void round_trips(void **state)
{
	(void)state;
	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct km_gfp_kernel kernel;
		struct km_pool pool = { 0 };

		km_gfp_of_release(&pool, km_parse_release(km_str_from(item->name)), NULL, NULL, &kernel);
		assert_int_equal(kernel.way, KM_GFP_RELEASE);
		for (size_t v = 0; v < kernel.len; v++) {
			const struct km_gfp *gfp = &kernel.variants[v];

			for (size_t i = 0; i < gfp->len; i++) {
				assert_int_equal(encode(gfp, km_pool_copy(&pool, gfp->flags[i].name).ptr),
						 gfp->flags[i].value);
				for (size_t j = 0; j <= i; j++)
					assert_round_trip(&pool, gfp, gfp->flags[i].value | gfp->flags[j].value);
			}
			for (unsigned int bit = 0; bit < 32; bit++)
				assert_round_trip(&pool, gfp, (uint32_t)1 << bit);
			assert_round_trip(&pool, gfp, gfp->named);
			assert_round_trip(&pool, gfp, UINT32_MAX);
		}
		km_pool_deinit(&pool);
	}
}

/* A bit has one name in each variant, and what is printed has no fewer names than could be. */
static void bits_are_distinct(void **state)
{
	(void)state;
	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct km_gfp_kernel kernel;
		struct km_pool pool = { 0 };

		km_gfp_of_release(&pool, km_parse_release(km_str_from(item->name)), NULL, NULL, &kernel);
		for (size_t v = 0; v < kernel.len; v++) {
			uint32_t seen = 0;

			for (size_t i = 0; i < kernel.variants[v].len; i++) {
				const struct km_gfp_flag *flag = &kernel.variants[v].flags[i];
				uint32_t left = flag->value;
				unsigned int names = 0;

				while (!flag->single && km_gfp_take(&kernel.variants[v], &left))
					names++;
				if (!flag->single && !km_str_ends(flag->name, KM_STR("MASK")))
					assert_int_equal(names, 1);
				assert_int_equal(flag->single ? flag->value & seen : 0, 0);
				seen |= flag->single ? flag->value : 0;
			}
		}
		km_pool_deinit(&pool);
	}
}

static void spellings(void **state)
{
	static const char *const same[] = {
		"0x40dc0", "265664", "0X40DC0", "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", " GFP_KERNEL | __GFP_COMP|__gfp_zero ",
		"gfp_kernel,__GFP_COMP,__GFP_ZERO", "GFP_KERNEL+__GFP_ZERO+__GFP_COMP", "(GFP_KERNEL|__GFP_COMP|__GFP_ZERO)",
		"mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO),", "gfp_mask=0x40dc0(GFP_KERNEL|__GFP_COMP)",
		"0x40cc0|__GFP_ZERO", "GFP_USER & ~__GFP_HARDWALL|__GFP_COMP|__GFP_ZERO",
	};
	static const char *const wrong[] = { "", "GFP_KERNAL", "GFP_KERNEL|", "|GFP_KERNEL", "0x", "0x1ffffffff",
					     "-1", "12z", "GFP_KERNEL||__GFP_ZERO", "0xcc0(GFP_KERNEL" };
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
	/* what no table has is told by the nearest, and says so */
	kernel = kernel_of(&pool, 9, 0);
	assert_int_equal(kernel.way, KM_GFP_NEAREST);
	assert_int_equal(kernel.release, KM_RELEASE(7, 2));
	kernel = kernel_of(&pool, 3, 10);
	assert_int_equal(kernel.way, KM_GFP_NEAREST);
	assert_int_equal(kernel.release, KM_RELEASE(4, 4));
	km_gfp_of_release(&pool, KM_UNKNOWN, NULL, NULL, &kernel);
	assert_int_equal(kernel.release, KM_RELEASE(7, 2));
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
	{ 6, 12, "GFP_KERNEL", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_ATOMIC", 3, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 12, "GFP_NOWAIT", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 6, "GFP_NOWAIT", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_UNKNOWN, 0 },
	{ 6, 1, "GFP_ATOMIC", 3, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 1, "GFP_ATOMIC|__GFP_NOMEMALLOC", 4, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 1, "__GFP_ATOMIC", 6, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 12, "GFP_KERNEL|__GFP_HIGH", 4, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_KERNEL|__GFP_MEMALLOC", 0, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 0 },
	{ 6, 12, "GFP_HIGHUSER_MOVABLE", 8, KM_GFP_ZONE_MOVABLE, "Movable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_HIGHUSER", 8, KM_GFP_ZONE_HIGHMEM, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_KERNEL|__GFP_MOVABLE", 8, KM_GFP_ZONE_NORMAL, "Movable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_DMA32|GFP_KERNEL", 8, KM_GFP_ZONE_DMA32, "Unmovable", KM_TRI_NO, 0 },
	{ 6, 12, "GFP_DMA|__GFP_HIGHMEM", 8, KM_GFP_ZONE_BAD, "Unmovable", KM_TRI_NO, 1 },
	{ 6, 12, "GFP_KERNEL|__GFP_MOVABLE|__GFP_RECLAIMABLE", 8, KM_GFP_ZONE_NORMAL, NULL, KM_TRI_NO, 1 },
	{ 6, 12, "GFP_NOWAIT|__GFP_NOFAIL", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 1 },
	{ 6, 12, "GFP_KERNEL|0x200", 8, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_NO, 1 },
	{ 6, 1, "GFP_KERNEL|__GFP_ATOMIC", 6, KM_GFP_ZONE_NORMAL, "Unmovable", KM_TRI_YES, 1 },
};

static void facts_of_masks(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(masks); i++) {
		struct km_gfp_kernel kernel = kernel_of(&pool, masks[i].major, masks[i].minor);
		uint32_t mask = encode(kernel.variants, masks[i].mask);
		struct km_gfp_meaning facts;

		km_gfp_meaning(kernel.variants, kernel.release, mask, &facts);
		if (facts.min_eighths != masks[i].min_eighths || facts.zone != masks[i].zone ||
		    facts.highatomic != masks[i].highatomic)
			fail_msg("%s: %u eighths, zone %d, highatomic %d", masks[i].mask, facts.min_eighths,
				 facts.zone, facts.highatomic);
		if (masks[i].type)
			assert_str(km_gfp_type_name(&facts), masks[i].type);
		else
			assert_null(km_gfp_type_name(&facts).ptr);
		assert_int_equal(km_gfp_complaints(&pool, kernel.variants, kernel.release, mask).len,
				 masks[i].complaints);
	}
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_numbers), cmocka_unit_test(round_trips), cmocka_unit_test(bits_are_distinct),
		cmocka_unit_test(spellings), cmocka_unit_test(configurations), cmocka_unit_test(facts_of_masks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
