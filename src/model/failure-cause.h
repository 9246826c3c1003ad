/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The facts about a failed request, and its cause. The sentences are made from these. */
#ifndef KM_MODEL_FAILURE_CAUSE_H
#define KM_MODEL_FAILURE_CAUSE_H

#include "model/failure.h"
#include "model/prediction.h"

/* Users of memory, in the order of the field memory. */
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

/* Without mem, zones is empty and the figures are KM_UNKNOWN. */
struct km_failure_case {
	struct km_pool *pool;
	const struct km_klog_event *event;
	const struct km_klog_mem *mem; /* NULL: the report has none */
	struct km_str release;	       /* of the event, or of another event of the same log */
	struct km_request request;
	struct km_supply supply; /* the zones of the report */
	struct km_prediction prediction; /* for the request in these zones */
	struct km_request_zones zones;   /* of the prediction */
	uint64_t page_bytes;
	uint64_t request_bytes;
	uint64_t parts[KM_PARTS]; /* bytes */
	uint64_t held_bytes;	  /* in use by the kernel, without reclaimable memory */
	uint64_t spare_bytes;	  /* reclaimable: page cache, reclaimable slab */
	uint64_t managed_bytes;
	/* Of zones that the report omits; KM_UNKNOWN if it has no totals. */
	uint64_t hidden_free_bytes, hidden_managed_bytes;
	struct km_str caller;
	/* SLUB: the page allocator's report of the same request; NULL: none */
	const struct km_failure *pages;
};

/* The key of a part: "page_tables_bytes". */
struct km_str km_part_key(enum km_part part);

/* Fills parts and their sums from mem and zones. */
void km_failure_memory(struct km_failure_case *failed);

/* Fill the tasks and the slab caches of the report. */
void km_failure_derive_tasks(const struct km_failure_case *failed, struct km_failure *row);
void km_failure_derive_caches(const struct km_failure_case *failed, struct km_failure *row);

enum km_cause km_failure_cause_of(const struct km_failure_case *failed);

/* The cause of a WARNING of mm/page_alloc.c; KM_CAUSE_UNKNOWN if the function in it does not show the cause. */
enum km_cause km_failure_warning_cause(const struct km_failure_case *failed);

/* Whether a page fault failed, and not a request for pages (gfp_mask=0x0), before an OOM kill. */
bool km_failure_is_page_fault(const struct km_klog_event *event);

/* Whether a request of per-CPU memory that may not sleep was refused. k6.12:mm/percpu.c pcpu_alloc_noprof; 5.10 reports none. */
bool km_failure_is_atomic_percpu(const struct km_klog_event *event);

/* A zone with free lists in the report, but without a line of its own, because that was lost. NULL: none. */
const struct km_buddyinfo_zone *km_failure_lost_zone(const struct km_failure_case *failed);

/*
 * Whether the report contains all zones: every zone with free lists has a line, and the report continues
 * after the last zone.
 */
bool km_failure_has_all_zones(const struct km_failure_case *failed);

/*
 * The memory cgroup in a cache's name, "/a" or a part of it: "signal_cache(632851:3a16b)"; .ptr NULL: the
 * cache belongs to no cgroup. *ret_name, if ret_name is not NULL, becomes "signal_cache"
 * (k5.8:mm/slab_common.c memcg_create_kmem_cache).
 */
struct km_str km_failure_cache_owner(struct km_str cache, struct km_str *ret_name);

/* The limit of a cgroup that was reached. If the report does not show which, the memory limit. */
const struct km_klog_limit *km_failure_limit(const struct km_klog_event *event);

/* The boost in a zone's watermark; 0 if the report has none. */
uint64_t km_failure_boost(const struct km_failure_case *failed, const struct km_request_zone *zone);

/*
 * The largest amount of free memory that the request may not use because of its block types; without the
 * request's own size.
 */
uint64_t km_failure_reserved(const struct km_failure_case *failed,
			     const struct km_request_zone *zone);

/*
 * A zone that the request may use and that would serve it without its boost (KM_CAUSE_BOOST), or with other
 * types of its free blocks (KM_CAUSE_RESERVED). NULL: none.
 */
const struct km_request_zone *km_failure_zone_without(const struct km_failure_case *failed,
						      enum km_cause cause);

/* A counter of the memory cgroup in bytes, by its names in cgroup v1 and v2. KM_UNKNOWN: not reported. */
uint64_t km_failure_charge(const struct km_klog_event *event, const char *name);

/* The kernel's own memory charged to the memory cgroup. KM_UNKNOWN: not reported. */
uint64_t km_failure_kernel_charge(const struct km_klog_event *event);

#endif
