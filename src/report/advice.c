// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include "report/advice.h"
#include "model/buddy.h"

/*
 * Above this order the page allocator gives up early and does not run the OOM killer
 * (k6.12:include/linux/mmzone.h).
 */
enum { COSTLY_ORDER = 3, REASONS_MOST = 8 };

enum {
	CLASSES = 1 << 0,  /* up to a limit it uses size classes */
	PAGES = 1 << 1,    /* uses whole pages and does not share them */
	BLOCK = 1 << 2,    /* one block of pages: physically contiguous */
	EXACT = 1 << 3,    /* frees the unused end of the block */
	SLEEPS = 1 << 4,   /* with any mask, because the call accepts none */
	ZEROES = 1 << 5,   /* requested or not */
	FALLBACK = 1 << 6, /* uses single pages if there is no block */
	OWN_CACHE = 1 << 7,
	FOR_DMA = 1 << 8,
	FOR_USER = 1 << 9,
};

/* Calls, the special ones first: the first one that works is chosen. */
static const struct call {
	const char *name, *zeroing; /* zeroing NULL: by __GFP_ZERO, or always */
	const char *arguments;      /* S size, G mask, O order, others by the first letter of their names */
	const char *free_with;
	unsigned int traits;
	enum km_limit_id limit;
} calls[] = {
	{ "dma_alloc_coherent", NULL, "DSHG", "dma_free_coherent()", PAGES | BLOCK | ZEROES | FOR_DMA,
	  KM_LIMIT_PAGES },
	{ "vmalloc_user", NULL, "S", "vfree()", PAGES | SLEEPS | ZEROES | FOR_USER, KM_LIMIT_VMALLOC },
	{ "kmalloc", "kzalloc", "SG", "kfree()", CLASSES | BLOCK, KM_LIMIT_KMALLOC },
	{ "kvmalloc", "kvzalloc", "SG", "kvfree()", CLASSES | FALLBACK, KM_LIMIT_VMALLOC },
	{ "vmalloc", "vzalloc", "S", "vfree()", PAGES | SLEEPS, KM_LIMIT_VMALLOC },
	{ "__get_free_pages", NULL, "GO", "free_pages()", PAGES | BLOCK, KM_LIMIT_PAGES },
	{ "alloc_pages_exact", NULL, "SG", "free_pages_exact()", PAGES | BLOCK | EXACT, KM_LIMIT_PAGES },
	{ "kmem_cache_alloc", "kmem_cache_zalloc", "CG", "kmem_cache_free()", CLASSES | BLOCK | OWN_CACHE,
	  KM_LIMIT_KMALLOC_CACHE },
};

enum { CALLS = sizeof(calls) / sizeof(*calls) };

/* A call under consideration. */
struct candidate {
	struct km_pool *pool;
	const struct km_advice_request *request;
	const struct km_advice_input *facts;
	const struct call *call;
	struct km_advice *row;
	enum km_advice_verdict verdict;
	enum km_advice_verdict levels[REASONS_MOST]; /* one per reason of the row */
};

/* Records a reason. The verdict can only become worse. */
static void add_reason(struct candidate *candidate, enum km_advice_verdict verdict, const char *reason)
{
	struct km_texts *reasons = &candidate->row->reasons;

	if (verdict > candidate->verdict)
		candidate->verdict = verdict;
	if (reasons->len == REASONS_MOST)
		return;
	candidate->levels[reasons->len] = verdict;
	reasons->items[reasons->len++] = km_str_from(reason);
}

/* If a call is not suitable, its advantages are dropped. Its costs and the reasons against it stay. */
static void drop_lesser_reasons(struct candidate *candidate)
{
	struct km_texts *reasons = &candidate->row->reasons;
	size_t len = 0;

	for (size_t i = 0; i < reasons->len; i++)
		if (candidate->levels[i] == candidate->verdict || (!i && candidate->verdict == KM_ADVICE_AVOID))
			reasons->items[len++] = reasons->items[i];
	reasons->len = len;
}

static bool has(const struct candidate *candidate, unsigned int traits)
{
	return candidate->call->traits & traits;
}

/* The smallest class in slabinfo that is large enough; KM_UNKNOWN: it lists none. */
static uint64_t listed_class(const struct km_slabinfo *slabinfo, uint64_t bytes)
{
	const struct km_slabinfo_cache *cache;
	uint64_t best = KM_UNKNOWN;

	if (slabinfo)
		km_array_each(cache, &slabinfo->caches) {
			uint64_t size = km_limits_class(cache->name);

			if (size >= bytes && size < best)
				best = size;
		}
	return best;
}

