// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include "report/mask-text.h"
#include "model/zone.h"
#include "unit.h"

enum { MIB = 1 << 20 };

struct fixture {
	struct km_pool pool;
	struct km_gfp_kernel kernel;
	struct km_zone zone_rows[4];
	struct km_sheet zones;
	struct km_mask_query query;
	uint64_t protection[4];
	struct km_str names[4];
};

static void add_zone(struct fixture *f, uint64_t node, const char *name, uint64_t free_mib)
{
	struct km_zone *zone = &f->zone_rows[f->zones.len++];

	km_row_init(&km_zone_type, zone);
	zone->node = node;
	zone->zone = km_str_from(name);
	zone->managed_bytes = free_mib ? 2 * free_mib * MIB : 0;
	zone->free_bytes = free_mib * MIB;
	zone->min_bytes = 8 * MIB;
	zone->cma_free_bytes = MIB;
	zone->highatomic_bytes = 2 * MIB;
	zone->lowmem_reserve_zones = (struct km_texts){ f->names, 4 };
	zone->lowmem_reserve_bytes = (struct km_numbers){ f->protection, 4 };
}

/* Node 0 has DMA32, Normal and an empty Movable, node 1 Normal. */
static void init(struct fixture *f, unsigned int major, unsigned int minor)
{
	static const char *const names[] = { "DMA", "DMA32", "Normal", "Movable" };

	*f = (struct fixture){ .protection = { 0, 0, 4 * MIB, 5 * MIB } };
	for (size_t i = 0; i < 4; i++)
		f->names[i] = km_str_from(names[i]);
	f->zones = (struct km_sheet){ &km_zone_type, f->zone_rows, 0, NULL };
	add_zone(f, 0, "DMA32", 100);
	add_zone(f, 0, "Normal", 50);
	add_zone(f, 0, "Movable", 0);
	add_zone(f, 1, "Normal", 10);
	km_gfp_of_release(&f->pool, KM_RELEASE(major, minor), NULL, NULL, &f->kernel);
	f->query = (struct km_mask_query){ .pool = &f->pool, .kernel = &f->kernel, .release = KM_STR("test"),
					   .supply = { .zones = f->zones, .page_bytes = 4096 }, .node = KM_UNKNOWN };
}

static struct km_sheet ask(struct fixture *f, const char *word)
{
	struct km_sheet masks = { 0 };

	assert_int_equal(km_mask_derive(&f->query, km_str_from(word), &masks, NULL), 0);
	km_mask_explain(&f->pool, (struct km_mask *)(uintptr_t)masks.rows, masks.len);
	return masks;
}

static const struct km_request_zone *zone_at(const struct km_mask *mask, size_t i)
{
	assert_true(i < mask->zones.len);
	return (const struct km_request_zone *)mask->zones.items + i;
}

static void zones_in_order(void **state)
{
	const struct km_mask *mask;
	struct fixture f;

	(void)state;
	init(&f, 6, 12);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_KERNEL") }, 0);
	assert_str(mask->zone, "Normal");
	assert_int_equal(mask->zones.len, 3);
	assert_str(zone_at(mask, 0)->zone, "Normal");
	assert_str(zone_at(mask, 1)->zone, "DMA32");
	assert_int_equal(zone_at(mask, 2)->node, 1);
	/* free minus the watermark, the reserve against requests for Normal, CMA and the blocks set aside */
	assert_int_equal(zone_at(mask, 0)->watermark_bytes, 8 * MIB);
	assert_int_equal(zone_at(mask, 0)->available_bytes, (50 - 8 - 4 - 1 - 2) * MIB);
	assert_int_equal(zone_at(mask, 2)->available_bytes, (10 - 8 - 4 - 1 - 2) * MIB);

	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_ATOMIC") }, 0);
	assert_int_equal(zone_at(mask, 0)->watermark_bytes, 3 * MIB);
	assert_int_equal(zone_at(mask, 0)->available_bytes, (50 - 3 - 4 - 1) * MIB);

	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_KERNEL|__GFP_MEMALLOC") }, 0);
	assert_int_equal(zone_at(mask, 0)->available_bytes, (50 - 1) * MIB);

	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_KERNEL|__GFP_MOVABLE") }, 0);
	assert_int_equal(zone_at(mask, 0)->available_bytes, (50 - 8 - 4 - 2) * MIB);

	/* there is no zone DMA: Normal stands in for it. Movable has no memory. */
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_DMA") }, 0);
	assert_str(mask->zone, "Normal");
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_HIGHUSER_MOVABLE") }, 0);
	assert_str(mask->zone, "Movable");
	assert_str(zone_at(mask, 0)->zone, "Normal");
	assert_int_equal(zone_at(mask, 0)->lowmem_reserve_bytes, 5 * MIB);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_DMA|GFP_DMA32") }, 0);
	assert_null(mask->zone.ptr);
	assert_int_equal(mask->zones.len, 0);
	km_pool_deinit(&f.pool);
}

