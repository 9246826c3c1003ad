// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/mask.h"
#include "model/prediction.h"

#define GFP_TYPES "include/linux/gfp_types.h"
#define PAGE_ALLOC "mm/page_alloc.c gfp_to_alloc_flags, __zone_watermark_ok"

static const struct km_field flag_fields[] = {
	{ KM_FIELD(struct km_mask_flag, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "FLAG",
	  .brief = "flag or ready-made combination in the mask",
	  .explain = "In the order in which the kernel names them, combinations first.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask_flag, value, KM_TEXT), .flags = KM_SHOWN, .head = "VALUE",
	  .brief = "its bits in this kernel",
	  .explain = "Other kernels use other bits for the same flag.",
	  .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask_flag, group, KM_WORD), .words = &km_mask_group_vocabulary, .flags = KM_SHOWN, .head = "GROUP",
	  .brief = "what the flag decides: how, where, type",
	  .explain = "`kmeminfo explain how where type` explains the words.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask_flag, brief, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "MEANING",
	  .brief = "what it requests",
	  .explain = "`kmeminfo explain NAME` explains it in full. In the language of LC_MESSAGES.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_mask_flag, parts, KM_ROWS), .flags = KM_TREE, .head = "PARTS",
	  .rows = &km_mask_flag_type, .brief = "the single flags of a combination",
	  .explain = "Empty for a single flag.", .origin = GFP_TYPES },
	{ 0 }
};

const struct km_sheet_type km_mask_flag_type = {
	.name = "mask_flags",
	.brief = "flags that make up a GFP mask",
	.fields = flag_fields,
	.row_size = sizeof(struct km_mask_flag),
};

