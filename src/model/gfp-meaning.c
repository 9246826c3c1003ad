// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/gfp-meaning.h"

static bool has(const struct km_gfp *gfp, uint32_t mask, const char *name)
{
	return mask & km_gfp_bits(gfp, name);
}

/*
 * GFP_ZONE_TABLE, the same from 2.6.32 to 7.2 (k2.6.32, k6.12:include/linux/gfp.h). __GFP_MOVABLE selects
 * zone Movable only together with __GFP_HIGHMEM.
 */
static enum km_gfp_zone zone_of(const struct km_gfp *gfp, uint32_t mask)
{
	bool dma = has(gfp, mask, "__GFP_DMA"), dma32 = has(gfp, mask, "__GFP_DMA32");
	bool highmem = has(gfp, mask, "__GFP_HIGHMEM");

	if (dma + dma32 + highmem > 1)
		return KM_GFP_ZONE_BAD;
	if (dma)
		return KM_GFP_ZONE_DMA;
	if (dma32)
		return KM_GFP_ZONE_DMA32;
	if (!highmem)
		return KM_GFP_ZONE_NORMAL;
	return has(gfp, mask, "__GFP_MOVABLE") ? KM_GFP_ZONE_MOVABLE : KM_GFP_ZONE_HIGHMEM;
}

/* Up to 4.3 the single flag __GFP_WAIT meant that the caller may sleep and reclaim (k4.3:include/linux/gfp.h). */
static bool has_wait_flag(const struct km_gfp *gfp)
{
	return km_gfp_bits(gfp, "__GFP_WAIT");
}

/* The flags of a mask that give access to reserves. */
struct access {
	bool high, atomic, never, sleeps, memalloc;
	bool wait, no_kswapd; /* the kernel has __GFP_WAIT; the mask has __GFP_NO_KSWAPD */
	bool seen; /* whether one set of rules was applied */
	struct km_gfp_meaning *meaning;
};

/*
 * Up to 6.2 __GFP_HIGH halves the watermark. __GFP_ATOMIC subtracts a quarter of the rest and may use the
 * highatomic reserve (k5.10:mm/page_alloc.c gfp_to_alloc_flags, __zone_watermark_ok).
 */
static void apply_atomic(const struct access *access, struct km_gfp_meaning *ret)
{
	bool harder = access->atomic && !access->sleeps && !access->never;

	ret->min_eighths = access->high ? (harder ? 3 : 4) : (harder ? 6 : 8);
	ret->highatomic = ret->spares_highatomic = km_tri_of(harder);
	ret->highatomic_last = KM_TRI_NO;
	ret->any_task = km_tri_of(access->atomic && !access->sleeps);
}

/*
 * Up to 4.3 a request that cannot sleep may use more of the reserve. Blocks for high orders are reserved from
 * 4.4 on (k4.3, k4.4:mm/page_alloc.c gfp_to_alloc_flags, reserve_highatomic_pageblock).
 */
static void apply_wait(const struct access *access, struct km_gfp_meaning *ret)
{
	bool harder = !access->sleeps && !access->no_kswapd && !access->never;

	ret->min_eighths = access->high ? (harder ? 3 : 4) : (harder ? 6 : 8);
	ret->highatomic = ret->highatomic_last = ret->spares_highatomic = KM_TRI_NO;
	ret->any_task = km_tri_of(!access->sleeps);
}

/* Since 6.3 __GFP_HIGH without reclaim replaces __GFP_ATOMIC (k6.12:mm/page_alloc.c). */
static void apply_min_reserve(const struct access *access, const struct km_alloc_rules *rules,
			      struct km_gfp_meaning *ret)
{
	bool non_block = !access->sleeps && !access->never;

	ret->min_eighths = access->high ? (non_block ? 3 : 4) : 8;
	ret->highatomic = km_tri_of(non_block && (access->high || rules->highatomic_high == KM_TRI_NO));
	ret->highatomic_last = km_tri_of(non_block && rules->highatomic_last == KM_TRI_YES);
	ret->spares_highatomic = km_tri_of(access->high || non_block);
	ret->any_task = km_tri_of(access->high && !access->sleeps);
}

static void merge(enum km_tri *into, enum km_tri other)
{
	if (*into != other)
		*into = KM_TRI_UNKNOWN;
}

static void apply(void *data, const struct km_alloc_rules *rules)
{
	struct access *access = data;
	struct km_gfp_meaning *ret = access->meaning, one = { 0 };

	if (access->wait)
		apply_wait(access, &one);
	else if (rules->min_reserve == KM_TRI_YES)
		apply_min_reserve(access, rules, &one);
	else
		apply_atomic(access, &one);
	one.unboosted = km_tri_of(rules->boost_high == KM_TRI_YES ? access->high : access->atomic);
	if (access->memalloc && !access->never) {
		one.min_eighths = 0;
		one.any_task = KM_TRI_YES;
	}
	if (!access->seen) {
		ret->min_eighths = ret->min_eighths_least = one.min_eighths;
		ret->highatomic = one.highatomic;
		ret->highatomic_last = one.highatomic_last;
		ret->spares_highatomic = one.spares_highatomic;
		ret->unboosted = one.unboosted;
		ret->any_task = one.any_task;
	}
	access->seen = true;
	if (one.min_eighths > ret->min_eighths)
		ret->min_eighths = one.min_eighths;
	if (one.min_eighths < ret->min_eighths_least)
		ret->min_eighths_least = one.min_eighths;
	merge(&ret->highatomic, one.highatomic);
	merge(&ret->highatomic_last, one.highatomic_last);
	merge(&ret->spares_highatomic, one.spares_highatomic);
	merge(&ret->unboosted, one.unboosted);
	merge(&ret->any_task, one.any_task);
}

