// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports about probes, with answers of /dev/kmeminfo played back: this file's km_device_*() take the place of
 * source/device.c. The answers are those of 6.12.95 on x86-64.
 */
#include <errno.h>
#include "model/zone.h"
#include "report/claim.h"
#include "report/options.h"
#include "report/report.h"
#include "source/device.h"
#include "unit.h"

enum { MIB = 1 << 20, MOST = 4 * MIB, CACHE_MOST = 8192 };

static char top[UNIT_PATH];
static bool device_is_there;
static unsigned int asked;

int km_device_open(struct km_err *err)
{
	return device_is_there ? 3 : km_err_set(err, -ENOENT, "load the helper module", "no /dev/kmeminfo");
}

static void grant(struct kmeminfo_probe *probe, uint64_t usable)
{
	probe->verdict = KMEMINFO_GRANTED;
	probe->granted = probe->repeat;
	probe->usable_bytes = usable;
	probe->pages = (usable + 4095) / 4096;
	probe->runs_min = probe->runs_max = 1;
	probe->want_zone = 2;
	probe->zone_pages[2] = probe->pages * probe->granted;
	probe->node_pages[0] = probe->zone_pages[2];
	probe->facts[KMEMINFO_FACT_LINEAR].yes = probe->granted;
	probe->facts[KMEMINFO_FACT_CONTIGUOUS].yes = probe->granted;
	probe->facts[KMEMINFO_FACT_MAY_BLOCK].yes = probe->granted;
	probe->alloc = (struct kmeminfo_latency){ .min_ns = 80, .median_ns = 100, .p99_ns = 900, .max_ns = 4000 };
	probe->alloc.log2[6] = probe->granted;
}

/* kmalloc: size classes up to two pages, then powers of two up to 4 MiB. Others: one page. */
int km_device_probe(int device, struct kmeminfo_probe *probe, struct km_err *err)
{
	uint64_t usable = 8;

	(void)err;
	assert_int_equal(device, 3);
	asked++;
	while (usable < probe->bytes)
		usable *= 2;
	if (probe->api != KMEMINFO_API_KMALLOC) {
		grant(probe, 4096);
	} else if (probe->bytes > MOST) {
		probe->verdict = KMEMINFO_LIMIT;
		strcpy(probe->why, "more than KMALLOC_MAX_SIZE");
	} else {
		grant(probe, usable);
		if (usable <= CACHE_MOST)
			snprintf(probe->cache, sizeof(probe->cache), "kmalloc-%llu", (unsigned long long)usable);
		probe->object_bytes = usable <= CACHE_MOST ? (uint32_t)usable : 0;
	}
	return 0;
}

static int make_machine(void **state)
{
	(void)state;
	if (unit_make_folder(top))
		return -1;
	unit_make_file(top, "proc/kmeminfo/gfp", "kmeminfo-gfp 1\n"
		    "bit name=__GFP_IO value=0x40 zone=Normal type=Unmovable block=0 direct=0 kswapd=0 io=1 fs=0\n"
		    "bit name=__GFP_FS value=0x80 zone=Normal type=Unmovable block=0 direct=0 kswapd=0 io=0 fs=1\n"
		    "bit name=__GFP_DIRECT_RECLAIM value=0x400 zone=Normal type=Unmovable block=1 direct=1 kswapd=0 io=0 fs=0\n"
		    "bit name=__GFP_KSWAPD_RECLAIM value=0x800 zone=Normal type=Unmovable block=0 direct=0 kswapd=1 io=0 fs=0\n"
		    "combination name=GFP_KERNEL value=0xcc0 zone=Normal type=Unmovable block=1 direct=1 kswapd=1 io=1 fs=1 "
		    "bits=__GFP_DIRECT_RECLAIM,__GFP_KSWAPD_RECLAIM,__GFP_IO,__GFP_FS\n");
	unit_make_file(top, "proc/kmeminfo/info", "kmeminfo-info 1\nmodule_version 0.1.0\npage_bytes 4096\nkmalloc_max_cache_bytes 8192\n"
		     "kmalloc_max_bytes 4194304\nmax_bytes 67108864\nvmalloc_range_bytes 35184372088832\n"
		     "zone index=0 name=DMA\nzone index=1 name=DMA32\nzone index=2 name=Normal\n");
	device_is_there = true;
	return 0;
}

