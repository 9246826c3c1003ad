/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks a request against the limits of memory cgroups. */
#ifndef KM_MODEL_CHARGE_H
#define KM_MODEL_CHARGE_H

#include "model/api-request.h"
#include "model/request.h"

/* The kinds of limits. */
enum km_cgroup_limit_kind {
	KM_CGROUP_MAX,    /* memory.max; v1: memory.limit_in_bytes, memory.memsw.limit_in_bytes */
	KM_CGROUP_KERNEL, /* v1, enforced up to 5.15: memory.kmem.limit_in_bytes */
	KM_CGROUP_HIGH,   /* memory.high: requests do not fail, but the task must reclaim afterwards */
};

struct km_cgroup_limit {
	struct km_str cgroup; /* "/box" */
	const char *file;     /* "memory.max" */
	enum km_cgroup_limit_kind kind;
	uint64_t limit_bytes, used_bytes; /* used_bytes may be unknown */
};

/* The limits that apply to a task: those of its memory cgroup and of all cgroups above. */
struct km_cgroup_limits {
	enum km_tri known; /* KM_TRI_UNKNOWN: some of them could not be read */
	bool no_kernel;    /* cgroup.memory=nokmem: kernel memory is not charged */
	struct km_rows limits; /* struct km_cgroup_limit, from the task's cgroup up */
	struct km_texts files; /* files that were read for the limits: "sys/fs/cgroup/box/memory.max" */
};

/* The parts of a request that decide about its charge. */
struct km_charge_query {
	const struct km_gfp *gfp;
	uint64_t release; /* may be unknown */
	uint64_t page_bytes;
	uint32_t mask;
	const struct km_gfp_meaning *facts;
	const struct km_api_request *asked;
	uint64_t bytes; /* of the whole request */
	uint64_t held;  /* requests of this kind that are made before any is freed; 0: one */
	bool interrupt; /* made in a softirq or a hard interrupt */
	bool object;    /* for an object of an unknown cache, which may have SLAB_ACCOUNT */
};

struct km_charge {
	enum km_tri charged; /* whether the kernel charges the request to a cgroup */
	uint64_t bytes;      /* charged bytes; KM_UNKNOWN */
	/* KM_TRI_YES: the limits allow it. Unknown if that depends on reclaim, or on a figure that no file has. */
	enum km_tri answer;
	bool forced; /* allowed although it exceeds the limit below */
	bool never;  /* larger than the limit below, so reclaim cannot help */
	const struct km_cgroup_limit *limit; /* the exceeded limit; NULL: none */
	const struct km_cgroup_limit *high;  /* the exceeded memory.high; NULL: none */
};

struct km_charge km_charge_of(const struct km_cgroup_limits *limits, const struct km_charge_query *query);

/* The limit with the least memory left, without memory.high; NULL: none. */
const struct km_cgroup_limit *km_charge_tightest(const struct km_cgroup_limits *limits);

/* The bytes left below a limit. KM_UNKNOWN if the usage is unknown; 0 at or above the limit. */
uint64_t km_charge_left(const struct km_cgroup_limit *limit);

#endif
