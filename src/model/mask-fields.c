// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/mask.h"

#define GFP_TYPES "include/linux/gfp_types.h"
#define PAGE_ALLOC "mm/page_alloc.c gfp_to_alloc_flags, __zone_watermark_ok"

static const struct km_field flag_fields[] = {
	{ KM_FIELD(struct km_mask_flag, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "FLAG",
	  .brief = "flag or ready-made combination in the mask",
	  .explain = "In the order in which the kernel names them, combinations first.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask_flag, value, KM_TEXT), .flags = KM_SHOWN, .head = "VALUE",
	  .brief = "its bits in this kernel", .explain = "Other kernels give the same flag other bits.",
	  .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask_flag, group, KM_TEXT), .flags = KM_SHOWN, .head = "GROUP",
	  .brief = "what the flag decides: how, where, type",
	  .explain = "`kmeminfo explain how where type` tells them apart.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask_flag, brief, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "MEANING",
	  .brief = "what it asks for", .explain = "`kmeminfo explain NAME` tells more. In the language of "
						  "LC_MESSAGES.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_mask_flag, parts, KM_ROWS), .flags = KM_TREE, .head = "PARTS",
	  .rows = &km_mask_flag_type, .brief = "the single flags of a combination",
	  .explain = "None of a single flag.", .origin = GFP_TYPES },
	{ 0 }
};

const struct km_sheet_type km_mask_flag_type = {
	.name = "mask_flags",
	.brief = "flags that make up a GFP mask",
	.fields = flag_fields,
	.row_size = sizeof(struct km_mask_flag),
};

/* Of a mask, and of a list of flags. */
#define KERNEL_FIELDS(row)                                                                         \
	{ KM_FIELD(row, kernel, KM_TEXT), .flags = KM_SHOWN, .head = "KERNEL",                     \
	  .brief = "kernel that the answer is for",                                                \
	  .explain = "The machine's, the capture's or that of --kernel.",                          \
	  .origin = "/proc/version" },                                                             \
	{ KM_FIELD(row, kernels, KM_TEXT), .flags = KM_SHOWN, .head = "SAME-IN",                   \
	  .brief = "releases with the same flags",                                                 \
	  .explain = "Upstream ones: distributions carry changes over to older releases.",         \
	  .origin = "data/gfp" },                                                                  \
	{ KM_FIELD(row, source, KM_TEXT), .flags = KM_SHOWN, .head = "SOURCE",                   \
	  .brief = "how it is known which numbers hold",                                           \
	  .explain = "`kmeminfo explain` tells of each of the words.", .origin = "computed" },      \
	{ KM_FIELD(row, verified, KM_TRI), .head = "VERIFIED",                                     \
	  .brief = "whether the table of flags is known to hold for this kernel",                  \
	  .explain = "No for a kernel newer than the newest table, and where the release is not "  \
		     "known: the newest table is used. Most flags keep their values.",             \
	  .origin = "data/gfp" }

static const struct km_field kernel_fields[] = {
	KERNEL_FIELDS(struct km_mask_kernel),
	{ 0 }
};

