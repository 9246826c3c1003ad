// SPDX-License-Identifier: GPL-2.0-or-later
/* Suggestions for a failed request, by its cause and by the caller's options. */
#include "report/failure-reason.h"
#include "report/failure-sentence.h"
#include "words/say.h"

/* Whether the memory must be physically contiguous, so that vmalloc() is no alternative. */
static bool needs_dma(const struct km_failure_case *failed)
{
	static const char *const callers[] = {
		"dma_*",
		"__dma_*",
		"*_dma_*",
		"iommu_dma_*",
		"*alloc_coherent*",
		"*alloc_consistent*",
		"hcd_buffer_alloc*",
	};
	struct km_str *frame;

	if (failed->request.known &&
	    (failed->request.zone == KM_ZONE_DMA || failed->request.zone == KM_ZONE_DMA32))
		return true;
	km_array_each(frame, &failed->event->frames)
		if (km_klog_frame_fits(*frame, callers, sizeof(callers) / sizeof(*callers)))
			return true;
	return false;
}

static const char *of_fragmentation(const struct km_failure_case *failed)
{
	if (needs_dma(failed))
		return KM_SAID("The memory is for a device, so it has to be contiguous: allocate it once "
		       "at boot or at probe time, reserve a CMA "
		       "area (cma=), or use scatter-gather with smaller blocks. `kmeminfo buddy` "
		       "shows the free blocks.");
	if (failed->request.known && !failed->request.facts.sleeps)
		return KM_SAID("The caller may not sleep, so it cannot use vmalloc(): let it allocate in "
		       "advance, use a smaller order, or fall "
		       "back to single pages. On the machine: raise vm.min_free_kbytes, so that "
		       "kswapd keeps more free.");
	return KM_SAID("The caller can use kvmalloc(), vmalloc() or a smaller order. On the machine: write "
	       "1 to /proc/sys/vm/compact_memory; raise "
	       "vm.min_free_kbytes; look at `kmeminfo buddy`.");
}

static const char *of_zone(const struct km_failure_case *failed)
{
	if (failed->request.known &&
	    (failed->request.zone == KM_ZONE_DMA || failed->request.zone == KM_ZONE_DMA32))
		return KM_SAID("Few devices still need GFP_DMA or GFP_DMA32: check the DMA mask that the "
		       "driver sets, and let it allocate at boot "
		       "or from CMA.");
	return KM_SAID("Put less memory into Movable zones (movablecore=, movable_node, online_movable), "
	       "or, on 32 bit, use a 64-bit kernel.");
}

static const char *of_part(enum km_part part)
{
	switch (part) {
	case KM_PART_SHMEM:
		return KM_SAID("Find the user of tmpfs and shared memory: `df -t tmpfs`, `ipcs -m`, /dev/shm. Limit "
		       "tmpfs with size=, and remove unused files.");
	case KM_PART_HUGE_PAGES:
		return KM_SAID("Reserve fewer huge pages: vm.nr_hugepages, hugepages= at boot. "
		       "/proc/meminfo shows how many are in use "
		       "(HugePages_Free).");
	case KM_PART_PAGE_TABLES:
		return KM_SAID("Let the processes that share the memory map it with huge pages (hugetlb, "
		       "or shmem_enabled of transparent huge pages), "
		       "or run fewer of them.");
	case KM_PART_UNEVICTABLE:
		return KM_SAID("Find the process that locks memory: VmLck in /proc/PID/status. Limit it with ulimit "
		       "-l (RLIMIT_MEMLOCK).");
	case KM_PART_SLAB_UNRECLAIMABLE:
	case KM_PART_SLAB_RECLAIMABLE:
		return KM_SAID("See which cache grows: `kmeminfo slab`. slab_debug=U (slub_debug=U before 6.9) "
		       "records the allocating functions.");
	case KM_PART_GPU:
		return KM_SAID("See which process holds buffers of the GPU: drm-memory and drm-resident in "
		       "/proc/PID/fdinfo.");
	case KM_PART_BALLOON:
		return KM_SAID("The hypervisor took this memory through the balloon: give the guest more, "
		       "or a larger minimum.");
	case KM_PART_STACKS:
		return KM_SAID("See which process has so many threads: each one has a kernel stack.");
	default:
		return KM_SAID("Look for what grows in the kernel: `kmeminfo vmalloc`, and the part "
		       "unaccounted of `kmeminfo`. page_owner=on names the "
		       "owner of every page after a reboot.");
	}
}

/* The largest part that the kernel holds. */
static enum km_part largest_held(const struct km_failure_case *failed)
{
	static const enum km_part held[] = {
		KM_PART_SLAB_UNRECLAIMABLE,
		KM_PART_PAGE_TABLES,
		KM_PART_STACKS,
		KM_PART_GPU,
		KM_PART_BALLOON,
		KM_PART_UNCOUNTED,
	};
	enum km_part best = KM_PART_UNCOUNTED;

