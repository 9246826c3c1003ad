// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "model/slab-names.h"
#include "source/files.h"

static struct km_problems problems;

static struct km_slabinfo parsed(struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("slabinfo"), .problems = &problems };
	struct km_slabinfo slabinfo = { 0 };

	km_problems_deinit(&problems);
	km_parse_slabinfo(&parse, text, &slabinfo);
	return slabinfo;
}

static void assert_name(const struct km_slabinfo *slabinfo, size_t i, const char *name)
{
	assert_true(km_str_eq(slabinfo->caches.items[i].name, km_str_from(name)));
}

#define TAIL " : tunables    0    0    0 : slabdata      3      4      5"

static void parses_a_line(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("slabinfo - version: 2.1\n# name <active_objs>\n"
					     "dentry  11 12 13 14 15" TAIL "\n"));

	(void)state;
	assert_int_equal(s.caches.len, 1);
	assert_name(&s, 0, "dentry");
	assert_int_equal(s.caches.items[0].active_objs, 11);
	assert_int_equal(s.caches.items[0].num_objs, 12);
	assert_int_equal(s.caches.items[0].objsize, 13);
	assert_int_equal(s.caches.items[0].objperslab, 14);
	assert_int_equal(s.caches.items[0].pagesperslab, 15);
	assert_int_equal(s.caches.items[0].active_slabs, 3);
	assert_int_equal(s.caches.items[0].num_slabs, 4);
	assert_int_equal(s.caches.items[0].sharedavail, 5);
	assert_int_equal(problems.list.len, 0);
	km_slabinfo_deinit(&s);
}

static void names_may_hold_anything(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("file lock cache 1 2 3 4 5" TAIL "\n"
					     "dentry(12:a b.service) 1 2 3 4 5" TAIL "\n"
					     "size-131072(DMA) 1 2 3 4 5" TAIL "\n"
					     "7 1 2 3 4 5" TAIL "\n"
					     "a : b 1 2 3 4 5" TAIL "\n"
					     "c : tunables : slabdata 1 2 3 4 5" TAIL "\n"
					     "\xff\x01 1 2 3 4 5" TAIL "\n"
					     "twice 1 2 3 4 5" TAIL "\ntwice 6 7 8 9 10" TAIL));

	(void)state;
	assert_int_equal(s.caches.len, 9);
	assert_name(&s, 0, "file lock cache");
	assert_name(&s, 1, "dentry(12:a b.service)");
	assert_name(&s, 2, "size-131072(DMA)");
	assert_name(&s, 3, "7");
	assert_name(&s, 4, "a : b");
	assert_name(&s, 5, "c : tunables : slabdata");
	assert_name(&s, 6, "\xff\x01");
	assert_name(&s, 8, "twice");
	assert_int_equal(s.caches.items[8].num_objs, 7);
	assert_int_equal(problems.list.len, 0);
	km_slabinfo_deinit(&s);
}

static void statistics_are_passed_over(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("slabinfo - version: 2.1 (statistics)\n"
					     "x 1 2 3 4 5" TAIL " : globalstat 1 2 3 4 5 6 7 8 9"
					     " : cpustat 1 2 3 4\n"));

	(void)state;
	assert_int_equal(s.caches.len, 1);
	assert_int_equal(s.caches.items[0].sharedavail, 5);
	km_slabinfo_deinit(&s);
}

static void bad_lines_are_problems(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("slabinfo - version: 2.1 swallowed 1 2 3 4 5" TAIL "\n"
					     "good 1 2 3 4 5" TAIL "\n\nno numbers" TAIL "\n"
					     "few 1 2 3 4" TAIL "\n 1 2 3 4 5" TAIL "\n"
					     "minus -1 2 3 4 5" TAIL "\n"
					     "wide 18446744073709551616 2 3 4 5" TAIL "\n"
					     "cut 1 2 3 4 5 : tunables 0 0\nrubbish\n"));

	(void)state;
	assert_int_equal(s.caches.len, 1);
	assert_name(&s, 0, "good");
	assert_int_equal(problems.list.len, 8);
	assert_int_equal(problems.list.items[0].line, 1);
	assert_int_equal(problems.list.items[1].line, 4);
	assert_int_equal(problems.list.items[7].line, 10);
	km_slabinfo_deinit(&s);
}

