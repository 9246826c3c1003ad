// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/checksum.h"
#include "unit.h"

/* Values from zlib, gzip and the catalogue of CRCs (CRC-32/ISO-HDLC: "check"). */
static void known_values(void **state)
{
	const struct km_str digits = KM_STR("123456789");

	(void)state;
	assert_int_equal(km_crc32(0, KM_STR("")), 0);
	assert_int_equal(km_crc32(0, digits), 0xcbf43926);
	assert_int_equal(km_crc32(0, KM_STR("a")), 0xe8b7be43);
	assert_int_equal(km_crc32(0, KM_STR("\0\0\0\0")), 0x2144df1c);
	assert_int_equal(km_crc32(0, KM_STR("\xff\xff\xff\xff")), 0xffffffff);
	for (size_t at = 0; at <= digits.len; at++)
		assert_int_equal(km_crc32(km_crc32(0, (struct km_str){ digits.ptr, at }),
					  km_str_skip(digits, at)), 0xcbf43926);
}

static void finds(void **state)
{
	static const char *const paths[] = { "b", "a/b", "a", "c", "a-b" };
	struct km_checksums checksums = { 0 };

	(void)state;
	assert_null(km_checksums_find(&checksums, KM_STR("a"), false));
	for (uint32_t i = 0; i < UNIT_COUNT(paths); i++)
		*km_array_push(&checksums.list) = (struct km_checksum){
			.path = km_str_from(paths[i]), .crc = i, .directory = i == 2
		};
	km_checksums_sort(&checksums);
	for (uint32_t i = 0; i < UNIT_COUNT(paths); i++) {
		assert_int_equal(km_checksums_find(&checksums, km_str_from(paths[i]), i == 2)->crc, i);
		assert_null(km_checksums_find(&checksums, km_str_from(paths[i]), i != 2));
	}
	assert_null(km_checksums_find(&checksums, KM_STR(""), false));
	km_array_deinit(&checksums.list);
}

/* Another order, number or target gives another sum. */
static void names(void **state)
{
	struct km_checksum a = { 0 }, b = { 0 }, c = { 0 };

	(void)state;
	km_checksum_name(&a, KM_STR("x"), (struct km_str){ 0 });
	km_checksum_name(&a, KM_STR("y"), KM_STR("x"));
	assert_int_equal(a.size, 2);
	assert_int_equal(a.crc, km_crc32(0, KM_STR("x\ny -> x\n")));
	km_checksum_name(&b, KM_STR("y"), KM_STR("x"));
	km_checksum_name(&b, KM_STR("x"), (struct km_str){ 0 });
	km_checksum_name(&c, KM_STR("x"), (struct km_str){ 0 });
	km_checksum_name(&c, KM_STR("y"), KM_STR("z"));
	assert_true(a.crc != b.crc && a.crc != c.crc && b.crc != c.crc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_values),
		cmocka_unit_test(finds),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