	for (size_t i = 0; i < sizeof(held) / sizeof(*held); i++)
		if (km_num_or(failed->parts[held[i]], 0) > km_num_or(failed->parts[best], 0))
			best = held[i];
	return best;
}

static const char *of_shortage(const struct km_failure_case *failed)
{
	enum km_part part = km_failure_largest(failed);

	if (part == KM_PART_SHMEM || part == KM_PART_HUGE_PAGES || part == KM_PART_PAGE_TABLES ||
	    part == KM_PART_UNEVICTABLE)
		return of_part(part);
	return KM_SAID("Add memory or swap, or reduce the load. The line \"memory\" shows its users; `kmeminfo` shows "
	       "them in detail on the running machine. A limit (memory.max) on the service that grows "
	       "protects the others.");
}

static const char *of_cgroup(const struct km_failure_case *failed)
{
	const struct km_klog_limit *limit = km_failure_limit(failed->event);
	uint64_t shmem = km_failure_charge(failed->event, "shmem");
	uint64_t usage = km_num_mul(limit->usage_kib, 1024);

	if (shmem != KM_UNKNOWN && usage != KM_UNKNOWN && shmem > usage / 2)
		return KM_SAID("Files of tmpfs (an emptyDir in memory, /dev/shm) are charged to the group: "
		       "remove them, limit their size, or raise the "
		       "limit.");
	if (limit == &failed->event->memory_swap)
		return KM_SAID("Raise memory.memsw.limit_in_bytes of that group, or find what grows in it. "
		       "The limit counts memory and swap together.");
	return KM_SAID("Raise memory.max of that group (memory.limit_in_bytes of cgroup v1), or find what "
	       "grows in it: memory.stat. memory.high slows a "
	       "group down before it reaches the limit.");
}

static const char *of_reserved(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = km_failure_zone_without(failed, KM_CAUSE_RESERVED);

	if (!zone)
		zone = failed->zones.fullest;
	if (zone && km_str_find(zone->types, KM_STR("C")) >= 0)
		return KM_SAID("Reserve less memory for CMA (cma= at boot, or in the device tree): kernel "
		       "memory cannot use it.");
	return KM_SAID("None is needed if it is rare. If it is frequent, raise vm.min_free_kbytes, so that "
	       "more memory remains outside the reserve.");
}

static const char *of_unknown(const struct km_failure_case *failed)
{
	if (failed->event->kind == KM_KLOG_WARNING)
		return KM_SAID("Look at that line in the source of this kernel, and at the caller.");
	if (failed->event->kind == KM_KLOG_VMALLOC)
		return KM_SAID("Look at the caller and at its size. `kmeminfo vmalloc` on the running "
		       "machine shows the vmalloc address range.");
	if (failed->mem && !failed->request.known && failed->event->mode != KM_UNKNOWN)
		return KM_SAID("The flags of the mask are defined in include/linux/gfp.h of that kernel.");
	if (failed->mem && failed->event->complete && km_failure_zone_in_doubt(failed))
		return KM_SAID("`kmeminfo predict` as root on the running machine also reads the reserve and the types of free "
		       "blocks.");
	return KM_SAID("Keep the whole report: `dmesg`, or `journalctl -k -b` of that boot.");
}

static const char *of_held(const struct km_failure_case *failed)
{
	return of_part(largest_held(failed));
}

static const char *of_full_area(const struct km_failure_case *failed)
{
	if (km_failure_is_atomic_percpu(failed->event))
		return KM_SAID("Retry, or allocate where the caller may sleep: the kernel populates more per-CPU pages in the "
			       "background.");
	if (failed->event->kind == KM_KLOG_PERCPU)
		return KM_SAID("Raise the reserve of the per-CPU allocator, or let the module allocate its "
			       "variables dynamically.");
	return KM_SAID("Enlarge the area: cma= at boot, or its node in the device tree. "
		       "/sys/kernel/debug/cma shows its users.");
}

static const char *of_bounce(const struct km_failure_case *failed)
{
	if (km_failure_is_long_transfer(failed->event))
		return KM_SAID("Let the driver or the block layer split transfers (dma_max_mapping_size(), max_sectors_kb), or let "
			       "the device reach all memory: an IOMMU, a 64-bit DMA mask. A larger buffer does not help.");
	return KM_SAID("Enlarge the buffer (swiotlb=SLOTS at boot), or let the device reach all "
		       "memory: an IOMMU, a 64-bit DMA mask, smaller transfers.");
}