/* Common fields of a mask and of a list of flags. */
#define KERNEL_FIELDS(row)                                                                         \
	{ KM_FIELD(row, kernel, KM_TEXT), .flags = KM_SHOWN, .head = "KERNEL",                     \
	  .brief = "kernel that the answer applies to",                                                \
	  .explain = "The kernel of the machine, of the capture, or of --kernel.",                          \
	  .origin = "/proc/version" },                                                             \
	{ KM_FIELD(row, kernels, KM_TEXT), .flags = KM_SHOWN, .head = "SAME-IN",                   \
	  .brief = "releases with the same flags",                                                 \
	  .explain = "Upstream releases; distributions backport changes to older releases.",         \
	  .origin = "data/gfp" },                                                                  \
	{ KM_FIELD(row, source, KM_WORD), .words = &km_mask_way_vocabulary, .flags = KM_SHOWN, .head = "SOURCE",                   \
	  .brief = "how the flag numbers are known",                                           \
	  .explain = "`kmeminfo explain` explains each of the words.", .origin = "computed" },      \
	{ KM_FIELD(row, verified, KM_TRI), .head = "VERIFIED",                                     \
	  .brief = "whether the table of flags is known to be valid for this kernel",              \
	  .explain = "No for a kernel newer than the newest table, and if the release is not "     \
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
	{ KM_FIELD(struct km_mask, word, KM_TEXT), .flags = KM_ID, .head = "WORD", .brief = "mask as requested",
	  .explain = "The operand.", .origin = "command line" },
	{ KM_FIELD(struct km_mask, name, KM_TEXT), .flags = KM_SHOWN, .head = "NAME",
	  .brief = "the mask in the kernel's own words",
	  .explain = "As a log of this kernel prints it: ready-made combinations first, then "
		     "single flags; bits without a name as a number. Kernels before 4.6 print "
		     "only the number.",
	  .origin = "include/trace/events/mmflags.h" },
	{ KM_FIELD(struct km_mask, value, KM_TEXT), .flags = KM_SHOWN, .head = "VALUE", .brief = "its bits",
	  .explain = "Hexadecimal, as logs print it.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, number, KM_COUNT),
	  .flags = KM_PROPERTY, .head = "NUMBER", .brief = "its bits as a "
		"decimal number",
	  .explain = "As some tracers print it.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, when, KM_TEXT), .flags = KM_SHOWN, .head = "READING-FOR",
	  .brief = "configurations in which this reading is valid",
	  .explain = "Unknown if the configuration makes no difference or is known.", .origin = "computed" },
	KERNEL_FIELDS(struct km_mask),
	{ KM_FIELD(struct km_mask, block, KM_TRI), .flags = KM_SHOWN, .head = "SLEEP",
	  .brief = "whether the caller may sleep", .explain = "__GFP_DIRECT_RECLAIM is among the bits.",
	  .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, io, KM_TRI), .flags = KM_SHOWN, .head = "IO",
	  .brief = "whether reclaim may start I/O",
	  .explain = "__GFP_IO is among the bits, and the caller may sleep: otherwise it does not "
		     "reclaim.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, fs, KM_TRI), .flags = KM_SHOWN, .head = "FS",
	  .brief = "whether reclaim may enter file systems",
	  .explain = "__GFP_FS is among the bits, and the caller may sleep: otherwise it does not "
		     "reclaim.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, kswapd, KM_TRI), .flags = KM_SHOWN, .head = "KSWAPD",
	  .brief = "whether it wakes kswapd", .explain = "If a zone is below its low "
		   "watermark.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, contexts, KM_TEXTS), .flags = KM_SHOWN, .head = "LEGAL-IN",
	  .brief = "contexts in which the mask is allowed",
	  .explain = "process (no lock held that forbids sleeping), spinlock, softirq, hardirq: "
		     "all but the first need a mask that does not sleep. Never in an NMI. With "
		     "PREEMPT_RT also not with interrupts or preemption off, nor under a raw "
		     "spinlock, whatever the mask.",
	  .origin = "mm/page_alloc.c might_alloc; Documentation/core-api/real-time" },
	{ KM_FIELD(struct km_mask, min_ratio, KM_RATIO),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "MIN-KEPT",
	  .brief = "share of the min watermark that it must leave free as a last resort",
	  .explain = "100% means that it cannot use the reserve. __GFP_HIGH may use half of it. A "
		     "request that also cannot reclaim (up to 6.2: has __GFP_ATOMIC) may use "
		     "another quarter of the rest, __GFP_MEMALLOC everything. Real-time tasks and "
		     "victims of the OOM killer may use more than their mask says.",
	  .origin = PAGE_ALLOC },
	{ KM_FIELD(struct km_mask, highatomic, KM_TRI), .head = "HIGHATOMIC",
	  .brief = "whether it may use blocks reserved for high orders",
	  .explain = "Applies above order 0. Unknown for masks that neither sleep nor have "
		     "__GFP_HIGH from 6.3 to 6.11, because stable updates changed it.",
	  .origin = PAGE_ALLOC },
	{ KM_FIELD(struct km_mask, zone, KM_TEXT), .flags = KM_SHOWN, .head = "ZONE", .brief = "highest "
		"zone that it allows",
	  .explain = "Lower zones may be used too. If the machine has no such zone, Normal "
		     "replaces it. Unknown for modifiers that contradict each other.",
	  .origin = "include/linux/gfp.h GFP_ZONE_TABLE" },
	{ KM_FIELD(struct km_mask, type, KM_TEXT), .flags = KM_SHOWN, .head = "TYPE", .brief = "migrate "
		"type of its pages",
	  .explain = "The pageblocks that it uses first. Unknown if the mask requests two types.",
	  .origin = "include/linux/gfp.h gfp_migratetype" },
	{ KM_FIELD(struct km_mask, slab, KM_TRI), .flags = KM_SHOWN, .head = "SLAB",
	  .brief = "whether kmalloc() and slab caches accept it",
	  .explain = "They warn about __GFP_DMA32, __GFP_HIGHMEM and unknown bits, and drop them; "
		     "up to 4.7 the kernel stops.",
	  .origin = "mm/internal.h GFP_SLAB_BUG_MASK" },
	{ KM_FIELD(struct km_mask, complaints, KM_TEXTS), .flags = KM_PROSE, .head = "WRONG",
	  .brief = "what is not allowed, contradictory or without effect",
	  .explain = "Each with its releases and its source file.", .origin = "computed" },
	{ KM_FIELD(struct km_mask, flags, KM_ROWS), .head = "FLAGS", .rows = &km_mask_flag_type,
	  .brief = "flags that it consists of", .explain = "Combinations with their "
		"single flags.", .origin = GFP_TYPES },
	{ KM_FIELD(struct km_mask, order, KM_COUNT), .flags = KM_SHOWN | KM_PROPERTY, .head = "ORDER",
	  .brief = "order of the request that is checked: 2^order contiguous pages",
	  .explain = "The value of --order, or 0: one page.", .origin = "command line" },
	{ KM_FIELD(struct km_mask, request_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "SIZE",
	  .brief = "size of that request", .explain = "The page size times 2^order.", .origin = "computed" },
	{ KM_FIELD(struct km_mask, zones_from, KM_TEXT), .head = "ZONES-FROM",
	  .brief = "kernel of the machine whose zones are used",
	  .explain = "With --kernel the flags belong to one kernel and the zones to another. "
		     "Unknown without zones.",
	  .origin = "/proc/version" },
	{ KM_FIELD(struct km_mask, prediction, KM_WORD), .words = &km_prediction_vocabulary, .flags = KM_SHOWN, .head = "PREDICTION",
	  .brief = "whether the machine can satisfy it as it stands",
	  .explain = "Each word can be explained by itself. Valid for tasks without memory policy, cpuset or "
		     "cgroup limit, and for the moment of the files; `kmeminfo probe` tries it.",
	  .origin = "computed from the zones" },
	{ KM_FIELD(struct km_mask, reason, KM_TEXT), .flags = KM_PROSE, .head = "REASON",
	  .brief = "the reason, with figures", .explain = "The "
		"zones have the arithmetic.",
	  .origin = "computed from the zones" },
	{ KM_FIELD(struct km_mask, zones, KM_ROWS), .head = "ZONES", .rows = &km_request_zone_type,
	  .brief = "zones of this machine that it may use",
	  .explain = "In fallback order, with the memory left in each. Empty if the machine's "
		     "zones are not known.",
	  .origin = "/proc/zoneinfo" },
	{ 0 }
};

