/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts that MemTotal is divided into. This table defines the tree, the JSON keys and the topics. */
#ifndef KM_MODEL_ACCOUNT_PART_H
#define KM_MODEL_ACCOUNT_PART_H

#include "base/field.h"
#include "model/vmalloc-kind.h"
#include "parse/meminfo.h"
#include "parse/vmstat.h"

/* Parents come before their children, and siblings in the order of the report. */
enum km_account_id {
	KM_ACCOUNT_TOTAL,
	KM_ACCOUNT_FREE,
	KM_ACCOUNT_FREE_BUDDY,
	KM_ACCOUNT_FREE_CMA,
	KM_ACCOUNT_FREE_ORDINARY,
	KM_ACCOUNT_FREE_PER_CPU,
	KM_ACCOUNT_FREE_UNACCEPTED,
	KM_ACCOUNT_FREE_NOWHERE,
	KM_ACCOUNT_USER,
	KM_ACCOUNT_ANONYMOUS,
	KM_ACCOUNT_ANONYMOUS_HUGE,
	KM_ACCOUNT_ANONYMOUS_SMALL,
	KM_ACCOUNT_SHARED,
	KM_ACCOUNT_SHARED_HUGE,
	KM_ACCOUNT_SHARED_SMALL,
	KM_ACCOUNT_FILE_CACHE,
	KM_ACCOUNT_FILE_KERNEL,
	KM_ACCOUNT_FILE_DATA,
	KM_ACCOUNT_BLOCK_CACHE,
	KM_ACCOUNT_SWAP_CACHE,
	KM_ACCOUNT_DETACHED,
	KM_ACCOUNT_HUGETLB,
	KM_ACCOUNT_HUGETLB_FREE,
	KM_ACCOUNT_HUGETLB_USED,
	KM_ACCOUNT_HUGETLB_OTHER,
	KM_ACCOUNT_KERNEL,
	KM_ACCOUNT_SLAB,
	KM_ACCOUNT_SLAB_RECLAIMABLE,
	KM_ACCOUNT_SLAB_UNRECLAIMABLE,
	KM_ACCOUNT_SLAB_CACHES,
	KM_ACCOUNT_LARGE_KMALLOC,
	KM_ACCOUNT_VMALLOC,
	KM_ACCOUNT_VMALLOC_STACKS,
	KM_ACCOUNT_VMALLOC_MODULES,
	KM_ACCOUNT_VMALLOC_BPF,
	KM_ACCOUNT_VMALLOC_HASHES,
	KM_ACCOUNT_VMALLOC_OTHER,
	KM_ACCOUNT_STACKS,
	KM_ACCOUNT_PAGE_TABLES,
	KM_ACCOUNT_SECONDARY,
	KM_ACCOUNT_SECONDARY_IOMMU,
	KM_ACCOUNT_SECONDARY_OTHER,
	KM_ACCOUNT_PERCPU,
	KM_ACCOUNT_COMPRESSED,
	KM_ACCOUNT_ZSWAP,
	KM_ACCOUNT_ZSMALLOC,
	KM_ACCOUNT_GPU,
	KM_ACCOUNT_GPU_ACTIVE,
	KM_ACCOUNT_GPU_POOLS,
	KM_ACCOUNT_ZFS,
	KM_ACCOUNT_DMA_BUF,
	KM_ACCOUNT_MISC_RECLAIMABLE,
	KM_ACCOUNT_MEMMAP,
	KM_ACCOUNT_BOUNCE,
	KM_ACCOUNT_WRITEBACK_TEMP,
	KM_ACCOUNT_CORRUPTED,
	KM_ACCOUNT_UNACCOUNTED,
	KM_ACCOUNT_PAGE_POOL,
	KM_ACCOUNT_CHARGED,
	KM_ACCOUNT_UNTYPED,
	KM_ACCOUNT_COMPOUND,
	KM_ACCOUNT_SINGLE,
	KM_ACCOUNT_PARTS
};

/* How exact a figure is. The order matters: if the parts exceed their whole, the first kinds are cut first. */
enum km_certainty {
	KM_AT_MOST,       /* some of it is outside MemTotal or inside another part */
	KM_ESTIMATE,
	KM_AT_LEAST,      /* the rest may contain more of it */
	KM_COUNTED_APART, /* counted by the kernel, in another file than the whole, so at another moment */
	KM_COUNTED,       /* counted by the kernel, at the same moment as the whole */
	KM_REST,          /* the whole minus the other parts */
	KM_SUM,           /* the sum of its parts */
	KM_CERTAINTIES
};

extern const struct km_word km_certainties[KM_CERTAINTIES + 1];

/* The memory that contains kernel stacks. */
enum km_stacks {
	KM_STACKS_UNKNOWN,
	KM_STACKS_VMALLOC, /* CONFIG_VMAP_STACK */
	KM_STACKS_SLAB,    /* smaller than a page */
	KM_STACKS_PAGES,   /* from the page allocator directly */
};

/* The input of the account. Each member may be unknown. */
struct km_account_input {
	const struct km_meminfo *meminfo; /* may be NULL, and so may vmstat */
	const struct km_vmstat *vmstat;
	uint64_t page_bytes;
	uint64_t release;             /* km_parse_release() */
	bool foreign;                 /* meminfo describes a container (lxcfs), not the running kernel */
	uint64_t managed_bytes;       /* sum over all zones */
	uint64_t per_cpu_lists_bytes; /* free pages on the per-CPU lists of all zones */
	uint64_t large_kmalloc_bytes;
	uint64_t zfs_bytes;
	bool zfs_is_bound; /* zfs_bytes is an upper bound */
	uint64_t dma_buf_bytes;
	uint64_t page_pool_bytes;     /* from the helper module */
	uint64_t charged_bytes;       /* this and the next two: kernel pages charged to memory cgroups */
	uint64_t untyped_bytes;
	uint64_t compound_bytes;      /* compound pages of the kernel, without large kmalloc */
	uint64_t vmalloc_bytes[KM_VMALLOC_KINDS]; /* memory by kind */
	enum km_stacks stacks;
};

struct km_account_part {
	struct km_word word; /* .key is the node's key in JSON */
	const char *label;
	enum km_account_id parent;
	enum km_certainty certainty;
	const char *meminfo; /* key with a value in kB, or NULL */
	const char *vmstat;  /* name of a counter of pages, or NULL */
	/* Bytes or KM_UNKNOWN, if the figure is not one of these two lines. */
	uint64_t (*compute)(const struct km_account_input *facts);
};

/* By id; ends with a NULL key. A table of words. */
extern const struct km_account_part km_account_parts[KM_ACCOUNT_PARTS + 1];

/* The reported figure of a part, before the account cuts it to fit its whole; KM_UNKNOWN if there is none. */
uint64_t km_account_reported(const struct km_account_part *part, const struct km_account_input *facts);

extern const struct km_vocabulary km_account_vocabulary;

#endif
