/* SPDX-License-Identifier: GPL-2.0 */
/* The allocation functions that can be probed, one request to them, and what it got. */
#ifndef KMEMINFO_PROBE_API_H
#define KMEMINFO_PROBE_API_H

#include <linux/bits.h>
#include <linux/types.h>

struct kmem_cache;
struct page;
struct platform_device;

/* Properties of an API: probe-rules.c refuses requests by them, probe-facts.c examines memory by them. */
#define KM_API_NODE	BIT(0)	/* has a form that takes a node */
#define KM_API_FLAGS	BIT(1)	/* takes flags; the others mean GFP_KERNEL */
#define KM_API_SLAB	BIT(2)	/* small requests are served by slab caches */
#define KM_API_VMALLOC	BIT(3)	/* what is large comes from vmalloc */
#define KM_API_PAGES	BIT(4)	/* gives blocks of 2^order pages */
#define KM_API_ONE_PAGE	BIT(5)
#define KM_API_CACHE	BIT(6)	/* from a cache of the module's own */
#define KM_API_PERCPU	BIT(7)
#define KM_API_DEVICE	BIT(8)	/* for a device that goes away again */
#define KM_API_DMA	BIT(9)

/* One request that was checked, with what all its repetitions share. */
struct km_request {
	const struct km_api *api;
	u64 bytes;
	gfp_t gfp;
	int node;
	unsigned int order;		/* of the block that would hold bytes */
	struct kmem_cache *cache;	/* KM_API_CACHE */
	struct platform_device *device;	/* KM_API_DMA */
	bool softirq, hardirq;		/* where the call is made; neither: in the caller's task */
};

/* What one repetition got. */
struct km_piece {
	void *address;			/* where it begins; NULL if it has no kernel address */
	u64 length;			/* bytes that may be touched: those that were allocated */
	u64 usable;			/* bytes that the allocator gave; KMEMINFO_UNKNOWN */
	struct page *page;		/* alloc_pages: the first */
	void __percpu *percpu;
	dma_addr_t dma;
	struct platform_device *device;	/* KM_API_DEVICE: this piece's own */
	bool watched;			/* a release action was added to the device */
	bool released;			/* and ran */
};

struct km_api {
	unsigned int traits;
	/* Before the call that is timed, and after it if it returned nothing; may be NULL. */
	bool (*prepare)(const struct km_request *req, struct km_piece *ret);
	/* The call; sets address, page or percpu, or leaves them NULL. */
	void (*take)(const struct km_request *req, struct km_piece *ret);
	/* Of what was taken, sets length, usable and, where take did not, address. */
	void (*measure)(const struct km_request *req, struct km_piece *piece);
	/* Frees everything that prepare and take made, also if take got nothing. */
	void (*give)(const struct km_request *req, struct km_piece *piece);
};

/* The API of that number; NULL beyond the last. */
const struct km_api *km_api(u32 number);
bool km_piece_got(const struct km_piece *piece);

/* A device without a bus to allocate for, which udev does not see; NULL if it cannot be made. */
struct platform_device *km_device_new(void);

#endif
