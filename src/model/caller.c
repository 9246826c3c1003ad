// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/index.h"
#include "model/caller.h"
#include "model/failure-caller.h"

const struct km_word km_caller_sources[] = {
	[KM_CALLER_ALLOCINFO] = {
		.key = "allocinfo", .brief = "the kernel's allocation profiling: each place in its source",
		.explain = "Counts slab objects, pages, vmalloc() and per-CPU memory. The pages of slabs count twice: "
			   "at mm/slub.c, and as the objects in them.",
		.origin = "/proc/allocinfo" },
	[KM_CALLER_PAGE_OWNER] = {
		.key = "page_owner", .brief = "the stack of each block of pages",
		.explain = "Counts pages: of slabs, of processes and of files as well.",
		.origin = "debugfs page_owner_stacks/show_stacks, page_owner" },
	[KM_CALLER_SLAB] = {
		.key = "slab", .brief = "the stack of each object of a slab cache",
		.explain = "Only of caches for which slab_debug=U stores the users.",
		.origin = "debugfs slab/CACHE/alloc_traces" },
	[KM_CALLER_SOURCES] = { 0 },
};

const struct km_vocabulary km_caller_source_vocabulary = {
	.name = "caller_source",
	.brief = "the kernel's records of who allocated memory",
	.items = km_caller_sources,
	.item_size = sizeof(*km_caller_sources),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_caller, source, KM_WORD), .words = &km_caller_source_vocabulary,
	  .flags = KM_SHOWN | KM_ID, .head = "SOURCE", .brief = "record that contains the caller",
	  .explain = "allocinfo, page_owner or slab. They overlap: memory may appear once in each.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_caller, caller, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CALLER",
	  .brief = "function that requested the memory",
	  .explain = "In stacks, the first function that is not an allocator.",
	  .origin = "see the source" },
	{ KM_FIELD(struct km_caller, place, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "PLACE",
	  .brief = "file and line in the kernel's source", .explain = "Only allocinfo has it.",
	  .origin = "/proc/allocinfo" },
	{ KM_FIELD(struct km_caller, module, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "MODULE",
	  .brief = "module that contains the function", .explain = "Unknown if it is part of the kernel itself.",
	  .origin = "see the source" },
	{ KM_FIELD(struct km_caller, cache, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CACHE",
	  .brief = "slab cache of the objects", .explain = "Only stacks of slab objects name it.",
	  .origin = "debugfs slab" },
	{ KM_FIELD(struct km_caller, allocations, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "COUNT",
	  .brief = "allocations that are not freed",
	  .explain = "Objects or blocks; pages where the source counts pages only.",
	  .origin = "see the source" },
	{ KM_FIELD(struct km_caller, size_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "SIZE",
	  .brief = "memory that they hold",
	  .explain = "Objects count with the size that the cache gives each of them.",
	  .origin = "see the source" },
	{ KM_FIELD(struct km_caller, mean_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL, .head = "MEAN",
	  .brief = "size divided by allocations",
	  .explain = "Less than a page: slab objects. More than two pages: blocks of pages, vmalloc(), or kmalloc() "
		     "that no cache serves.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_caller, exact, KM_TRI), .head = "EXACT",
	  .brief = "whether all of its allocations were counted",
	  .explain = "No: the kernel had no memory for the record of some of them (accurate:no).",
	  .origin = "/proc/allocinfo" },
	{ 0 }
};

const struct km_sheet_type km_caller_type = {
	.name = "callers",
	.brief = "code of the kernel that holds memory",
	.explain = "Only kernels with a record of callers report them. `kmeminfo explain unaccounted` says "
		   "how to switch each source on, and what it costs. kmeminfo never does so itself.",
	.fields = fields,
	.row_size = sizeof(struct km_caller),
	.sort = "size_bytes:desc",
};

static uint64_t mean_of(uint64_t bytes, uint64_t count)
{
	return bytes == KM_UNKNOWN || count == KM_UNKNOWN || !count ? KM_UNKNOWN : bytes / count;
}

void km_callers_add_allocinfo(struct km_callers *callers, const struct km_allocinfo *allocinfo)
{
	const struct km_allocinfo_site *site;

	km_array_each(site, &allocinfo->sites) {
		struct km_caller *row = km_array_push(&callers->rows);

		*row = (struct km_caller){
			.source = &km_caller_sources[KM_CALLER_ALLOCINFO], .caller = site->func, .place = site->place,
			.module = site->module, .allocations = site->calls, .size_bytes = site->size,
			.mean_bytes = mean_of(site->size, site->calls), .exact = km_tri_of(!site->inaccurate),
		};
	}
}

/* Splits "ext4_alloc_inode+0x1a/0x140 [ext4]": returns the name, sets the module, drops the offset. */
static struct km_str name_of(struct km_str frame, struct km_str *module)
{
	struct km_str name = frame, word;

	*module = (struct km_str){ 0 };
	if (!km_str_take_word(&frame, &name))
		return name;
	if (km_str_take_word(&frame, &word) && word.len > 2 && km_str_starts(word, KM_STR("[")))
		*module = (struct km_str){ word.ptr + 1, word.len - 2 };
	word = name;
	if (km_str_take_until(&word, '+', &name))
		return name;
	return name;
}

/* The functions that record a stack are part of it (k6.12:mm/page_owner.c save_stack). */
static bool is_recorder(struct km_str frame)
{
	static const char *const names[] = { "prep_new_page", "post_alloc_hook", "save_stack", "__set_page_owner",
					     "set_track_prepare" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_starts(frame, km_str_from(names[i])))
			return true;
	return false;
}

/* The first frame that is not an allocator; if all are, the last frame. */
static struct km_str caller_of(const struct km_calltrace *trace)
{
	struct km_str rest = trace->frames, line, frame = trace->caller;

	while (km_str_take_line(&rest, &line)) {
		line = km_str_trim(line);
		if (!line.len)
			continue;
		frame = line;
		if (!km_failure_is_allocator(line) && !is_recorder(line))
			break;
	}
	return frame;
}

void km_callers_add_traces(struct km_callers *callers, enum km_caller_source source,
			   const struct km_calltraces *traces, struct km_str cache, uint64_t unit_bytes)
{
	const size_t first = callers->rows.len;
	const struct km_calltrace *trace;
	struct km_index index = { 0 };

	km_array_each(trace, &traces->list) {
		struct km_str module, name = name_of(caller_of(trace), &module);
		const size_t at = km_index_of(&index, 0, name);
		struct km_caller *row;

		if (first + at == callers->rows.len) {
			row = km_array_push(&callers->rows);
			*row = (struct km_caller){ .source = &km_caller_sources[source], .caller = name,
						   .module = module, .cache = cache, .exact = KM_TRI_YES };
		}
		row = &callers->rows.items[first + at];
		row->allocations += trace->count;
		row->size_bytes = km_num_mul(row->allocations, unit_bytes);
		row->mean_bytes = unit_bytes;
	}
	km_index_deinit(&index);
}

struct km_sheet km_callers_take(struct km_callers *callers)
{
	km_pool_adopt(callers->pool, callers->rows.items);
	return (struct km_sheet){ &km_caller_type, callers->rows.items, callers->rows.len, NULL };
}

/* Whether the pages are slabs. They are left out, because the objects in them have callers of their own. */
static bool is_slab_itself(const struct km_caller *row)
{
	return km_str_starts(row->place, KM_STR("mm/slub.c:")) || km_str_starts(row->place, KM_STR("mm/slab"));
}

const struct km_caller *km_caller_largest(const struct km_sheet *callers, uint64_t page_bytes, bool large)
{
	const struct km_caller *largest = NULL;

	for (size_t i = 0; i < callers->len; i++) {
		const struct km_caller *row = km_sheet_row(callers, i);
		const bool fits = row->mean_bytes != KM_UNKNOWN && page_bytes != KM_UNKNOWN &&
				  (large ? row->mean_bytes > 2 * page_bytes : row->mean_bytes < page_bytes);

		if (fits && row->source == &km_caller_sources[KM_CALLER_ALLOCINFO] && !is_slab_itself(row) &&
		    (!largest || row->size_bytes > largest->size_bytes))
			largest = row;
	}
	return largest;
}