/* Powers of two from 8 on, and 96 and 192 unless DMA needs a larger alignment (mm/slab_common.c). */
static uint64_t usual_class(uint64_t bytes)
{
	uint64_t best = 8;

	if (bytes > 64 && bytes <= 96)
		return 96;
	if (bytes > 128 && bytes <= 192)
		return 192;
	while (best < bytes)
		best *= 2;
	return best;
}

static uint64_t whole_pages(uint64_t bytes, uint64_t page_bytes)
{
	uint64_t rest = bytes % page_bytes;

	return rest ? km_num_add(bytes, page_bytes - rest) : bytes;
}

static uint64_t order_of(uint64_t bytes, uint64_t page_bytes)
{
	uint64_t order = 0;

	while (order < 63 && km_num_mul(page_bytes, 1ull << order) < bytes)
		order++;
	return order;
}

/* Free blocks of an order in zones that the kernel may use for itself; KM_UNKNOWN. */
static uint64_t count_free(const struct km_sheet *buddy, uint64_t order)
{
	static const char *const others[] = { "Movable", "HighMem", "Device" };
	uint64_t sum = 0;

	for (size_t i = 0; i < buddy->len; i++) {
		const struct km_buddy *zone = km_sheet_row(buddy, i);
		const struct km_buddy_order *orders = zone->orders.items;
		bool left_out = false;

		for (size_t j = 0; j < sizeof(others) / sizeof(*others); j++)
			left_out = left_out || km_str_eq(zone->zone, km_str_from(others[j]));
		for (uint64_t j = order; !left_out && j < zone->orders.len; j++)
			sum = km_num_add(sum, km_num_mul(orders[j].free_blocks, 1ull << (j - order)));
	}
	return buddy->len ? sum : KM_UNKNOWN;
}

static bool fits_class(const struct candidate *candidate)
{
	return has(candidate, CLASSES) &&
	       candidate->request->bytes <= candidate->facts->limits->of[KM_LIMIT_KMALLOC_CACHE].bytes;
}

static bool needs_block(const struct candidate *candidate)
{
	const struct km_advice_request *request = candidate->request;

	return !fits_class(candidate) &&
	       (has(candidate, BLOCK) ||
		(has(candidate, FALLBACK) && request->bytes <= candidate->facts->limits->of[KM_LIMIT_KMALLOC].bytes));
}

static void weigh_cost(struct candidate *candidate)
{
	const uint64_t page = candidate->facts->limits->page_bytes, bytes = candidate->request->bytes;
	struct km_advice *row = candidate->row;

	if (has(candidate, OWN_CACHE)) {
		row->granted_bytes = (bytes + 7) / 8 * 8;
	} else if (fits_class(candidate)) {
		row->granted_bytes = listed_class(candidate->facts->slabinfo, bytes);
		add_reason(candidate, KM_ADVICE_WORKS, row->granted_bytes == KM_UNKNOWN ? "usual-class" : "class");
		if (row->granted_bytes == KM_UNKNOWN)
			row->granted_bytes = usual_class(bytes);
	} else if (needs_block(candidate)) {
		row->order = order_of(bytes, page);
		row->free_blocks = count_free(candidate->facts->buddy, row->order);
		row->granted_bytes = has(candidate, EXACT) ? whole_pages(bytes, page) : page << row->order;
		add_reason(candidate, KM_ADVICE_WORKS,
			   has(candidate, EXACT) ? "exact" : has(candidate, FALLBACK) ? "fallback" : "block");
	} else {
		row->granted_bytes = whole_pages(bytes, page);
		add_reason(candidate, KM_ADVICE_WORKS, "pages");
	}
	row->waste_bytes = km_num_sub(row->granted_bytes, bytes);
}