void km_gfp_meaning(const struct km_gfp *gfp, const struct km_alloc_rules *rules, uint32_t mask,
		    struct km_gfp_meaning *ret)
{
	struct access access = {
		.high = has(gfp, mask, "__GFP_HIGH"), .atomic = has(gfp, mask, "__GFP_ATOMIC"),
		.never = has(gfp, mask, "__GFP_NOMEMALLOC"), .memalloc = has(gfp, mask, "__GFP_MEMALLOC"),
		.sleeps = has(gfp, mask, "__GFP_DIRECT_RECLAIM") || has(gfp, mask, "__GFP_WAIT"),
		.wait = has_wait_flag(gfp), .no_kswapd = has(gfp, mask, "__GFP_NO_KSWAPD"), .meaning = ret,
	};

	*ret = (struct km_gfp_meaning){
		.sleeps = access.sleeps,
		.kswapd = access.wait ? !access.no_kswapd : has(gfp, mask, "__GFP_KSWAPD_RECLAIM"),
		.io = has(gfp, mask, "__GFP_IO"),
		.fs = has(gfp, mask, "__GFP_FS"),
		.zone = zone_of(gfp, mask),
		.movable = has(gfp, mask, "__GFP_MOVABLE"),
		.reclaimable = has(gfp, mask, "__GFP_RECLAIMABLE"),
	};
	ret->cma = ret->movable && !ret->reclaimable;
	km_alloc_rules_each(rules, apply, &access);
}

struct km_str km_gfp_zone_name(enum km_gfp_zone zone)
{
	static const char *const names[] = { "DMA", "DMA32", "Normal", "HighMem", "Movable", "-" };

	return km_str_from(names[zone]);
}

struct km_str km_gfp_zone_here(enum km_gfp_zone zone, bool (*has_zone)(const void *data, struct km_str name),
			       const void *data)
{
	struct km_str name = km_gfp_zone_name(zone);

	if (zone == KM_GFP_ZONE_BAD)
		return (struct km_str){ 0 };
	/* every kernel has Movable, few have the others (k6.12:include/linux/gfp.h OPT_ZONE_*) */
	return zone == KM_GFP_ZONE_MOVABLE || has_zone(data, name) ? name :
								     km_gfp_zone_name(KM_GFP_ZONE_NORMAL);
}

struct km_str km_gfp_type_name(const struct km_gfp_meaning *facts)
{
	if (facts->movable && facts->reclaimable)
		return (struct km_str){ 0 };
	if (facts->movable)
		return KM_STR("Movable");
	return facts->reclaimable ? KM_STR("Reclaimable") : KM_STR("Unmovable");
}

/* In these releases, a mask with all flags of with and without the flag without is wrong. */
struct fault {
	const char *with[2], *without; /* names of flags */
	uint64_t first, last;
};

#define EVER 0, KM_UNKNOWN

static const struct fault faults[KM_GFP_FAULTS] = {
	[KM_GFP_DMA_HIGHMEM] = { { "__GFP_DMA", "__GFP_HIGHMEM" }, NULL, EVER },
	[KM_GFP_DMA_DMA32] = { { "__GFP_DMA", "__GFP_DMA32" }, NULL, EVER },
	[KM_GFP_DMA32_HIGHMEM] = { { "__GFP_DMA32", "__GFP_HIGHMEM" }, NULL, EVER },
	[KM_GFP_TWO_TYPES] = { { "__GFP_MOVABLE", "__GFP_RECLAIMABLE" }, NULL, EVER },
	[KM_GFP_NOFAIL_NO_WAIT] = { { "__GFP_NOFAIL" }, "__GFP_DIRECT_RECLAIM", KM_RELEASE(4, 4), KM_UNKNOWN },
	[KM_GFP_NOFAIL_NORETRY] = { { "__GFP_NOFAIL", "__GFP_NORETRY" }, NULL, EVER },
	[KM_GFP_NOFAIL_MAYFAIL] = { { "__GFP_NOFAIL", "__GFP_RETRY_MAYFAIL" }, NULL, EVER },
	[KM_GFP_NORETRY_MAYFAIL] = { { "__GFP_NORETRY", "__GFP_RETRY_MAYFAIL" }, NULL, EVER },
	[KM_GFP_MAYFAIL_NO_WAIT] = { { "__GFP_RETRY_MAYFAIL" }, "__GFP_DIRECT_RECLAIM", EVER },
	[KM_GFP_MEMALLOC_NOMEMALLOC] = { { "__GFP_MEMALLOC", "__GFP_NOMEMALLOC" }, NULL, EVER },
	[KM_GFP_ATOMIC_WAIT] = { { "__GFP_ATOMIC", "__GFP_DIRECT_RECLAIM" }, NULL, 0, KM_RELEASE(6, 2) },
};

static bool applies(const struct fault *fault, const struct km_gfp *gfp, uint64_t release, uint32_t mask)
{
	if (release < fault->first || release > fault->last)
		return false;
	for (size_t i = 0; i < 2 && fault->with[i]; i++)
		if (!has(gfp, mask, fault->with[i]))
			return false;
	return !fault->without || !has(gfp, mask, fault->without);
}

unsigned int km_gfp_faults(const struct km_gfp *gfp, uint64_t release, uint32_t mask)
{
	unsigned int found = 0;

	for (unsigned int i = 0; i < KM_GFP_FAULTS; i++)
		if (applies(&faults[i], gfp, release, mask))
			found |= 1u << i;
	return found;
}
