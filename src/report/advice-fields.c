// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/advice.h"

static const struct km_field request_fields[] = {
	{ KM_FIELD(struct km_advice_request, bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "BYTES", .brief = "how much is needed",
	  .explain = "--size." },
	{ KM_FIELD(struct km_advice_request, contiguous, KM_TRI), .head = "CONTIGUOUS",
	  .brief = "whether it must be physically contiguous", .explain = "--contiguous." },
	{ KM_FIELD(struct km_advice_request, atomic, KM_TRI), .head = "ATOMIC",
	  .brief = "whether the caller must not sleep",
	  .explain = "--atomic: in an interrupt, with a spinlock held, or with preemption off." },
	{ KM_FIELD(struct km_advice_request, dma, KM_TRI), .head = "DMA",
	  .brief = "whether a device reads or writes it", .explain = "--dma." },
	{ KM_FIELD(struct km_advice_request, zeroed, KM_TRI), .head = "ZEROED",
	  .brief = "whether it must be zero", .explain = "--zeroed." },
	{ KM_FIELD(struct km_advice_request, user, KM_TRI), .head = "USER",
	  .brief = "whether a process will map it", .explain = "--user. It is then always zeroed." },
	{ 0 }
};

const struct km_sheet_type km_advice_request_type = {
	.name = "request",
	.brief = "request of `kmeminfo explain --size`",
	.fields = request_fields,
	.row_size = sizeof(struct km_advice_request),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_advice, call, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CALL",
	  .brief = "the call", .explain = "With the arguments that the request needs." },
	{ KM_FIELD(struct km_advice, verdict, KM_WORD), .words = &km_advice_vocabulary, .flags = KM_SHOWN, .head = "VERDICT",
	  .brief = "choose, works, avoid or unfit", .explain = "Each word can be explained by itself." },
	{ KM_FIELD(struct km_advice, granted_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "TAKES",
	  .brief = "memory that it really uses",
	  .explain = "The size class, the block of pages or the single pages. For kvmalloc the "
		     "first one that it tries. Unknown if it is not available.",
	  .origin = "computed; size classes from /proc/slabinfo if that can be read" },
	{ KM_FIELD(struct km_advice, waste_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "WASTE",
	  .brief = "memory beyond the request", .explain = "granted_bytes minus the requested size.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_advice, order, KM_COUNT), .flags = KM_SHOWN | KM_PROPERTY, .head = "ORDER",
	  .brief = "order of the block that it needs",
	  .explain = "Unknown for slab memory and for single pages.", .origin = "computed" },
	{ KM_FIELD(struct km_advice, free_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "FREE",
	  .brief = "free blocks of that order now",
	  .explain = "Larger blocks count as the blocks that they can be split into. An upper "
		     "bound: zones Movable, HighMem and Device are left out, but migrate types "
		     "and watermarks are not considered.",
	  .origin = "computed from /proc/buddyinfo" },
	{ KM_FIELD(struct km_advice, contiguous, KM_TRI), .head = "CONTIGUOUS",
	  .brief = "whether it is physically contiguous", .explain = "Guaranteed, not by chance." },
	{ KM_FIELD(struct km_advice, zeroed, KM_TRI), .head = "ZEROED",
	  .brief = "whether it is zero with these arguments",
	  .explain = "A kernel with init_on_alloc=1 always zeroes." },
	{ KM_FIELD(struct km_advice, sleeps, KM_TRI), .head = "SLEEPS",
	  .brief = "whether it may sleep with these arguments", .explain = "According to its mask." },
	{ KM_FIELD(struct km_advice, free_with, KM_TEXT), .head = "FREED-BY",
	  .brief = "call that frees it", .explain = "No other call may be used." },
	{ KM_FIELD(struct km_advice, reasons, KM_TEXTS), .head = "REASONS",
	  .brief = "reasons as fixed words, for programs", .explain = "why has their texts." },
	{ KM_FIELD(struct km_advice, why, KM_TEXT), .flags = KM_PROSE, .head = "WHY",
	  .brief = "why, in full", .explain = "In the language of LC_MESSAGES." },
	{ KM_FIELD(struct km_advice, limit_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "LIMIT",
	  .brief = "largest size that the call provides here",
	  .explain = "Computed from the page size and the largest order if the helper module does not report "
		     "it." },
	{ 0 }
};

const struct km_sheet_type km_advice_type = {
	.name = "advice",
	.brief = "allocation calls for a request, best first",
	.fields = fields,
	.row_size = sizeof(struct km_advice),
};

const struct km_word km_advice_verdicts[] = {
	[KM_ADVICE_CHOOSE] = { "choose", "the best call for the request", NULL, NULL, NULL, KM_TONE_GOOD },
	[KM_ADVICE_WORKS] = { "works", "also fits the request", NULL, NULL, NULL, KM_TONE_NOTE },
	[KM_ADVICE_AVOID] = { "avoid", "fits the request, but at a cost or not reliably", NULL, NULL, NULL, KM_TONE_WARN },
	[KM_ADVICE_UNFIT] = { "unfit", "does not provide what is requested", NULL, NULL, NULL, KM_TONE_BAD },
	{ 0 }
};

const struct km_vocabulary km_advice_vocabulary = {
	.name = "advice",
	.brief = "how an allocation call serves a request",
	.items = km_advice_verdicts,
	.item_size = sizeof(*km_advice_verdicts),
};