static int remove_machine(void **state)
{
	(void)state;
	return unit_remove_folder(top);
}

static const struct km_probe_options kmalloc_100 = {
	.api = KMEMINFO_API_KMALLOC, .bytes = 100, .repeat = 100, .gfp = "GFP_KERNEL", .node = KM_UNKNOWN,
};

static int derive(struct km_machine *machine, const struct km_report *report, const struct km_probe_options *options,
		  struct km_sheet *ret, struct km_err *err)
{
	const struct km_query query = { KM_REQUIRED, 0, KM_ENGLISH, options };

	assert_int_equal(km_machine_init(machine, top, 4096, err), 0);
	return report->derive(machine, &query, ret, err);
}

static void one_probe(void **state)
{
	const struct km_probe *row;
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;

	(void)state;
	assert_int_equal(derive(&machine, &km_report_probe, &kmalloc_100, &sheet, &err), 0);
	row = km_sheet_row(&sheet, 0);
	assert_int_equal(sheet.len, 1);
	assert_str(row->api, "kmalloc");
	assert_ptr_equal(row->verdict, &km_probe_verdicts[KMEMINFO_GRANTED]);
	assert_int_equal(row->usable_bytes, 128);
	assert_int_equal(row->waste_bytes, 28);
	assert_str(row->cache, "kmalloc-128");
	assert_str(km_word_str(row->range), "linear map");
	assert_str(row->zone_wanted, "Normal");
	assert_str(((const struct km_probe_zone *)row->zones.items)->zone, "Normal");
	assert_int_equal(row->median_ns, 100);
	assert_int_equal(row->latency.len, 2);
	/* what is predicted depends on the machine that runs the test; it never comes without a reason */
	if (row->prediction && row->answer == KM_TRI_YES)
		assert_true(row->reason.len > 0);
	km_machine_deinit(&machine);
}

static void sweep(void **state)
{
	const struct km_probe *last;
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;

	(void)state;
	assert_int_equal(derive(&machine, &km_report_sweep, &kmalloc_100, &sheet, &err), 0);
	/* 8, 9, 16, 17, ... up to the size above 4 MiB, where neither of the two is granted */
	last = km_sheet_row(&sheet, sheet.len - 1);
	assert_int_equal(last->requested_bytes, 2 * MOST + 1);
	assert_int_equal(((const struct km_probe *)km_sheet_row(&sheet, 1))->usable_bytes, 16);
	assert_ptr_equal(last->verdict, &km_probe_verdicts[KMEMINFO_LIMIT]);
	assert_str(last->why, "more than KMALLOC_MAX_SIZE");
	assert_int_equal(last->usable_bytes, KM_UNKNOWN);
	assert_int_equal(sheet.len, 2 * (23 - 3 + 1));
	km_machine_deinit(&machine);
}

static void claims(void **state)
{
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;
	size_t held = 0;

	(void)state;
	asked = 0;
	assert_int_equal(derive(&machine, &km_report_claims, &kmalloc_100, &sheet, &err), 0);
	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_claim *row = km_sheet_row(&sheet, i);

		assert_true(row->verdict && row->evidence.len);
		held += km_str_eq(km_word_str(row->id), KM_STR("kmalloc-linear")) &&
			km_str_eq(km_word_str(row->verdict), KM_STR("holds"));
	}
	assert_int_equal(held, 1);
	assert_true(asked > 50);
	km_machine_deinit(&machine);
}