static void directories_tell_flags(void **state)
{
	struct km_str attribute = KM_STR("398 N0=300 x N1=98\n");
	uint64_t node, value;

	(void)state;
	assert_true(km_slabdir_is_merged(KM_STR(":0000064")));
	assert_false(km_slabdir_is_merged(KM_STR("dentry")));
	assert_true(km_slabdir_has_letter(KM_STR(":aA-0000192"), 'a'));
	assert_true(km_slabdir_has_letter(KM_STR(":aA-0000192"), 'A'));
	assert_false(km_slabdir_has_letter(KM_STR(":A-0000192"), 'a'));
	assert_false(km_slabdir_has_letter(KM_STR(":0000064"), 'a'));
	assert_int_equal(km_slabdir_total(attribute), 398);
	assert_true(km_slabdir_total(KM_STR("x")) == KM_UNKNOWN);
	assert_true(km_slabdir_take_node(&attribute, &node, &value));
	assert_int_equal(value, 300);
	assert_true(km_slabdir_take_node(&attribute, &node, &value));
	assert_int_equal(node, 1);
	assert_int_equal(value, 98);
	assert_false(km_slabdir_take_node(&attribute, &node, &value));
}

static struct km_slabdir_entry *add_entry(struct km_slabdir *dir, struct km_str name,
					  struct km_str directory)
{
	struct km_slabdir_entry *entry = km_array_push(&dir->entries);

	entry->name = name;
	entry->directory = directory;
	return entry;
}

static void derives_figures(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("beta 10 12 100 6 2 : tunables 0 0 0 : slabdata 2 2 0\n"
					     "own 0 0 64 64 1 : tunables 0 0 0 : slabdata 0 0 0\n"));
	struct km_meminfo meminfo = { 0 };
	struct km_parse parse = { .source = KM_STR("meminfo"), .problems = &problems };
	struct km_slabdir dir = { 0 };
	struct km_pool pool = { 0 };
	const struct km_slab *rows, *totals;
	struct km_sheet sheet;

	(void)state;
	add_entry(&dir, KM_STR(":a-0000100"), KM_STR(":a-0000100"));
	add_entry(&dir, KM_STR("alpha"), KM_STR(":a-0000100"));
	add_entry(&dir, KM_STR("beta"), KM_STR(":a-0000100"));
	add_entry(&dir, KM_STR("own"), KM_STR("own"))->attributes[KM_SLABDIR_RECLAIM_ACCOUNT] =
		KM_STR("0\n");
	km_parse_meminfo(&parse, KM_STR("Slab: 20 kB\n"), &meminfo);
	sheet = km_slab_derive(&pool, &s, &dir, &meminfo, 4096);
	rows = sheet.rows;
	totals = sheet.totals;
	assert_int_equal(rows[0].size_bytes, 2 * 2 * 4096);
	assert_int_equal(rows[0].used_bytes, 1000);
	assert_int_equal(rows[0].idle_bytes, 2 * 2 * 4096 - 1000);
	assert_int_equal(rows[0].aliases.len, 1);
	assert_true(km_str_eq(rows[0].aliases.items[0], KM_STR("alpha")));
	assert_int_equal(rows[0].reclaimable, KM_TRI_YES);
	assert_int_equal(rows[1].reclaimable, KM_TRI_NO);
	assert_int_equal(rows[1].rcu, KM_TRI_UNKNOWN);
	assert_true(isnan(rows[1].used_ratio));
	assert_int_equal(totals->large_kmalloc_bytes, 4096);
	/* i386 computes with more digits */
	assert_float_equal(rows[0].share_ratio, 0.8, 1e-12);
	/* an alias finds its cache; a pattern without a match is reported */
	assert_null(km_slab_select(&sheet, (char *[]){ (char *)"alph?" }, 1));
	assert_int_equal(sheet.len, 1);
	assert_true(totals->large_kmalloc_bytes == KM_UNKNOWN);
	assert_string_equal(km_slab_select(&sheet, (char *[]){ (char *)"none" }, 1), "none");
	km_slabinfo_deinit(&s);
	km_slabdir_deinit(&dir);
	km_meminfo_deinit(&meminfo);
	km_pool_deinit(&pool);
	km_problems_deinit(&problems);
}

