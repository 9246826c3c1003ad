/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside model/ only: why a request failed, from what its report says. */
#ifndef KM_MODEL_FAILURE_CAUSE_H
#define KM_MODEL_FAILURE_CAUSE_H

#include "model/failure.h"

/* Positions in km_failure_causes. */
enum km_cause {
	KM_CAUSE_SHORTAGE,
	KM_CAUSE_HELD,
	KM_CAUSE_NO_WAIT,
	KM_CAUSE_FRAGMENTED,
	KM_CAUSE_ZONE,
	KM_CAUSE_NODE,
	KM_CAUSE_CPUSET,
	KM_CAUSE_CGROUP,
	KM_CAUSE_ADDRESSES,
	KM_CAUSE_EXCEEDS_RAM,
	KM_CAUSE_TOO_LARGE,
	KM_CAUSE_BY_HAND,
	KM_CAUSE_PASSING,
	KM_CAUSE_UNKNOWN,
	KM_CAUSES
};

/* All that is known of an event. */
struct km_failure_case {
	struct km_pool *pool;
	const struct km_klog_event *event;
	const struct km_klog_mem *mem; /* NULL: the report has none */
	struct km_request request;
	struct km_request_zones zones; /* empty without mem */
	uint64_t request_bytes;
	struct km_pairs memory; /* who has the memory, see km_failure_memory() */
	uint64_t held_bytes;    /* by the kernel beyond what it could give back */
	uint64_t spare_bytes;   /* that reclaim could free: page cache, reclaimable slab */
	uint64_t managed_bytes;
	/* Of zones that the report leaves out; KM_UNKNOWN where it tells no totals. */
	uint64_t hidden_free_bytes, hidden_managed_bytes;
};

/* Fills memory and the sums below it, from mem and zones. */
void km_failure_memory(struct km_failure_case *known);

enum km_cause km_failure_cause_of(const struct km_failure_case *known);

/* Sentences with the figures of this event, owned by the pool. */
struct km_str km_failure_reason(const struct km_failure_case *known, enum km_cause cause);

#endif
