// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/request-zone.h"
#include "model/zone.h"
#include "unit.h"

/* Zones as a file has them, whatever their order; the same ones in the order of the kernel's fallback. */
static void falls_back(const uint64_t *nodes, const char *const *names, size_t len, const char *expected)
{
	struct km_gfp_kernel kernel;
	struct km_pool pool = { 0 };
	struct km_zone *zones = km_pool_alloc(&pool, len, sizeof(*zones));
	struct km_supply supply = { .zones = { &km_zone_type, zones, len, NULL }, .page_bytes = 4096 };
	struct km_request request;
	struct km_request_zones found;
	struct km_str text = KM_STR("");
	struct km_rows rows;

	for (size_t i = 0; i < len; i++) {
		km_row_init(&km_zone_type, &zones[i]);
		zones[i].node = nodes[i];
		zones[i].zone = km_str_from(names[i]);
		zones[i].managed_bytes = 1 << 20;
	}
	km_gfp_of_release(&pool, KM_RELEASE(6, 12), NULL, NULL, &kernel);
	request = km_request_from(kernel.variants, &kernel.rules, 0xcc0);
	found = km_request_zones_of(&pool, &supply, &request);
	rows = km_request_fallback(&pool, &supply, &found);
	for (size_t i = 0; i < rows.len; i++) {
		const struct km_request_zone *row = (const struct km_request_zone *)rows.items + i;

		text = km_pool_printf(&pool, "%.*s%s%llu %.*s", KM_STR_ARG(text), i ? ", " : "",
				      (unsigned long long)row->node, KM_STR_ARG(row->zone));
	}
	assert_str(text, expected);
	km_pool_deinit(&pool);
}

/* Each zone has one row, in whatever order the file's nodes alternate. There is room for as many rows as zones. */
static void is_as_long_as_its_zones(void **state)
{
	static const uint64_t alternating[] = { 0, 1, 0, 1, 0, 1 }, back[] = { 2, 0, 2 };
	static const char *const names[] = { "DMA", "DMA32", "DMA32", "DMA", "Normal", "Normal" };

	(void)state;
	falls_back(alternating, names, 6,
		   "0 Normal, 0 DMA32, 0 DMA, 1 Normal, 1 DMA32, 1 DMA");
	falls_back(back, names, 3, "2 DMA32, 2 DMA, 0 DMA32");
	falls_back(alternating, names, 1, "0 DMA");
	falls_back(alternating, names, 0, "");
}

/* Sorted or not, a zone is found at its position, whatever the hint is. */
static void found_in_any_order(void **state)
{
	static const char *const names[] = { "DMA", "DMA32", "Normal", "Movable" };
	enum { ZONES = 4 * 101 };
	static struct km_buddyinfo_zone zones[ZONES];
	const struct km_buddyinfo buddyinfo = { .zones = { zones, ZONES, ZONES } };
	struct km_supply supply = { .buddyinfo = &buddyinfo };
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < ZONES; i++)
		zones[i] = (struct km_buddyinfo_zone){ .node = i * 89 % ZONES / 4, .zone = km_str_from(names[i * 89 % 4]) };
	for (unsigned int sorted = 0; sorted < 2; sorted++) {
		for (size_t i = 0; i < ZONES; i++)
			for (size_t hint = 0; hint < ZONES; hint += 37)
				assert_int_equal(km_supply_find(&supply, zones[i].node, zones[i].zone, hint), i);
		assert_true(km_supply_find(&supply, 101, KM_STR("DMA"), 0) == SIZE_MAX);
		assert_true(km_supply_find(&supply, 0, KM_STR("Device"), 3) == SIZE_MAX);
		km_supply_sort(&pool, &supply);
		assert_non_null(supply.sorted);
	}
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_as_long_as_its_zones),
		cmocka_unit_test(found_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