static void tells_flags_and_sizes(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("alias 1 2 128 32 1" TAIL "\nown 1 2 64 64 1" TAIL "\n"
					     "gone 1 2 64 64 1" TAIL "\nloose 1 2 64 64 1" TAIL "\n"));
	struct km_slabdir_entry *entry;
	struct km_slabdir dir = { 0 };
	struct km_pool pool = { 0 };
	const struct km_slab_node *nodes;
	const struct km_slab *rows;

	(void)state;
	entry = add_entry(&dir, KM_STR(":dA-0000128"), KM_STR(":dA-0000128"));
	entry->attributes[KM_SLABDIR_OBJECT_SIZE] = KM_STR("100\n");
	entry->attributes[KM_SLABDIR_SHEAF_CAPACITY] = KM_STR("0\n");
	entry->attributes[KM_SLABDIR_SLABS] = KM_STR("4 N0=3 N2=1\n");
	add_entry(&dir, KM_STR("alias"), KM_STR(":dA-0000128"));
	add_entry(&dir, KM_STR("loose"), KM_STR(":a-0000064")); /* its directory is not there */
	entry = add_entry(&dir, KM_STR("own"), KM_STR("own"));
	entry->attributes[KM_SLABDIR_CACHE_DMA] = KM_STR("0\n");
	entry->attributes[KM_SLABDIR_DESTROY_BY_RCU] = KM_STR("1\n");
	rows = km_slab_derive(&pool, &s, &dir, NULL, 4096).rows;
	assert_int_equal(rows[0].mergeable, KM_TRI_YES);
	assert_int_equal(rows[0].reclaimable, KM_TRI_NO);
	assert_int_equal(rows[0].accounted, KM_TRI_YES);
	assert_int_equal(rows[0].dma, KM_TRI_YES);
	assert_int_equal(rows[0].rcu, KM_TRI_NO);
	assert_int_equal(rows[0].payload_bytes, 100);
	assert_int_equal(rows[0].padding_bytes, 28);
	assert_int_equal(rows[0].sheaf_objects, 0);
	assert_int_equal(rows[0].nodes.len, 2);
	nodes = rows[0].nodes.items;
	assert_int_equal(nodes[1].node, 2);
	assert_int_equal(nodes[0].size_bytes, 3 * 4096);
	assert_int_equal(rows[1].mergeable, KM_TRI_NO);
	assert_int_equal(rows[1].reclaimable, KM_TRI_UNKNOWN);
	assert_int_equal(rows[1].accounted, KM_TRI_UNKNOWN);
	assert_int_equal(rows[1].dma, KM_TRI_NO);
	assert_int_equal(rows[1].rcu, KM_TRI_YES);
	assert_true(rows[1].payload_bytes == KM_UNKNOWN && rows[1].padding_bytes == KM_UNKNOWN);
	assert_int_equal(rows[2].mergeable, KM_TRI_UNKNOWN);
	assert_int_equal(rows[3].mergeable, KM_TRI_YES);
	assert_int_equal(rows[3].reclaimable, KM_TRI_YES);
	assert_true(rows[3].sheaf_objects == KM_UNKNOWN);
	km_slabinfo_deinit(&s);
	km_slabdir_deinit(&dir);
	km_pool_deinit(&pool);
}

