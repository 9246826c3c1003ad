// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/page.h"
#include "unit.h"

static void sizes(void **state)
{
	(void)state;
	assert_true(km_page_is_size(4096));
	assert_true(km_page_is_size(65536));
	assert_false(km_page_is_size(0));
	assert_false(km_page_is_size(2048));
	assert_false(km_page_is_size(4097));
	assert_false(km_page_is_size(12288));
	assert_false(km_page_is_size(512 * 1024));
	assert_false(km_page_is_size(KM_UNKNOWN));
}

static void memory(void **state)
{
	(void)state;
	assert_int_equal(km_page_of_memory(472124 * 1024, 118031), 4096);
	assert_int_equal(km_page_of_memory(16384 * 1000, 1000), 16384);
	assert_int_equal(km_page_of_memory(16384 * 1000 + 100000, 1000), 16384);
	/* a tenth of the zones is missing: no page size is that close */
	assert_int_equal(km_page_of_memory(16384 * 1000, 900), KM_UNKNOWN);
	assert_int_equal(km_page_of_memory(4096, 0), KM_UNKNOWN);
	assert_int_equal(km_page_of_memory(0, 100), KM_UNKNOWN);
	assert_int_equal(km_page_of_memory(KM_UNKNOWN, 100), KM_UNKNOWN);
	assert_int_equal(km_page_of_memory(2048 * 100, 100), KM_UNKNOWN);
}

static void vote(void *votes, const struct km_vmallocinfo_area *areas, size_t len)
{
	for (size_t i = 0; i < len; i++)
		km_page_vote_area(votes, &areas[i]);
}

static uint64_t of_vmallocinfo(const char *text)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("v"), .problems = &problems };
	struct km_page_votes votes = { 0 };
	const struct km_vmallocinfo_taker taker = { vote, &votes };

	km_parse_vmallocinfo(&parse, km_str_from(text), &taker);
	km_problems_deinit(&problems);
	return km_page_elected(&votes);
}

static uint64_t of_slabinfo(const char *text)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("s"), .problems = &problems };
	struct km_slabinfo slabinfo = { 0 };
	uint64_t bytes;

	km_parse_slabinfo(&parse, km_str_from(text), &slabinfo);
	bytes = km_page_of_slabinfo(&slabinfo);
	km_slabinfo_deinit(&slabinfo);
	km_problems_deinit(&problems);
	return bytes;
}

#define CACHE(geometry) "c 1 1 " geometry " : tunables 0 0 0 : slabdata 1 1 0\n"

static void geometry(void **state)
{
	(void)state;
	assert_int_equal(of_slabinfo(CACHE("8 512 1")), 4096);
	assert_int_equal(of_slabinfo(CACHE("1032 31 8")), 4096);
	assert_int_equal(of_slabinfo(CACHE("8192 4 8")), 4096);
	assert_int_equal(of_slabinfo(CACHE("8 8192 1") CACHE("1128 58 1")), 65536);
	assert_int_equal(of_slabinfo(CACHE("8192 2 1")), 16384);
	assert_int_equal(of_slabinfo(CACHE("8 512 1") CACHE("8 8192 1")), KM_UNKNOWN);
	assert_int_equal(of_slabinfo(CACHE("0 0 0") CACHE("8 100 1")), KM_UNKNOWN);
	assert_int_equal(of_slabinfo(CACHE("1 18446744073709551614 18446744073709551614")),
			 KM_UNKNOWN);
	assert_int_equal(of_slabinfo(""), KM_UNKNOWN);
}

#define AREA(size, rest) "0x00000000aaaaaaaa-0x00000000bbbbbbbb " size " f+0x1/0x2 " rest "\n"

static void guard(void **state)
{
	(void)state;
	assert_int_equal(of_vmallocinfo(AREA("20480", "pages=4 vmalloc")), 4096);
	assert_int_equal(of_vmallocinfo(AREA("327680", "pages=4 vmalloc N0=4")), 65536);
	/* neither device memory nor a mapping of others' pages gives evidence */
	assert_int_equal(of_vmallocinfo(AREA("20480", "phys=0x1000 ioremap")
					AREA("20480", "vmap")), KM_UNKNOWN);
	/* rows that contradict each other */
	assert_int_equal(of_vmallocinfo(AREA("20480", "pages=4 vmalloc")
					AREA("327680", "pages=4 vmalloc")), KM_UNKNOWN);
	assert_int_equal(of_vmallocinfo(AREA("20480", "pages=18446744073709551615 vmalloc")),
			 KM_UNKNOWN);
	assert_int_equal(of_vmallocinfo(""), KM_UNKNOWN);
}

static void topics(void **state)
{
	(void)state;
	for (size_t i = 0; i < KM_PAGE_SOURCES; i++)
		assert_non_null(km_page_words[i].key);
	assert_null(km_page_words[KM_PAGE_SOURCES].key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes),
		cmocka_unit_test(memory),
		cmocka_unit_test(geometry),
		cmocka_unit_test(guard),
		cmocka_unit_test(topics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
