// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include "unit.h"
#include "base/text.h"
#include "parse/vmallocinfo.h"

struct parsed {
	struct km_problems problems;
	KM_ARRAY(struct km_vmallocinfo_area) areas;
	KM_ARRAY(struct km_vmallocinfo_node) nodes; /* of the last of them */
};

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct parsed));
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	struct parsed *parsed = *state;

	km_array_deinit(&parsed->areas);
	km_array_deinit(&parsed->nodes);
	km_problems_deinit(&parsed->problems);
	free(parsed);
	return 0;
}

/* Texts stay valid, because the test owns them. */
static void take(void *data, const struct km_vmallocinfo_area *areas, size_t len)
{
	struct parsed *parsed = data;

	assert_in_range(len, 1, KM_VMALLOCINFO_BATCH);
	for (size_t i = 0; i < len; i++) {
		*km_array_push(&parsed->areas) = areas[i];
		parsed->nodes.len = 0;
		for (size_t j = 0; j < areas[i].nodes_len; j++)
			*km_array_push(&parsed->nodes) = areas[i].nodes[j];
	}
}

static void parse(struct parsed *parsed, struct km_str text)
{
	const struct km_vmallocinfo_taker taker = { take, parsed };
	struct km_parse parse = { .source = KM_STR("/proc/vmallocinfo"),
				  .problems = &parsed->problems };

	km_parse_vmallocinfo(&parse, text, &taker);
}

/* Parses a line that has to be one good area. */
static const struct km_vmallocinfo_area *area_of(struct parsed *parsed, const char *line)
{
	size_t before = parsed->areas.len;

	parse(parsed, km_str_from(line));
	assert_int_equal(parsed->problems.list.len, 0);
	assert_int_equal(parsed->areas.len, before + 1);
	return &parsed->areas.items[before];
}

static void whole_line(void **state)
{
	struct parsed *parsed = *state;
	const struct km_vmallocinfo_area *area =
		area_of(parsed, "0xffffc90000000000-0xffffc90000402000 4202496 "
				"fat_cache_add.part.0+0x63/0x1d0 [fat] pages=1024 vmalloc user "
				"vpages N0=1000 N11=24\n");

	assert_str(area->start, "0xffffc90000000000");
	assert_str(area->end, "0xffffc90000402000");
	assert_int_equal(area->size, 4202496);
	assert_str(area->caller, "fat_cache_add.part.0+0x63/0x1d0");
	assert_str(area->module, "fat");
	assert_int_equal(area->nr_pages, 1024);
	assert_str(area->marks, "vmalloc user vpages");
	assert_int_equal(area->mark, KM_VMALLOCINFO_VMALLOC | KM_VMALLOCINFO_USER |
					     KM_VMALLOCINFO_VPAGES);
	assert_null(area->phys.ptr);
	assert_int_equal(area->nodes_len, 2);
	assert_int_equal(parsed->nodes.items[0].node, 0);
	assert_int_equal(parsed->nodes.items[0].pages, 1000);
	assert_int_equal(parsed->nodes.items[1].node, 11);
	assert_int_equal(parsed->nodes.items[1].pages, 24);
}

static void device(void **state)
{
	const struct km_vmallocinfo_area *area =
		area_of(*state, "0x(ptrval)-0x(ptrval)    8192 hpet_enable+0xc7/0x3dc "
				"phys=0x00000000fed00000 ioremap");

	assert_str(area->start, "0x(ptrval)");
	assert_str(area->phys, "0x00000000fed00000");
	assert_int_equal(area->mark, KM_VMALLOCINFO_IOREMAP);
	assert_int_equal(area->nr_pages, KM_UNKNOWN);
	assert_null(area->module.ptr);
	assert_int_equal(area->nodes_len, 0);
}