/* Decides whether a block of its order is likely to be available, and worth its cost. */
static void weigh_block(struct candidate *candidate)
{
	const struct km_advice_request *request = candidate->request;
	const struct km_advice *row = candidate->row;
	bool wanted = request->contiguous == KM_TRI_YES || request->dma == KM_TRI_YES ||
		      request->atomic == KM_TRI_YES;

	if (row->order == KM_UNKNOWN || has(candidate, FALLBACK))
		return;
	if (row->free_blocks == 0)
		add_reason(candidate, KM_ADVICE_WORKS, "no-block");
	else if (row->free_blocks != KM_UNKNOWN)
		add_reason(candidate, KM_ADVICE_WORKS, "free");
	if (row->order > COSTLY_ORDER)
		add_reason(candidate, wanted ? KM_ADVICE_WORKS : KM_ADVICE_AVOID, "costly");
	else if (!wanted && row->order && has(candidate, CLASSES))
		add_reason(candidate, KM_ADVICE_AVOID, "needless");
	if (!has(candidate, EXACT | FOR_DMA) && row->waste_bytes != KM_UNKNOWN &&
	    row->waste_bytes >= candidate->facts->limits->page_bytes)
		add_reason(candidate, KM_ADVICE_AVOID, "waste");
}

static void weigh_limit(struct candidate *candidate)
{
	struct km_advice *row = candidate->row;

	row->limit_bytes = candidate->facts->limits->of[candidate->call->limit].bytes;
	if (has(candidate, FALLBACK) && row->limit_bytes > INT_MAX)
		row->limit_bytes = INT_MAX;
	if (row->limit_bytes == KM_UNKNOWN || candidate->request->bytes <= row->limit_bytes)
		return;
	row->reasons.len = 0;
	add_reason(candidate, KM_ADVICE_UNFIT, "too-large");
	row->granted_bytes = row->waste_bytes = row->order = row->free_blocks = KM_UNKNOWN;
}

static void weigh_context(struct candidate *candidate)
{
	bool block = has(candidate, BLOCK) || fits_class(candidate);

	if (candidate->request->contiguous == KM_TRI_YES && !block)
		add_reason(candidate, KM_ADVICE_UNFIT, "scattered");
	if (candidate->request->atomic != KM_TRI_YES)
		return;
	if (has(candidate, SLEEPS))
		add_reason(candidate, KM_ADVICE_UNFIT, "sleeps");
	else if (has(candidate, FALLBACK) && !block)
		add_reason(candidate, KM_ADVICE_AVOID, "fallback-sleeps");
	else
		add_reason(candidate, KM_ADVICE_WORKS, "atomic");
}

static void weigh_purpose(struct candidate *candidate)
{
	const uint64_t page_bytes = candidate->facts->limits->page_bytes;
	const struct km_advice_request *request = candidate->request;

	if (request->dma == KM_TRI_YES && has(candidate, FOR_DMA))
		add_reason(candidate, KM_ADVICE_WORKS, "dma-mask");
	else if (request->dma == KM_TRI_YES)
		add_reason(candidate, has(candidate, BLOCK) ? KM_ADVICE_AVOID : KM_ADVICE_UNFIT,
			   has(candidate, BLOCK) ? "dma-map" : "dma-scattered");
	if (has(candidate, SLEEPS) && request->bytes <= page_bytes)
		add_reason(candidate, KM_ADVICE_AVOID, "one-page");
	else if (has(candidate, PAGES) && request->bytes < page_bytes && request->user != KM_TRI_YES &&
		 !has(candidate, FOR_DMA))
		add_reason(candidate, KM_ADVICE_AVOID, "whole-page");
	if (request->user == KM_TRI_YES && !has(candidate, PAGES))
		add_reason(candidate, KM_ADVICE_UNFIT, "shares-pages");
	else if (request->user == KM_TRI_YES && has(candidate, SLEEPS) && !has(candidate, FOR_USER))
		add_reason(candidate, KM_ADVICE_UNFIT, "no-user-map");
}

static struct km_str argument(const struct candidate *candidate, char letter)
{
	static const struct {
		char letter;
		const char *name;
	} names[] = { { 'C', "cache" }, { 'D', "dev" }, { 'H', "&handle" } };
	const struct km_advice_request *request = candidate->request;
	bool zeroes = candidate->row->zeroed == KM_TRI_YES && !candidate->call->zeroing && !has(candidate, ZEROES);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (letter == names[i].letter)
			return km_str_from(names[i].name);
	if (letter == 'S')
		return km_pool_printf(candidate->pool, "%llu", (unsigned long long)request->bytes);
	if (letter == 'O')
		return candidate->row->order == KM_UNKNOWN ? KM_STR("-") :
			km_pool_printf(candidate->pool, "%llu", (unsigned long long)candidate->row->order);
	return km_pool_printf(candidate->pool, "%s%s",
			      request->atomic == KM_TRI_YES ? "GFP_ATOMIC" :
			      request->user == KM_TRI_YES   ? "GFP_USER" :
							      "GFP_KERNEL",
			      zeroes ? " | __GFP_ZERO" : "");
}

