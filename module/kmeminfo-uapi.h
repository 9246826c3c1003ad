/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The interface of /dev/kmeminfo. The kernel and user space include it.
 *
 * One ioctl, KMEMINFO_PROBE, takes a struct kmeminfo_probe: the request in its first part, the
 * answer in the rest. The struct begins with its size as the caller knows it, and grows only at its
 * end. So callers and modules of any two versions understand each other:
 *
 *   - The caller zeroes the struct, sets size to sizeof(struct kmeminfo_probe), and calls ioctl().
 *   - The module fills the fields that both sides know, and sets size to the size that it knows.
 *     Fields that end beyond the returned size have no answer.
 *   - The bytes of the caller's struct beyond the module's size must be zero. Otherwise the module
 *     answers KMEMINFO_REASON_NEWER: the request has fields that the module does not know.
 *
 * The ioctl returns 0 whenever it wrote an answer, and a refusal is an answer. It fails with:
 *
 *   EPERM   the caller lacks CAP_SYS_ADMIN
 *   ENOTTY  the ioctl is unknown
 *   EINVAL  size is below KMEMINFO_PROBE_MIN or above one page
 *   EFAULT  the struct cannot be read or written
 *   ENOMEM  the module's own bookkeeping found no memory
 *   EINTR   the caller was killed meanwhile; everything allocated is freed
 */
#ifndef KMEMINFO_UAPI_H
#define KMEMINFO_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* X(identifier, API name in requests) */
#define KMEMINFO_APIS(X) \
	X(KMALLOC, "kmalloc") \
	X(KZALLOC, "kzalloc") \
	X(KVMALLOC, "kvmalloc") \
	X(VMALLOC, "vmalloc") \
	X(VZALLOC, "vzalloc") \
	X(GET_FREE_PAGES, "__get_free_pages") \
	X(GET_ZEROED_PAGE, "get_zeroed_page") \
	X(ALLOC_PAGES, "alloc_pages") \
	X(KMEM_CACHE_ALLOC, "kmem_cache_alloc") \
	X(ALLOC_PERCPU, "alloc_percpu") \
	X(DEVM_KZALLOC, "devm_kzalloc") \
	X(DMA_ALLOC_COHERENT, "dma_alloc_coherent")

#define KMEMINFO_API_ENUM(id, name) KMEMINFO_API_##id,
enum kmeminfo_api {
	KMEMINFO_APIS(KMEMINFO_API_ENUM)
	KMEMINFO_API_COUNT
};

/* The result of the request. */
enum kmeminfo_verdict {
	KMEMINFO_GRANTED,	/* every repetition got memory */
	KMEMINFO_PARTLY,	/* some repetitions got memory; granted counts them */
	KMEMINFO_DENIED,	/* the allocator returned no memory */
	KMEMINFO_LIMIT,		/* not tried: beyond a limit of this kernel, see reason */
	KMEMINFO_REFUSED,	/* not tried: against a rule of the module, see reason */
};

/*
 * Why a request was not granted, or only partly. X(identifier, verdict, sentence). The module
 * copies the sentence into the answer, so that a caller can print reasons that it does not know.
 * New entries go to the end, as in the other lists.
 */
#define KMEMINFO_REASONS(X) \
	X(NONE, GRANTED, "") \
	X(NOTHING, DENIED, "the allocator returned no memory") \
	X(KMALLOC_MAX, DENIED, "more than KMALLOC_MAX_SIZE; the allocator returned no memory") \
	X(API, REFUSED, "this version of the module does not know this API") \
	X(NEWER, REFUSED, "the request has fields that this version of the module does not know") \
	X(ZERO, REFUSED, "a size of 0 bytes") \
	X(BYTES, REFUSED, "more than the module's parameter max_bytes allows, rounded as allocators do") \
	X(SHARE, REFUSED, "more than the zones it may use have free above their high watermarks") \
	X(REPEAT, REFUSED, "more repetitions than the module makes in one call") \
	X(PREPARE, REFUSED, "an unknown preparation") \
	X(NODE, REFUSED, "no node of that number is online") \
	X(NO_NODE, REFUSED, "this API has no form that accepts a node") \
	X(UNKNOWN_FLAG, REFUSED, "a flag that this kernel does not define") \
	X(NEVER, REFUSED, "probes do not accept __GFP_NOFAIL and __GFP_MEMALLOC") \
	X(INTERNAL, REFUSED, "a flag that only the allocators themselves may use") \
	X(ZONES, REFUSED, "the zone modifiers contradict each other") \
	X(MOBILITY, REFUSED, "__GFP_MOVABLE and __GFP_RECLAIMABLE contradict each other") \
	X(NO_FLAGS, REFUSED, "this API, or its form for a node, accepts no flags: it uses GFP_KERNEL") \
	X(SLAB_FLAG, REFUSED, "slab memory does not accept __GFP_HIGHMEM, __GFP_DMA32 or __GFP_MOVABLE") \
	X(CACHE_FLAG, REFUSED, "a cache with a constructor does not accept __GFP_ZERO: the kernel warns") \
	X(VMALLOC_FLAG, REFUSED, "this kernel's vmalloc warns about one of these flags and drops it") \
	X(PERCPU_FLAG, REFUSED, "alloc_percpu ignores all flags but GFP_KERNEL's and __GFP_ZERO") \
	X(DMA_FLAG, REFUSED, "the DMA API chooses the zone by itself and does not accept __GFP_COMP") \
	X(ORDER, LIMIT, "an order above the largest that the page allocator has") \
	X(ONE_PAGE, LIMIT, "get_zeroed_page returns one page") \
	X(OBJECT, LIMIT, "objects of a cache have the size of a pointer up to KMALLOC_MAX_CACHE_SIZE") \
	X(PERCPU_UNIT, LIMIT, "alloc_percpu returns at most PCPU_MIN_UNIT_SIZE for each CPU") \
	X(SETUP, DENIED, "the cache or the device that this API needs could not be made") \
	X(CONTEXT, REFUSED, "in an interrupt nothing may sleep: this call, or one of its flags, does")