static void aliases_are_given_once(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("one 1 2 64 64 1" TAIL "\ntwo 1 2 64 64 1" TAIL "\n"
					     "next 1 2 72 64 1" TAIL "\n"));
	struct km_slabdir dir = { 0 };
	struct km_pool pool = { 0 };
	const struct km_slab *rows;

	(void)state;
	add_entry(&dir, KM_STR(":0000064"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR(":0000072"), KM_STR(":0000072"));
	add_entry(&dir, KM_STR("a"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR("b"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR("c"), KM_STR(":0000099"));
	add_entry(&dir, KM_STR("next"), KM_STR(":0000072"));
	add_entry(&dir, KM_STR("one"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR("two"), KM_STR(":0000064"));
	rows = km_slab_derive(&pool, &s, &dir, NULL, 4096).rows;
	assert_int_equal(rows[0].aliases.len + rows[1].aliases.len, 2);
	assert_int_equal(rows[2].aliases.len, 0);
	km_slabinfo_deinit(&s);
	km_slabdir_deinit(&dir);
	km_pool_deinit(&pool);
}

/* One directory for two caches: it is unknown which of them it describes. */
static void caches_of_one_name_are_kept_apart(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("twin 1 2 64 64 1" TAIL "\nonly 1 2 64 64 1" TAIL "\n"
					     "twin 3 4 64 64 1" TAIL "\n"));
	struct km_slabdir dir = { 0 };
	struct km_pool pool = { 0 };
	const struct km_slab *rows;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct km_str name = i ? KM_STR("twin") : KM_STR("only");
		struct km_slabdir_entry *entry = add_entry(&dir, name, name);

		entry->attributes[KM_SLABDIR_RECLAIM_ACCOUNT] = KM_STR("1\n");
		entry->attributes[KM_SLABDIR_SLABS] = KM_STR("4 N0=4\n");
	}
	rows = km_slab_derive(&pool, &s, &dir, NULL, 4096).rows;
	assert_int_equal(rows[0].number, 1);
	assert_int_equal(rows[1].number, 1);
	assert_int_equal(rows[2].number, 2);
	assert_int_equal(rows[2].active_objects, 3);
	assert_int_equal(rows[1].reclaimable, KM_TRI_YES);
	assert_int_equal(rows[1].nodes.len, 1);
	for (size_t i = 0; i < 3; i += 2) {
		assert_int_equal(rows[i].reclaimable, KM_TRI_UNKNOWN);
		assert_int_equal(rows[i].nodes.len, 0);
	}
	km_slabinfo_deinit(&s);
	km_slabdir_deinit(&dir);
	km_pool_deinit(&pool);
}

static bool is_captured(const char *attribute)
{
	const char *const *member = km_files[KM_FILE_SLAB_SYSFS].members;

	while (*member && strcmp(*member, attribute))
		member++;
	return *member;
}

static void captures_have_every_attribute(void **state)
{
	(void)state;
	for (size_t i = 0; i < KM_SLABDIR_ATTRIBUTES; i++)
		if (!is_captured(km_slabdir_attributes[i]))
			fail_msg("no capture would have %s", km_slabdir_attributes[i]);
}

static void fields_tell_what_they_need(void **state)
{
	const struct km_field *field;
	unsigned int needs = 0;

	(void)state;
	km_field_each(field, &km_slab_type)
		needs |= km_slab_attributes(field);
	assert_int_equal(needs, (1u << KM_SLABDIR_ATTRIBUTES) - 1);
	field = km_field_find(&km_slab_type, KM_STR("size_bytes"));
	assert_int_equal(km_slab_attributes(field), 0);
	field = km_field_find(&km_slab_type, KM_STR("padding_bytes"));
	assert_int_equal(km_slab_attributes(field), 1u << KM_SLABDIR_OBJECT_SIZE);
}

static void more_caches_than_slab_is_unknown(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("beta 10 12 100 6 2 : tunables 0 0 0 : slabdata 2 2 0\n"));
	struct km_parse parse = { .source = KM_STR("meminfo"), .problems = &problems };
	struct km_meminfo meminfo = { 0 };
	struct km_pool pool = { 0 };
	struct km_sheet sheet;

	(void)state;
	km_parse_meminfo(&parse, KM_STR("Slab: 1 kB\n"), &meminfo);
	sheet = km_slab_derive(&pool, &s, NULL, &meminfo, 4096);
	assert_true(((const struct km_slab *)sheet.totals)->large_kmalloc_bytes == KM_UNKNOWN);
	assert_true(isnan(((const struct km_slab *)sheet.totals)->share_ratio));
	km_slabinfo_deinit(&s);
	km_meminfo_deinit(&meminfo);
	km_pool_deinit(&pool);
	km_problems_deinit(&problems);
}

static void more_used_than_there_is_is_unknown(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("odd 100 12 100 6 2 : tunables 0 0 0 : slabdata 1 1 0\n"));
	struct km_pool pool = { 0 };
	struct km_sheet sheet = km_slab_derive(&pool, &s, NULL, NULL, 4096);
	const struct km_slab *row = sheet.rows, *totals = sheet.totals;

	(void)state;
	assert_int_equal(row->used_bytes, 10000);
	assert_true(isnan(row->used_ratio) && isnan(totals->used_ratio));
	assert_true(row->idle_bytes == KM_UNKNOWN);
	km_slabinfo_deinit(&s);
	km_pool_deinit(&pool);
}