/* By cause: a text, a function that chooses one, or the part of the memory that the text is about. */
static const struct suggestion {
	const char *text;
	const char *(*of)(const struct km_failure_case *failed);
	enum km_part part; /* 0: none */
} suggestions[KM_CAUSES] = {
	[KM_CAUSE_SHORTAGE] = { .of = of_shortage },
	[KM_CAUSE_HELD] = { .of = of_held },
	[KM_CAUSE_TMPFS] = { .part = KM_PART_SHMEM },
	[KM_CAUSE_HUGE_PAGES] = { .part = KM_PART_HUGE_PAGES },
	[KM_CAUSE_PAGE_TABLES] = { .part = KM_PART_PAGE_TABLES },
	[KM_CAUSE_LOCKED] = { .part = KM_PART_UNEVICTABLE },
	[KM_CAUSE_NO_WAIT] = {
		.text = KM_SAID("Callers are expected to handle this. If it is frequent, let kswapd start "
			"earlier: raise vm.watermark_scale_factor or vm.min_free_kbytes.")
	},
	[KM_CAUSE_BOOST] = {
		.text = KM_SAID("If it is frequent, set vm.watermark_boost_factor=0, or raise "
			"vm.min_free_kbytes.")
	},
	[KM_CAUSE_RESERVED] = { .of = of_reserved },
	[KM_CAUSE_FRAGMENTED] = { .of = of_fragmentation },
	[KM_CAUSE_ZONE] = { .of = of_zone },
	[KM_CAUSE_NODE] = {
		.text = KM_SAID("Change the policy to prefer nodes instead of binding to them, or add nodes "
			"to it. `kmeminfo zones` shows what each node has.")
	},
	[KM_CAUSE_CPUSET] = { .text = KM_SAID("Add nodes to cpuset.mems of that group, or move work out of it.") },
	[KM_CAUSE_CGROUP] = { .of = of_cgroup },
	[KM_CAUSE_CGROUP_KERNEL] = {
		.text = KM_SAID("See which kernel memory grows: memory.stat of that group (slab, "
			"kernel_stack, pagetables, sock). Fewer cached files (dentries, inodes) or "
			"sockets, or a higher limit, help.")
	},
	[KM_CAUSE_ADDRESSES] = {
		.text = KM_SAID("`kmeminfo vmalloc --by caller` shows the users of the addresses. On 32 bit "
			"vmalloc=SIZE at boot enlarges the range, at the cost of low memory.")
	},
	[KM_CAUSE_EXCEEDS_RAM] = { .text = KM_SAID("Look at the caller, and at where its size comes from.") },
	[KM_CAUSE_ZERO_SIZE] = { .text = KM_SAID("Look at the caller, and at where its size comes from.") },
	[KM_CAUSE_SMALL_PAGES] = { .text = KM_SAID("No action is needed.") },
	[KM_CAUSE_TOO_LARGE] = { .text = KM_SAID("Look at the caller: it requests too much at once, or its size is wrong.") },
	[KM_CAUSE_NO_FAIL] = { .text = KM_SAID("Look at the caller: __GFP_NOFAIL is for small requests that may sleep.") },
	[KM_CAUSE_BY_HAND] = { .text = KM_SAID("Nothing failed. kernel.sysrq controls who may do this.") },
	[KM_CAUSE_PAGE_FAULT] = {
		.text = KM_SAID("Look at the memory cgroup of the victim (task_memcg in the report): its "
			"limit, and memory.events. Kernels since 5.16 retry the fault instead.")
	},
	[KM_CAUSE_TRANSIENT] = {
		.text = KM_SAID("No action is needed if this is rare: such callers fall back to another "
			"method.")
	},
	[KM_CAUSE_AREA_FULL] = { .of = of_full_area },
	[KM_CAUSE_AREA_BUSY] = {
		.text = KM_SAID("Retry later, or allocate at boot or probe time. Long-lived pins "
			"(get_user_pages, RDMA, VFIO) belong outside of CMA.")
	},
	[KM_CAUSE_BOUNCE] = { .of = of_bounce },
	[KM_CAUSE_FEW_HUGE_PAGES] = {
		.text = KM_SAID("Reserve them on the command line rather than later, reserve fewer, or free "
			"memory first.")
	},
};

static struct km_str of_cause(const struct km_failure *row)
{
	const struct suggestion *suggestion;

	if (row->basis->pages)
		return of_cause(row->basis->pages);
	suggestion = &suggestions[row->cause_id];
	if (suggestion->text)
		return KM_SENTENCE(suggestion->text);
	if (suggestion->of)
		return KM_SENTENCE(suggestion->of(row->basis));
	return KM_SENTENCE(suggestion->part ? of_part(suggestion->part) : of_unknown(row->basis));
}

struct km_str km_failure_suggestion(const struct km_failure *row)
{
	if (!km_failure_panics_by_setting(row->basis->event))
		return of_cause(row);
	return km_sentences(row->basis->pool, of_cause(row),
			    KM_SENTENCE("With vm.panic_on_oom=0 the kernel kills a process instead of panicking."));
}