const struct km_sheet_type km_mask_kernel_type = {
	.name = "gfp_kernel",
	.brief = "kernel whose GFP flags are listed",
	.fields = kernel_fields,
	.row_size = sizeof(struct km_mask_kernel),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_mask, word, KM_TEXT), .flags = KM_ID, .head = "WORD", .brief = "mask as it was asked for",
	  .explain = "The operand.", .origin = "command line" },
	{ KM_FIELD(struct km_mask, name, KM_TEXT), .flags = KM_SHOWN, .head = "NAME",
	  .brief = "the mask in the kernel's own words",
	  .explain = "As a log of this kernel names it: ready-made combinations first, then single flags; bits "
		     "without a name as a number. Kernels before 4.6 print the number alone.",
	  .origin = "include/trace/events/mmflags.h" },
	{ KM_FIELD(struct km_mask, value, KM_TEXT), .flags = KM_SHOWN, .head = "VALUE", .brief = "its bits",
	  .explain = "Hexadecimal, as logs print it.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, number, KM_COUNT), .head = "NUMBER", .brief = "its bits as a decimal number",
	  .explain = "As some tracers print it.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, when, KM_TEXT), .flags = KM_SHOWN, .head = "READING-FOR",
	  .brief = "configurations in which this reading holds",
	  .explain = "Unknown when the configuration makes no difference or is known.", .origin = "computed" },
	KERNEL_FIELDS(struct km_mask),
	{ KM_FIELD(struct km_mask, block, KM_TRI), .flags = KM_SHOWN, .head = "SLEEP",
	  .brief = "whether the caller may sleep", .explain = "__GFP_DIRECT_RECLAIM is among the bits.",
	  .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, io, KM_TRI), .flags = KM_SHOWN, .head = "IO",
	  .brief = "whether reclaim may start I/O",
	  .explain = "__GFP_IO is among the bits, and the caller may sleep: else it does not reclaim.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, fs, KM_TRI), .flags = KM_SHOWN, .head = "FS",
	  .brief = "whether reclaim may enter file systems",
	  .explain = "__GFP_FS is among the bits, and the caller may sleep: else it does not reclaim.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, kswapd, KM_TRI), .flags = KM_SHOWN, .head = "KSWAPD",
	  .brief = "whether it wakes kswapd", .explain = "When a zone is below its low mark.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, contexts, KM_TEXTS), .flags = KM_SHOWN, .head = "LEGAL-IN",
	  .brief = "contexts in which the mask is legal",
	  .explain = "process (no lock held that forbids sleeping), spinlock, softirq, hardirq: all but the first need "
		     "a mask that does not sleep. Never in an NMI; with PREEMPT_RT neither with interrupts or "
		     "preemption off, nor under a raw spinlock, whatever the mask.",
	  .origin = "mm/page_alloc.c might_alloc; Documentation/core-api/real-time" },
	{ KM_FIELD(struct km_mask, min_ratio, KM_RATIO), .flags = KM_SHOWN, .head = "MIN-KEPT",
	  .brief = "share of the min mark that it has to leave free in the last resort",
	  .explain = "100% does not touch the reserve. __GFP_HIGH may take half of it; who besides cannot reclaim (up "
		     "to 6.2: has __GFP_ATOMIC) another quarter of the rest; __GFP_MEMALLOC everything. Tasks of "
		     "real-time priority and victims of the OOM killer may take more than their mask says.",
	  .origin = PAGE_ALLOC },
	{ KM_FIELD(struct km_mask, highatomic, KM_TRI), .head = "HIGHATOMIC",
	  .brief = "whether it may take blocks that are set aside for high orders",
	  .explain = "Applies above order 0. Unknown of masks that neither sleep nor have __GFP_HIGH from 6.3 to "
		     "6.11, where stable updates changed it.",
	  .origin = PAGE_ALLOC },
	{ KM_FIELD(struct km_mask, zone, KM_TEXT), .flags = KM_SHOWN, .head = "ZONE", .brief = "highest zone that it allows",
	  .explain = "Lower ones serve too. A zone that the machine is built without is replaced by Normal. Unknown "
		     "for modifiers that contradict each other.",
	  .origin = "include/linux/gfp.h GFP_ZONE_TABLE" },
	{ KM_FIELD(struct km_mask, type, KM_TEXT), .flags = KM_SHOWN, .head = "TYPE", .brief = "migrate type of its pages",
	  .explain = "The pageblocks that it is served from first. Unknown when the mask asks for two.",
	  .origin = "include/linux/gfp.h gfp_migratetype" },
	{ KM_FIELD(struct km_mask, slab, KM_TRI), .flags = KM_SHOWN, .head = "SLAB",
	  .brief = "whether kmalloc() and slab caches take it",
	  .explain = "They warn of __GFP_DMA32, __GFP_HIGHMEM and unknown bits, and drop them; up to 4.9 the kernel "
		     "stops.",
	  .origin = "mm/internal.h GFP_SLAB_BUG_MASK" },
	{ KM_FIELD(struct km_mask, complaints, KM_TEXTS), .flags = KM_PROSE, .head = "WRONG",
	  .brief = "what is illegal, contradictory or without effect",
	  .explain = "Each with the releases and the file that it is from.", .origin = "computed" },
	{ KM_FIELD(struct km_mask, flags, KM_ROWS), .head = "FLAGS", .rows = &km_mask_flag_type,
	  .brief = "flags that make it up", .explain = "Combinations with what they consist of.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, order, KM_COUNT), .flags = KM_SHOWN, .head = "ORDER",
	  .brief = "order of the request that is weighed: 2^order pages in one piece",
	  .explain = "That of --order, or else 0: one page.", .origin = "command line" },
	{ KM_FIELD(struct km_mask, request_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "SIZE",
	  .brief = "size of that request", .explain = "The page size times 2^order.", .origin = "computed" },
	{ KM_FIELD(struct km_mask, zones_from, KM_TEXT), .head = "ZONES-FROM",
	  .brief = "kernel of the machine whose zones are used",
	  .explain = "With --kernel the flags are of one kernel and the zones of another. Unknown without zones.",
	  .origin = "/proc/version" },
	{ KM_FIELD(struct km_mask, prediction, KM_TEXT), .flags = KM_SHOWN, .head = "OUTLOOK",
	  .brief = "whether the machine would serve it as it stands",
	  .explain = "Each word can be explained by itself. It holds for tasks that no memory policy, cpuset or cgroup "
		     "limit binds, and for the moment of the files; `kmeminfo probe` tries it.",
	  .origin = "computed from the zones" },
	{ KM_FIELD(struct km_mask, reason, KM_TEXT), .flags = KM_PROSE, .head = "REASON",
	  .brief = "why, with the figures", .explain = "The zones have the arithmetic.",
	  .origin = "computed from the zones" },
	{ KM_FIELD(struct km_mask, zones, KM_ROWS), .head = "ZONES", .rows = &km_request_zone_type,
	  .brief = "zones of this machine that it may be served from",
	  .explain = "In fallback order, with what is left there. None when the machine's zones are not known.",
	  .origin = "/proc/zoneinfo" },
	{ 0 }
};

