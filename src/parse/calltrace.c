// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Three files of debugfs.
 *
 * page_owner_stacks/show_stacks, from 6.9 on: a record for each stack (k6.12:mm/page_owner.c stack_print). Up to 6.11
 * the last line has another name and counts blocks:
 *
 *    get_page_from_freelist+0x14d/0x2d0
 *    __alloc_pages+0x18a/0x370
 *   nr_base_pages: 4695
 *
 * page_owner: a record for each block in use (k6.12:mm/page_owner.c print_page_owner):
 *
 *   Page allocated via order 2, mask 0x40cc0(GFP_KERNEL|__GFP_COMP), pid 1, tgid 1 (init), ts 95364 ns
 *   PFN 0x1234 type Unmovable Block 9 type Unmovable Flags 0x100000000000000(node=0|zone=1)
 *    get_page_from_freelist+0x14d/0x2d0
 *
 * slab/CACHE/alloc_traces, from 5.14 on for caches whose users are stored (k6.12:mm/slub.c slab_debugfs_show). Older
 * kernels print no stack below the line:
 *
 *      12 single_open+0x2a/0xb0 [module] waste=96/8 age=12/34/56 pid=1-99 cpus=0-3
 *           kmem_cache_alloc+0x1d1/0x270
 */
#include "parse/calltrace.h"

enum { MOST_ORDER = 31 };

/* Frames are indented. */
static bool is_frame(struct km_str line)
{
	return line.len && (*line.ptr == ' ' || *line.ptr == '\t') && km_str_trim(line).len;
}

static void add_frame(struct km_str *frames, struct km_str line)
{
	if (!frames->ptr)
		frames->ptr = line.ptr;
	frames->len = (size_t)(line.ptr + line.len - frames->ptr);
}

static void push(struct km_calltraces *ret, struct km_calltrace *trace)
{
	if (trace->count && trace->count != KM_UNKNOWN)
		*km_array_push(&ret->list) = *trace;
	*trace = (struct km_calltrace){ .count = KM_UNKNOWN };
}

/* "2, mask 0x..." : the pages of a block. */
static bool take_order(struct km_str rest, uint64_t *ret)
{
	uint64_t order;

	if (!km_str_take_u64(&rest, &order) || order > MOST_ORDER)
		return false;
	*ret = 1ull << order;
	return true;
}

void km_parse_page_owner(struct km_parse *parse, struct km_str text, struct km_calltraces *ret)
{
	struct km_calltrace trace = { .count = KM_UNKNOWN };
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		struct km_str rest = line;
		bool fits = true;

		if (is_frame(line)) {
			add_frame(&trace.frames, line);
		} else if (km_str_take_prefix(&rest, KM_STR("Page allocated via order "))) {
			push(ret, &trace);
			fits = take_order(rest, &trace.count);
		} else if (km_str_take_prefix(&rest, KM_STR("nr_base_pages: ")) ||
			   km_str_take_prefix(&rest, KM_STR("stack_count: "))) {
			fits = !km_str_to_u64(km_str_trim(rest), &trace.count);
			push(ret, &trace);
		} else if (km_str_trim(line).len) {
			/*
			 * the first line of a block is followed by more lines, which depend on the
			 * kernel
			 */
			fits = trace.count != KM_UNKNOWN;
		}
		if (!fits)
			km_parse_problem(parse, "not a frame, \"Page allocated via order N\" or \"nr_base_pages: N\"");
	}
	push(ret, &trace);
}

/* "12 single_open+0x2a/0xb0 [module] age=..." */
static bool take_head(struct km_str line, struct km_calltrace *trace)
{
	struct km_str word, module, rest;

	if (!km_str_take_number(&line, &trace->count) || !km_str_take_word(&line, &word))
		return false;
	rest = line;
	if (km_str_take_word(&rest, &module) && km_str_starts(module, KM_STR("[")))
		word.len = (size_t)(module.ptr + module.len - word.ptr);
	trace->caller = word;
	return true;
}

static bool begins_with_digit(struct km_str line)
{
	line = km_str_trim(line);
	return line.len && *line.ptr >= '0' && *line.ptr <= '9' && !km_str_starts(line, KM_STR("0x"));
}

void km_parse_alloc_traces(struct km_parse *parse, struct km_str text, struct km_calltraces *ret)
{
	struct km_calltrace trace = { .count = KM_UNKNOWN };
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len || km_str_eq(km_str_trim(line), KM_STR("No data")))
			continue;
		if (begins_with_digit(line)) {
			push(ret, &trace);
			if (!take_head(line, &trace))
				km_parse_problem(parse, "not \"NUMBER CALLER\"");
		} else if (is_frame(line) && trace.count != KM_UNKNOWN) {
			add_frame(&trace.frames, line);
		} else {
			km_parse_problem(parse, "neither \"NUMBER CALLER\" nor a frame below it");
		}
	}
	push(ret, &trace);
}

void km_calltraces_deinit(struct km_calltraces *traces)
{
	km_array_deinit(&traces->list);
}
