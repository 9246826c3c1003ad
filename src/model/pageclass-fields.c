// SPDX-License-Identifier: GPL-2.0-or-later
/* The words for classes of pages, and the fields of their sheet. */
#include "model/pageclass.h"
#include "page-class.h" /* module/ */

#define EXPLAIN_ABSENT NULL
#define EXPLAIN_FOREIGN NULL
#define EXPLAIN_DEVICE NULL
#define EXPLAIN_BUDDY NULL
#define EXPLAIN_REF0 NULL
#define EXPLAIN_RESERVED NULL
#define EXPLAIN_HWPOISON                                                                           \
	"HardwareCorrupted in /proc/meminfo. Inside a huge page of processes only the poisoned pages are in " \
	"this class. A poisoned page of the huge page pool stays in the class hugetlb."
#define EXPLAIN_SLAB NULL
#define EXPLAIN_LARGE_KMALLOC NULL
#define EXPLAIN_PAGETABLE                                                                          \
	"Up to 6.12, x86 kernels do not mark the top level (PGD), which comes from __get_free_pages(): one " \
	"page per process in the class kernel_single. Nor do they mark the kernel's own page tables. 7.2 " \
	"marks both."
#define EXPLAIN_OFFLINE NULL
#define EXPLAIN_GUARD "Whole blocks: only the first page of each is marked, and the module steps over the rest."
#define EXPLAIN_UNACCEPTED                                                                         \
	"Counted by whole blocks; from 6.12 on the first page of each is flagged. Kernels 6.5 to 6.11 flag " \
	"none: there the zone's counter is subtracted from the pages without a reference."
#define EXPLAIN_ZSMALLOC NULL
#define EXPLAIN_HUGETLB NULL
#define EXPLAIN_ANON NULL
#define EXPLAIN_SHMEM NULL
#define EXPLAIN_FILE                                                                               \
	"Page cache on the LRU lists, and pages that have an address space but are on no list. Those are on " \
	"their way to a list, or they belong to a driver that sets page->mapping (frame buffers). /proc/meminfo " \
	"counts the driver's pages nowhere, so the class may exceed its figure."
#define EXPLAIN_PAGE_POOL                                                                          \
	"Network drivers keep pages for received packets in a page_pool. No counter of /proc/meminfo covers " \
	"them: on servers they are often the largest part of the unaccounted memory. From 5.14 on a magic " \
	"number in the page identifies them. On older kernels they are in kernel_single and kernel_compound."
#define EXPLAIN_MOVABLE NULL
#define EXPLAIN_CHARGED                                                                            \
	"Whole pages that the kernel allocated with __GFP_ACCOUNT: vmalloc areas and stacks of tasks in a " \
	"memory cgroup, pipe buffers, BPF maps. The cgroup's memory.stat counts them as kernel."
#define EXPLAIN_MAPPED                                                                             \
	"Pages that a driver shows to processes: rings of packet sockets, io_uring, perf. A compound page is " \
	"in this class if any of its pages is mapped. Kernels with CONFIG_NO_PAGE_MAPCOUNT count only the " \
	"mappings of the compound page as a whole."
#define EXPLAIN_KERNEL_COMPOUND NULL
#define EXPLAIN_KERNEL_SINGLE                                                                      \
	"vmalloc, stacks and per-CPU memory consist of such pages, which /proc/meminfo counts as VmallocUsed " \
	"and Percpu; the rest belongs to drivers and is unaccounted."
#define CLASS_TOPIC(id, name, meaning) { name, meaning, EXPLAIN_##id, "/proc/kmeminfo/pages", NULL, KM_TONE_PLAIN },

const struct km_word km_pageclass_words[] = {
	KM_CLASSES(CLASS_TOPIC)
	{ "pcp", "free, in the lists of a CPU",
	  "Pages without a reference, up to what the zone's CPUs hold in their lists.",
	  "/proc/kmeminfo/pages: ref0 up to pcp_pages", NULL, KM_TONE_PLAIN },
	{ "untyped", "in use, but without their own reference count",
	  "The frames behind the first of a block of a higher order that is neither compound nor "
	  "typed, for example drivers' buffers from __get_free_pages(). In struct page they look "
	  "like free pages, but the CPUs' lists do not hold them.",
	  "/proc/kmeminfo/pages: ref0 less pcp_pages and less unaccepted_pages", NULL, KM_TONE_PLAIN },
	{ 0 }
};

#define PAGES "/proc/kmeminfo/pages"

static const struct km_field order_fields[] = {
	{ KM_FIELD(struct km_pageclass_order, order, KM_COUNT), .flags = KM_ID, .head = "ORDER",
	  .brief = "order of the block that the pages are part of",
	  .explain = "0: single pages. The last row may also contain larger blocks.", .origin = PAGES },
	{ KM_FIELD(struct km_pageclass_order, blocks, KM_COUNT), .flags = KM_LEVEL, .head = "BLOCKS",
	  .brief = "blocks of this order", .explain = "Pages shifted right by the order.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass_order, size_bytes, KM_BYTES), .flags = KM_ANSWER | KM_LEVEL, .head = "SIZE",
	  .brief = "memory of the class in blocks of this order", .explain = "Pages times the page size.",
	  .origin = PAGES },
	{ 0 }
};

const struct km_sheet_type km_pageclass_order_type = {
	.name = "page_orders",
	.brief = "pages of a class in blocks of one order",
	.fields = order_fields,
	.row_size = sizeof(struct km_pageclass_order),
	.spread_head = "order",
	.spread_cell = "size_bytes",
};

