// SPDX-License-Identifier: GPL-2.0-or-later
/* The words of the fields kind and cause. */
#include "model/failure-cause.h"

#define CHECK "Mem-Info (k6.12:mm/page_alloc.c __zone_watermark_ok)"

const struct km_word km_failure_kinds[] = {
	[KM_KLOG_PAGES] = {
		.key = "page allocation", .brief = "the page allocator refused a block of pages",
		.explain = "From 5.4 on the kernel prints at most one such report in ten seconds; older kernels "
			   "print more. It prints none for requests with __GFP_NOWARN.",
		.origin = "k6.12:mm/page_alloc.c warn_alloc" },
	[KM_KLOG_STALL] = {
		.key = "page stall", .brief = "a request for pages has been waiting for ten seconds or longer",
		.explain = "The request has not failed and may still succeed. The zones are those of that moment. "
			   "Kernels 4.10 to 4.14 print it, and 7.2 does again.",
		.origin = "k7.2:mm/page_alloc.c check_alloc_stall_warn" },
	[KM_KLOG_TOO_LARGE] = {
		.key = "size too large", .brief = "the request exceeds what the allocator can ever return",
		.explain = "More than the largest kmalloc cache (up to 6.7), or more than 2 GiB from kvmalloc(). The "
			   "kernel warns about each place once after boot.",
		.origin = "k6.12:mm/util.c __kvmalloc_node_noprof" },
	[KM_KLOG_WARNING] = {
		.key = "allocator warning", .brief = "the page allocator warned about a request",
		.explain = "Mostly about an order above the maximum. mm/page_alloc.c has other checks as well; the line number "
			   "identifies one only for a known kernel. The kernel warns about each once after boot.",
		.origin = "k6.12:mm/page_alloc.c" },
	[KM_KLOG_VMALLOC] = {
		.key = "vmalloc", .brief = "vmalloc() failed",
		.origin = "k6.12:mm/vmalloc.c __vmalloc_node_range_noprof" },
	[KM_KLOG_VMAP] = {
		.key = "vmap", .brief = "no range of kernel addresses was left for a mapping",
		.origin = "k6.1:mm/vmalloc.c alloc_vmap_area" },
	[KM_KLOG_SLUB] = {
		.key = "slab allocation", .brief = "a slab cache could not get pages for another slab",
		.explain = "The page allocator's report of the same request usually precedes it.",
		.origin = "k6.12:mm/slub.c slab_out_of_memory" },
	[KM_KLOG_OOM] = {
		.key = "OOM kill", .brief = "the OOM killer ended a process to get its memory",
		.explain = "It acts for the whole machine, a memory cgroup, a cpuset, or the nodes of a memory policy: "
			   "the cause says which.",
		.origin = "k6.12:mm/oom_kill.c" },
	[KM_KLOG_CMA] = {
		.key = "CMA allocation", .brief = "an area of contiguous memory (CMA) could not serve a request",
		.origin = "k6.12:mm/cma.c __cma_alloc" },
	[KM_KLOG_PERCPU] = {
		.key = "per-CPU allocation", .brief = "the per-CPU allocator failed",
		.explain = "The kernel prints it ten times after boot, then no more.",
		.origin = "k6.12:mm/percpu.c pcpu_alloc_noprof" },
	[KM_KLOG_SWIOTLB] = {
		.key = "bounce buffer", .brief = "a device found no room in the bounce buffer (swiotlb)",
		.origin = "k6.12:kernel/dma/swiotlb.c swiotlb_tbl_map_single" },
	[KM_KLOG_HUGETLB] = {
		.key = "huge page pool", .brief = "the kernel got fewer huge pages than the command line requests",
		.origin = "k6.12:mm/hugetlb.c hugetlb_hstate_alloc_pages_errcheck" },
	[KM_KLOG_HEADLESS] = {
		.key = "report without head", .brief = "the first line of the report is missing",
		.explain = "A ring buffer that overflowed, or a log that begins later. The request is "
			   "unknown; the memory and the zones are known." },
	{ 0 }
};

