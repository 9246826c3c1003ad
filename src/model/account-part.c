// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-reported.h"

#define MEMINFO(key_) .meminfo = key_, .topic.origin = "/proc/meminfo " key_
#define VMSTAT(name_) .vmstat = name_, .topic.origin = "/proc/vmstat " name_
#define REST          .certainty = KM_REST, .topic.origin = "computed"
#define SUM           .certainty = KM_SUM, .topic.origin = "computed"

const struct km_account_part km_account_parts[] = {
	[KM_ACCOUNT_TOTAL] = {
		.topic.key = "memory_total", .label = "total", .certainty = KM_COUNTED, MEMINFO("MemTotal"),
		.topic.brief = "memory that the page allocator manages",
		.topic.explain =
			"MemTotal: what is left of the machine's memory after firmware and what the kernel took "
			"before the allocator started (its image, the page structures, early tables). Those "
			"are in no figure below. Grows and shrinks with hot-plugged memory and most balloons.",
	},
	[KM_ACCOUNT_FREE] = {
		.topic.key = "free", .label = "free", .parent = KM_ACCOUNT_TOTAL, SUM,
		.topic.brief = "memory that nobody uses",
		.topic.explain =
			"Free memory is not what can be had: page cache and reclaimable slab come on top "
			"(MemAvailable), and the kernel keeps some free for itself (`kmeminfo zones`).",
	},
	[KM_ACCOUNT_FREE_BUDDY] = {
		.topic.key = "free_buddy", .label = "in the buddy lists", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED, .compute = km_report_of_free_buddy,
		.topic.brief = "free blocks that any allocation can be cut from",
		.topic.explain = "MemFree without memory that is not yet accepted or is in no zone. `kmeminfo "
				 "buddy` gives it by zone and size of block.",
		.topic.origin = "/proc/meminfo MemFree, Unaccepted",
	},
	[KM_ACCOUNT_FREE_CMA] = {
		.topic.key = "free_cma", .label = "reserved for CMA", .parent = KM_ACCOUNT_FREE_BUDDY,
		.certainty = KM_COUNTED, .compute = km_report_of_free_cma,
		.topic.brief = "free memory of the contiguous memory allocator's areas",
		.topic.explain = "Only movable allocations may use it until its owner wants it. Told where the "
				 "machine has such an area.",
		.topic.origin = "/proc/meminfo CmaFree",
	},
	[KM_ACCOUNT_FREE_ORDINARY] = {
		.topic.key = "free_ordinary", .label = "for everyone", .parent = KM_ACCOUNT_FREE_BUDDY, REST,
		.topic.brief = "free blocks outside CMA areas",
		.topic.explain = "Blocks held back for high orders (HighAtomic) are among them.",
	},
	[KM_ACCOUNT_FREE_PER_CPU] = {
		.topic.key = "free_per_cpu", .label = "on per-CPU lists", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_free_per_cpu,
		.topic.brief = "free pages that each CPU keeps at hand",
		.topic.explain =
			"MemFree leaves them out, so on a machine with many CPUs gigabytes of free memory seem to "
			"be missing. The kernel gives them back when memory gets short. The sum of all counts, "
			"read a moment after /proc/meminfo.",
		.topic.origin = "/proc/zoneinfo pagesets count",
	},
	[KM_ACCOUNT_FREE_UNACCEPTED] = {
		.topic.key = "free_unaccepted", .label = "not yet accepted", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED, MEMINFO("Unaccepted"),
		.topic.brief = "free memory of a confidential guest that it has not yet accepted",
		.topic.explain =
			"Memory of a TDX or SEV-SNP guest is accepted when it is first needed. It is in MemFree, "
			"and not in the buddy lists (k6.12:mm/page_alloc.c __free_unaccepted).",
		.topic.kernels = "6.5+, x86 confidential guests",
	},
	[KM_ACCOUNT_FREE_NOWHERE] = {
		.topic.key = "free_nowhere", .label = "in no zone", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_free_nowhere,
		.topic.brief = "free memory that /proc/meminfo tells of and no zone has",
		.topic.explain =
			"Told where MemTotal exceeds what the zones manage, which a kernel as it is published "
			"never tells: a guest's kernel that counts memory that its host has not yet plugged in, "
			"or a /proc/meminfo that is not the kernel's.",
		.topic.origin = "/proc/meminfo MemFree - /proc/vmstat nr_free_pages",
	},
	[KM_ACCOUNT_USER] = {
		.topic.key = "user", .label = "processes and files", .parent = KM_ACCOUNT_TOTAL, SUM,
		.topic.brief = "memory of processes, and of files that were read or written",
		.topic.explain =
			"Everything on the LRU lists. Mlocked, Unevictable, Mapped, Dirty and Writeback of "
			"/proc/meminfo count some of the same pages again, by another property.",
	},
	[KM_ACCOUNT_ANONYMOUS] = {
		.topic.key = "anonymous", .label = "anonymous", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, MEMINFO("AnonPages"),
		.topic.brief = "heaps, stacks and private data of processes",
		.topic.explain =
			"Pages without a file that some process has mapped; a page that several share after a "
			"fork counts once. Pages that are in the swap cache and mapped count here.",
	},
	[KM_ACCOUNT_ANONYMOUS_HUGE] = {
		.topic.key = "anonymous_huge", .label = "in huge pages", .parent = KM_ACCOUNT_ANONYMOUS,
		.certainty = KM_COUNTED, MEMINFO("AnonHugePages"),
		.topic.brief = "anonymous memory in transparent huge pages",
		.topic.explain = "Pages as large as a page table's entry of the middle level maps (2 MiB on x86); "
				 "other large folios count as small pages.",
	},
	[KM_ACCOUNT_ANONYMOUS_SMALL] = {
		.topic.key = "anonymous_small", .label = "in small pages", .parent = KM_ACCOUNT_ANONYMOUS, REST,
		.topic.brief = "anonymous memory in pages of the usual size",
		.topic.explain = "Large folios below the size of a huge page are among them.",
	},
	[KM_ACCOUNT_SHARED] = {
		.topic.key = "shared", .label = "shared memory", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, MEMINFO("Shmem"),
		.topic.brief = "tmpfs, System V shared memory, memfd, shared anonymous memory",
		.topic.explain =
			"Cached of /proc/meminfo includes it, though it can only go to swap: dropping caches does "
			"not free it. The initial file system of a machine without disk is here as well. Buffers "
			"of graphics drivers often are (GEM objects on shmem).",
	},
	[KM_ACCOUNT_SHARED_HUGE] = {
		.topic.key = "shared_huge", .label = "in huge pages", .parent = KM_ACCOUNT_SHARED,
		.certainty = KM_COUNTED, MEMINFO("ShmemHugePages"),
		.topic.brief = "shared memory in transparent huge pages",
		.topic.explain = "tmpfs mounted with huge=, or shmem_enabled.",
	},
	[KM_ACCOUNT_SHARED_SMALL] = {
		.topic.key = "shared_small", .label = "in small pages", .parent = KM_ACCOUNT_SHARED, REST,
		.topic.brief = "shared memory in pages of the usual size",
		.topic.explain = "Large folios below the size of a huge page are among them.",
	},
	[KM_ACCOUNT_FILE_CACHE] = {
		.topic.key = "file_cache", .label = "file cache", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, .compute = km_report_of_file_cache,
		.topic.brief = "contents of files, mapped or not",
		.topic.explain =
			"Programs and libraries that run are here as well. Most of it can be given back at once; "
			"what is dirty must be written first. Also memory that the kernel hands out through a "
			"file: memfd_secret, the private memory of guest_memfd.",
		.topic.origin = "/proc/meminfo Cached - Shmem",
	},
	[KM_ACCOUNT_FILE_KERNEL] = {
		.topic.key = "file_kernel", .label = "metadata of file systems", .parent = KM_ACCOUNT_FILE_CACHE,
		.certainty = KM_COUNTED_APART, VMSTAT("nr_kernel_file_pages"),
		.topic.brief = "page cache that a file system uses for itself",
		.topic.explain = "btrfs keeps the blocks of its trees so. Part of Cached.",
		.topic.kernels = "7.2; not 6.12",
	},
	[KM_ACCOUNT_FILE_DATA] = {
		.topic.key = "file_data", .label = "contents", .parent = KM_ACCOUNT_FILE_CACHE, REST,
		.topic.brief = "page cache of ordinary files",
		.topic.explain = "Directories of some file systems too.",
	},
	[KM_ACCOUNT_BLOCK_CACHE] = {
		.topic.key = "block_cache", .label = "block device cache", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, MEMINFO("Buffers"),
		.topic.brief = "contents of block devices read as such",
		.topic.explain = "Metadata of ext4 and others, and what a program reads from /dev/sda. Not part "
				 "of Cached.",
	},
	[KM_ACCOUNT_SWAP_CACHE] = {
		.topic.key = "swap_cache", .label = "swap cache", .parent = KM_ACCOUNT_USER,
		.certainty = KM_ESTIMATE, .compute = km_report_of_swap_cache,
		.topic.brief = "pages on their way to or from swap that no process has mapped",
		.topic.explain =
			"SwapCached of /proc/meminfo also counts pages that are mapped, and those are anonymous "
			"memory already. How many is not told: what the LRU lists hold beyond mapped and cached "
			"pages is taken, at most SwapCached.",
		.topic.origin = "/proc/meminfo SwapCached, Active, Inactive, Unevictable",
	},
	[KM_ACCOUNT_DETACHED] = {
		.topic.key = "detached", .label = "unmapped remains", .parent = KM_ACCOUNT_USER,
		.certainty = KM_ESTIMATE, .compute = km_report_of_detached,
		.topic.brief = "pages on the LRU lists that count as neither mapped nor cached",
		.topic.explain =
			"Mostly the unmapped parts of transparent huge pages: a process gave part of one back, and "
			"the kernel splits it only when memory gets short. Also unmapped pages that somebody still "
			"refers to. The difference of lazy counters: a few hundred KiB mean nothing.",
		.topic.origin = "/proc/meminfo Active + Inactive + Unevictable - AnonPages - Cached - Buffers - "
				"the swap cache",
	},
	[KM_ACCOUNT_HUGETLB] = {
		.topic.key = "hugetlb", .label = "huge pages (hugetlb)", .parent = KM_ACCOUNT_TOTAL,
		.certainty = KM_COUNTED, MEMINFO("Hugetlb"),
		.topic.brief = "pages set aside as huge pages, of all sizes",
		.topic.explain = "Taken out of everything else, used or not: no other figure of /proc/meminfo "
				 "counts them. Transparent huge pages are not these.",
	},
	[KM_ACCOUNT_HUGETLB_FREE] = {
		.topic.key = "hugetlb_free", .label = "free", .parent = KM_ACCOUNT_HUGETLB,
		.certainty = KM_COUNTED, .compute = km_report_of_hugetlb_free,
		.topic.brief = "huge pages of the default size that hold nothing",
		.topic.explain = "Some may be promised to a process that has not touched them yet "
				 "(HugePages_Rsvd).",
		.topic.origin = "/proc/meminfo HugePages_Free x Hugepagesize",
	},
	[KM_ACCOUNT_HUGETLB_USED] = {
		.topic.key = "hugetlb_used", .label = "in use", .parent = KM_ACCOUNT_HUGETLB,
		.certainty = KM_COUNTED, .compute = km_report_of_hugetlb_used,
		.topic.brief = "huge pages of the default size that are in use",
		.topic.explain = "By files in hugetlbfs and by mappings with MAP_HUGETLB.",
		.topic.origin = "/proc/meminfo (HugePages_Total - HugePages_Free) x Hugepagesize",
	},
	[KM_ACCOUNT_HUGETLB_OTHER] = {
		.topic.key = "hugetlb_other", .label = "of other sizes", .parent = KM_ACCOUNT_HUGETLB, REST,
		.topic.brief = "huge pages of other sizes than the default, used or not",
		.topic.explain = "/sys/kernel/mm/hugepages tells them apart.",
	},
	[KM_ACCOUNT_KERNEL] = {
		.topic.key = "kernel", .label = "kernel", .parent = KM_ACCOUNT_TOTAL, SUM,
		.topic.brief = "memory that the kernel uses for itself and that it counts",
		.topic.explain =
			"Drivers and parts of the kernel also take pages directly, and nothing counts those: they "
			"are in the unaccounted rest.",
	},
	[KM_ACCOUNT_SLAB] = {
		.topic.key = "slab", .label = "slab", .parent = KM_ACCOUNT_KERNEL, SUM,
		.topic.brief = "objects of the kernel, from caches and from kmalloc()",
		.topic.explain = "`kmeminfo slab` gives it by cache.",
	},
	[KM_ACCOUNT_SLAB_RECLAIMABLE] = {
		.topic.key = "slab_reclaimable", .label = "reclaimable", .parent = KM_ACCOUNT_SLAB,
		.certainty = KM_COUNTED, MEMINFO("SReclaimable"),
		.topic.brief = "slabs of caches that can be shrunk: inodes, dentries",
		.topic.explain = "Not all of it: a slab goes back only when all of its objects are free.",
	},
	[KM_ACCOUNT_SLAB_UNRECLAIMABLE] = {
		.topic.key = "slab_unreclaimable", .label = "unreclaimable", .parent = KM_ACCOUNT_SLAB,
		.certainty = KM_COUNTED, MEMINFO("SUnreclaim"),
		.topic.brief = "slabs of objects that stay until their owner frees them",
		.topic.explain = "Growth without end is a leak: `kmeminfo slab` names the cache.",
	},
	[KM_ACCOUNT_SLAB_CACHES] = {
		.topic.key = "slab_caches", .label = "in caches", .parent = KM_ACCOUNT_SLAB_UNRECLAIMABLE, REST,
		.topic.brief = "unreclaimable slabs",
		.topic.explain = "Objects in use, and room for more in slabs that are partly filled.",
	},
	[KM_ACCOUNT_LARGE_KMALLOC] = {
		.topic.key = "large_kmalloc", .label = "large kmalloc", .parent = KM_ACCOUNT_SLAB_UNRECLAIMABLE,
		.certainty = KM_AT_LEAST, .compute = km_report_of_large_kmalloc,
		.topic.brief = "kmalloc() of more than two pages, which is in no cache",
		.topic.explain =
			"The kernel takes such requests from the page allocator and counts them as slab. What Slab "
			"of /proc/meminfo has beyond the slabs of all caches; as those are an upper bound, this is a "
			"lower one. Needs /proc/slabinfo.",
		.topic.origin = "/proc/meminfo Slab - /proc/slabinfo",
	},
	[KM_ACCOUNT_VMALLOC] = {
		.topic.key = "vmalloc", .label = "vmalloc", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("VmallocUsed"),
		.topic.brief = "memory that the kernel maps piecewise: stacks, modules, large tables",
		.topic.explain = "`kmeminfo vmalloc` gives it by caller. With CONFIG_VMAP_STACK KernelStack of "
				 "/proc/meminfo is part of it.",
	},
	[KM_ACCOUNT_VMALLOC_STACKS] = {
		.topic.key = "vmalloc_stacks", .label = "kernel stacks", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_vmalloc_stacks,
		.topic.brief = "stacks of threads in the kernel, where they are vmalloc memory",
		.topic.explain =
			"Stacks that wait for the next thread are among them. Where /proc/vmallocinfo cannot be "
			"read it is KernelStack, which leaves those out.",
		.topic.origin = "/proc/vmallocinfo; without it /proc/meminfo KernelStack",
	},
	[KM_ACCOUNT_VMALLOC_MODULES] = {
		.topic.key = "vmalloc_modules", .label = "module code", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_vmalloc_modules,
		.topic.brief = "text and data of loaded modules",
		.topic.explain = "What the modules allocate is not in it.",
		.topic.origin = "/proc/vmallocinfo",
	},
	[KM_ACCOUNT_VMALLOC_BPF] = {
		.topic.key = "vmalloc_bpf", .label = "BPF", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_vmalloc_bpf,
		.topic.brief = "programs, large maps and machine code of BPF",
		.topic.explain = "Smaller maps are slab and per-CPU memory.",
		.topic.origin = "/proc/vmallocinfo",
	},
	[KM_ACCOUNT_VMALLOC_HASHES] = {
		.topic.key = "vmalloc_hash_tables", .label = "hash tables", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_vmalloc_hashes,
		.topic.brief = "large hash tables of the kernel, where they are vmalloc memory",
		.topic.explain =
			"On NUMA machines. Elsewhere those of TCP and others are pages of the unaccounted rest; "
			"those of dentries and inodes may lie outside the total.",
		.topic.origin = "/proc/vmallocinfo",
	},
	[KM_ACCOUNT_VMALLOC_OTHER] = {
		.topic.key = "vmalloc_other", .label = "other", .parent = KM_ACCOUNT_VMALLOC, REST,
		.topic.brief = "vmalloc memory of any other caller",
		.topic.explain = "All of it where /proc/vmallocinfo cannot be read.",
	},
	[KM_ACCOUNT_STACKS] = {
		.topic.key = "kernel_stacks", .label = "kernel stacks", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, .compute = km_report_of_stacks,
		.topic.brief = "stacks of threads in the kernel, where they are not vmalloc memory",
		.topic.explain =
			"Kernels without CONFIG_VMAP_STACK: 32-bit x86, some others. That it is so is told by "
			"/proc/vmallocinfo listing no stacks, or by the architecture.",
		.topic.origin = "/proc/meminfo KernelStack",
	},
	[KM_ACCOUNT_PAGE_TABLES] = {
		.topic.key = "page_tables", .label = "page tables", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("PageTables"),
		.topic.brief = "tables that map the memory of processes",
		.topic.explain =
			"About a five hundredth of what is mapped in small pages, in each process anew. Newer "
			"kernels (7.2; not 6.12) count tables of the kernel's own addresses as well.",
	},
	[KM_ACCOUNT_SECONDARY] = {
		.topic.key = "secondary_page_tables", .label = "secondary page tables",
		.parent = KM_ACCOUNT_KERNEL, .certainty = KM_COUNTED, MEMINFO("SecPageTables"),
		.topic.brief = "page tables of virtual machines and of IOMMUs",
		.topic.explain = "KVM's shadow and second-level tables; of IOMMUs from 6.11 on.",
		.topic.kernels = "6.1+",
	},
	[KM_ACCOUNT_SECONDARY_IOMMU] = {
		.topic.key = "iommu_page_tables", .label = "IOMMU", .parent = KM_ACCOUNT_SECONDARY,
		.certainty = KM_COUNTED_APART, VMSTAT("nr_iommu_pages"),
		.topic.brief = "page tables and queues of IOMMU drivers",
		.topic.explain = "Counted in SecPageTables as well (k6.12:drivers/iommu/iommu-pages.h).",
		.topic.kernels = "6.11+",
	},
	[KM_ACCOUNT_SECONDARY_OTHER] = {
		.topic.key = "kvm_page_tables", .label = "KVM", .parent = KM_ACCOUNT_SECONDARY, REST,
		.topic.brief = "page tables of virtual machines",
		.topic.explain = "SecPageTables without those of IOMMUs.",
	},
	[KM_ACCOUNT_PERCPU] = {
		.topic.key = "percpu", .label = "per-CPU", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_AT_MOST, MEMINFO("Percpu"),
		.topic.brief = "memory that each CPU has its own copy of",
		.topic.explain =
			"An upper bound: Percpu includes the first chunk, which was taken before the allocator "
			"started and is no part of the total (k6.1:mm/percpu.c pcpu_setup_first_chunk). That is "
			"some 200 KiB a possible CPU, most of the figure on a machine just started. The kernel's "
			"log tells (percpu: Embedded N pages/cpu). What is too much here is missing in the "
			"unaccounted rest. Not part of VmallocUsed.",
	},
	[KM_ACCOUNT_COMPRESSED] = {
		.topic.key = "compressed", .label = "compressed", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED_APART, .compute = km_report_of_compressed,
		.topic.brief = "compressed pages of zswap and zram",
		.topic.explain =
			"Pages of zsmalloc, which zram uses, and zswap mostly. Where Zswap exceeds them zswap uses "
			"another allocator (zbud, z3fold; to 6.14) and both are added; where such a zswap is "
			"smaller than zram's memory it is missing here.",
		.topic.origin = "/proc/vmstat nr_zspages, /proc/meminfo Zswap",
	},
	[KM_ACCOUNT_ZSWAP] = {
		.topic.key = "zswap", .label = "zswap", .parent = KM_ACCOUNT_COMPRESSED,
		.certainty = KM_COUNTED, MEMINFO("Zswap"),
		.topic.brief = "memory of zswap's compressed pages",
		.topic.explain = "Zswapped of /proc/meminfo is what they were before.",
		.topic.kernels = "6.1+; before, it is among the others",
	},
	[KM_ACCOUNT_ZSMALLOC] = {
		.topic.key = "zram", .label = "zram", .parent = KM_ACCOUNT_COMPRESSED, REST,
		.topic.brief = "memory of zsmalloc that is not zswap's",
		.topic.explain = "That of zram devices, as nothing else uses zsmalloc.",
	},
	[KM_ACCOUNT_GPU] = {
		.topic.key = "gpu", .label = "graphics", .parent = KM_ACCOUNT_KERNEL, SUM,
		.topic.brief = "system memory of graphics drivers that use TTM",
		.topic.explain = "amdgpu, nouveau, xe and others. Memory on the card is not in it, nor is that of "
				 "drivers whose objects are shared memory (i915).",
		.topic.kernels = "7.2; not 6.12, where it is in the unaccounted rest",
	},
	[KM_ACCOUNT_GPU_ACTIVE] = {
		.topic.key = "gpu_active", .label = "in use", .parent = KM_ACCOUNT_GPU,
		.certainty = KM_COUNTED, MEMINFO("GPUActive"),
		.topic.brief = "system memory of graphics objects",
		.topic.explain = "Held until the object is freed or moved to swap.",
		.topic.kernels = "7.2; not 6.12",
	},
	[KM_ACCOUNT_GPU_POOLS] = {
		.topic.key = "gpu_pools", .label = "pools", .parent = KM_ACCOUNT_GPU,
		.certainty = KM_COUNTED, MEMINFO("GPUReclaim"),
		.topic.brief = "pages that graphics drivers keep for their next object",
		.topic.explain = "Given back when memory gets short; MemAvailable leaves them out.",
		.topic.kernels = "7.2; not 6.12",
	},
	[KM_ACCOUNT_MISC_RECLAIMABLE] = {
		.topic.key = "misc_reclaimable", .label = "other reclaimable", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, .compute = km_report_of_misc_reclaimable,
		.topic.brief = "pages that drivers say they can give back",
		.topic.explain = "Pools of drivers, on Android mostly.",
		.topic.origin = "/proc/meminfo KReclaimable - SReclaimable",
	},
	[KM_ACCOUNT_MEMMAP] = {
		.topic.key = "page_structures", .label = "page structures", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_AT_MOST, VMSTAT("nr_memmap_pages"),
		.topic.brief = "struct page and the like of memory that was added after boot",
		.topic.explain =
			"Those of the memory present at boot lie outside the total. An upper bound: with "
			"memmap_on_memory they lie in the added memory itself, outside the total too.",
		.topic.kernels = "6.11+",
	},
	[KM_ACCOUNT_BOUNCE] = {
		.topic.key = "bounce", .label = "bounce buffers", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("Bounce"),
		.topic.brief = "copies for block devices that cannot reach all memory",
		.topic.explain = "32-bit machines. Always 0 in newer kernels. Not the buffers of swiotlb, which "
				 "lie outside the total.",
	},
	[KM_ACCOUNT_WRITEBACK_TEMP] = {
		.topic.key = "writeback_temp", .label = "FUSE writeback", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("WritebackTmp"),
		.topic.brief = "copies of pages that FUSE is writing",
		.topic.explain = "Always 0 in newer kernels, which write without a copy.",
	},
	[KM_ACCOUNT_CORRUPTED] = {
		.topic.key = "hardware_corrupted", .label = "corrupted", .parent = KM_ACCOUNT_TOTAL,
		.certainty = KM_AT_MOST, MEMINFO("HardwareCorrupted"),
		.topic.brief = "pages that the hardware reported as bad",
		.topic.explain =
			"The kernel keeps them from use, and they stay in the total. An upper bound: a bad page that "
			"the kernel itself uses stays in use and is counted by its user too.",
	},
	[KM_ACCOUNT_UNACCOUNTED] = {
		.topic.key = "unaccounted", .label = "unaccounted", .parent = KM_ACCOUNT_TOTAL, REST,
		.topic.brief = "what no counter of the kernel covers",
		.topic.explain =
			"Pages that drivers and the kernel took directly: receive buffers of network cards, tables "
			"made at boot, memory of graphics before 7.2, a balloon that does not lower MemTotal. What "
			"is too much in an upper bound is missing here, and counters lag. The helper module can "
			"split it. Growth without end is a leak of pages.",
	},
	[KM_ACCOUNT_UNTYPED] = {
		.topic.key = "unaccounted_untyped", .label = "blocks without a type",
		.parent = KM_ACCOUNT_UNACCOUNTED, .certainty = KM_ESTIMATE, .compute = km_report_of_untyped,
		.topic.origin = "/proc/kmeminfo/pages",
		.topic.brief = "the rest of blocks that drivers took with __get_free_pages()",
		.topic.explain = "Page frames in use without a reference count of their own: those behind the first "
				 "of a block. Only the helper module sees them.",
	},
	[KM_ACCOUNT_COMPOUND] = {
		.topic.key = "unaccounted_compound", .label = "compound pages",
		.parent = KM_ACCOUNT_UNACCOUNTED, .certainty = KM_ESTIMATE, .compute = km_report_of_compound,
		.topic.origin = "/proc/kmeminfo/pages",
		.topic.brief = "compound pages of the kernel that no counter covers",
		.topic.explain = "The module's class kernel_compound; where the kernel does not mark large kmalloc "
				 "(before 6.15) without that, which is computed. Network cards' receive buffers are "
				 "such pages.",
	},
	[KM_ACCOUNT_SINGLE] = {
		.topic.key = "unaccounted_single", .label = "single pages",
		.parent = KM_ACCOUNT_UNACCOUNTED, REST,
		.topic.brief = "single pages that nobody accounts for",
		.topic.explain = "What is left. The module's class kernel_single also has the pages of vmalloc and of "
				 "per-CPU memory, which are counted elsewhere.",
	},
	[KM_ACCOUNT_PARTS] = { .label = NULL },
};
