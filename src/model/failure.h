/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Failed requests for memory in the kernel's log, and their causes. */
#ifndef KM_MODEL_FAILURE_H
#define KM_MODEL_FAILURE_H

#include "model/request-zone.h"
#include "parse/klog.h"

/* The cause of a failure. The values are positions in km_failure_causes. */
enum km_cause {
	KM_CAUSE_SHORTAGE,
	KM_CAUSE_HELD,
	KM_CAUSE_TMPFS,
	KM_CAUSE_HUGE_PAGES,
	KM_CAUSE_PAGE_TABLES,
	KM_CAUSE_LOCKED,
	KM_CAUSE_NO_WAIT,
	KM_CAUSE_BOOST,
	KM_CAUSE_RESERVED,
	KM_CAUSE_FRAGMENTED,
	KM_CAUSE_ZONE,
	KM_CAUSE_NODE,
	KM_CAUSE_CPUSET,
	KM_CAUSE_CGROUP,
	KM_CAUSE_CGROUP_KERNEL,
	KM_CAUSE_ADDRESSES,
	KM_CAUSE_EXCEEDS_RAM,
	KM_CAUSE_ZERO_SIZE,
	KM_CAUSE_SMALL_PAGES,
	KM_CAUSE_TOO_LARGE,
	KM_CAUSE_NO_FAIL,
	KM_CAUSE_BY_HAND,
	KM_CAUSE_PAGE_FAULT,
	KM_CAUSE_TRANSIENT,
	KM_CAUSE_AREA_FULL,
	KM_CAUSE_AREA_BUSY,
	KM_CAUSE_BOUNCE,
	KM_CAUSE_FEW_HUGE_PAGES,
	KM_CAUSE_UNKNOWN,
	KM_CAUSES
};

/* A process that the OOM killer considered. */
struct km_failure_task {
	uint64_t pid;
	struct km_str name;
	uint64_t bytes;
	uint64_t swap_bytes;
	int64_t oom_score_adj;
};

/* A slab cache that the report lists. */
struct km_failure_cache {
	struct km_str name;
	uint64_t size_bytes;
	uint64_t used_bytes;
};

struct km_failure_case;

struct km_failure {
	struct km_str source;
	uint64_t line;
	struct km_str time;
	const struct km_word *kind;
	struct km_str task;
	uint64_t pid;
	struct km_str release;
	uint64_t order;
	uint64_t request_bytes;
	uint64_t request_pages;
	uint64_t got_bytes;
	uint64_t got_pages;
	struct km_str mask;
	struct km_str flags;
	enum km_tri may_sleep;
	struct km_str highest_zone;
	struct km_str nodes;
	struct km_str caller;
	struct km_texts stack;
	const struct km_word *cause;
	struct km_str reason;
	struct km_str advice;
	struct km_rows zones; /* struct km_request_zone */
	struct km_pairs memory;
	uint64_t swap_total_bytes;
	uint64_t swap_free_bytes;
	struct km_str cgroup;
	struct km_str task_cgroup;
	uint64_t limit_bytes;
	uint64_t usage_bytes;
	uint64_t swap_limit_bytes;
	uint64_t swap_usage_bytes;
	uint64_t kernel_limit_bytes;
	uint64_t kernel_usage_bytes;
	struct km_pairs cgroup_memory;
	struct km_str victim;
	uint64_t victim_pid;
	uint64_t victim_bytes;
	uint64_t victims;
	struct km_rows tasks; /* struct km_failure_task */
	struct km_str cache;
	struct km_rows caches; /* struct km_failure_cache */
	uint64_t object_bytes;
	struct km_str pool;
	uint64_t pool_pages;
	uint64_t pool_free_pages;
	uint64_t pool_range_pages;
	enum km_tri complete;
	/* Not fields: input of the sentences. */
	enum km_cause cause_id;
	const struct km_failure_case *basis;
};

extern const struct km_sheet_type km_failure_type;
extern const struct km_sheet_type km_failure_task_type;
extern const struct km_sheet_type km_failure_cache_type;

/* The words of the field kind; ends with a NULL key. */
extern const struct km_word km_failure_kinds[];

struct km_failure_cause {
	struct km_word word;
	bool by_zones; /* the zones decide about the cause */
};

/* Ends with a NULL key. */
extern const struct km_failure_cause km_failure_causes[];

/* The rows of one log, made one at a time. Initialise klog and source, as for km_failure_derive(). */
struct km_failures {
	const struct km_klog *klog;
	struct km_str source;
	KM_ARRAY(struct km_failure *) rows; /* of the events of klog, from the first on */
	char release[128];                  /* of the last event that names one; empty: none */
};

/* Fills the row of the next event. The pool owns its parts. Later rows refer to earlier ones. */
void km_failures_next(struct km_failures *failures, struct km_pool *pool, struct km_failure *ret);
/* The number of rows at the front to which no later row refers, after so many kernel lines. */
size_t km_failures_spent(const struct km_failures *failures, uint64_t sequence);
/* Forgets that many of these rows. Their events can then be retired, and their pool freed. */
void km_failures_retire(struct km_failures *failures, size_t len);
void km_failures_deinit(struct km_failures *failures);

/*
 * One row per event, in the log's order, owned by the pool. Borrows from klog. source is the name of the log
 * in messages. reason and advice stay empty: report/failure-reason.h writes them.
 */
struct km_sheet km_failure_derive(struct km_pool *pool, const struct km_klog *klog,
				  struct km_str source);

extern const struct km_vocabulary km_failure_cause_vocabulary;

extern const struct km_vocabulary km_failure_kind_vocabulary;

/*
 * For rows of several logs of one machine. Moves the rows that no earlier log contains to the front, and
 * returns their number.
 */
size_t km_failure_remove_duplicates(struct km_pool *pool, struct km_failure *rows, size_t len);

#endif