static void what_cannot_be_probed(void **state)
{
	struct km_probe_options options = kmalloc_100;
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;

	(void)state;
	options.gfp = "GFP_KERNAL";
	assert_int_equal(derive(&machine, &km_report_probe, &options, &sheet, &err), -EINVAL);
	km_machine_deinit(&machine);
	device_is_there = false;
	assert_int_equal(derive(&machine, &km_report_probe, &kmalloc_100, &sheet, &err), -ENOENT);
	assert_string_equal(err.what, "no /dev/kmeminfo");
	km_machine_deinit(&machine);
	assert_int_equal(derive(&machine, &km_report_claims, &kmalloc_100, &sheet, &err), -ENOENT);
	km_machine_deinit(&machine);
	device_is_there = true;
}

/* A supply of one zone with much free memory: the sure cases of each kind of call. */
static void predicts(void **state)
{
	static const struct {
		enum kmeminfo_api api;
		uint64_t bytes, free_bytes;
		enum km_prediction_verdict verdict;
	} cases[] = {
		{ KMEMINFO_API_KMALLOC, 100, 8 * MIB, KM_PREDICTION_AT_ONCE },
		{ KMEMINFO_API_KMALLOC, 4 * MIB, 8 * MIB, KM_PREDICTION_AT_ONCE },
		{ KMEMINFO_API_ALLOC_PAGES, 64 << 10, 8 * MIB, KM_PREDICTION_AT_ONCE },
		{ KMEMINFO_API_ALLOC_PAGES, 64 << 10, 0, KM_PREDICTION_RECLAIM },
		{ KMEMINFO_API_VMALLOC, MIB, 8 * MIB, KM_PREDICTION_AT_ONCE },
		{ KMEMINFO_API_VMALLOC, 16 * MIB, 8 * MIB, KM_PREDICTION_RECLAIM },
		{ KMEMINFO_API_ALLOC_PERCPU, 100, 8 * MIB, KM_PREDICTION_UNKNOWN },
	};
	struct km_limits limits = { .page_bytes = 4096 };
	struct km_gfp_kernel kernel;
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < KM_LIMITS; i++)
		limits.of[i].bytes = KM_UNKNOWN;
	limits.of[KM_LIMIT_KMALLOC_CACHE].bytes = CACHE_MOST;
	km_gfp_of_release(&pool, KM_RELEASE(6, 12), NULL, NULL, &kernel);
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		uint64_t nr_free[11] = { [10] = cases[i].free_bytes / (4 * MIB) }, reserve[] = { 0 };
		struct km_str names[] = { KM_STR("Normal") };
		struct km_buddyinfo buddyinfo = { 0 };
		struct km_zone zone;
		struct km_supply supply = { .zones = { &km_zone_type, &zone, 1, NULL }, .buddyinfo = &buddyinfo,
					    .page_bytes = 4096, .pageblock_bytes = 2 * MIB };
		const struct km_api_input input = { .limits = &limits };
		const struct km_forecast_query query = {
			.pool = &pool, .kernel = &kernel, .supply = &supply, .input = &input,
			.mask = 0xcc0, .api = (int)cases[i].api, .bytes = cases[i].bytes, .node = 0,
		};
		struct km_prediction prediction;

		km_row_init(&km_zone_type, &zone);
		zone.node = 0;
		zone.zone = names[0];
		zone.managed_bytes = 16 * MIB;
		zone.free_bytes = cases[i].free_bytes;
		zone.min_bytes = zone.low_bytes = 1 << 14;
		zone.highatomic_bytes = zone.highatomic_free_bytes = zone.cma_free_bytes = 0;
		zone.lowmem_reserve_zones = (struct km_texts){ names, 1 };
		zone.lowmem_reserve_bytes = (struct km_numbers){ reserve, 1 };
		*km_array_push(&buddyinfo.zones) = (struct km_buddyinfo_zone){ .zone = names[0], .nr_free = nr_free, .orders = 11 };
		prediction = km_forecast_predict(&query).prediction;
		if (prediction.verdict != cases[i].verdict)
			fail_msg("case %zu: %s", i, prediction.word->key);
		km_array_deinit(&buddyinfo.zones);
	}
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_probe), cmocka_unit_test(sweep),
		cmocka_unit_test(claims), cmocka_unit_test(what_cannot_be_probed),
		cmocka_unit_test(predicts),
	};

	return cmocka_run_group_tests(tests, make_machine, remove_machine);
}
