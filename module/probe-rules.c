// SPDX-License-Identifier: GPL-2.0
/*
 * The requests that a probe may make. This file refuses a request that would disturb the machine,
 * or make this kernel warn, before an allocator sees it.
 */
#include <linux/gfp.h>
#include <linux/math64.h>
#include <linux/nodemask.h>
#include <linux/percpu.h>
#include "compat.h"
#include "probe-rules.h"
#include "settings.h"
#include "zone.h"

#define REASON_VERDICT(id, verdict, sentence) [KMEMINFO_REASON_##id] = KMEMINFO_##verdict,
#define REASON_SENTENCE(id, verdict, sentence) [KMEMINFO_REASON_##id] = sentence,

enum kmeminfo_verdict km_reason_verdict(enum kmeminfo_reason reason)
{
	static const u8 verdicts[] = { KMEMINFO_REASONS(REASON_VERDICT) };

	return verdicts[reason];
}

const char *km_reason_sentence(enum kmeminfo_reason reason)
{
	static const char *const sentences[] = { KMEMINFO_REASONS(REASON_SENTENCE) };

	return sentences[reason];
}

/* Flags that only the allocators pass to each other. */
static gfp_t internal_flags(void)
{
	gfp_t flags = 0;

#ifdef __GFP_ZEROTAGS
	flags |= __GFP_ZEROTAGS;
#endif
#ifdef __GFP_SKIP_ZERO
	flags |= __GFP_SKIP_ZERO;
#endif
#ifdef __GFP_NO_OBJ_EXT
	/* Without lockdep, this is the bit that __GFP_NOLOCKDEP has with lockdep. */
	flags |= __GFP_NO_OBJ_EXT;
#endif
	return flags;
}

/* Checks the flags by the rules for every API. */
static enum kmeminfo_reason check_flags(gfp_t gfp)
{
	if (gfp & ~__GFP_BITS_MASK)
		return KMEMINFO_REASON_UNKNOWN_FLAG;
	if (gfp & (__GFP_NOFAIL | __GFP_MEMALLOC))
		return KMEMINFO_REASON_NEVER;
	if (gfp & internal_flags())
		return KMEMINFO_REASON_INTERNAL;
	if (km_gfp_zone(gfp) < 0)
		return KMEMINFO_REASON_ZONES;
	if ((gfp & KM_MOVABLE_MASK) == KM_MOVABLE_MASK)	/* gfp_migratetype() would warn */
		return KMEMINFO_REASON_MOBILITY;
	return KMEMINFO_REASON_NONE;
}

/* Checks the flags by the rules for this API. */
static enum kmeminfo_reason check_flags_of(const struct km_request *req)
{
	unsigned int traits = req->api->traits;
	gfp_t gfp = req->gfp;

	if (!(traits & KM_API_FLAGS) && (gfp & ~__GFP_ZERO) != GFP_KERNEL)
		return KMEMINFO_REASON_NO_FLAGS;
	/* vmalloc_node() and vzalloc_node() accept no flags either. */
	if (traits & KM_API_VMALLOC && !(traits & KM_API_SLAB) && req->node != NUMA_NO_NODE &&
	    gfp != GFP_KERNEL)
		return KMEMINFO_REASON_NO_FLAGS;
	/* GFP_SLAB_BUG_MASK; and slab memory cannot move, so no movable zone may contain it. */
	if (traits & KM_API_SLAB && gfp & (__GFP_HIGHMEM | __GFP_DMA32 | __GFP_MOVABLE))
		return KMEMINFO_REASON_SLAB_FLAG;
	if (traits & KM_API_CACHE && gfp & __GFP_ZERO)
		return KMEMINFO_REASON_CACHE_FLAG;
	if (traits & KM_API_VMALLOC &&
	    gfp & ~(traits & KM_API_SLAB ? KM_KVMALLOC_FLAGS : KM_VMALLOC_FLAGS))
		return KMEMINFO_REASON_VMALLOC_FLAG;
	if (traits & KM_API_PERCPU && gfp & ~(GFP_KERNEL | __GFP_ZERO | __GFP_NOWARN | __GFP_NORETRY))
		return KMEMINFO_REASON_PERCPU_FLAG;
	if (traits & KM_API_DMA && gfp & (__GFP_DMA | __GFP_DMA32 | __GFP_HIGHMEM | __GFP_COMP |
					  __GFP_MOVABLE))
		return KMEMINFO_REASON_DMA_FLAG;
	return KMEMINFO_REASON_NONE;
}

/* In an interrupt a call must accept flags. It must not map memory or create what it needs. */
static enum kmeminfo_reason check_context(const struct km_request *req)
{
	unsigned int sleeping = KM_API_VMALLOC | KM_API_PERCPU | KM_API_DEVICE | KM_API_DMA;

	if (!req->softirq && !req->hardirq)
		return KMEMINFO_REASON_NONE;
	if (!(req->api->traits & KM_API_FLAGS) || req->api->traits & sleeping ||
	    gfpflags_allow_blocking(req->gfp))
		return KMEMINFO_REASON_CONTEXT;
	return KMEMINFO_REASON_NONE;
}

/* Limits of the kernel itself, beyond which it warns or stops. */
static enum kmeminfo_reason check_limits(const struct km_request *req)
{
	unsigned int traits = req->api->traits;

	if (traits & KM_API_ONE_PAGE && req->bytes > PAGE_SIZE)
		return KMEMINFO_REASON_ONE_PAGE;
	if (traits & KM_API_PAGES && req->order > KM_MAX_ORDER)
		return KMEMINFO_REASON_ORDER;
	if (traits & KM_API_CACHE &&
	    (req->bytes < sizeof(void *) || req->bytes > KMALLOC_MAX_CACHE_SIZE))
		return KMEMINFO_REASON_OBJECT;
	if (traits & KM_API_PERCPU && req->bytes > PCPU_MIN_UNIT_SIZE)
		return KMEMINFO_REASON_PERCPU_UNIT;
	return KMEMINFO_REASON_NONE;
}