const struct km_sheet_type km_mask_type = {
	.name = "masks",
	.brief = "GFP masks: their flags, what they permit and where memory may come from",
	.explain = "A row for each reading: more than one where the number depends on a configuration that is not "
		   "known.",
	.fields = fields,
	.row_size = sizeof(struct km_mask),
};

const struct km_topic km_mask_ways[] = {
	[KM_GFP_MODULE] = { "module", "the flags were read from the running kernel itself",
			    "The helper module was compiled with them: exact, whatever the kernel was patched with.",
			    "/proc/kmeminfo/gfp", NULL },
	[KM_GFP_CONFIG] = { "config", "by release and configuration",
			    "The built-in table of the release, with the configuration that decides about some flags. "
			    "Exact unless the distribution changed the flags.",
			    "/boot/config-RELEASE", NULL },
	[KM_GFP_RELEASE] = { "release", "by the release alone",
			     "The built-in table of the release. Flags that the configuration decides about may "
			     "have several readings, which are all given.",
			     "data/gfp", NULL },
	[KM_GFP_UNVERIFIED] = { "unverified", "by the newest table, which is not known to hold",
				"The kernel is newer than the newest table of its kind (mainline 7.2, or its vendor's), or its "
				"release is not known. Most flags keep their values; names that its log prints are right in "
				"any case.",
				"data/gfp", NULL },
	[KM_GFP_NONE] = { "none", "not known: there is no table for this kernel",
			  "It is older than 2.6.32, or of a vendor that changed the flags in a way that is not known.",
			  "data/gfp", NULL },
	{ 0 }
};

const struct km_topic km_mask_groups[] = {
	{ "how", "how memory is got: sleeping, reclaim, retries, reserves, zeroing, accounting, warnings",
	  "Behaviour modifiers.", GFP_TYPES, NULL },
	{ "where", "where it comes from: zones, nodes, cpusets, kinds of page blocks",
	  "Zone modifiers, and what places pages within zones.", GFP_TYPES, NULL },
	{ "type", "a ready-made combination of the other two", "What callers use: GFP_KERNEL and the like.",
	  GFP_TYPES, NULL },
	{ 0 }
};
