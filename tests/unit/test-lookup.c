// SPDX-License-Identifier: GPL-2.0-or-later
#include "words/lookup.h"
#include "unit.h"

static void compares_as_people_type(void **state)
{
	static const struct {
		const char *word, *name;
		enum km_likeness expected;
	} cases[] = {
		{ "slab", "slab", KM_LIKE_SAME },
		{ "SLUB", "slub", KM_LIKE_FOLDED },
		{ "kmalloc()", "kmalloc", KM_LIKE_SAME },
		{ "'kmalloc'", "kmalloc", KM_LIKE_CLEANED },
		{ "page cache", "page-cache", KM_LIKE_SAME },
		{ "page_cache", "page-cache", KM_LIKE_SAME },
		{ "/proc/zoneinfo", "zoneinfo", KM_LIKE_CLEANED },
		{ "/proc/sys/vm/swappiness", "swappiness", KM_LIKE_CLEANED },
		{ "vm.swappiness", "swappiness", KM_LIKE_CLEANED },
		{ "struct page", "page", KM_LIKE_CLEANED },
		{ "struct page", "struct-page", KM_LIKE_SAME },
		{ "USE%", "use%", KM_LIKE_FOLDED },
		{ "watermark", "-WATERMARK", KM_LIKE_FOLDED },
		{ "MemFree:", "MemFree", KM_LIKE_SAME },
		{ "order:3", "order-3", KM_LIKE_SAME },
		{ "dentries", "dentry", KM_LIKE_PLURAL },
		{ "caches", "cache", KM_LIKE_PLURAL },
		{ "dentrie", "dentry", KM_UNLIKE },
		{ "ies", "y", KM_UNLIKE },
		{ "folios", "folio", KM_LIKE_PLURAL },
		{ "huge page", "huge-pages", KM_LIKE_PLURAL },
		{ "Active(anon)", "Active(anon)", KM_LIKE_SAME },
		{ "Active", "Active(anon)", KM_UNLIKE },
		{ "slabs", "slab cache", KM_UNLIKE },
		{ "s", "", KM_UNLIKE },
		{ "", "slab", KM_UNLIKE },
		{ "-", "=", KM_UNLIKE },
		{ "()", "kmalloc", KM_UNLIKE },
		{ "メモリ cgroup", "メモリcgroup", KM_LIKE_SAME },
		{ "メモリ　ｃｇｒｏｕｐ", "メモリcgroup", KM_LIKE_SAME },
		{ "ＳＬＵＢ", "slub", KM_LIKE_FOLDED },
		{ "ｽﾗﾌﾞ", "スラブ", KM_LIKE_SAME },
		{ "ﾍﾟｰｼﾞ", "ページ", KM_LIKE_SAME },
		{ "ｳﾞｪ", "ヴェ", KM_LIKE_SAME },
		{ "ｱﾞ", "ア", KM_LIKE_SAME },
		{ "アロケーター", "アロケータ", KM_LIKE_SAME },
		{ "ウオーターマーク", "ウォーターマーク", KM_LIKE_SAME },
		{ "スラブ・アロケータ", "スラブアロケータ", KM_LIKE_SAME },
		{ "ページ", "ベージ", KM_UNLIKE },
		{ "\xff", "slab", KM_UNLIKE },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		if (km_lookup_compare(km_str_from(cases[i].word), km_str_from(cases[i].name)) != cases[i].expected)
			fail_msg("'%s' and '%s'", cases[i].word, cases[i].name);
}

static void cleans(void **state)
{
	(void)state;
	assert_str(km_lookup_clean(KM_STR("`vmalloc()`")), "vmalloc");
	assert_str(km_lookup_clean(KM_STR("/proc/meminfo")), "meminfo");
	assert_str(km_lookup_clean(KM_STR("/sys/kernel/slab/kmalloc-64/order")), "order");
	assert_str(km_lookup_clean(KM_STR("/sys/kernel/slab/a/b/c")), "slab/a/b/c");
	assert_str(km_lookup_clean(KM_STR("/sys/kernel/slab/a/")), "slab/a/");
	assert_str(km_lookup_clean(KM_STR("/proc/12/smaps")), "smaps");
	assert_str(km_lookup_clean(KM_STR("/proc/sys/vm/swappiness")), "swappiness");
	assert_str(km_lookup_clean(KM_STR("free_cma:0")), "free_cma");
	assert_str(km_lookup_clean(KM_STR("free:123kB")), "free");
	assert_str(km_lookup_clean(KM_STR("swappiness=60")), "swappiness");
	assert_str(km_lookup_clean(KM_STR(":0")), ":0");
	assert_str(km_lookup_clean(KM_STR("/proc/")), "/proc/");
	assert_str(km_lookup_clean(KM_STR("()")), "()");
	assert_str(km_lookup_clean(KM_STR("")), "");
}

static void finds_names_in_phrases(void **state)
{
	static const struct {
		const char *typed, *name;
		size_t at, len;
	} cases[] = {
		{ "page cache full", "page-cache", 0, strlen("page cache") },
		{ "my PAGE_CACHE", "page-cache", strlen("my "), strlen("PAGE_CACHE") },
		{ "kswapd0 100%", "kswapd", 0, strlen("kswapd") },
		{ "order:4", "order", 0, strlen("order") },
		{ "order-40", "order-4", 0, 0 },
		{ "recaches", "cache", 0, 0 },
		{ "cached", "cache", 0, 0 },
		{ "old caches fill", "cache", strlen("old "), strlen("cache") },
		{ "KMALLOC_MAX_SIZE", "kmalloc", 0, strlen("KMALLOC") },
		{ "OOMKilled", "OOM", 0, 0 },
		{ "メモリ断片化", "断片化", strlen("メモリ"), strlen("断片化") },
		{ "メモリ断片化", "片", 0, 0 },
		{ "ﾒﾓﾘのｽﾗﾌﾞ", "スラブ", strlen("ﾒﾓﾘの"), strlen("ｽﾗﾌﾞ") },
		{ "ＮＵＭＡノード", "numa", 0, strlen("ＮＵＭＡ") },
		{ "go", "go", 0, 0 },
		{ "anything", "", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		size_t at = 0, len = km_lookup_within(km_str_from(cases[i].typed), km_str_from(cases[i].name), &at);

		if (len != cases[i].len || (len && at != cases[i].at))
			fail_msg("'%s' in '%s': %zu bytes at %zu", cases[i].name, cases[i].typed, len, at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_as_people_type),
		cmocka_unit_test(cleans),
		cmocka_unit_test(finds_names_in_phrases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
