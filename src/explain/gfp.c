// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The words of include/linux/gfp_types.h (before 6.0: gfp.h), 5.10 to 7.2. Values are left out
 * on purpose: from 6.10 on they depend on the kernel's configuration. The helper module reads
 * them from the running kernel.
 */
#include "explain/gfp.h"

#define ORIGIN "include/linux/gfp_types.h"

const struct km_topic km_gfp_topics[] = {
	/* where from: zone modifiers */
	{ "__GFP_DMA", "only from zone DMA",
	  "Memory below 16 MiB on x86; on arm64 whatever the most limited device can address, "
	  "which may be all of it. Without such a zone the request is served by the lowest there "
	  "is. Drivers get addressable memory from dma_alloc_coherent(), not from this flag.",
	  ORIGIN, NULL },
	{ "__GFP_DMA32", "only below 4 GiB",
	  "Zone DMA32 or DMA. kmalloc() has no caches for it and refuses or drops the flag; it is "
	  "for page allocations.",
	  ORIGIN, NULL },
	{ "__GFP_HIGHMEM", "high memory will do",
	  "The page need not have a permanent kernel address. A permission, not a demand: on "
	  "64-bit machines, and when HighMem is full, the page comes from a lower zone.",
	  ORIGIN, NULL },
	{ "__GFP_MOVABLE", "the page can be moved or given back",
	  "Groups the page with others that compaction may move, and together with __GFP_HIGHMEM "
	  "lets it come from zone Movable and from CMA.",
	  ORIGIN, NULL },
	/* grouping and limits */
	{ "__GFP_RECLAIMABLE", "slab memory that a shrinker can free",
	  "Groups the page with others of its sort. Set by caches made with SLAB_RECLAIM_ACCOUNT; "
	  "kmalloc() with it takes the kmalloc-rcl caches.",
	  ORIGIN, NULL },
	{ "__GFP_WRITE", "the page will be dirtied",
	  "Spreads page cache that is about to be written over the zones, so that none fills with "
	  "dirty pages.",
	  ORIGIN, NULL },
	{ "__GFP_HARDWALL", "obey the cpuset",
	  "Only nodes that the task's cpuset allows.", ORIGIN, NULL },
	{ "__GFP_THISNODE", "this node or none",
	  "No other node is tried and no memory policy applies: the request fails rather than land "
	  "elsewhere.",
	  ORIGIN, NULL },
	{ "__GFP_ACCOUNT", "charge it to the memory cgroup",
	  "kmalloc() with it takes the kmalloc-cg caches (5.14+).", ORIGIN, NULL },
	/* reserves */
	{ "__GFP_HIGH", "may dip into the reserve below the min mark",
	  "For requests that the system needs to make progress. It lowers the watermark that the "
	  "zone is held to; it does not remove it.",
	  ORIGIN, NULL },
	{ "__GFP_ATOMIC", "cannot sleep and is urgent",
	  "Gone since 6.3: not being allowed to reclaim says the same. Until then part of "
	  "GFP_ATOMIC.",
	  "include/linux/gfp.h", "until 6.2" },
	{ "__GFP_MEMALLOC", "may take everything, without any watermark",
	  "For code that frees more memory by it at once, such as swapping over a network. Misuse "
	  "can leave the machine unable to free anything.",
	  ORIGIN, NULL },
	{ "__GFP_NOMEMALLOC", "never touch the reserves",
	  "Wins over __GFP_MEMALLOC and over a task that is allowed to.", ORIGIN, NULL },
	/* how: reclaim */
	{ "__GFP_IO", "reclaim may start disk I/O",
	  "Without it reclaim can only drop what is clean.", ORIGIN, NULL },
	{ "__GFP_FS", "reclaim may call into file systems",
	  "Cleared by code that holds a file system's locks, so that reclaim does not wait for them.",
	  ORIGIN, NULL },
	{ "__GFP_DIRECT_RECLAIM", "the caller itself may reclaim, and so may sleep",
	  "The bit that decides whether an allocation may sleep. Never with a spinlock held or in an "
	  "interrupt.",
	  ORIGIN, NULL },
	{ "__GFP_KSWAPD_RECLAIM", "wake kswapd when the zone is below its low mark",
	  "Background reclaim then goes on until the high mark.", ORIGIN, NULL },
	{ "__GFP_RECLAIM", "both direct and background reclaim",
	  "__GFP_DIRECT_RECLAIM with __GFP_KSWAPD_RECLAIM; called __GFP_WAIT before 4.4.", ORIGIN,
	  NULL },
	{ "__GFP_NORETRY", "give up early",
	  "One light round of reclaim, no OOM killer. The caller copes with failure.", ORIGIN, NULL },
	{ "__GFP_RETRY_MAYFAIL", "try hard, but fail rather than kill",
	  "Reclaims and compacts as long as there is progress, also for large orders; never wakes the "
	  "OOM killer itself.",
	  ORIGIN, NULL },
	{ "__GFP_NOFAIL", "never return without memory",
	  "Retries forever. Only for callers that may sleep, and not for large orders.", ORIGIN, NULL },
	/* what is done with the page */
	{ "__GFP_NOWARN", "no message in the log when it fails",
	  "A failure is otherwise reported as a page allocation failure with order and mask.", ORIGIN,
	  NULL },
	{ "__GFP_COMP", "make a larger block one compound page",
	  "Its pages then know their head. vmalloc() does not take it.", ORIGIN, NULL },
	{ "__GFP_ZERO", "hand it out filled with zeros",
	  "A kernel booted with init_on_alloc=1, Debian's default, zeroes every allocation whether "
	  "asked to or not.",
	  ORIGIN, NULL },
	{ "__GFP_ZEROTAGS", "zero the memory tags along with the memory",
	  "arm64 with memory tagging.", ORIGIN, "5.14+" },
	{ "__GFP_SKIP_ZERO", "do not zero although init_on_alloc would",
	  "Has a bit only with KASAN in hardware-tags mode; else its value is 0.", ORIGIN, "5.18+" },
	{ "__GFP_SKIP_KASAN", "KASAN leaves the page's tags alone",
	  "Has a bit only with KASAN in hardware-tags mode; else its value is 0. Until 6.2 two flags: "
	  "__GFP_SKIP_KASAN_UNPOISON and __GFP_SKIP_KASAN_POISON.",
	  ORIGIN, "6.3+" },
	{ "__GFP_NOLOCKDEP", "lockdep does not track this allocation's reclaim",
	  "Has a bit only with CONFIG_LOCKDEP; else its value is 0.", ORIGIN, NULL },
	{ "__GFP_NO_OBJ_EXT", "no extension record for the slab object",
	  "Keeps the bookkeeping of allocation profiling and memory cgroups from recursing into "
	  "itself.",
	  ORIGIN, "6.10+" },
	/* ready-made masks */
	{ "GFP_KERNEL", "the usual one: may sleep, reclaim, do I/O and call file systems",
	  "__GFP_RECLAIM, __GFP_IO and __GFP_FS. For code that may sleep. Requests of up to eight "
	  "pages practically do not fail: the OOM killer comes first.",
	  ORIGIN, NULL },
	{ "GFP_ATOMIC", "cannot sleep, may use part of the reserve",
	  "For interrupt handlers and under spinlocks. __GFP_HIGH and __GFP_KSWAPD_RECLAIM (until "
	  "6.2 also __GFP_ATOMIC). It fails readily when memory is short or fragmented.",
	  ORIGIN, NULL },
	{ "GFP_NOWAIT", "cannot sleep, and has no claim to the reserve",
	  "__GFP_KSWAPD_RECLAIM; since 6.12 also __GFP_NOWARN. Fails often: have a way round it.",
	  ORIGIN, NULL },
	{ "GFP_NOIO", "may sleep, but reclaim does no I/O",
	  "__GFP_RECLAIM alone. For block drivers; memalloc_noio_save() marks a whole stretch of code "
	  "instead.",
	  ORIGIN, NULL },
	{ "GFP_NOFS", "may sleep and do I/O, but calls no file system",
	  "__GFP_RECLAIM and __GFP_IO. For file systems; memalloc_nofs_save() marks a whole stretch "
	  "of code instead.",
	  ORIGIN, NULL },
	{ "GFP_KERNEL_ACCOUNT", "GFP_KERNEL, charged to the memory cgroup",
	  "For memory that user space can make the kernel allocate without end.", ORIGIN, NULL },
	{ "GFP_USER", "for user space, within the cpuset",
	  "GFP_KERNEL with __GFP_HARDWALL. The kernel or hardware may address the page too.", ORIGIN,
	  NULL },
	{ "GFP_HIGHUSER", "for user space, high memory preferred",
	  "GFP_USER with __GFP_HIGHMEM. HighMem exists on 32-bit machines only, and even there it is "
	  "a preference.",
	  ORIGIN, NULL },
	{ "GFP_HIGHUSER_MOVABLE", "for user space, and movable",
	  "GFP_HIGHUSER with __GFP_MOVABLE: what anonymous memory and page cache use. Zone Movable "
	  "and CMA serve only such requests.",
	  ORIGIN, NULL },
	{ "GFP_DMA", "only from zone DMA", "The same as __GFP_DMA.", ORIGIN, NULL },
	{ "GFP_DMA32", "only below 4 GiB", "The same as __GFP_DMA32.", ORIGIN, NULL },
	{ "GFP_TRANSHUGE_LIGHT", "a huge page if one is there",
	  "No reclaim and no warning: page faults fall back to small pages.", ORIGIN, NULL },
	{ "GFP_TRANSHUGE", "a huge page, with direct compaction",
	  "GFP_TRANSHUGE_LIGHT with __GFP_DIRECT_RECLAIM: what khugepaged uses.", ORIGIN, NULL },
	{ 0 }
};
