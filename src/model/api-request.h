/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The request of an allocation call to the page allocator. */
#ifndef KM_MODEL_API_REQUEST_H
#define KM_MODEL_API_REQUEST_H

#include "model/limits.h"
#include "parse/slabinfo.h"

/* How a call gets its pages. The values are positions in km_api_ways. */
enum km_api_way {
	KM_API_BLOCK,   /* one block */
	KM_API_SLAB,    /* an object in a slab; the cache may need a new block */
	KM_API_PAGES,   /* single pages, mapped contiguously */
	KM_API_CHUNK,   /* from an existing chunk, or pages for a new one */
	KM_API_REFUSED, /* larger than the call allows: requests no page */
	KM_API_WAYS
};

struct km_api_request {
	enum km_api_way way;
	uint64_t order;        /* of the block; 0 for single pages */
	uint64_t pages;        /* total; KM_UNKNOWN */
	const char *flags;     /* flags that the call adds; NULL: none */
	struct km_str cache;   /* cache of the object; .ptr NULL: unknown */
	uint64_t free_objects; /* in slabs of that cache; KM_UNKNOWN without slabinfo */
	bool falls_back;       /* gets single pages if there is no block */
	uint64_t limit_bytes;  /* KM_API_REFUSED: the largest allowed request */
};

/* The input for computing requests. slabinfo may be NULL. */
struct km_api_input {
	const struct km_limits *limits;
	const struct km_slabinfo *slabinfo;
};

/* api: enum kmeminfo_api. */
struct km_api_request km_api_request_of(const struct km_api_input *input, unsigned int api, uint64_t bytes);

#endif