static const struct km_field fs_fields[] = {
	{ KM_FIELD(struct km_pageclass_fs, name, KM_TEXT), .flags = KM_ID, .head = "FS",
	  .brief = "type of the file system",
	  .explain = "As in /proc/filesystems. Unknown: swap cache, or a file that went away "
		     "meanwhile.",
	  .origin = PAGES },
	{ KM_FIELD(struct km_pageclass_fs, size_bytes, KM_BYTES), .flags = KM_ANSWER | KM_LEVEL, .head = "SIZE",
	  .brief = "page cache of these file systems", .explain = "Pages on the LRU lists only.",
	  .origin = PAGES },
	{ 0 }
};

const struct km_sheet_type km_pageclass_fs_type = {
	.name = "page_filesystems",
	.brief = "page cache of one type of file system",
	.fields = fs_fields,
	.row_size = sizeof(struct km_pageclass_fs),
	.spread_head = "name",
	.spread_cell = "size_bytes",
};

static const struct km_field zone_fields[] = {
	{ KM_FIELD(struct km_pageclass_zone, zone, KM_TEXT), .flags = KM_ID, .head = "ZONE",
	  .brief = "node and zone", .explain = "As \"0 Normal\".", .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass_zone, pages, KM_COUNT), .flags = KM_LEVEL, .head = "PAGES",
	  .brief = "page frames of the class in this zone", .explain = "Counted one by one.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass_zone, size_bytes, KM_BYTES), .flags = KM_ANSWER | KM_LEVEL, .head = "SIZE",
	  .brief = "memory of the class in this zone", .explain = "Pages times the page size.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass_zone, pinned_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "PINNED",
	  .brief = "memory of the class in this zone that is pinned for DMA",
	  .explain = "Unknown for classes that are never pinned.", .origin = PAGES " pinned" },
	{ 0 }
};

const struct km_sheet_type km_pageclass_zone_type = {
	.name = "page_zones",
	.brief = "pages of a class in one zone",
	.fields = zone_fields,
	.row_size = sizeof(struct km_pageclass_zone),
	.spread_head = "zone",
	.spread_cell = "size_bytes",
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_pageclass, class, KM_WORD), .words = &km_pageclass_vocabulary, .flags = KM_SHOWN | KM_ID, .head = "CLASS",
	  .brief = "what the pages are",
	  .explain = "Each page frame of a zone's span is in exactly one class.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass, pages, KM_COUNT), .flags = KM_SUMMED | KM_LEVEL, .head = "PAGES",
	  .brief = "page frames of the class",
	  .explain = "No lock is held while they are counted: a page that changes its use "
		     "meanwhile is counted either as before or as after.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass, size_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "SIZE",
	  .brief = "memory of the class", .explain = "Pages times the page size.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, share_ratio, KM_RATIO),
	  .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "SHARE",
	  .brief = "share of the zones' span in this class",
	  .explain = "Of the whole span, including holes.", .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, meaning, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "MEANS",
	  .brief = "description of the class", .explain = "As in `kmeminfo explain CLASS`.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, pinned_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "PINNED",
	  .brief = "memory of the class that is pinned for DMA",
	  .explain = "It cannot be moved or reclaimed. Exact for compound pages. A single page looks pinned when it "
		     "has 1,024 references or more. Unknown for classes that are never pinned.",
	  .origin = PAGES " pinned" },
	{ KM_FIELD(struct km_pageclass, charged_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "CHARGED",
	  .brief = "memory of the class that is charged to memory cgroups",
	  .explain = "To any but the root cgroup. Unknown for slab, whose objects are charged one by one, and for "
		     "what is free.", .origin = PAGES " charged" },
	{ KM_FIELD(struct km_pageclass, dead_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "DEAD",
	  .brief = "memory of the class that is charged to removed memory cgroups",
	  .explain = "A removed cgroup stays in the kernel, invisible, until its last page is freed.",
	  .origin = PAGES " dead" },
	{ KM_FIELD(struct km_pageclass, orders, KM_ROWS), .flags = KM_SPREAD, .rows = &km_pageclass_order_type,
	  .head = "ORDERS", .brief = "the class by order of the blocks",
	  .explain = "Huge and large folios of processes and of page cache, slabs, compound pages of the "
		     "kernel. Older modules do not report it.", .origin = PAGES " orders" },
	{ KM_FIELD(struct km_pageclass, filesystems, KM_ROWS), .flags = KM_SPREAD, .rows = &km_pageclass_fs_type,
	  .head = "FILESYSTEMS", .brief = "the class by type of file system",
	  .explain = "Of file and shmem only. Older modules do not report it.", .origin = PAGES " fs" },
	{ KM_FIELD(struct km_pageclass, zones, KM_ROWS), .flags = KM_SPREAD, .rows = &km_pageclass_zone_type,
	  .head = "ZONES", .brief = "the class by zone", .explain = "Every zone that spans "
		"memory.",
	  .origin = "/proc/kmeminfo/pages" },
	{ 0 }
};

const struct km_sheet_type km_pageclass_type = {
	.name = "pages",
	.brief = "every page of the machine in exactly one class",
	.explain = "Needs the helper module, which reads each page's struct page. The classes add "
		   "up to the span of the zones, to the page.",
	.fields = fields,
	.row_size = sizeof(struct km_pageclass),
};

const struct km_vocabulary km_pageclass_vocabulary = {
	.name = "page",
	.brief = "what a page frame is, as the helper module reports it",
	.items = km_pageclass_words,
	.item_size = sizeof(*km_pageclass_words),
	.open = true,
};
