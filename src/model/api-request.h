/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an allocation call requests from the page allocator. */
#ifndef KM_MODEL_API_REQUEST_H
#define KM_MODEL_API_REQUEST_H

#include "model/limits.h"
#include "parse/slabinfo.h"

/* How a call gets its pages; positions in km_api_ways. */
enum km_api_way {
	KM_API_BLOCK,   /* one block */
	KM_API_SLAB,    /* an object of a slab, for which a block may be needed */
	KM_API_PAGES,   /* pages one by one, mapped together */
	KM_API_CHUNK,   /* from chunks that exist, or pages for a new one */
	KM_API_REFUSED, /* larger than the call allows: no page is requested */
	KM_API_WAYS
};

struct km_api_request {
	enum km_api_way way;
	uint64_t order;        /* of the block; 0 where pages are requested one by one */
	uint64_t pages;        /* all of them; KM_UNKNOWN */
	const char *flags;     /* that the call adds, NULL: none */
	struct km_str cache;   /* of a slab; .ptr NULL: not known */
	uint64_t free_objects; /* in slabs of that cache; KM_UNKNOWN without slabinfo */
	bool falls_back;       /* to pages one by one, if there is no block */
	uint64_t limit_bytes;  /* KM_API_REFUSED: the most that is allowed */
};

/* The input from which requests of calls are computed. slabinfo may be NULL. */
struct km_api_input {
	const struct km_limits *limits;
	const struct km_slabinfo *slabinfo;
};

/* api: enum kmeminfo_api. */
struct km_api_request km_api_request_of(const struct km_api_input *input, unsigned int api, uint64_t bytes);

#endif
