// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/manifest.h"
#include "unit.h"

struct fixture {
	struct km_problems problems;
	struct km_pool pool;
	struct km_manifest manifest;
};

static void parse(struct fixture *fixture, struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("m"), .problems = &fixture->problems };

	*fixture = (struct fixture){ 0 };
	parse.problems = &fixture->problems;
	km_parse_manifest(&parse, text, &fixture->manifest);
}

static void deinit(struct fixture *fixture)
{
	km_manifest_deinit(&fixture->manifest);
	km_problems_deinit(&fixture->problems);
	km_pool_deinit(&fixture->pool);
}

static void reads(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, KM_STR("kmeminfo capture 1\nversion 9.9\nrelease 6.1.0 odd\npage_bytes 65536\r\n"
			 "later thing\n\nmissing proc/slabinfo: Permission denied\n"
			 "missing a: b: c\n"));
	assert_int_equal(f.problems.list.len, 0);
	assert_str(f.manifest.version, "9.9");
	assert_str(f.manifest.release, "6.1.0 odd");
	assert_str(f.manifest.page_bytes, "65536");
	assert_null(f.manifest.machine.ptr);
	assert_str(km_manifest_reason(&f.manifest, KM_STR("proc/slabinfo")), "Permission denied");
	assert_str(km_manifest_reason(&f.manifest, KM_STR("a")), "b: c");
	assert_null(km_manifest_reason(&f.manifest, KM_STR("proc")).ptr);
	deinit(&f);
}

static void complains(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, KM_STR("kmeminfo capture 2\nrelease 6.1.0\n"));
	assert_int_equal(f.problems.list.len, 1);
	assert_null(f.manifest.release.ptr);
	deinit(&f);
	parse(&f, KM_STR(""));
	assert_int_equal(f.problems.list.len, 1);
	assert_int_equal(f.problems.list.items[0].line, 1);
	deinit(&f);
	parse(&f, KM_STR("kmeminfo capture 1\nrelease\nmissing proc/x\nmachine s390x"));
	assert_int_equal(f.problems.list.len, 2);
	assert_int_equal(f.problems.list.items[0].line, 2);
	assert_int_equal(f.problems.list.items[1].line, 3);
	assert_str(f.manifest.machine, "s390x");
	deinit(&f);
	parse(&f, KM_STR("kmeminfo capture 1\nmachine s390x\nmachine i686\n"));
	assert_str(f.manifest.machine, "s390x");
	deinit(&f);
}

static void round_trip(void **state)
{
	struct fixture f, again;
	struct km_str text;

	(void)state;
	parse(&f, KM_STR("kmeminfo capture 1\n"));
	f.manifest.version = KM_STR("1.2.3");
	f.manifest.machine = KM_STR("\0s390x");
	f.manifest.time = KM_STR("2026-01-01T00:00:00Z");
	f.manifest.root = KM_STR("no");
	*km_array_push(&f.manifest.missing) = (struct km_manifest_missing){
		KM_STR("proc/a\nrelease evil"), KM_STR("two\nlines")
	};
	text = km_manifest_text(&f.pool, &f.manifest);
	assert_str(text, "kmeminfo capture 1\nversion 1.2.3\nmachine ?s390x\ntime 2026-01-01T00:00:00Z\nroot no\n"
			 "missing proc/a?release evil: two?lines\n");
	parse(&again, text);
	assert_int_equal(again.problems.list.len, 0);
	assert_str(again.manifest.version, "1.2.3");
	assert_null(again.manifest.release.ptr);
	assert_int_equal(again.manifest.missing.len, 1);
	deinit(&again);
	deinit(&f);
}

#define LISTED "kmeminfo capture 1\nroot yes\nfile cbf43926 9 proc/a b\nnames 00000001 2 sys/x\n"

/* zlib.crc32() of LISTED in Python */
#define LISTED_CHECKSUM "checksum ef41a7a1\n"

static void lists_files(void **state)
{
	const struct km_checksum *found;
	struct fixture f;

	(void)state;
	parse(&f, KM_STR(LISTED LISTED_CHECKSUM));
	assert_int_equal(f.problems.list.len, 0);
	found = km_checksums_find(&f.manifest.checksums, KM_STR("proc/a b"), false);
	assert_true(found && found->size == 9 && found->crc == 0xcbf43926);
	found = km_checksums_find(&f.manifest.checksums, KM_STR("sys/x"), true);
	assert_true(found && found->size == 2 && found->crc == 1);
	assert_str(km_manifest_text(&f.pool, &f.manifest), LISTED LISTED_CHECKSUM);
	deinit(&f);
}

/* Of a manifest that is not whole nothing is used, whatever was changed or cut off. */
static void damaged(void **state)
{
	static const char whole[] = LISTED LISTED_CHECKSUM;
	char text[sizeof(whole)];
	struct fixture f;

	(void)state;
	for (size_t at = strlen("kmeminfo capture 1\n"); at < sizeof(whole) - 2; at++) {
		memcpy(text, whole, sizeof(whole));
		text[at] ^= 1;
		parse(&f, (struct km_str){ text, sizeof(whole) - 1 });
		if (!f.problems.list.len || f.manifest.root.ptr)
			fail_msg("byte %zu changed: no problem", at);
		deinit(&f);
	}
	/* lists nothing yet up to there: an older kmeminfo's could be as short */
	for (size_t at = sizeof(LISTED) - 20; at < sizeof(whole) - 2; at++) {
		parse(&f, (struct km_str){ whole, at });
		if (!f.problems.list.len || f.manifest.root.ptr)
			fail_msg("cut at %zu: no problem", at);
		deinit(&f);
	}
	parse(&f, KM_STR(LISTED LISTED_CHECKSUM "root no\n"));
	assert_int_equal(f.problems.list.len, 1);
	assert_null(f.manifest.root.ptr);
	deinit(&f);
}

static void incomplete(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, KM_STR("kmeminfo capture 1\nincomplete it was interrupted\n"));
	assert_int_equal(f.problems.list.len, 0);
	assert_str(f.manifest.incomplete, "it was interrupted");
	deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(complains),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(lists_files),
		cmocka_unit_test(damaged),
		cmocka_unit_test(incomplete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
