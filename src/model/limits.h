/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The largest requests that the allocators of a kernel grant. */
#ifndef KM_MODEL_LIMITS_H
#define KM_MODEL_LIMITS_H

#include "base/num.h"
#include "parse/buddyinfo.h"
#include "parse/meminfo.h"
#include "parse/module-file.h"
#include "parse/slabinfo.h"

enum km_limit_id {
	KM_LIMIT_KMALLOC_CACHE, /* KMALLOC_MAX_CACHE_SIZE: above it kmalloc allocates whole pages */
	KM_LIMIT_KMALLOC,       /* KMALLOC_MAX_SIZE */
	KM_LIMIT_PAGES,         /* the page allocator's largest block */
	KM_LIMIT_VMALLOC,
	KM_LIMIT_PERCPU,        /* PCPU_MIN_UNIT_SIZE: for one CPU's copy */
	KM_LIMITS
};

/* The source of a limit. */
enum km_limit_source {
	KM_LIMIT_REPORTED,     /* by the helper module, or by a file with one entry per size */
	KM_LIMIT_COMPUTED, /* from the page size and the largest order, as SLUB and percpu do */
	KM_LIMIT_AT_MOST,  /* an upper bound that is rarely reached */
};

struct km_limit {
	uint64_t bytes; /* KM_UNKNOWN */
	enum km_limit_source source;
};

struct km_limits {
	uint64_t page_bytes;
	uint64_t max_order; /* of the page allocator's largest block; KM_UNKNOWN */
	struct km_limit of[KM_LIMITS];
};

/* The input of limits. Each pointer may be NULL, page_bytes unknown. */
struct km_limits_input {
	const struct km_module_file *info;
	const struct km_buddyinfo *buddyinfo;
	const struct km_slabinfo *slabinfo;
	const struct km_meminfo *meminfo;
	uint64_t page_bytes;
};

/* The name of a limit in the texts of topics: "kmalloc_cache". */
extern const char *const km_limit_names[KM_LIMITS];

struct km_limits km_limits_derive(const struct km_limits_input *facts);

/* The object size of the cache "kmalloc-96" or "kmalloc-8k"; 0 for other caches. */
uint64_t km_limits_class(struct km_str cache);

#endif
