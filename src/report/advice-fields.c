// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/advice.h"

static const struct km_field request_fields[] = {
	{ KM_FIELD(struct km_advice_request, bytes, KM_BYTES), .head = "BYTES", .brief = "how much is needed",
	  .explain = "--size." },
	{ KM_FIELD(struct km_advice_request, contiguous, KM_TRI), .head = "CONTIGUOUS",
	  .brief = "whether it has to be physically contiguous", .explain = "--contiguous." },
	{ KM_FIELD(struct km_advice_request, atomic, KM_TRI), .head = "ATOMIC",
	  .brief = "whether the caller may not sleep",
	  .explain = "--atomic: in an interrupt, with a spinlock held, or with preemption off." },
	{ KM_FIELD(struct km_advice_request, dma, KM_TRI), .head = "DMA",
	  .brief = "whether a device reads or writes it", .explain = "--dma." },
	{ KM_FIELD(struct km_advice_request, zeroed, KM_TRI), .head = "ZEROED",
	  .brief = "whether it has to be zero", .explain = "--zeroed." },
	{ KM_FIELD(struct km_advice_request, user, KM_TRI), .head = "USER",
	  .brief = "whether a process will map it", .explain = "--user. It is then zeroed, asked or not." },
	{ 0 }
};

const struct km_sheet_type km_advice_request_type = {
	.name = "request",
	.brief = "what `kmeminfo explain --size` is asked for",
	.fields = request_fields,
	.row_size = sizeof(struct km_advice_request),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_advice, call, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CALL",
	  .brief = "the call", .explain = "With the arguments that the request makes it have." },
	{ KM_FIELD(struct km_advice, verdict, KM_TEXT), .flags = KM_SHOWN, .head = "VERDICT",
	  .brief = "choose, works, avoid or unfit", .explain = "The words are topics of their own." },
	{ KM_FIELD(struct km_advice, granted_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "TAKES",
	  .brief = "memory that it really takes",
	  .explain = "The size class, the block of pages or the single pages. Of kvmalloc the first that "
		     "it tries. Unknown when it cannot be had.",
	  .origin = "computed; size classes from /proc/slabinfo where that can be read" },
	{ KM_FIELD(struct km_advice, waste_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "WASTE",
	  .brief = "memory of that beyond the request", .explain = "TAKES less what was asked for.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_advice, order, KM_COUNT), .flags = KM_SHOWN, .head = "ORDER",
	  .brief = "order of the block that it needs",
	  .explain = "Unknown for what comes from a slab or as single pages.", .origin = "computed" },
	{ KM_FIELD(struct km_advice, free_blocks, KM_COUNT), .flags = KM_SHOWN, .head = "FREE",
	  .brief = "free blocks of that order now",
	  .explain = "Larger blocks count as what they can be split into. An upper bound: zones Movable, "
		     "HighMem and Device are left out, migrate types and watermarks are not.",
	  .origin = "computed from /proc/buddyinfo" },
	{ KM_FIELD(struct km_advice, contiguous, KM_TRI), .head = "CONTIGUOUS",
	  .brief = "whether it is physically contiguous", .explain = "Promised, not by luck." },
	{ KM_FIELD(struct km_advice, zeroed, KM_TRI), .head = "ZEROED",
	  .brief = "whether it is zero, called like this",
	  .explain = "A kernel with init_on_alloc=1 zeroes all the same." },
	{ KM_FIELD(struct km_advice, sleeps, KM_TRI), .head = "SLEEPS",
	  .brief = "whether it may sleep, called like this", .explain = "As its mask says." },
	{ KM_FIELD(struct km_advice, free_with, KM_TEXT), .head = "FREED-BY",
	  .brief = "what gives it back", .explain = "No other call does." },
	{ KM_FIELD(struct km_advice, reasons, KM_TEXTS), .head = "REASONS",
	  .brief = "why, in words that programs can compare", .explain = "why has their texts." },
	{ KM_FIELD(struct km_advice, why, KM_TEXT), .flags = KM_PROSE, .head = "WHY",
	  .brief = "why, in full", .explain = "In the language of LC_MESSAGES." },
	{ KM_FIELD(struct km_advice, limit_bytes, KM_BYTES), .head = "LIMIT",
	  .brief = "the most that the call grants here",
	  .explain = "Computed from page size and largest order where the helper module does not tell." },
	{ 0 }
};

const struct km_sheet_type km_advice_type = {
	.name = "advice",
	.brief = "allocation calls for a request, best first",
	.fields = fields,
	.row_size = sizeof(struct km_advice),
};

const struct km_topic km_advice_verdicts[] = {
	[KM_ADVICE_CHOOSE] = { "choose", "what serves the request best", NULL, NULL, NULL },
	[KM_ADVICE_WORKS] = { "works", "serves the request too", NULL, NULL, NULL },
	[KM_ADVICE_AVOID] = { "avoid", "serves the request at a price, or not reliably", NULL, NULL, NULL },
	[KM_ADVICE_UNFIT] = { "unfit", "does not give what is asked for", NULL, NULL, NULL },
	{ 0 }
};