static void readings(void **state)
{
	struct km_sheet masks;
	struct fixture f;
	struct km_err err;

	(void)state;
	init(&f, 6, 12);
	assert_int_equal(ask(&f, "0x40dc0").len, 1);
	assert_null(((const struct km_mask *)ask(&f, "0x40dc0").rows)->when.ptr);
	/* a number that is a flag in some configurations is never a bit without a name */
	masks = ask(&f, "0x1000000");
	assert_int_equal(masks.len, 3);
	for (size_t i = 0; i < masks.len; i++) {
		const struct km_mask *mask = km_sheet_row(&masks, i);

		assert_int_equal(mask->complaints.len, 0);
		assert_true(mask->when.len);
		if (km_str_eq(mask->name, KM_STR("__GFP_NO_OBJ_EXT")))
			assert_str(mask->when, "CONFIG_KASAN_HW_TAGS=n, CONFIG_LOCKDEP=n, CONFIG_SLAB_OBJ_EXT=y");
	}
	/* names that have one number or another */
	masks = ask(&f, "GFP_HIGHUSER_MOVABLE");
	assert_int_equal(masks.len, 2);
	assert_str(((const struct km_mask *)masks.rows)[0].when, "CONFIG_KASAN_HW_TAGS=n");
	masks = ask(&f, "0x80000000");
	assert_int_equal(masks.len, 1);
	assert_int_equal(((const struct km_mask *)masks.rows)->complaints.len, 1);
	assert_int_equal(km_mask_derive(&f.query, KM_STR("GFP_KERNAL"), &masks, &err), -EINVAL);
	km_pool_deinit(&f.pool);
}

static void names_of_another_kernel(void **state)
{
	const struct km_mask *mask;
	struct fixture f;

	(void)state;
	init(&f, 5, 10);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "mode:0x6000c0(GFP_KERNEL)") }, 0);
	assert_str(mask->complaints.items[mask->complaints.len - 1],
		   "the names beside the number are those of kernels 4.18 to 5.0, not of this kernel: try --kernel");
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "mode:0xcc0(GFP_KERNEL)") }, 0);
	assert_int_equal(mask->complaints.len, 0);
	km_pool_deinit(&f.pool);
}

static void verdicts(void **state)
{
	const struct km_mask *mask;
	struct fixture f;

	(void)state;
	init(&f, 7, 2);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_TRANSHUGE_LIGHT") }, 0);
	assert_int_equal(mask->block, KM_TRI_NO);
	assert_int_equal(mask->io, KM_TRI_NO); /* though the bit is there */
	assert_int_equal(mask->slab, KM_TRI_NO);
	assert_int_equal(mask->contexts.len, 4);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "GFP_NOFS") }, 0);
	assert_int_equal(mask->block, KM_TRI_YES);
	assert_int_equal(mask->io, KM_TRI_YES);
	assert_int_equal(mask->fs, KM_TRI_NO);
	assert_int_equal(mask->kswapd, KM_TRI_YES);
	assert_int_equal(mask->slab, KM_TRI_YES);
	assert_int_equal(mask->contexts.len, 1);
	assert_str(km_word_str(((const struct km_mask_flag *)mask->flags.items)->group), "type");
	km_pool_deinit(&f.pool);
}