#define KMEMINFO_REASON_ENUM(id, verdict, sentence) KMEMINFO_REASON_##id,
enum kmeminfo_reason {
	KMEMINFO_REASONS(KMEMINFO_REASON_ENUM)
	KMEMINFO_REASON_COUNT
};

/*
 * Facts that the module counts over the repetitions: how often each was true, and how often false.
 * A repetition that could not test a fact counts in neither. X(identifier, name, meaning)
 */
#define KMEMINFO_FACTS(X) \
	X(LINEAR, "linear", "in the linear map: virtual minus physical is one constant") \
	X(VMALLOC, "vmalloc", "in the range of vmalloc") \
	X(CONTIGUOUS, "contiguous", "its page frames are contiguous: one run") \
	X(PAGE_ALIGNED, "page_aligned", "begins at a page") \
	X(UNMAPPED, "unmapped", "has no kernel address of its own (HighMem)") \
	X(SLAB, "slab", "served from a slab cache") \
	X(LARGE_KMALLOC, "large_kmalloc", "pages that are flagged as a large kmalloc (6.15 on)") \
	X(COMPOUND, "compound", "the pages form a compound page") \
	X(ZEROED, "zeroed", "every byte of it was zero") \
	X(RECYCLED, "recycled", "begins in the frame that was dirtied just before") \
	X(CLEANED, "cleaned", "recycled from dirty memory, and zero; not counted under init_on_*") \
	X(MAY_BLOCK, "may_block", "by rule: the call may sleep with these flags") \
	X(FREED, "freed", "its first page was in use before it was freed and free after; no: in use again") \
	X(RELEASED, "released", "the device's release action ran when the device went away")

#define KMEMINFO_FACT_ENUM(id, name, meaning) KMEMINFO_FACT_##id,
enum kmeminfo_fact {
	KMEMINFO_FACTS(KMEMINFO_FACT_ENUM)
	KMEMINFO_FACT_COUNT
};

/* Preparations; combine them with |. */
#define KMEMINFO_PREPARE_DIRTY	 (1u << 0) /* first allocate the same, fill it, free it */
#define KMEMINFO_PREPARE_SCATTER (1u << 1) /* first leave holes of one page in the free lists */
#define KMEMINFO_PREPARE_HOLD	 (1u << 2) /* hold all memory until the last repetition */
#define KMEMINFO_PREPARE_SOFTIRQ (1u << 3) /* make the calls in a softirq */
#define KMEMINFO_PREPARE_HARDIRQ (1u << 4) /* in a hard interrupt; PREEMPT_RT: its thread */

#define KMEMINFO_REPEAT_MAX 1024
#define KMEMINFO_UNKNOWN    (~(__u64)0)	/* the number is unknown */

/* The duration of the calls, over the granted repetitions. */
struct kmeminfo_latency {
	__u64 min_ns;
	__u64 median_ns;
	__u64 p99_ns;
	__u64 max_ns;
	__u32 log2[32];		/* calls of 2^i to 2^(i+1)-1 ns; 0 ns counts in the first */
};

struct kmeminfo_tally {
	__u32 yes;
	__u32 no;
};

struct kmeminfo_probe {
	/* The request. */
	__u32 size;		/* in: the caller's sizeof; out: the module's */
	__u32 api;		/* enum kmeminfo_api */
	__u64 bytes;
	__u32 gfp;		/* bits of the running kernel, see /proc/kmeminfo/gfp */
	__s32 node;		/* -1: any */
	__u32 prepare;		/* KMEMINFO_PREPARE_* */
	__u32 repeat;		/* 0 means 1 */

	/* The answer. */
	__u32 verdict;		/* enum kmeminfo_verdict */
	__u32 reason;		/* enum kmeminfo_reason */
	char  why[96];		/* the sentence of the reason */
	__u32 granted;		/* repetitions that got memory */
	__u32 gfp_used;		/* the request's flags and those that the module added */
	__s32 want_zone;	/* index of the highest zone that the flags allow; -1 unknown */
	__s32 order;		/* of the slab, compound page or block; -1 unknown */
	__u32 align_log2;	/* smallest alignment of all results; ~0 unknown */
	__u32 object_bytes;	/* of the cache; 0 if the cache is unknown */
	char  cache[48];	/* name of the cache; empty if it is unknown */
	__u64 usable_bytes;	/* of one allocation; KMEMINFO_UNKNOWN if unknown */
	__u64 pages;		/* page frames that one allocation touches */
	__u64 runs_min;		/* physically contiguous runs of frames in one allocation */
	__u64 runs_max;
	__u64 zone_pages[8];	/* frames by zone index, summed over the repetitions */
	__u64 node_pages[16];	/* the same by node number */
	__u64 other_node_pages;	/* frames on nodes with higher numbers */
	struct kmeminfo_tally facts[32];	/* indexed by enum kmeminfo_fact */
	struct kmeminfo_latency alloc;
	struct kmeminfo_latency free;
};

/* The smallest size that the module answers: all fields up to why, and why. */
#define KMEMINFO_PROBE_MIN 136

/* The number does not encode the struct's size, because the struct can grow. */
#define KMEMINFO_PROBE _IO('k', 0x41)

#endif