const struct km_failure_cause km_failure_causes[] = {
	[KM_CAUSE_SHORTAGE] = {
		.word = { .key = "shortage", .tone = KM_TONE_BAD,
			   .brief = "the machine was out of memory",
			   .explain = "No zone that the request may use exceeded its watermark and reserve, and reclaim "
				      "found nothing more to free. Processes and files used the memory.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_HELD] = {
		.word = { .key = "held by the kernel", .tone = KM_TONE_BAD,
			   .brief = "the kernel itself held most of the memory",
			   .explain = "Unreclaimable slab, page tables, stacks and uncounted memory (drivers, "
				      "vmalloc, per-CPU areas) exceed half of the memory. Killing processes does not "
				      "free it.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_TMPFS] = {
		.word = { .key = "tmpfs", .tone = KM_TONE_BAD,
			   .brief = "tmpfs and shared memory held most of the memory",
			   .explain = "Files of tmpfs, System V and POSIX shared memory exceed half of the memory. "
				      "They can only go to swap; killing a process frees them only if no other "
				      "process uses them, and never files of tmpfs.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_HUGE_PAGES] = {
		.word = { .key = "huge pages", .tone = KM_TONE_BAD,
			   .brief = "the huge page pool held most of the memory",
			   .explain = "Pages of hugetlb exceed half of the memory. Nothing else can use them, whether "
				      "a process has them or not.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_PAGE_TABLES] = {
		.word = { .key = "page tables", .tone = KM_TONE_BAD,
			   .brief = "page tables held a large part of the memory",
			   .explain = "Page tables exceed a fifth of the memory. Usually many processes map the same "
				      "large shared memory in small pages.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_LOCKED] = {
		.word = { .key = "locked memory", .tone = KM_TONE_BAD,
			   .brief = "locked memory held most of the memory",
			   .explain = "Unevictable pages (mlock(), ramfs, memory of secretmem) exceed half of the "
				      "memory. Reclaim cannot free them.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_NO_WAIT] = {
		.word = { .key = "could not wait", .tone = KM_TONE_BAD,
			   .brief = "memory could have been reclaimed, but the request may not sleep",
			   .explain = "GFP_ATOMIC and GFP_NOWAIT requests depend on the memory that kswapd keeps "
				      "free. They came faster than kswapd could free.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_BOOST] = {
		.word = { .key = "watermark boost", .tone = KM_TONE_BAD,
			   .brief = "a temporary boost of the watermark made the difference",
			   .explain = "After mixing block types in a pageblock the kernel raises the watermarks of "
				      "the zone for a while, so that kswapd frees more (vm.watermark_boost_factor). "
				      "Without the boost the request would have been served.",
			   .origin = "k6.12:mm/page_alloc.c boost_watermark" },
		.by_zones = true
	},
	[KM_CAUSE_RESERVED] = {
		.word = { .key = "reserved blocks", .tone = KM_TONE_BAD,
			   .brief = "the free memory is in blocks that this request may not use",
			   .explain = "Blocks of the highatomic reserve and of CMA are free, but not every "
				      "request may use them. No request may use isolated blocks.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_FRAGMENTED] = {
		.word = { .key = "fragmentation", .tone = KM_TONE_BAD,
			   .brief = "enough was free, but in no block of that size",
			   .explain = "A zone that the request may use was above its watermark and had no free block "
				      "that is large enough and of a type that the request may use. Up to 4.3 too few "
				      "blocks of that size have the same effect.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_ZONE] = {
		.word = { .key = "zone restriction", .tone = KM_TONE_BAD,
			   .brief = "the zones that the flags allow were exhausted, others had memory",
			   .explain = "GFP_DMA and GFP_DMA32 reach only low memory; the kernel's own requests reach "
				      "neither HighMem nor Movable zones.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_NODE] = {
		.word = { .key = "node restriction", .tone = KM_TONE_BAD,
			   .brief = "the nodes that the request may use were exhausted, others had memory",
			   .explain = "By a memory policy (mbind, set_mempolicy, numactl) or by __GFP_THISNODE.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_CPUSET] = {
		.word = { .key = "cpuset", .tone = KM_TONE_BAD,
			   .brief = "the nodes of the task's cpuset were exhausted",
			   .explain = "The OOM killer killed processes of that cpuset although other nodes may have "
				      "had memory.",
			   .origin = "k6.12:mm/oom_kill.c constrained_alloc" },
		.by_zones = true
	},
	[KM_CAUSE_CGROUP] = {
		.word = { .key = "cgroup limit", .tone = KM_TONE_BAD,
			   .brief = "a memory cgroup reached its limit",
			   .explain = "The OOM killer looks only at the processes of that group. The limit may be "
				      "that of a parent group. Files of tmpfs and kernel memory are charged to the "
				      "group too.",
			   .origin = "k6.12:mm/memcontrol.c mem_cgroup_out_of_memory" },
	},
	[KM_CAUSE_CGROUP_KERNEL] = {
		.word = { .key = "cgroup kernel memory", .tone = KM_TONE_BAD,
			   .brief = "a memory cgroup reached its limit, mostly with kernel memory",
			   .explain = "Slab objects (dentries, inodes), kernel stacks, page tables and sockets that "
				      "the kernel keeps for the group exceed half of its limit. Killing its processes "
				      "frees little of it.",
			   .origin = "k6.12:mm/memcontrol.c memory_stats" },
	},
	[KM_CAUSE_ADDRESSES] = {
		.word = { .key = "address space", .tone = KM_TONE_BAD,
			   .brief = "no gap was left in the kernel's vmalloc address range",
			   .explain = "The range is small on 32 bit, some 128 MiB. On 64 bit this indicates a leak, "
				      "or a narrow range (modules, BPF).",
			   .origin = "k6.1:mm/vmalloc.c alloc_vmap_area" },
	},
	[KM_CAUSE_EXCEEDS_RAM] = {
		.word = { .key = "exceeds memory", .tone = KM_TONE_BAD,
			   .brief = "the requested size exceeds the memory of the machine",
			   .explain = "vmalloc() refuses this at once. The size was usually computed incorrectly, or "
				      "comes unchecked from outside.",
			   .origin = "k6.12:mm/vmalloc.c __vmalloc_node_range_noprof" },
	},
	[KM_CAUSE_ZERO_SIZE] = {
		.word = { .key = "size of zero", .tone = KM_TONE_BAD,
			   .brief = "the caller requested 0 bytes",
			   .explain = "vmalloc() refuses a size of 0. No memory was missing.",
			   .origin = "k6.12:mm/vmalloc.c __vmalloc_node_range_noprof" },
	},
	[KM_CAUSE_SMALL_PAGES] = {
		.word = { .key = "huge mapping refused", .tone = KM_TONE_BAD,
			   .brief = "vmalloc() got no huge page and used small pages instead",
			   .explain = "Nothing failed: the area is made of small pages. Kernels 5.15 to 5.17 still "
				      "print a warning.",
			   .origin = "k5.15:mm/vmalloc.c __vmalloc_area_node" },
	},
	[KM_CAUSE_TOO_LARGE] = {
		.word = { .key = "order above the maximum", .tone = KM_TONE_BAD,
			   .brief = "no kernel could have served the request",
			   .explain = "A block has at most 2^MAX_PAGE_ORDER pages (4 MiB with pages of 4 KiB). "
				      "kmalloc() returns at most as much, kvmalloc() at most 2 GiB less one byte. "
				      "The report does not contain the requested size.",
			   .origin = "k6.12:mm/page_alloc.c __alloc_pages_noprof, mm/util.c __kvmalloc_node_noprof" },
	},
	[KM_CAUSE_NO_FAIL] = {
		.word = { .key = "must not fail", .tone = KM_TONE_BAD,
			   .brief = "most likely a request that must not fail came where it cannot be served",
			   .explain = "Besides the check of the order, mm/page_alloc.c warns about __GFP_NOFAIL for "
				      "more than two pages, without __GFP_DIRECT_RECLAIM, or from a task that "
				      "reclaims memory itself. The request goes on; nothing failed yet.",
			   .origin = "k6.12:mm/page_alloc.c __alloc_pages_slowpath, rmqueue" },
	},
	[KM_CAUSE_BY_HAND] = {
		.word = { .key = "by hand", .tone = KM_TONE_NOTE,
			   .brief = "SysRq f ran the OOM killer",
			   .origin = "k6.12:drivers/tty/sysrq.c moom_callback" },
	},
	[KM_CAUSE_PAGE_FAULT] = {
		.word = { .key = "page fault", .tone = KM_TONE_BAD,
			   .brief = "a page fault failed, not a request for pages",
			   .explain = "Up to 5.15 a page fault that ends with VM_FAULT_OOM runs the OOM killer "
				      "(gfp_mask=0x0). Usually a memory cgroup refused the charge, or an allocation "
				      "with __GFP_NORETRY failed; the machine need not be short of memory.",
			   .origin = "k5.10:mm/oom_kill.c pagefault_out_of_memory" },
	},
	[KM_CAUSE_TRANSIENT] = {
		.word = { .key = "transient", .tone = KM_TONE_NOTE,
			   .brief = "a moment later the request would have been served",
			   .explain = "The kernel makes the report after the failure. In between memory was "
				      "freed or came back from per-CPU lists. Requests that give up early "
				      "(__GFP_NORETRY, GFP_NOWAIT) fail this way.",
			   .origin = CHECK },
		.by_zones = true
	},
	[KM_CAUSE_AREA_FULL] = {
		.word = { .key = "area full", .tone = KM_TONE_BAD,
			   .brief = "the reserved area has no free range of that size",
			   .explain = "CMA: no free range of that many pages, aligned. Per-CPU allocator: the chunk "
				      "that is reserved for modules is full.",
			   .origin = "k6.12:mm/cma.c __cma_alloc, mm/percpu.c pcpu_alloc_noprof" },
	},
	[KM_CAUSE_AREA_BUSY] = {
		.word = { .key = "area busy", .tone = KM_TONE_BAD,
			   .brief = "pages in the reserved area could not be moved away",
			   .explain = "Movable pages use a CMA area while it is not needed. Pages that are pinned, "
				      "under I/O or locked stay where they are.",
			   .origin = "k6.12:mm/cma.c __cma_alloc" },
	},
	[KM_CAUSE_BOUNCE] = {
		.word = { .key = "bounce buffer", .tone = KM_TONE_BAD,
			   .brief = "the bounce buffer had no room for the transfer",
			   .explain = "Devices that cannot reach all memory, and all devices of encrypted guests, "
				      "copy through it. It is reserved at boot (swiotlb=), and one transfer gets at "
				      "most 256 KiB.",
			   .origin = "k6.12:kernel/dma/swiotlb.c swiotlb_tbl_map_single" },
	},
	[KM_CAUSE_FEW_HUGE_PAGES] = {
		.word = { .key = "too few huge pages", .tone = KM_TONE_BAD,
			   .brief = "the kernel found too few contiguous blocks for the huge page pool",
			   .explain = "The kernel does not say whether memory was missing or contiguous memory. It "
				      "goes on with what it got.",
			   .origin = "k6.12:mm/hugetlb.c hugetlb_hstate_alloc_pages" },
	},
	[KM_CAUSE_UNKNOWN] = {
		.word = { .key = "unknown", .tone = KM_TONE_FAINT,
			   .brief = "the report does not contain enough to determine the cause" },
		.by_zones = true
	},
	{ .by_zones = false }
};

const struct km_vocabulary km_failure_cause_vocabulary = {
	.name = "cause",
	.brief = "why a request for memory failed",
	.items = km_failure_causes,
	.item_size = sizeof(*km_failure_causes),
};

const struct km_vocabulary km_failure_kind_vocabulary = {
	.name = "event",
	.brief = "what a kernel's log reports",
	.items = km_failure_kinds,
	.item_size = sizeof(*km_failure_kinds),
};