/* A module's file can name one bit many times: each is a part of the combination. */
static void many_names_of_a_bit(void **state)
{
	enum { NAMES = 100 };
	static char text[NAMES * 64];
	size_t len = (size_t)snprintf(text, sizeof(text), "kmeminfo-gfp 1\n");
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("gfp"), .problems = &problems };
	struct km_module_file file = { 0 };
	const struct km_mask_flag *flag;
	struct km_sheet flags, masks;
	struct fixture f;

	(void)state;
	init(&f, 6, 12);
	for (unsigned int i = 0; i < NAMES; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "bit name=__GFP_N%u value=0x40\n", i);
	len += (size_t)snprintf(text + len, sizeof(text) - len, "combination name=GFP_KERNEL value=0x40 bits=__GFP_N0\n");
	km_parse_module_file(&parse, (struct km_str){ text, len }, &file);
	flags = km_flags_derive(&f.pool, &file);
	km_gfp_of_module(&f.pool, KM_RELEASE(6, 12), &flags, &f.kernel);
	masks = ask(&f, "0x40");
	flag = ((const struct km_mask *)masks.rows)->flags.items;
	assert_str(flag->name, "GFP_KERNEL");
	assert_int_equal(flag->parts.len, NAMES);
	km_module_file_deinit(&file);
	km_problems_deinit(&problems);
	km_pool_deinit(&f.pool);
}

static void other_kernels(void **state)
{
	const struct km_mask *mask;
	struct fixture f;

	(void)state;
	init(&f, 3, 10);
	f.query.release = KM_STR("3.10.0-1160.el7.x86_64");
	f.query.machine = KM_STR("6.12.107");
	km_gfp_of_kernel(&f.pool, f.query.release, NULL, NULL, &f.kernel);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "0x201da") }, 0);
	assert_str(mask->name, "GFP_HIGHUSER_MOVABLE|__GFP_COLD");
	assert_str(mask->kernels, "el7");
	assert_int_equal(mask->verified, KM_TRI_YES);
	assert_str(mask->zones_from, "6.12.107");
	assert_true(km_str_starts(mask->reason, KM_STR("The flags are those of kernel 3.10.0-1160.el7.x86_64. The zones are")));
	km_gfp_of_kernel(&f.pool, KM_STR("8.1"), NULL, NULL, &f.kernel);
	f.query.release = f.query.machine = KM_STR("8.1");
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "0xcc0") }, 0);
	assert_int_equal(mask->verified, KM_TRI_NO);
	assert_str(km_word_str(mask->source), "unverified");
	assert_false(km_str_starts(mask->reason, KM_STR("The flags")));
	/* a line of another kernel's header */
	km_gfp_of_kernel(&f.pool, KM_STR("6.12"), NULL, NULL, &f.kernel);
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "#define ___GFP_WAIT\t\t0x10u") }, 0);
	assert_str(mask->complaints.items[0],
		   "the line is from the header of kernels 2.6.32 to 4.3, not of this kernel: try --kernel");
	mask = km_sheet_row((struct km_sheet[]){ ask(&f, "#define MY_GFP (GFP_KERNEL | __GFP_ZERO)") }, 0);
	assert_int_equal(mask->complaints.len, 0);
	km_pool_deinit(&f.pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_in_order), cmocka_unit_test(readings),
		cmocka_unit_test(names_of_another_kernel), cmocka_unit_test(verdicts),
		cmocka_unit_test(many_names_of_a_bit), cmocka_unit_test(other_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
