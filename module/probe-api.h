/* SPDX-License-Identifier: GPL-2.0 */
/* The allocation functions that can be probed, one request to them, and its result. */
#ifndef KMEMINFO_PROBE_API_H
#define KMEMINFO_PROBE_API_H

#include <linux/bits.h>
#include <linux/types.h>

struct kmem_cache;
struct page;
struct platform_device;

/*
 * Properties of an API. probe-rules.c refuses requests by them, probe-facts.c examines memory by
 * them.
 */
#define KM_API_NODE	BIT(0)	/* has a form with a node argument */
#define KM_API_FLAGS	BIT(1)	/* accepts flags; without it, GFP_KERNEL */
#define KM_API_SLAB	BIT(2)	/* slab caches serve small requests */
#define KM_API_VMALLOC	BIT(3)	/* large requests are served by vmalloc */
#define KM_API_PAGES	BIT(4)	/* returns blocks of 2^order pages */
#define KM_API_ONE_PAGE	BIT(5)
#define KM_API_CACHE	BIT(6)	/* from a cache that the module makes */
#define KM_API_PERCPU	BIT(7)
#define KM_API_DEVICE	BIT(8)	/* for a device that the module makes and removes */
#define KM_API_DMA	BIT(9)

/* A checked request, with the objects that all its repetitions share. */
struct km_request {
	const struct km_api *api;
	u64 bytes;
	gfp_t gfp;
	int node;
	unsigned int order;		/* of the smallest block that holds bytes */
	u64 total;			/* largest cost of all pieces held at a time, in bytes */
	struct kmem_cache *cache;	/* KM_API_CACHE */
	struct platform_device *device;	/* KM_API_DMA */
	bool softirq, hardirq;		/* context of the call; neither: the caller's task */
};

/* The result of one repetition. */
struct km_piece {
	void *address;			/* its first byte; NULL if it has no kernel address */
	u64 length;			/* allocated bytes, which may be touched */
	u64 usable;			/* bytes that the allocator granted; KMEMINFO_UNKNOWN */
	struct page *page;		/* alloc_pages: the first page */
	void __percpu *percpu;
	dma_addr_t dma;
	struct platform_device *device;	/* KM_API_DEVICE: this piece's own */
	bool watched;			/* a release action was added to the device */
	bool released;			/* the release action ran */
};

struct km_api {
	unsigned int traits;
	/* Runs before the timed call, and after it if the call returned nothing; may be NULL. */
	bool (*prepare)(const struct km_request *req, struct km_piece *ret);
	/* The timed call. Sets address, page or percpu, or leaves them NULL. */
	void (*take)(const struct km_request *req, struct km_piece *ret);
	/* Sets length and usable of the allocated memory, and address if take did not. */
	void (*measure)(const struct km_request *req, struct km_piece *piece);
	/* Frees everything that prepare and take allocated, also if take got nothing. */
	void (*give)(const struct km_request *req, struct km_piece *piece);
};

/* The API with this number; NULL for numbers beyond the last. */
const struct km_api *km_api(u32 number);
bool km_piece_got(const struct km_piece *piece);

/* Makes a device without a bus, which udev does not see; NULL if it cannot be made. */
struct platform_device *km_device_new(void);

#endif