static void names_alone_make_rows(void **state)
{
	struct km_slabdir dir = { 0 };
	struct km_pool pool = { 0 };
	const struct km_slab *rows;
	struct km_sheet sheet;

	(void)state;
	add_entry(&dir, KM_STR(":0000064"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR("a"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR("b"), KM_STR(":0000064"));
	add_entry(&dir, KM_STR("c"), KM_STR(":0000016"));
	add_entry(&dir, KM_STR("own"), KM_STR("own"));
	sheet = km_slab_derive(&pool, NULL, &dir, NULL, 4096);
	rows = sheet.rows;
	assert_int_equal(sheet.len, 3);
	assert_str(rows[0].name, "a");
	assert_int_equal(rows[0].aliases.len, 1);
	assert_true(rows[0].size_bytes == KM_UNKNOWN);
	assert_str(rows[1].name, "c");
	assert_str(rows[2].name, "own");
	km_slabdir_deinit(&dir);
	km_pool_deinit(&pool);
}

/* Facts that a cache's name implies for every kernel, and no others. */
static void kinds_known_by_name(void **state)
{
	static const struct {
		const char *name;
		enum km_tri reclaimable;
		uint64_t class;
	} names[] = {
		{ "kmalloc-64", KM_TRI_NO, 64 },
		{ "kmalloc-8k", KM_TRI_NO, 8192 },
		{ "kmalloc-1M", KM_TRI_NO, 1 << 20 },
		{ "kmalloc-cg-2k", KM_TRI_NO, 2048 },
		{ "kmalloc-rcl-96", KM_TRI_YES, 96 },
		{ "kmalloc-rnd-03-256", KM_TRI_NO, 256 },
		{ "dma-kmalloc-512", KM_TRI_NO, 512 },
		{ "size-131072(DMA)", KM_TRI_NO, 131072 },
		{ "kmalloc-192(1234:session-1.scope)", KM_TRI_NO, 192 },
		{ "dentry(77:a b.service)", KM_TRI_YES, KM_UNKNOWN },
		{ "dentry", KM_TRI_YES, KM_UNKNOWN },
		{ "kmalloc-", KM_TRI_UNKNOWN, KM_UNKNOWN },
		{ "kmalloc-64x", KM_TRI_UNKNOWN, KM_UNKNOWN },
		{ "kmalloc", KM_TRI_UNKNOWN, KM_UNKNOWN },
		{ "dentry2", KM_TRI_UNKNOWN, KM_UNKNOWN },
		{ "radix_tree_node", KM_TRI_UNKNOWN, KM_UNKNOWN }, /* not in all of 2.6 */
		{ "size-", KM_TRI_UNKNOWN, KM_UNKNOWN },
		{ "", KM_TRI_UNKNOWN, KM_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(names); i++) {
		struct km_str name = km_str_from(names[i].name);

		if (km_slab_reclaimable_by_name(name) != names[i].reclaimable ||
		    km_slab_class_bytes(name) != names[i].class)
			fail_msg("%s", names[i].name);
	}
	assert_str(km_slab_root_name(KM_STR("signal_cache(632851:3a16)")), "signal_cache");
	assert_str(km_slab_root_name(KM_STR("size-64(DMA)")), "size-64(DMA)");
	assert_str(km_slab_root_name(KM_STR("(1:a)")), "(1:a)");
	assert_str(km_slab_root_name(KM_STR("x(1:a")), "x(1:a");
}

static void a_cgroups_cache_is_as_its_root(void **state)
{
	struct km_slabinfo s = parsed(KM_STR("sock_inode_cache(9:a.scope) 1 2 64 64 1" TAIL "\n"
					     "sock_inode_cache 1 2 64 64 1" TAIL "\n"
					     "gone(9:a.scope) 1 2 64 64 1" TAIL "\n"));
	struct km_slabdir dir = { 0 };
	struct km_pool pool = { 0 };
	const struct km_slab *rows;

	(void)state;
	add_entry(&dir, KM_STR("sock_inode_cache"), KM_STR("sock_inode_cache"))
		->attributes[KM_SLABDIR_RECLAIM_ACCOUNT] = KM_STR("1\n");
	rows = km_slab_derive(&pool, &s, &dir, NULL, 4096).rows;
	assert_int_equal(rows[0].reclaimable, KM_TRI_YES);
	assert_int_equal(rows[1].reclaimable, KM_TRI_YES);
	assert_int_equal(rows[2].reclaimable, KM_TRI_UNKNOWN);
	km_slabinfo_deinit(&s);
	km_slabdir_deinit(&dir);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_a_line),
		cmocka_unit_test(names_may_hold_anything),
		cmocka_unit_test(statistics_are_passed_over),
		cmocka_unit_test(bad_lines_are_problems),
		cmocka_unit_test(directories_tell_flags),
		cmocka_unit_test(derives_figures),
		cmocka_unit_test(tells_flags_and_sizes),
		cmocka_unit_test(aliases_are_given_once),
		cmocka_unit_test(caches_of_one_name_are_kept_apart),
		cmocka_unit_test(captures_have_every_attribute),
		cmocka_unit_test(fields_tell_what_they_need),
		cmocka_unit_test(more_caches_than_slab_is_unknown),
		cmocka_unit_test(more_used_than_there_is_is_unknown),
		cmocka_unit_test(names_alone_make_rows),
		cmocka_unit_test(kinds_known_by_name),
		cmocka_unit_test(a_cgroups_cache_is_as_its_root),
	};

	return cmocka_run_group_tests_name("slab", tests, NULL, NULL);
}