static void without_caller(void **state)
{
	static const struct {
		const char *rest;
		unsigned int mark;
		const char *marks;
	} lines[] = {
		{ "unpurged vm_area", KM_VMALLOCINFO_UNPURGED, "unpurged vm_area" },
		{ "vm_map_ram", KM_VMALLOCINFO_VM_MAP_RAM, "vm_map_ram" },
		{ "vmalloc", KM_VMALLOCINFO_VMALLOC, "vmalloc" },
		{ "phys=0x10 vmap", KM_VMALLOCINFO_VMAP, "vmap" },
		{ "pages=3 sparse dma-coherent",
		  KM_VMALLOCINFO_SPARSE | KM_VMALLOCINFO_DMA_COHERENT, "sparse dma-coherent" },
		{ "", 0, NULL },
	};
	char line[128];

	for (size_t i = 0; i < UNIT_COUNT(lines); i++) {
		const struct km_vmallocinfo_area *area;

		snprintf(line, sizeof(line), "0x(____ptrval____)-0x(____ptrval____)   20480 %s",
			 lines[i].rest);
		area = area_of(*state, line);
		assert_null(area->caller.ptr);
		assert_int_equal(area->size, 20480);
		assert_int_equal(area->mark, lines[i].mark);
		if (lines[i].marks)
			assert_str(area->marks, lines[i].marks);
		else
			assert_null(area->marks.ptr);
	}
}

static void odd_callers(void **state)
{
	static const struct {
		const char *printed, *caller, *module;
	} callers[] = {
		{ "0xffffffffc039b089", "0xffffffffc039b089", NULL },
		{ "pcpu_get_vm_areas+0x0/0x10a0", "pcpu_get_vm_areas+0x0/0x10a0", NULL },
		{ ".kernel_clone+0x9c/0x5b0", ".kernel_clone+0x9c/0x5b0", NULL },
		{ "f+0x1/0x2 [nvme 0123456789abcdef]", "f+0x1/0x2", "nvme" },
		{ "f+0x1/0x2 [__builtin__ftrace]", "f+0x1/0x2", "__builtin__ftrace" },
		{ "f+0x1/0x2 []", "f+0x1/0x2", NULL },
		{ "\xff\xfe+0x1/0x2", "\xff\xfe+0x1/0x2", NULL },
	};
	char line[160];

	for (size_t i = 0; i < UNIT_COUNT(callers); i++) {
		const struct km_vmallocinfo_area *area;

		snprintf(line, sizeof(line), "0x1-0x2 8192 %s pages=1 vmalloc", callers[i].printed);
		area = area_of(*state, line);
		assert_str(area->caller, callers[i].caller);
		assert_int_equal(area->nr_pages, 1);
		assert_true(area->mark & KM_VMALLOCINFO_VMALLOC);
		if (callers[i].module)
			assert_str(area->module, callers[i].module);
		else
			assert_null(area->module.ptr);
	}
}

/* A word that no kernel has yet is kept beside the others, and does not make them invalid. */
static void unknown_words(void **state)
{
	const struct km_vmallocinfo_area *area = area_of(
		*state,
		"0x1-0x2 8192 f+0x1/0x2 pages=1 colour=blue vmalloc huge N0=1 Nx=1 N1= nodes");

	assert_int_equal(area->nr_pages, 1);
	assert_int_equal(area->mark, KM_VMALLOCINFO_VMALLOC);
	assert_str(area->marks, "colour=blue vmalloc huge N0=1 Nx=1 N1= nodes");
	assert_int_equal(area->nodes_len, 1);
}

static void bad_lines(void **state)
{
	static const char text[] = "garbage\n"
				   "0x1-0x2\n"
				   "0x1-0x2 -8192 f+0x1/0x2\n"
				   "0x1-0x2 99999999999999999999999 f+0x1/0x2\n"
				   "0x1 8192 f+0x1/0x2\n"
				   "1-0x2 8192 f+0x1/0x2\n"
				   "\n"
				   "   \n"
				   "0x1-0x2 8192 f+0x1/0x2 pages=-1 vmalloc\n"
				   "0x1-0x2 8192 f+0x1/0x2 pages= vmalloc\n"
				   "0x1-0x2 8192 f+0x1/0x2 pages=1 vmalloc 0x2-0x3 8192 g+0x1/0x2 pages=1 vmalloc\n"
				   "0x1-0x2 8192 good+0x1/0x2 pages=1 vmalloc\r\n"
				   "0x1-0x2 81";
	static const uint64_t lines[] = { 1, 2, 3, 4, 5, 6, 9, 10, 11 };
	struct parsed *parsed = *state;

	parse(parsed, km_str_from(text));
	assert_int_equal(parsed->problems.list.len, UNIT_COUNT(lines));
	for (size_t i = 0; i < UNIT_COUNT(lines); i++)
		assert_int_equal(parsed->problems.list.items[i].line, lines[i]);
	assert_int_equal(parsed->areas.len, 2);
	assert_str(parsed->areas.items[0].caller, "good+0x1/0x2");
	assert_str(parsed->areas.items[0].marks, "vmalloc");
	/* a line cut in its size looks like a whole one */
	assert_int_equal(parsed->areas.items[1].size, 81);
}