/* The call as a programmer would write it. */
static struct km_str spell(const struct candidate *candidate)
{
	const struct call *call = candidate->call;
	bool zeroing = candidate->row->zeroed == KM_TRI_YES && call->zeroing;
	struct km_str text = km_pool_printf(candidate->pool, "%s(", zeroing ? call->zeroing : call->name);

	for (const char *letter = call->arguments; *letter; letter++)
		text = km_pool_printf(candidate->pool, "%s%s%s", text.ptr, letter == call->arguments ? "" : ", ",
				      argument(candidate, *letter).ptr);
	return km_pool_printf(candidate->pool, "%s)", text.ptr);
}

static enum km_advice_verdict weigh(struct candidate *candidate)
{
	const struct km_advice_request *request = candidate->request;
	struct km_advice *row = candidate->row;
	bool zeroed = request->zeroed == KM_TRI_YES || request->user == KM_TRI_YES || has(candidate, ZEROES);

	candidate->verdict = KM_ADVICE_WORKS;
	km_row_init(&km_advice_type, row);
	row->reasons.items = km_pool_alloc(candidate->pool, REASONS_MOST, sizeof(*row->reasons.items));
	row->contiguous = km_tri_of(has(candidate, BLOCK) || fits_class(candidate));
	row->zeroed = km_tri_of(zeroed);
	row->sleeps = km_tri_of(has(candidate, SLEEPS) || request->atomic != KM_TRI_YES);
	row->free_with = km_str_from(candidate->call->free_with);
	weigh_cost(candidate);
	row->call = spell(candidate);
	weigh_block(candidate);
	if (has(candidate, OWN_CACHE))
		add_reason(candidate, KM_ADVICE_WORKS, "own-cache");
	weigh_context(candidate);
	weigh_purpose(candidate);
	weigh_limit(candidate);
	if (candidate->verdict > KM_ADVICE_WORKS)
		drop_lesser_reasons(candidate);
	return candidate->verdict;
}

/* Special calls are alternatives only for their own purpose. */
static bool comes_into_question(const struct call *call, const struct km_advice_request *request,
				const struct km_limits *limits)
{
	return (request->dma == KM_TRI_YES || !(call->traits & FOR_DMA)) &&
	       (request->user == KM_TRI_YES || !(call->traits & FOR_USER)) &&
	       (request->bytes <= limits->of[call->limit].bytes || !(call->traits & OWN_CACHE));
}

/* Appends the rows with one verdict. */
static size_t gather(const struct km_advice *weighed, const enum km_advice_verdict *verdicts, enum km_advice_verdict verdict,
		     struct km_advice *rows, size_t len)
{
	for (size_t i = 0; i < CALLS; i++) {
		if (verdicts[i] != verdict)
			continue;
		rows[len] = weighed[i];
		rows[len++].verdict = &km_advice_verdicts[verdict];
	}
	return len;
}

struct km_sheet km_advice_derive(struct km_pool *pool, const struct km_advice_request *request,
				 const struct km_advice_input *facts)
{
	struct km_advice *weighed = km_pool_alloc(pool, CALLS, sizeof(*weighed));
	struct km_advice *rows = km_pool_alloc(pool, CALLS, sizeof(*rows));
	enum km_advice_verdict verdicts[CALLS];
	bool chosen = false;
	size_t len = 0;

	if (facts->limits->page_bytes == KM_UNKNOWN)
		return (struct km_sheet){ &km_advice_type, rows, 0, NULL };
	for (size_t i = 0; i < CALLS; i++) {
		struct candidate candidate = { pool, request, facts, &calls[i], &weighed[i], KM_ADVICE_WORKS, { 0 } };

		verdicts[i] = KM_ADVICE_LEFT_OUT;
		if (!comes_into_question(&calls[i], request, facts->limits))
			continue;
		verdicts[i] = weigh(&candidate);
		if (chosen || verdicts[i] != KM_ADVICE_WORKS)
			continue;
		verdicts[i] = KM_ADVICE_CHOOSE;
		chosen = true;
	}
	for (unsigned int verdict = KM_ADVICE_CHOOSE; verdict <= KM_ADVICE_UNFIT; verdict++)
		len = gather(weighed, verdicts, (enum km_advice_verdict)verdict, rows, len);
	return (struct km_sheet){ &km_advice_type, rows, len, NULL };
}