const struct km_sheet_type km_mask_type = {
	.name = "masks",
	.brief = "GFP masks: their flags, what they allow and where the memory may come from",
	.explain = "One row per reading: more than one if the number depends on a configuration "
		   "that is not known.",
	.fields = fields,
	.row_size = sizeof(struct km_mask),
};

const struct km_word km_mask_ways[] = {
	[KM_GFP_MODULE] = { "module", "the flags were read from the running kernel itself",
			    "The helper module was compiled with them: exact, whatever patches "
			    "the kernel has.",
			    "/proc/kmeminfo/gfp", NULL, KM_TONE_PLAIN },
	[KM_GFP_CONFIG] = { "config", "by release and configuration",
			    "The built-in table of the release, with the configuration options "
			    "that decide some flags. Exact unless the distribution changed the "
			    "flags.",
			    "/boot/config-RELEASE", NULL, KM_TONE_PLAIN },
	[KM_GFP_RELEASE] = { "release", "by the release only",
			     "The built-in table of the release. Flags that depend on the "
			     "configuration may have several readings; all are listed.",
			     "data/gfp", NULL, KM_TONE_PLAIN },
	[KM_GFP_UNVERIFIED] = { "unverified", "by the newest table, which is not known to be "
					      "valid",
				"The kernel is newer than the newest table of its kind (mainline 7.3, or its vendor's), or its "
				"release is not known. Most flags keep their values; names that its log prints are right in "
				"any case.",
				"data/gfp", NULL, KM_TONE_PLAIN },
	[KM_GFP_NONE] = { "none", "not known: there is no table for this kernel",
			  "It is older than 2.6.32, or from a vendor that changed the flags in an "
			  "unknown way.",
			  "data/gfp", NULL, KM_TONE_PLAIN },
	{ 0 }
};

const struct km_word km_mask_groups[] = {
	{ "how", "how memory is allocated: sleeping, reclaim, retries, reserves, zeroing, "
		 "accounting, warnings",
	  "Behaviour modifiers.", GFP_TYPES, NULL, KM_TONE_PLAIN },
	{ "where", "where memory comes from: zones, nodes, cpusets, kinds of pageblocks",
	  "Zone modifiers, and flags that place pages within zones.", GFP_TYPES, NULL, KM_TONE_PLAIN },
	{ "type", "a ready-made combination of the other two", "What callers use: GFP_KERNEL and the like.",
	  GFP_TYPES, NULL, KM_TONE_PLAIN },
	{ 0 }
};

const struct km_vocabulary km_mask_way_vocabulary = {
	.name = "gfp-kernel",
	.brief = "how it is known which numbers the flags of a mask have",
	.items = km_mask_ways,
	.item_size = sizeof(*km_mask_ways),
};

const struct km_vocabulary km_mask_group_vocabulary = {
	.name = "gfp-group",
	.brief = "what a GFP flag decides",
	.items = km_mask_groups,
	.item_size = sizeof(*km_mask_groups),
};