/* The form of 64-bit kernels is read eight bytes at a time: every width of the size, and near misses. */
static void wide_lines(void **state)
{
	static const uint64_t sizes[] = { 0, 7, 42, 999, 8192, 20480, 999999, 2101248, 9999999, 10000000,
					  4398046511104, UINT64_MAX };
	static const char *const rests[] = { "f+0x1/0x2 [m] pages=12345678901 vmalloc N0=99999999 N12=7",
					     "f+0x1/0x2 [m] pages=1 vmalloc N0=1", "f+0x1/0x2 [m] phys=0x1 ioremap" };
	static const struct {
		const char *line;
		bool good;
		uint64_t size;
	} cases[] = {
		{ "0xffffc90000000000-0xffffc90000002000\t   8192 f+0x1/0x2", true, 8192 },
		{ "0xffffc90000000000-0xffffc90000002000    8192\tf+0x1/0x2", true, 8192 },
		{ "0xffffc90000000000-0xffffc90000002000    8192", true, 8192 },
		{ "0xffffc90000000000-0xffffc90000002000 8192 f+0x1/0x2 vmalloc", true, 8192 },
		{ "0xffffc900-0000000-0xffffc90000002000    8192 f+0x1/0x2", true, 8192 },
		{ "0xffffc90000000000-0xffffc90000002000  81 92 f+0x1/0x2", true, 81 },
		{ "0xffffc90000000000-0xffffc900000020001234567 f+0x1/0x2 vmalloc", false, 0 },
		{ "0xffffc90000000000-0xffffc90000002000 -8192 f+0x1/0x2 vmalloc", false, 0 },
		{ "0xffffc90000000000-0xffffc90000002000   819x f+0x1/0x2 vmalloc", false, 0 },
		{ "0xffffc90000000000-0xffffc90000002000         f+0x1/0x2 vmalloc", false, 0 },
		{ "0xffffc9000000 000-0xffffc90000002000    8192 f+0x1/0x2", false, 0 },
		{ "0xffffc90000000000 0xffffc90000002000    8192 f+0x1/0x2", false, 0 },
	};
	struct parsed *parsed = *state;
	char line[256];

	for (size_t i = 0; i < UNIT_COUNT(sizes) * UNIT_COUNT(rests); i++) {
		uint64_t size = sizes[i / UNIT_COUNT(rests)];
		const struct km_vmallocinfo_area *area;

		snprintf(line, sizeof(line), "0xffffc90000000000-0xffffc90000002000 %7llu %s",
			 (unsigned long long)size, rests[i % UNIT_COUNT(rests)]);
		area = area_of(parsed, line);
		assert_str(area->start, "0xffffc90000000000");
		assert_str(area->end, "0xffffc90000002000");
		assert_int_equal(area->size, size);
		assert_str(area->caller, "f+0x1/0x2");
		assert_str(area->module, "m");
		if (i % UNIT_COUNT(rests) == 0) {
			assert_int_equal(area->nr_pages, 12345678901);
			assert_int_equal(parsed->nodes.items[0].pages, 99999999);
			assert_int_equal(parsed->nodes.items[1].node, 12);
		}
	}
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		size_t areas = parsed->areas.len, problems = parsed->problems.list.len;

		parse(parsed, km_str_from(cases[i].line));
		if ((parsed->areas.len > areas) != cases[i].good || (parsed->problems.list.len > problems) == cases[i].good)
			fail_msg("%s", cases[i].line);
		if (cases[i].good)
			assert_int_equal(parsed->areas.items[areas].size, cases[i].size);
	}
}

