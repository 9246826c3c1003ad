// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/vmallocinfo (k5.10..7.2:mm/vmalloc.c): an area a line, only the range and size for sure.
 *
 *   0xSTART-0xEND    8192 fat_cache_add.part.0+0x63/0x1d0 [fat] pages=1 vmalloc N0=1
 *   0xSTART-0xEND    8192 hpet_enable+0xe5/0x46c phys=0x00000000fed00000 ioremap
 *   0xSTART-0xEND 4198400 bpf_prog_pack_alloc+0x2b0/0x3c0 pages=1024 vmalloc vpages N0=512 N1=512
 *   0xSTART-0xEND   20480 unpurged vm_area
 *   0xSTART-0xEND   16384 vm_map_ram
 */
#include "parse/vmallocinfo.h"

static const struct {
	struct km_str word;
	enum km_vmallocinfo_mark mark;
} marks[] = {
	{ KM_STR_INIT("vmalloc"), KM_VMALLOCINFO_VMALLOC },
	{ KM_STR_INIT("ioremap"), KM_VMALLOCINFO_IOREMAP },
	{ KM_STR_INIT("vmap"), KM_VMALLOCINFO_VMAP },
	{ KM_STR_INIT("vpages"), KM_VMALLOCINFO_VPAGES },
	{ KM_STR_INIT("user"), KM_VMALLOCINFO_USER },
	{ KM_STR_INIT("dma-coherent"), KM_VMALLOCINFO_DMA_COHERENT },
	{ KM_STR_INIT("sparse"), KM_VMALLOCINFO_SPARSE },
	{ KM_STR_INIT("vm_map_ram"), KM_VMALLOCINFO_VM_MAP_RAM },
};

static unsigned int watermark_of(struct km_str word)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (km_str_eq(word, marks[i].word))
			return marks[i].mark;
	return 0;
}

/* "0xSTART-0xEND", where the kernel may print (____ptrval____) for either. */
static bool parse_range(struct km_str range, struct km_vmallocinfo_area *area)
{
	ptrdiff_t dash = km_str_find(range, KM_STR("-0x"));

	if (dash < 0 || !km_str_starts(range, KM_STR("0x")))
		return false;
	area->start = (struct km_str){ range.ptr, (size_t)dash };
	area->end = km_str_skip(range, (size_t)dash + 1);
	return true;
}

/* The module of a caller is the only word in brackets; a build id may stand beside its name. */
static void parse_module(struct km_str *rest, struct km_vmallocinfo_area *area)
{
	struct km_str after = km_str_trim(*rest), inside;

	if (!km_str_take_prefix(&after, KM_STR("[")) || !km_str_take_until(&after, ']', &inside))
		return;
	if (km_str_take_word(&inside, &area->module))
		*rest = after;
}

/* Without a caller (vm_struct.caller is NULL) the first word is a mark or has a "=". */
static void parse_caller(struct km_str *rest, struct km_vmallocinfo_area *area)
{
	struct km_str after = *rest, word;

	if (!km_str_take_word(&after, &word) || watermark_of(word) ||
	    (word.len && memchr(word.ptr, '=', word.len)))
		return;
	area->caller = word;
	*rest = after;
	parse_module(rest, area);
}

/* "N0=256". False: the word is something else. */
static bool parse_node(struct km_str word, struct km_vmallocinfo *ret)
{
	struct km_vmallocinfo_node node, *kept;

	if (!km_str_take_prefix(&word, KM_STR("N")) || !km_str_take_u64(&word, &node.node) ||
	    !km_str_take_prefix(&word, KM_STR("=")) || km_str_to_u64(word, &node.pages))
		return false;
	kept = km_array_push(&ret->nodes);
	*kept = node;
	return true;
}

/* Marks stand together, so one piece of the line holds them all. */
static void add_mark(struct km_str word, struct km_vmallocinfo_area *area)
{
	area->mark |= watermark_of(word);
	if (!area->marks.ptr)
		area->marks.ptr = word.ptr;
	area->marks.len = (size_t)(word.ptr + word.len - area->marks.ptr);
}

static bool parse_words(struct km_str rest, struct km_vmallocinfo_area *area,
			struct km_vmallocinfo *ret)
{
	struct km_str word;

	while (km_str_take_word(&rest, &word)) {
		if (km_str_take_prefix(&word, KM_STR("pages="))) {
			if (area->nr_pages != KM_UNKNOWN || km_str_to_u64(word, &area->nr_pages))
				return false;
		} else if (km_str_take_prefix(&word, KM_STR("phys="))) {
			area->phys = word;
		} else if (parse_node(word, ret)) {
			area->nodes++;
		} else {
			add_mark(word, area);
		}
	}
	return true;
}

/* What is wrong with the line, or NULL. */
static const char *parse_area(struct km_str line, struct km_vmallocinfo_area *area,
			      struct km_vmallocinfo *ret)
{
	struct km_str range;

	if (!km_str_take_word(&line, &range) || !parse_range(range, area))
		return "no \"0xSTART-0xEND\" in front";
	if (!km_str_take_number(&line, &area->size))
		return "no size";
	line = km_str_trim(line);
	if (km_str_starts(line, KM_STR("unpurged vm_area"))) {
		area->mark = KM_VMALLOCINFO_UNPURGED;
		area->marks = line;
		return NULL;
	}
	parse_caller(&line, area);
	return parse_words(line, area, ret) ? NULL : "\"pages=\" is not one number";
}

void km_parse_vmallocinfo(struct km_parse *parse, struct km_str text, struct km_vmallocinfo *ret)
{
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		struct km_vmallocinfo_area area = { .nr_pages = KM_UNKNOWN,
						    .node = (uint32_t)ret->nodes.len }, *kept;
		const char *wrong;

		if (!km_str_trim(line).len)
			continue;
		wrong = parse_area(line, &area, ret);
		if (wrong) {
			km_parse_problem(parse, "%s", wrong);
			continue;
		}
		kept = km_array_push(&ret->areas);
		*kept = area;
	}
}

void km_vmallocinfo_deinit(struct km_vmallocinfo *vmallocinfo)
{
	km_array_deinit(&vmallocinfo->areas);
	km_array_deinit(&vmallocinfo->nodes);
}
