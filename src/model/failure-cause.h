/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known about a failed request and its cause; the sentences are made from it. */
#ifndef KM_MODEL_FAILURE_CAUSE_H
#define KM_MODEL_FAILURE_CAUSE_H

#include "model/failure.h"
#include "model/prediction.h"

/* Holders of memory, in the order of the field memory. */
enum km_part {
	KM_PART_ANON,
	KM_PART_SHMEM,
	KM_PART_FILE,
	KM_PART_UNEVICTABLE,
	KM_PART_SLAB_RECLAIMABLE,
	KM_PART_SLAB_UNRECLAIMABLE,
	KM_PART_MISC_RECLAIMABLE,
	KM_PART_PAGE_TABLES,
	KM_PART_BOUNCE,
	KM_PART_PCP,
	KM_PART_FREE,
	KM_PART_STACKS,
	KM_PART_HUGE_PAGES,
	KM_PART_GPU,
	KM_PART_BALLOON,
	KM_PART_UNCOUNTED,
	KM_PARTS
};

/* Without mem zones is empty and the figures are KM_UNKNOWN. */
struct km_failure_case {
	struct km_pool *pool;
	const struct km_klog_event *event;
	const struct km_klog_mem *mem; /* NULL: the report has none */
	struct km_str release;	       /* of the event, or of another one of the same log */
	struct km_request request;
	struct km_supply supply; /* what the report has of the zones */
	struct km_prediction prediction; /* for the request in these zones */
	struct km_request_zones zones;   /* of the prediction */
	uint64_t page_bytes;
	uint64_t request_bytes;
	uint64_t parts[KM_PARTS]; /* bytes */
	uint64_t held_bytes;	  /* by the kernel, without what it could free */
	uint64_t spare_bytes;	  /* that reclaim could free: page cache, reclaimable slab */
	uint64_t managed_bytes;
	/* Of zones that the report leaves out; KM_UNKNOWN where it has no totals. */
	uint64_t hidden_free_bytes, hidden_managed_bytes;
	struct km_str caller;
	/* SLUB: the page allocator's report of the same request; NULL: none */
	const struct km_failure *pages;
};

/* The key of a part: "page_tables_bytes". */
struct km_str km_part_key(enum km_part part);

/* Fills parts and the sums below them, from mem and zones. */
void km_failure_memory(struct km_failure_case *failed);

/* Fill the tasks and the slab caches that the report lists. */
void km_failure_derive_tasks(const struct km_failure_case *failed, struct km_failure *row);
void km_failure_derive_caches(const struct km_failure_case *failed, struct km_failure *row);

enum km_cause km_failure_cause_of(const struct km_failure_case *failed);

/* The cause of a WARNING of mm/page_alloc.c; KM_CAUSE_UNKNOWN where its function does not show it. */
enum km_cause km_failure_warning_cause(const struct km_failure_case *failed);

/* An OOM kill because a page fault failed, not a request for pages (gfp_mask=0x0). */
bool km_failure_is_page_fault(const struct km_klog_event *event);

/* A zone that has free lists in the report, but no line of its own: that line was lost. NULL: none. */
const struct km_buddyinfo_zone *km_failure_lost_zone(const struct km_failure_case *failed);

/* Whether no zone is missing: none that has free lists, and none at the end, behind which the report goes on. */
bool km_failure_has_all_zones(const struct km_failure_case *failed);

/*
 * The memory cgroup of a cache's name, "/a" or a part of it: "signal_cache(632851:3a16b)"; .ptr NULL: it belongs to no cgroup.
 * ret_name, which may be NULL, gets "signal_cache" (k5.8:mm/slab_common.c memcg_create_kmem_cache).
 */
struct km_str km_failure_cache_owner(struct km_str cache, struct km_str *ret_name);

/* The limit of a cgroup that was reached; the memory limit where it cannot be known. */
const struct km_klog_limit *km_failure_limit(const struct km_klog_event *event);

/* The boost in the watermark of a zone; 0 where the report has none. */
uint64_t km_failure_boost(const struct km_failure_case *failed, const struct km_request_zone *zone);

/* Free memory that the request may not use because of the type of its blocks, at most; without its
 * own size. */
uint64_t km_failure_reserved(const struct km_failure_case *failed,
			     const struct km_request_zone *zone);

/*
 * A zone that the request may use and that would serve it but for its boost (KM_CAUSE_BOOST) or but
 * for the types of its free blocks (KM_CAUSE_RESERVED). NULL: none.
 */
const struct km_request_zone *km_failure_zone_without(const struct km_failure_case *failed,
						      enum km_cause cause);

/* A counter of the memory cgroup in bytes, by its names on cgroup v1 and v2. KM_UNKNOWN: not
 * reported. */
uint64_t km_failure_charge(const struct km_klog_event *event, const char *name);

/* The kernel's own memory that is charged to the memory cgroup. KM_UNKNOWN: not reported. */
uint64_t km_failure_kernel_charge(const struct km_klog_event *event);

#endif