static void bytes(void **state)
{
	struct parsed *parsed = *state;
	static char text[1 << 20];

	memset(text, 'x', sizeof(text));
	parse(parsed, (struct km_str){ text, sizeof(text) });
	memset(text, 0, sizeof(text));
	parse(parsed, (struct km_str){ text, sizeof(text) });
	parse(parsed, KM_STR(""));
	assert_int_equal(parsed->areas.len, 0);
	assert_int_equal(parsed->problems.list.len, 2);
}

/* All areas that were parsed, as text. */
static void write_down(void *data, const struct km_vmallocinfo_area *areas, size_t len)
{
	struct km_text *text = data;

	for (size_t i = 0; i < len; i++) {
		const struct km_vmallocinfo_area *area = &areas[i];
		const struct km_str words[] = { area->start, area->end, area->caller, area->module, area->phys, area->marks };

		for (size_t j = 0; j < UNIT_COUNT(words); j++) {
			km_text_puts(text, words[j].ptr ? "|" : "?");
			km_text_add(text, words[j]);
		}
		km_text_printf(text, "|%" PRIu64 "|%" PRIu64 "|%x", area->size, area->nr_pages, area->mark);
		for (size_t j = 0; j < area->nodes_len; j++)
			km_text_printf(text, " N%" PRIu64 "=%" PRIu64, area->nodes[j].node, area->nodes[j].pages);
		km_text_puts(text, "\n");
	}
}

/* Parses each line by itself, or all at once; problems are included. */
static void read_lines(struct km_str rest, bool apart, struct km_text *ret)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("lines"), .problems = &problems };
	const struct km_vmallocinfo_taker taker = { write_down, ret };
	const char *begin = rest.ptr;
	struct km_str line;

	if (!apart)
		km_parse_vmallocinfo(&parse, rest, &taker);
	while (apart && km_str_take_line(&rest, &line)) {
		km_parse_vmallocinfo(&parse, (struct km_str){ begin, (size_t)(rest.ptr - begin) }, &taker);
		begin = rest.ptr;
	}
	km_text_printf(ret, "%" PRIu64 " lines, %zu problems\n", parse.line, problems.list.len);
	km_problems_deinit(&problems);
}

/* In a long text, usual lines are parsed by another function. Whichever byte changes, the result is the same. */
static void usual_lines(void **state)
{
	static const char *const lines[] = {
		"0xffffc90000000000-0xffffc90000003000   12288 alloc_large+0x2f/0x150 pages=2 vmalloc N0=2\n",
		"0xffffc90000000000-0xffffc90000402000 4202496 fat_cache.part.0+0x63/0x1d0 [fat] pages=1025 vmalloc vpages N0=1000 N11=25\n",
		"0xffffc90000000000-0xffffc90000003000   12288 unpurged vm_area\n",
		"0xffffc90000000000-0xffffc90000003000   12288 hpet_enable+0xe5/0x46c phys=0x00000000fed00000 ioremap\n",
		"0xffffc90000000000-0xffffc90000003000 9999999 f+0x1/0x2 pages=9999999 vmalloc\n",
	};
	static const char odd[] = " \t\n\r=-0x9aN[]v+\x01\x7f\xff";
	struct km_text padding = { 0 }, text = { 0 }, whole = { 0 }, apart = { 0 };

	(void)state;
	for (size_t i = 0; i < 16; i++)
		km_text_puts(&padding, lines[i % UNIT_COUNT(lines)]);
	for (size_t i = 0; i < UNIT_COUNT(lines); i++)
		for (size_t at = 0; lines[i][at]; at++)
			for (size_t o = 0; o < sizeof(odd); o++) {
				text.len = whole.len = apart.len = 0;
				km_text_puts(&text, lines[i]);
				text.ptr[at] = odd[o];
				km_text_add(&text, km_text_str(&padding));
				read_lines(km_text_str(&text), false, &whole);
				read_lines(km_text_str(&text), true, &apart);
				if (!km_str_eq(km_text_str(&whole), km_text_str(&apart)))
					fail_msg("%.*s", KM_STR_ARG(km_text_str(&text)));
			}
	km_text_deinit(&padding);
	km_text_deinit(&text);
	km_text_deinit(&whole);
	km_text_deinit(&apart);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(device, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_caller, set_up, tear_down),
		cmocka_unit_test_setup_teardown(odd_callers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unknown_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bad_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(wide_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bytes, set_up, tear_down),
		cmocka_unit_test(usual_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
