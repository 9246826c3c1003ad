/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests for memory that failed, as the kernel's log reports them, and why. */
#ifndef KM_MODEL_FAILURE_H
#define KM_MODEL_FAILURE_H

#include "model/request-zone.h"
#include "parse/klog.h"

struct km_failure {
	struct km_str source;
	uint64_t line;
	struct km_str time;
	struct km_str kind;
	struct km_str task;
	uint64_t pid;
	struct km_str release;
	uint64_t order;
	uint64_t request_bytes;
	struct km_str mask;
	struct km_str flags;
	enum km_tri may_sleep;
	struct km_str highest_zone;
	struct km_str nodes;
	struct km_str caller;
	struct km_texts stack;
	struct km_str cause;
	struct km_str reason;
	struct km_str advice;
	struct km_rows zones; /* struct km_request_zone */
	struct km_pairs memory;
	struct km_str cgroup;
	uint64_t limit_bytes;
	uint64_t usage_bytes;
	struct km_str victim;
	uint64_t victim_pid;
	uint64_t victim_bytes;
	uint64_t victims;
	struct km_pairs tasks;
	struct km_str cache;
	uint64_t object_bytes;
	enum km_tri complete;
};

extern const struct km_sheet_type km_failure_type;

/* The words of the field kind; ends with a topic without key. */
extern const struct km_topic km_failure_kinds[];

struct km_failure_cause {
	struct km_topic topic;
	const char *advice; /* what would help: sentences */
	bool by_zones; /* what zones had to offer is what decided it */
};

extern const struct km_failure_cause km_failure_causes[];

/*
 * A row an event, in the log's order, owned by the pool, borrowing from klog. source is how the log is
 * named to people.
 */
struct km_sheet km_failure_derive(struct km_pool *pool, const struct km_klog *klog,
				  struct km_str source);

#endif
