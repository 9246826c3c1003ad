// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-reported.h"

#define MEMINFO(key_) .meminfo = key_, .word.origin = "/proc/meminfo " key_
#define VMSTAT(name_) .vmstat = name_, .word.origin = "/proc/vmstat " name_
#define REST          .certainty = KM_REST, .word.origin = "computed"
#define SUM           .certainty = KM_SUM, .word.origin = "computed"

const struct km_account_part km_account_parts[] = {
	[KM_ACCOUNT_TOTAL] = {
		.word.key = "memory_total", .label = "total", .certainty = KM_COUNTED, MEMINFO("MemTotal"),
		.word.brief = "memory that the page allocator manages",
		.word.explain = "MemTotal: the machine's memory minus what firmware uses and what the kernel took "
			"before the allocator started (its image, page structures, early tables). No figure below "
			"includes these. Changes with hot-plugged memory and most balloons.",
	},
	[KM_ACCOUNT_FREE] = {
		.word.key = "free", .label = "free", .parent = KM_ACCOUNT_TOTAL, SUM,
		.word.brief = "unused memory",
		.word.explain = "Free memory is not the same as available memory. Page cache and reclaimable slab "
			"can be added (MemAvailable), and the kernel keeps some free for itself (`kmeminfo "
			"zones`).",
	},
	[KM_ACCOUNT_FREE_BUDDY] = {
		.word.key = "free_buddy", .label = "in the buddy lists", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED, .compute = km_reported_free_buddy,
		.word.brief = "free blocks that any allocation can use",
		.word.explain = "MemFree minus memory that is not yet accepted or is in no zone. `kmeminfo buddy` "
				 "splits it by zone and block size.",
		.word.origin = "/proc/meminfo MemFree, Unaccepted",
	},
	[KM_ACCOUNT_FREE_CMA] = {
		.word.key = "free_cma", .label = "reserved for CMA", .parent = KM_ACCOUNT_FREE_BUDDY,
		.certainty = KM_COUNTED, .compute = km_reported_free_cma,
		.word.brief = "free memory in areas of the contiguous memory allocator",
		.word.explain = "Only movable allocations may use it until its owner needs it. Present only if the "
				 "machine has such an area.",
		.word.origin = "/proc/meminfo CmaFree",
	},
	[KM_ACCOUNT_FREE_ORDINARY] = {
		.word.key = "free_ordinary", .label = "for everyone", .parent = KM_ACCOUNT_FREE_BUDDY, REST,
		.word.brief = "free blocks outside CMA areas",
		.word.explain = "Includes blocks reserved for high orders (HighAtomic).",
	},
	[KM_ACCOUNT_FREE_PER_CPU] = {
		.word.key = "free_per_cpu", .label = "on per-CPU lists", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED_APART, .compute = km_reported_free_per_cpu,
		.word.brief = "free pages that each CPU keeps ready",
		.word.explain = "MemFree does not include them, so on a machine with many CPUs gigabytes of free "
			"memory seem to be missing. The kernel releases them when memory gets short. The sum of all "
			"counts, read a moment after /proc/meminfo.",
		.word.origin = "/proc/zoneinfo pagesets count",
	},
	[KM_ACCOUNT_FREE_UNACCEPTED] = {
		.word.key = "free_unaccepted", .label = "not yet accepted", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED, MEMINFO("Unaccepted"),
		.word.brief = "free memory that a confidential guest has not yet accepted",
		.word.explain = "A TDX or SEV-SNP guest accepts memory when it first needs it. It is in MemFree but "
			"not in the buddy lists (k6.12:mm/page_alloc.c __free_unaccepted).",
		.word.kernels = "6.5+, x86 confidential guests",
	},
	[KM_ACCOUNT_FREE_NOWHERE] = {
		.word.key = "free_nowhere", .label = "in no zone", .parent = KM_ACCOUNT_FREE,
		.certainty = KM_COUNTED_APART, .compute = km_reported_free_nowhere,
		.word.brief = "free memory in /proc/meminfo that no zone contains",
		.word.explain = "Present if MemTotal exceeds the memory that the zones manage. A released kernel "
			"never reports this. Reasons are a guest kernel that counts memory which its host has not "
			"yet plugged in, or a /proc/meminfo that is not the kernel's own.",
		.word.origin = "/proc/meminfo MemFree - /proc/vmstat nr_free_pages",
	},
	[KM_ACCOUNT_USER] = {
		.word.key = "user", .label = "processes and files", .parent = KM_ACCOUNT_TOTAL, SUM,
		.word.brief = "memory of processes, and of files that were read or written",
		.word.explain = "Everything on the LRU lists. Mlocked, Unevictable, Mapped, Dirty and Writeback of "
			"/proc/meminfo count some of the same pages again, by another property.",
	},
	[KM_ACCOUNT_ANONYMOUS] = {
		.word.key = "anonymous", .label = "anonymous", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, .compute = km_reported_anonymous, .word.origin = "/proc/meminfo AnonPages",
		.word.brief = "heaps, stacks and private data of processes",
		.word.explain = "Pages that belong to no file and are mapped by a process; a page shared after a "
			"fork counts once. Pages that are mapped and also in the swap cache count here.",
	},
	[KM_ACCOUNT_ANONYMOUS_HUGE] = {
		.word.key = "anonymous_huge", .label = "in huge pages", .parent = KM_ACCOUNT_ANONYMOUS,
		.certainty = KM_COUNTED, MEMINFO("AnonHugePages"),
		.word.brief = "anonymous memory in transparent huge pages",
		.word.explain = "Pages as large as an entry of the middle page table level maps (2 MiB on x86). "
				 "Other large folios count as small pages.",
	},
	[KM_ACCOUNT_ANONYMOUS_SMALL] = {
		.word.key = "anonymous_small", .label = "in small pages", .parent = KM_ACCOUNT_ANONYMOUS, REST,
		.word.brief = "anonymous memory in pages of the normal size",
		.word.explain = "Includes large folios smaller than a huge page.",
	},
	[KM_ACCOUNT_SHARED] = {
		.word.key = "shared", .label = "shared memory", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, MEMINFO("Shmem"),
		.word.brief = "tmpfs, System V shared memory, memfd, shared anonymous memory",
		.word.explain = "Cached of /proc/meminfo includes it, but it can only be swapped out: dropping "
			"caches does not free it. The initial file system of a diskless machine is here as well. "
			"Buffers of graphics drivers often are (GEM objects on shmem).",
	},
	[KM_ACCOUNT_SHARED_HUGE] = {
		.word.key = "shared_huge", .label = "in huge pages", .parent = KM_ACCOUNT_SHARED,
		.certainty = KM_COUNTED, MEMINFO("ShmemHugePages"),
		.word.brief = "shared memory in transparent huge pages",
		.word.explain = "tmpfs mounted with huge=, or shmem_enabled.",
	},
	[KM_ACCOUNT_SHARED_SMALL] = {
		.word.key = "shared_small", .label = "in small pages", .parent = KM_ACCOUNT_SHARED, REST,
		.word.brief = "shared memory in pages of the normal size",
		.word.explain = "Includes large folios smaller than a huge page.",
	},
	[KM_ACCOUNT_FILE_CACHE] = {
		.word.key = "file_cache", .label = "file cache", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, .compute = km_reported_file_cache,
		.word.brief = "contents of files, mapped or not",
		.word.explain = "Includes running programs and libraries. Most of it can be freed at once; dirty "
			"pages must be written first. Also memory that the kernel provides through a file: "
			"memfd_secret, the private memory of guest_memfd.",
		.word.origin = "/proc/meminfo Cached - Shmem",
	},
	[KM_ACCOUNT_FILE_KERNEL] = {
		.word.key = "file_kernel", .label = "metadata of file systems", .parent = KM_ACCOUNT_FILE_CACHE,
		.certainty = KM_COUNTED_APART, VMSTAT("nr_kernel_file_pages"),
		.word.brief = "page cache that a file system uses for itself",
		.word.explain = "btrfs keeps the blocks of its trees there. Part of Cached.",
		.word.kernels = "7.2; not 6.12",
	},
	[KM_ACCOUNT_FILE_DATA] = {
		.word.key = "file_data", .label = "contents", .parent = KM_ACCOUNT_FILE_CACHE, REST,
		.word.brief = "page cache of ordinary files",
		.word.explain = "Includes directories of some file systems.",
	},
	[KM_ACCOUNT_BLOCK_CACHE] = {
		.word.key = "block_cache", .label = "block device cache", .parent = KM_ACCOUNT_USER,
		.certainty = KM_COUNTED, MEMINFO("Buffers"),
		.word.brief = "contents of block devices, read directly",
		.word.explain = "Metadata of ext4 and others, and data that a program reads from /dev/sda. Not part "
				 "of Cached.",
	},
	[KM_ACCOUNT_SWAP_CACHE] = {
		.word.key = "swap_cache", .label = "swap cache", .parent = KM_ACCOUNT_USER,
		.certainty = KM_ESTIMATE, .compute = km_reported_swap_cache,
		.word.brief = "pages on their way to or from swap that no process has mapped",
		.word.explain = "SwapCached of /proc/meminfo also counts mapped pages, which are already anonymous "
			"memory. The kernel does not report the unmapped ones separately. This is the part of the "
			"LRU lists beyond mapped and cached pages, at most SwapCached.",
		.word.origin = "/proc/meminfo SwapCached, Active, Inactive, Unevictable",
	},
	[KM_ACCOUNT_DETACHED] = {
		.word.key = "detached", .label = "unmapped remains", .parent = KM_ACCOUNT_USER,
		.certainty = KM_ESTIMATE, .compute = km_reported_detached,
		.word.brief = "pages on the LRU lists that count as neither mapped nor cached",
		.word.explain = "Mostly the unmapped parts of transparent huge pages: a process freed part of one, "
			"and the kernel splits it only when memory gets short. Also unmapped pages that still have "
			"a reference. It is a difference of lazy counters, so a few hundred KiB mean nothing.",
		.word.origin = "/proc/meminfo Active + Inactive + Unevictable - AnonPages - Cached - Buffers - the "
				"swap cache",
	},
	[KM_ACCOUNT_HUGETLB] = {
		.word.key = "hugetlb", .label = "huge pages (hugetlb)", .parent = KM_ACCOUNT_TOTAL,
		.certainty = KM_COUNTED, MEMINFO("Hugetlb"),
		.word.brief = "pages reserved as huge pages, of all sizes",
		.word.explain = "Separate from everything else, used or not: no other figure of /proc/meminfo "
				 "counts them. Transparent huge pages are not included.",
	},
	[KM_ACCOUNT_HUGETLB_FREE] = {
		.word.key = "hugetlb_free", .label = "free", .parent = KM_ACCOUNT_HUGETLB,
		.certainty = KM_COUNTED, .compute = km_reported_hugetlb_free,
		.word.brief = "unused huge pages of the default size",
		.word.explain = "Some may be promised to a process that has not used them yet (HugePages_Rsvd).",
		.word.origin = "/proc/meminfo HugePages_Free x Hugepagesize",
	},
	[KM_ACCOUNT_HUGETLB_USED] = {
		.word.key = "hugetlb_used", .label = "in use", .parent = KM_ACCOUNT_HUGETLB,
		.certainty = KM_COUNTED, .compute = km_reported_hugetlb_used,
		.word.brief = "used huge pages of the default size",
		.word.explain = "Used by files in hugetlbfs and by mappings with MAP_HUGETLB.",
		.word.origin = "/proc/meminfo (HugePages_Total - HugePages_Free) x Hugepagesize",
	},
	[KM_ACCOUNT_HUGETLB_OTHER] = {
		.word.key = "hugetlb_other", .label = "of other sizes", .parent = KM_ACCOUNT_HUGETLB, REST,
		.word.brief = "huge pages of other sizes than the default, used or not",
		.word.explain = "/sys/kernel/mm/hugepages lists each size.",
	},
	[KM_ACCOUNT_KERNEL] = {
		.word.key = "kernel", .label = "kernel", .parent = KM_ACCOUNT_TOTAL, SUM,
		.word.brief = "memory that the kernel uses for itself and counts",
		.word.explain = "Drivers and parts of the kernel also allocate pages directly. No counter covers "
			"those; they are in the unaccounted rest.",
	},
	[KM_ACCOUNT_SLAB] = {
		.word.key = "slab", .label = "slab", .parent = KM_ACCOUNT_KERNEL, SUM, .compute = km_reported_slab,
		.word.brief = "kernel objects, from caches and from kmalloc()",
		.word.explain = "`kmeminfo slab` splits it by cache.",
	},
	[KM_ACCOUNT_SLAB_RECLAIMABLE] = {
		.word.key = "slab_reclaimable", .label = "reclaimable", .parent = KM_ACCOUNT_SLAB,
		.certainty = KM_COUNTED, .compute = km_reported_slab_reclaimable,
		.word.origin = "/proc/meminfo SReclaimable",
		.word.brief = "slabs of caches that can be shrunk: inodes, dentries",
		.word.explain = "Not all of it can be freed: a slab is freed only when all of its objects are free.",
	},
	[KM_ACCOUNT_SLAB_UNRECLAIMABLE] = {
		.word.key = "slab_unreclaimable", .label = "unreclaimable", .parent = KM_ACCOUNT_SLAB,
		.certainty = KM_COUNTED, .compute = km_reported_slab_unreclaimable,
		.word.origin = "/proc/meminfo SUnreclaim",
		.word.brief = "slabs of objects that stay until their owner frees them",
		.word.explain = "Growth without end is a leak: `kmeminfo slab` names the cache.",
	},
	[KM_ACCOUNT_SLAB_CACHES] = {
		.word.key = "slab_caches", .label = "in caches", .parent = KM_ACCOUNT_SLAB_UNRECLAIMABLE, REST,
		.word.brief = "unreclaimable slabs",
		.word.explain = "Objects in use, and free space in partly filled slabs.",
	},
	[KM_ACCOUNT_LARGE_KMALLOC] = {
		.word.key = "large_kmalloc", .label = "large kmalloc", .parent = KM_ACCOUNT_SLAB_UNRECLAIMABLE,
		.certainty = KM_AT_LEAST, .compute = km_reported_large_kmalloc,
		.word.brief = "kmalloc() of more than two pages, which is in no cache",
		.word.explain = "Such requests go to the page allocator, and the kernel counts them as slab. Slab "
			"of /proc/meminfo minus the slabs of all caches. The latter are an upper bound, so this is "
			"a lower one. Needs /proc/slabinfo.",
		.word.origin = "/proc/meminfo Slab - /proc/slabinfo",
	},
	[KM_ACCOUNT_VMALLOC] = {
		.word.key = "vmalloc", .label = "vmalloc", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, .compute = km_reported_vmalloc,
		.word.origin = "/proc/meminfo VmallocUsed; before 5.3 /proc/vmallocinfo",
		.word.brief = "memory that the kernel maps page by page: stacks, modules, large tables",
		.word.explain = "`kmeminfo vmalloc` splits it by caller. With CONFIG_VMAP_STACK it includes "
				 "KernelStack of /proc/meminfo.",
	},
	[KM_ACCOUNT_VMALLOC_STACKS] = {
		.word.key = "vmalloc_stacks", .label = "kernel stacks", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_reported_vmalloc_stacks,
		.word.brief = "kernel stacks of threads in vmalloc memory",
		.word.explain = "Includes stacks that wait for the next thread. If /proc/vmallocinfo cannot be "
			"read, this is KernelStack, which does not include them.",
		.word.origin = "/proc/vmallocinfo; without it /proc/meminfo KernelStack",
	},
	[KM_ACCOUNT_VMALLOC_MODULES] = {
		.word.key = "vmalloc_modules", .label = "module code", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_reported_vmalloc_modules,
		.word.brief = "text and data of loaded modules",
		.word.explain = "Memory that modules allocate is not included.",
		.word.origin = "/proc/vmallocinfo",
	},
	[KM_ACCOUNT_VMALLOC_BPF] = {
		.word.key = "vmalloc_bpf", .label = "BPF", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_reported_vmalloc_bpf,
		.word.brief = "programs, large maps and machine code of BPF",
		.word.explain = "Smaller maps are slab and per-CPU memory.",
		.word.origin = "/proc/vmallocinfo",
	},
	[KM_ACCOUNT_VMALLOC_HASHES] = {
		.word.key = "vmalloc_hash_tables", .label = "hash tables", .parent = KM_ACCOUNT_VMALLOC,
		.certainty = KM_COUNTED_APART, .compute = km_reported_vmalloc_hashes,
		.word.brief = "large hash tables of the kernel in vmalloc memory",
		.word.explain = "On NUMA machines. Elsewhere the tables of TCP and others are pages of the "
			"unaccounted rest; those of dentries and inodes may lie outside the total.",
		.word.origin = "/proc/vmallocinfo",
	},
	[KM_ACCOUNT_VMALLOC_OTHER] = {
		.word.key = "vmalloc_other", .label = "other", .parent = KM_ACCOUNT_VMALLOC, REST,
		.word.brief = "vmalloc memory of any other caller",
		.word.explain = "All of it if /proc/vmallocinfo cannot be read.",
	},
	[KM_ACCOUNT_STACKS] = {
		.word.key = "kernel_stacks", .label = "kernel stacks", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, .compute = km_reported_stacks,
		.word.brief = "kernel stacks of threads outside vmalloc memory",
		.word.explain = "Kernels without CONFIG_VMAP_STACK: 32-bit x86 and some others. Known from a "
			"/proc/vmallocinfo without stacks, or from the architecture.",
		.word.origin = "/proc/meminfo KernelStack",
	},
	[KM_ACCOUNT_PAGE_TABLES] = {
		.word.key = "page_tables", .label = "page tables", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("PageTables"),
		.word.brief = "tables that map the memory of processes",
		.word.explain = "About 1/500 of the memory mapped in small pages, for each process. Newer kernels "
			"(7.2; not 6.12) also count tables of the kernel's own addresses.",
	},
	[KM_ACCOUNT_SECONDARY] = {
		.word.key = "secondary_page_tables", .label = "secondary page tables",
		.parent = KM_ACCOUNT_KERNEL, .certainty = KM_COUNTED, MEMINFO("SecPageTables"),
		.word.brief = "page tables of virtual machines and of IOMMUs",
		.word.explain = "KVM's shadow and second-level tables; those of IOMMUs from 6.11 on.",
		.word.kernels = "6.1+",
	},
	[KM_ACCOUNT_SECONDARY_IOMMU] = {
		.word.key = "iommu_page_tables", .label = "IOMMU", .parent = KM_ACCOUNT_SECONDARY,
		.certainty = KM_COUNTED_APART, VMSTAT("nr_iommu_pages"),
		.word.brief = "page tables and queues of IOMMU drivers",
		.word.explain = "Counted in SecPageTables as well (k6.12:drivers/iommu/iommu-pages.h).",
		.word.kernels = "6.11+",
	},
	[KM_ACCOUNT_SECONDARY_OTHER] = {
		.word.key = "kvm_page_tables", .label = "KVM", .parent = KM_ACCOUNT_SECONDARY, REST,
		.word.brief = "page tables of virtual machines",
		.word.explain = "SecPageTables without those of IOMMUs.",
	},
	[KM_ACCOUNT_PERCPU] = {
		.word.key = "percpu", .label = "per-CPU", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_AT_MOST, MEMINFO("Percpu"),
		.word.brief = "memory with a separate copy for each CPU",
		.word.explain = "An upper bound: Percpu includes the first chunk, which was allocated before the "
			"allocator started and is not part of the total (k6.1:mm/percpu.c pcpu_setup_first_chunk). "
			"The chunk is about 200 KiB per possible CPU, most of the figure on a freshly started "
			"machine. The kernel log shows it (percpu: Embedded N pages/cpu). The excess is missing in "
			"the unaccounted rest. Not part of VmallocUsed.",
	},
	[KM_ACCOUNT_COMPRESSED] = {
		.word.key = "compressed", .label = "compressed", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED_APART, .compute = km_reported_compressed,
		.word.brief = "compressed pages of zswap and zram",
		.word.explain = "Pages of zsmalloc, which zram and usually zswap use. If Zswap exceeds them, zswap "
			"uses another allocator (zbud, z3fold; up to 6.14), and both are added. If such a zswap is "
			"smaller than zram's memory, it is missing here.",
		.word.origin = "/proc/vmstat nr_zspages, /proc/meminfo Zswap",
	},
	[KM_ACCOUNT_ZSWAP] = {
		.word.key = "zswap", .label = "zswap", .parent = KM_ACCOUNT_COMPRESSED,
		.certainty = KM_COUNTED, MEMINFO("Zswap"),
		.word.brief = "memory of zswap's compressed pages",
		.word.explain = "Zswapped of /proc/meminfo is their size before compression.",
		.word.kernels = "6.1+; before, it is part of zram and others",
	},
	[KM_ACCOUNT_ZSMALLOC] = {
		.word.key = "zram", .label = "zram", .parent = KM_ACCOUNT_COMPRESSED, REST,
		.word.brief = "zsmalloc memory not used by zswap",
		.word.explain = "Memory of zram devices; nothing else uses zsmalloc.",
	},
	[KM_ACCOUNT_GPU] = {
		.word.key = "gpu", .label = "graphics", .parent = KM_ACCOUNT_KERNEL, SUM,
		.word.brief = "system memory of graphics drivers that use TTM",
		.word.explain = "amdgpu, nouveau, xe and others. Memory on the card is not included, nor is memory "
				 "of drivers whose objects are shared memory (i915).",
		.word.kernels = "7.2; not 6.12, where it is in the unaccounted rest",
	},
	[KM_ACCOUNT_GPU_ACTIVE] = {
		.word.key = "gpu_active", .label = "in use", .parent = KM_ACCOUNT_GPU,
		.certainty = KM_COUNTED, MEMINFO("GPUActive"),
		.word.brief = "system memory of graphics objects",
		.word.explain = "Held until the object is freed or moved to swap.",
		.word.kernels = "7.2; not 6.12",
	},
	[KM_ACCOUNT_GPU_POOLS] = {
		.word.key = "gpu_pools", .label = "pools", .parent = KM_ACCOUNT_GPU,
		.certainty = KM_COUNTED, MEMINFO("GPUReclaim"),
		.word.brief = "pages that graphics drivers keep for their next object",
		.word.explain = "Freed when memory gets short; MemAvailable does not include them.",
		.word.kernels = "7.2; not 6.12",
	},
	[KM_ACCOUNT_ZFS] = {
		.word.key = "zfs_cache", .label = "ZFS cache", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED_APART, .compute = km_reported_zfs,
		.word.brief = "pages of ZFS's adaptive replacement cache (ARC)",
		.word.explain = "File data that ZFS keeps outside the page cache. ZFS frees it when memory gets "
			"short; MemAvailable does not include it. Its parameter zfs_arc_max limits it. Small "
			"buffers are slab memory and not included. Without abdstats this is the size of the whole "
			"cache, an upper bound.",
		.word.origin = "/proc/spl/kstat/zfs/abdstats scatter_data_size + scatter_chunk_waste; without it "
				"arcstats size",
	},
	[KM_ACCOUNT_DMA_BUF] = {
		.word.key = "dma_buffers", .label = "DMA buffers", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED_APART, .compute = km_reported_dma_buf,
		.word.brief = "pages of buffers that cameras, video codecs and graphics share (dma-buf)",
		.word.explain = "Buffers of dma-buf heaps, ION and videobuf2, which no line of /proc/meminfo counts. "
			"Buffers that graphics drivers or udmabuf export are counted by their own parts and not "
			"included. A buffer is held until the last process closes it.",
		.word.origin = "/sys/kernel/debug/dma_buf/bufinfo, by exporter; without it /sys/kernel/dmabuf/buffers",
	},
	[KM_ACCOUNT_MISC_RECLAIMABLE] = {
		.word.key = "misc_reclaimable", .label = "other reclaimable", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, .compute = km_reported_misc_reclaimable,
		.word.brief = "pages that drivers report as reclaimable",
		.word.explain = "Pools of drivers, mostly on Android.",
		.word.origin = "/proc/meminfo KReclaimable - SReclaimable",
	},
	[KM_ACCOUNT_MEMMAP] = {
		.word.key = "page_structures", .label = "page structures", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_AT_MOST, VMSTAT("nr_memmap_pages"),
		.word.brief = "struct page and similar data of memory added after boot",
		.word.explain = "The data of memory present at boot lie outside the total. An upper bound: with "
			"memmap_on_memory they lie in the added memory itself, also outside the total.",
		.word.kernels = "6.11+",
	},
	[KM_ACCOUNT_BOUNCE] = {
		.word.key = "bounce", .label = "bounce buffers", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("Bounce"),
		.word.brief = "copies for block devices that cannot address all memory",
		.word.explain = "32-bit machines. Always 0 in newer kernels. Does not include the buffers of "
				 "swiotlb, which lie outside the total.",
	},
	[KM_ACCOUNT_WRITEBACK_TEMP] = {
		.word.key = "writeback_temp", .label = "FUSE writeback", .parent = KM_ACCOUNT_KERNEL,
		.certainty = KM_COUNTED, MEMINFO("WritebackTmp"),
		.word.brief = "copies of pages that FUSE is writing",
		.word.explain = "Always 0 in newer kernels, which write without a copy.",
	},
	[KM_ACCOUNT_CORRUPTED] = {
		.word.key = "hardware_corrupted", .label = "corrupted", .parent = KM_ACCOUNT_TOTAL,
		.certainty = KM_AT_MOST, MEMINFO("HardwareCorrupted"),
		.word.brief = "pages that the hardware reported as bad",
		.word.explain = "The kernel no longer uses them, but they stay in the total. An upper bound: a bad "
			"page of the kernel itself stays in use, and its user counts it too.",
	},
	[KM_ACCOUNT_UNACCOUNTED] = {
		.word.key = "unaccounted", .label = "unaccounted", .parent = KM_ACCOUNT_TOTAL, REST,
		.word.brief = "memory not covered by any kernel counter",
		.word.explain = "Pages that drivers and the kernel allocated directly: receive buffers of network "
			"cards, tables made at boot, graphics memory before 7.2, a balloon that does not lower "
			"MemTotal. The excess of upper bounds is missing here, and counters lag. The helper module "
			"can split it by page class, and `kmeminfo callers` by caller where the kernel remembers them. "
			"Growth without end is a page leak.",
	},
	[KM_ACCOUNT_PAGE_POOL] = {
		.word.key = "unaccounted_page_pool", .label = "network receive buffers",
		.parent = KM_ACCOUNT_UNACCOUNTED, .certainty = KM_COUNTED_APART,
		.compute = km_reported_page_pool, .word.origin = "/proc/kmeminfo/pages",
		.word.brief = "pages that network drivers keep for received packets",
		.word.explain = "The module's class page_pool. Each receive queue of a network card has its own "
				 "pool.",
	},
	[KM_ACCOUNT_CHARGED] = {
		.word.key = "unaccounted_charged", .label = "charged to memory cgroups",
		.parent = KM_ACCOUNT_UNACCOUNTED, .certainty = KM_COUNTED_APART,
		.compute = km_reported_charged, .word.origin = "/proc/kmeminfo/pages",
		.word.brief = "pages of the kernel that are charged to a memory cgroup",
		.word.explain = "The module's class charged: buffers of pipes, page frames that a driver got with "
				 "__GFP_ACCOUNT. memory.stat of the cgroup counts them as kernel memory. Pages of the "
				 "root cgroup are not charged.",
	},
	[KM_ACCOUNT_UNTYPED] = {
		.word.key = "unaccounted_untyped", .label = "blocks without a type",
		.parent = KM_ACCOUNT_UNACCOUNTED, .certainty = KM_ESTIMATE, .compute = km_reported_untyped,
		.word.origin = "/proc/kmeminfo/pages",
		.word.brief = "pages of blocks that were allocated without __GFP_COMP, except the first of each",
		.word.explain = "Drivers get such blocks from alloc_pages() and __get_free_pages(). Only the first page of a "
				 "block has a reference count; it counts as a single page, one of 16 in a block of order 4. "
				 "Only the helper module sees the others.",
	},
	[KM_ACCOUNT_COMPOUND] = {
		.word.key = "unaccounted_compound", .label = "compound pages",
		.parent = KM_ACCOUNT_UNACCOUNTED, .certainty = KM_ESTIMATE, .compute = km_reported_compound,
		.word.origin = "/proc/kmeminfo/pages",
		.word.brief = "compound pages of the kernel not covered by any counter",
		.word.explain = "The module's class kernel_compound. If the kernel does not label large kmalloc "
				 "(before 6.15), the computed large kmalloc is subtracted. Before 5.14 network "
				 "cards' receive buffers are such pages.",
	},
	[KM_ACCOUNT_SINGLE] = {
		.word.key = "unaccounted_single", .label = "single pages",
		.parent = KM_ACCOUNT_UNACCOUNTED, REST,
		.word.brief = "single pages not covered by any counter",
		.word.explain = "The rest. The module's class kernel_single also contains the pages of vmalloc and "
				 "of per-CPU memory, which are counted elsewhere.",
	},
	[KM_ACCOUNT_PARTS] = { .label = NULL },
};

const struct km_vocabulary km_account_vocabulary = {
	.name = "account",
	.brief = "parts that the machine's memory is divided into",
	.items = km_account_parts,
	.item_size = sizeof(*km_account_parts),
};