/* The largest cost of a piece, in bytes. Only vmalloc does not round pages up to a power of two. */
static u64 cost(const struct km_request *req)
{
	unsigned int traits = req->api->traits;

	if (traits & KM_API_PERCPU)
		return req->bytes * num_possible_cpus();
	if (req->bytes <= PAGE_SIZE && traits & KM_API_SLAB)
		return req->bytes;
	if ((traits & (KM_API_VMALLOC | KM_API_SLAB)) == KM_API_VMALLOC)
		return PAGE_ALIGN(req->bytes);
	return (u64)PAGE_SIZE << req->order;
}

/*
 * A probe leaves the high watermark of each zone free, so that no other task must reclaim because
 * of it. A few pages for a request that cannot sleep are always tried. Such a request uses free
 * memory or fails, and its answer matters most on a machine that is short of memory.
 */
static enum kmeminfo_reason check_amount(const struct km_request *req)
{
	int node = req->gfp & __GFP_THISNODE ? req->node : NUMA_NO_NODE;

	if (req->total > km_max_bytes())
		return KMEMINFO_REASON_BYTES;
	if (req->total <= PAGE_SIZE << PAGE_ALLOC_COSTLY_ORDER && !gfpflags_allow_blocking(req->gfp))
		return KMEMINFO_REASON_NONE;
	if (req->total > km_zones_room(req->gfp, node) * PAGE_SIZE)
		return KMEMINFO_REASON_SHARE;
	return KMEMINFO_REASON_NONE;
}

static enum kmeminfo_reason check_node(const struct km_request *req)
{
	if (req->node == NUMA_NO_NODE)
		return KMEMINFO_REASON_NONE;
	if (req->node < 0 || req->node >= MAX_NUMNODES || !node_online(req->node))
		return KMEMINFO_REASON_NODE;
	return req->api->traits & KM_API_NODE ? KMEMINFO_REASON_NONE : KMEMINFO_REASON_NO_NODE;
}

/*
 * A probe causes no warning and no OOM kill. Requests above one page get __GFP_NORETRY. Requests
 * for one page get __GFP_RETRY_MAYFAIL: it tries as hard as any request, but never kills.
 * alloc_percpu drops both flags, and vmalloc_node() has no argument for any.
 *
 * vmalloc allocates single pages. Where it has a list of flags, it would take page tables from the
 * reserves because of either flag (memalloc_apply_gfp_scope(), k7.2:mm/vmalloc.c). There, and for
 * vmalloc_node(), check_amount() alone prevents an OOM kill.
 */
static gfp_t tame(const struct km_request *req)
{
	unsigned int traits = req->api->traits;
	gfp_t gfp = req->gfp | __GFP_NOWARN;
	bool vmalloc = traits & KM_API_VMALLOC && !(traits & KM_API_SLAB);

	if (vmalloc && req->node != NUMA_NO_NODE)
		return req->gfp;
	if (vmalloc)
		return IS_ENABLED(KM_HAS_VMALLOC_LIST) ? gfp : gfp | __GFP_RETRY_MAYFAIL;
	if (req->order && !(traits & KM_API_VMALLOC))
		return gfp | __GFP_NORETRY;
	if (gfpflags_allow_blocking(gfp) && !(gfp & __GFP_NORETRY) && !(traits & KM_API_PERCPU))
		gfp |= __GFP_RETRY_MAYFAIL;
	return gfp;
}

enum kmeminfo_reason km_request_check(struct km_request *ret, const struct kmeminfo_probe *probe)
{
	u32 at_a_time = probe->prepare & KMEMINFO_PREPARE_HOLD ? max(probe->repeat, 1U) : 1;
	enum kmeminfo_reason reason;

	*ret = (struct km_request){
		.api = km_api(probe->api),
		.bytes = probe->bytes,
		.gfp = (__force gfp_t)probe->gfp,
		.node = probe->node,
	};
	if (!ret->api)
		return KMEMINFO_REASON_API;
	if (!probe->bytes)
		return KMEMINFO_REASON_ZERO;
	if (probe->bytes > km_max_bytes())
		return KMEMINFO_REASON_BYTES;
	if (probe->repeat > KMEMINFO_REPEAT_MAX)
		return KMEMINFO_REASON_REPEAT;
	if (probe->prepare & ~(KMEMINFO_PREPARE_DIRTY | KMEMINFO_PREPARE_SCATTER | KMEMINFO_PREPARE_HOLD |
			       KMEMINFO_PREPARE_SOFTIRQ | KMEMINFO_PREPARE_HARDIRQ))
		return KMEMINFO_REASON_PREPARE;
	ret->softirq = probe->prepare & KMEMINFO_PREPARE_SOFTIRQ;
	ret->hardirq = probe->prepare & KMEMINFO_PREPARE_HARDIRQ;
	if (ret->softirq && ret->hardirq)
		return KMEMINFO_REASON_PREPARE;
	ret->order = get_order(probe->bytes);
	ret->total = cost(ret) * at_a_time;
	reason = check_node(ret);
	reason = reason ?: check_flags(ret->gfp);
	reason = reason ?: check_flags_of(ret);
	reason = reason ?: check_context(ret);
	reason = reason ?: check_limits(ret);
	reason = reason ?: check_amount(ret);
	ret->gfp = tame(ret);
	return reason;
}
