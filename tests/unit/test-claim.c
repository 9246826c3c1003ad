// SPDX-License-Identifier: GPL-2.0-or-later
/* Claims are tested with a fake device whose answers the test chooses. */
#include "report/claim.h"
#include "unit.h"

/* More probes than any claim makes: an endless loop is stopped here. */
enum { MOST_PROBES = 500, PAGE = 4096 };

struct device {
	unsigned int probes;
	bool grants;
	bool refutes; /* every fact is counted as not so, and every page is from a zone too high */
};

static int play(void *data, struct kmeminfo_probe *probe)
{
	struct device *device = data;

	if (++device->probes > MOST_PROBES)
		fail_msg("more than %d probes", MOST_PROBES);
	if (!device->grants) {
		probe->verdict = KMEMINFO_DENIED;
		return 0;
	}
	probe->granted = probe->repeat;
	probe->usable_bytes = probe->bytes < PAGE ? PAGE : probe->bytes;
	probe->runs_min = probe->runs_max = 1;
	probe->zone_pages[1] = probe->repeat;
	for (unsigned int i = 0; i < KMEMINFO_FACT_COUNT; i++)
		*(device->refutes ? &probe->facts[i].no : &probe->facts[i].yes) = probe->repeat;
	probe->want_zone = device->refutes ? 0 : 1;
	return 0;
}

static const char gfp_text[] =
	"kmeminfo-gfp 1\n"
	"bit name=__GFP_IO value=0x40\n"
	"combination name=GFP_KERNEL value=0xcc0 bits=__GFP_IO\n";

/* The lines of /proc/kmeminfo/info, so that each can be left out. */
static const char *const info_lines[] = {
	"kmeminfo-info 1\n", "max_bytes 67108864\n", "page_bytes 4096\n",
	"vmalloc_range_bytes 35184372088832\n", "kmalloc_max_cache_bytes 8192\n",
	"kmalloc_max_bytes 4194304\n", "zone index=0 name=DMA\n", "zone index=1 name=DMA32\n",
};

static void parse(const char *text, struct km_module_file *ret)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .problems = &problems };

	km_parse_module_file(&parse, km_str_from(text), ret);
	km_problems_deinit(&problems);
}

/* All claims, with a device that grants or denies, and with info that lacks one of its lines. */
static void try_all_on(struct device device, size_t without, uint64_t page_bytes,
		       void (*check)(const struct km_claim *))
{
	struct km_module_file gfp = { 0 }, info = { 0 };
	struct km_pool pool = { 0 };
	struct km_sheet flags, claims;
	char text[512] = "";

	for (size_t i = 0; i < UNIT_COUNT(info_lines); i++)
		if (i != without)
			strcat(text, info_lines[i]);
	parse(gfp_text, &gfp);
	parse(text, &info);
	flags = km_flags_derive(&pool, &gfp);
	claims = km_claim_derive(&(struct km_claim_prober){
		.pool = &pool, .flags = &flags, .info = &info, .page_bytes = page_bytes,
		.module_areas = KM_UNKNOWN, .probe = play, .device = &device });
	assert_int_not_equal(claims.len, 0);
	for (size_t i = 0; i < claims.len; i++)
		check(km_sheet_row(&claims, i));
	km_module_file_deinit(&gfp);
	km_module_file_deinit(&info);
	km_pool_deinit(&pool);
}

static void try_all(bool grants, size_t without, uint64_t page_bytes, void (*check)(const struct km_claim *))
{
	try_all_on((struct device){ .grants = grants }, without, page_bytes, check);
}

/* 2^64 - 1 and values computed from it: an unknown number that was printed. */
static void has_no_unknown(const struct km_claim *claim)
{
	static const char *const printed[] = { "1844674407", "18014398509", "17592186044" };

	assert_int_not_equal(claim->evidence.len, 0);
	for (size_t i = 0; i < UNIT_COUNT(printed); i++)
		if (km_str_find(claim->evidence, km_str_from(printed[i])) >= 0)
			fail_msg("%.*s: %.*s", KM_STR_ARG(km_word_str(claim->id)), KM_STR_ARG(claim->evidence));
}

/* Loops over sizes never ended if the limit was unknown. */
static void ends_without_a_limit(void **state)
{
	(void)state;
	for (size_t without = 0; without <= UNIT_COUNT(info_lines); without++) {
		try_all(true, without, PAGE, has_no_unknown);
		try_all(false, without, PAGE, has_no_unknown);
	}
	try_all(true, SIZE_MAX, KM_UNKNOWN, has_no_unknown);
}

static void is_not_refuted(const struct km_claim *claim)
{
	/* a device that confirms everything refutes only what is wrong by rule */
	if (km_str_eq(km_word_str(claim->id), KM_STR("kmalloc-contig")) || km_str_eq(km_word_str(claim->id), KM_STR("kmalloc-linear")))
		assert_str(km_word_str(claim->verdict), "holds");
	if (km_str_eq(km_word_str(claim->id), KM_STR("vmalloc-nolimit")))
		assert_str(km_word_str(claim->verdict), "false");
	if (km_str_eq(km_word_str(claim->id), KM_STR("vmalloc-virtual")))
		assert_str(km_word_str(claim->verdict), "untestable");
}

static void is_untestable(const struct km_claim *claim)
{
	if (km_str_eq(km_word_str(claim->id), KM_STR("kmalloc-contig")) || km_str_eq(km_word_str(claim->id), KM_STR("devm-frees")) ||
	    km_str_eq(km_word_str(claim->id), KM_STR("vmalloc-virtual")))
		assert_str(km_word_str(claim->verdict), "untestable");
}

static void is_refuted(const struct km_claim *claim)
{
	static const char *const measured[] = { "kfree-pairs", "devm-zeroed", "devm-frees", "flags-where",
						"kmalloc-contig", "kmalloc-linear", "vmalloc-range" };

	for (size_t i = 0; i < UNIT_COUNT(measured); i++)
		if (km_str_eq(km_word_str(claim->id), km_str_from(measured[i])))
			assert_str(km_word_str(claim->verdict), "false");
}

/* A claim that is measured can fail. */
static void a_device_can_refute(void **state)
{
	(void)state;
	try_all_on((struct device){ .grants = true, .refutes = true }, SIZE_MAX, PAGE, is_refuted);
}

static void follows_the_device(void **state)
{
	(void)state;
	try_all(true, SIZE_MAX, PAGE, is_not_refuted);
	try_all(false, SIZE_MAX, PAGE, is_untestable);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_without_a_limit), cmocka_unit_test(a_device_can_refute),
		cmocka_unit_test(follows_the_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
