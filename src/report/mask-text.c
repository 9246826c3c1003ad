// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/mask-text.h"
#include "report/prediction-text.h"
#include "words/say.h"

/* A format of the names below. */
struct fault {
	const char *format;
	const char *names[2], *winner, *since;
};

#define TWO_ZONES(a, b)                                                                            \
	{ KM_SAID("%s with %s: a mask may have one zone modifier. The kernel may choose any zone, and stops with " \
		  "CONFIG_DEBUG_VM (2.6.32-7.2, include/linux/gfp.h GFP_ZONE_BAD)"), { a, b }, NULL, NULL }
#define CONTRADICT(a, b, winner, since)                                                            \
	{ KM_SAID("%s with %s contradict each other: %s (%s-7.2, mm/page_alloc.c)"), { a, b }, winner, since }
#define ALONE(text) { text, { NULL, NULL }, NULL, NULL }

static const struct fault faults_text[KM_GFP_FAULTS] = {
	[KM_GFP_DMA_HIGHMEM] = TWO_ZONES("__GFP_DMA", "__GFP_HIGHMEM"),
	[KM_GFP_DMA_DMA32] = TWO_ZONES("__GFP_DMA", "__GFP_DMA32"),
	[KM_GFP_DMA32_HIGHMEM] = TWO_ZONES("__GFP_DMA32", "__GFP_HIGHMEM"),
	[KM_GFP_TWO_TYPES] = ALONE(KM_SAID(
		"__GFP_MOVABLE with __GFP_RECLAIMABLE: a mask may have one migrate type (2.6.32-7.2, "
		"include/linux/gfp.h gfp_migratetype)")),
	[KM_GFP_NOFAIL_NO_WAIT] = ALONE(KM_SAID(
		"__GFP_NOFAIL without __GFP_DIRECT_RECLAIM: the kernel cannot guarantee memory to a caller that may not "
		"wait. It warns and may return NULL (4.4-7.2, mm/page_alloc.c)")),
	[KM_GFP_NOFAIL_NORETRY] = CONTRADICT("__GFP_NOFAIL", "__GFP_NORETRY", KM_SAID("__GFP_NOFAIL wins"), "2.6.32"),
	[KM_GFP_NOFAIL_MAYFAIL] = CONTRADICT("__GFP_NOFAIL", "__GFP_RETRY_MAYFAIL", KM_SAID("__GFP_NOFAIL wins"), "4.13"),
	[KM_GFP_NORETRY_MAYFAIL] = CONTRADICT("__GFP_NORETRY", "__GFP_RETRY_MAYFAIL",
					      KM_SAID("the kernel checks __GFP_NORETRY first"), "4.13"),
	[KM_GFP_MAYFAIL_NO_WAIT] = ALONE(KM_SAID(
		"__GFP_RETRY_MAYFAIL without __GFP_DIRECT_RECLAIM has no effect: nothing is tried twice (4.13-7.2, "
		"mm/page_alloc.c)")),
	[KM_GFP_MEMALLOC_NOMEMALLOC] = CONTRADICT("__GFP_MEMALLOC", "__GFP_NOMEMALLOC",
						  KM_SAID("__GFP_NOMEMALLOC wins"), "3.6"),
	[KM_GFP_ATOMIC_WAIT] = ALONE(KM_SAID(
		"__GFP_ATOMIC with __GFP_DIRECT_RECLAIM contradict each other: the first forbids to sleep, the second "
		"allows it. The kernel warns and drops __GFP_ATOMIC (4.4-6.2, mm/page_alloc.c)")),
};

static struct km_str fault_text(struct km_pool *pool, const struct fault *fault)
{
	if (!fault->names[0])
		return KM_SENTENCE(fault->format);
	return km_say_printf(pool, fault->format, fault->names[0], fault->names[1],
			     fault->winner ? km_say(fault->winner) : "", fault->since);
}

struct km_texts km_mask_complaints(struct km_pool *pool, unsigned int faults, uint32_t unnamed)
{
	struct km_texts texts = { km_pool_alloc(pool, KM_GFP_FAULTS + 1 + KM_MASK_COMPLAINTS, sizeof(*texts.items)), 0 };

	if (unnamed)
		texts.items[texts.len++] = km_say_printf(pool, "0x%x: no flag of this kernel has these bits", unnamed);
	for (unsigned int i = 0; i < KM_GFP_FAULTS; i++)
		if (faults & 1u << i)
			texts.items[texts.len++] = fault_text(pool, &faults_text[i]);
	return texts;
}

/* A sentence about names that do not match the number beside them. */
static struct km_str describe_names(struct km_pool *pool, const struct km_mask *row)
{
	switch (row->names) {
	case KM_MASK_NAMES_OF_NONE:
		return KM_SENTENCE("the names beside the number do not belong to it in any known kernel");
	case KM_MASK_NAMES_OF_HEADER:
		return km_say_printf(pool, "the line is from the header of kernels %.*s, not of this kernel: try --kernel",
				      KM_STR_ARG(row->names_of));
	case KM_MASK_NAMES_OF_KERNEL:
		return km_say_printf(pool, "the names beside the number are those of kernels %.*s, not of this kernel: "
				      "try --kernel", KM_STR_ARG(row->names_of));
	case KM_MASK_NAMES_RIGHT:
		break;
	}
	return (struct km_str){ 0 };
}

/* Begins with a remark if the zones belong to another kernel than the mask. */
static struct km_str describe_reason(struct km_pool *pool, const struct km_mask *row)
{
	struct km_str reason = km_prediction_reason(pool, &row->predicted);

	if (!reason.len || !row->zones_from.ptr || km_str_eq(row->zones_from, row->kernel))
		return reason;
	return km_say_printf(pool, "The flags are those of kernel %.*s. The zones are those of a machine with kernel %.*s. "
			      "%.*s", KM_STR_ARG(row->kernel), KM_STR_ARG(row->zones_from), KM_STR_ARG(reason));
}

void km_mask_explain(struct km_pool *pool, struct km_mask *rows, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		struct km_mask *row = &rows[i];
		struct km_str names = describe_names(pool, row);

		row->complaints = km_mask_complaints(pool, row->faults, row->unnamed);
		if (names.ptr)
			row->complaints.items[row->complaints.len++] = names;
		row->reason = describe_reason(pool, row);
	}
}

int km_mask_advise(int r, struct km_err *err)
{
	if (r && err && !*err->hint)
		snprintf(err->hint, sizeof(err->hint), KM_SAID("'kmeminfo gfp --list' lists the flags; join them as in "
							       "'GFP_KERNEL|__GFP_ZERO' or GFP_KERNEL,__GFP_ZERO"));
	return r;
}
