// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Heads of reports, as kernels from 2.6.32 to 7.2 print them:
 *
 *   insmod: page allocation failure: order:4, mode:0xdc0(GFP_KERNEL|__GFP_ZERO), nodemask=(null),cpuset=/,mems_allowed=0
 *   insmod: page allocation failure. order:4, mode:0xd0                         (up to 2.6.38)
 *   insmod: vmalloc error: size 4096, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=...
 *   vmalloc: allocation failure: 3760332 bytes                                  (up to 4.9, then a line as the first)
 *   vmap allocation for size 4198400 failed: use vmalloc=<size> to increase size
 *   SLUB: Unable to allocate memory on CPU 0 (of node 0) on node -1, gfp=0x820(GFP_ATOMIC)
 *   tail invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
 */
#include "parse/klog-head.h"

/* A task's name is 15 bytes, a workqueue's thread has a longer one. */
enum { TASK_MOST = 64, DEVICE_MOST = 128 };

void km_klog_request(struct km_str text, struct km_klog_event *event)
{
	static const struct km_str modes[] = {
		KM_STR_INIT("gfp_mask="), KM_STR_INIT("gfp="), KM_STR_INIT("mode:"),
	};
	uint64_t order = km_klog_number(text, KM_STR("order:"));

	if (order == KM_UNKNOWN && event->kind == KM_KLOG_OOM) {
		order = km_klog_number(text, KM_STR("order="));
		event->by_hand = event->by_hand ||
				 km_str_eq(km_str_trim(km_klog_value(text, KM_STR("order="))), KM_STR("-1"));
	}
	if (order != KM_UNKNOWN)
		event->order = order;
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		km_klog_mode(km_klog_value(text, modes[i]), event);
	km_klog_places(text, event);
}

/* The text up to where mode and order begin. */
static struct km_str message_of(struct km_str text)
{
	static const struct km_str ends[] = {
		KM_STR_INIT(", mode:"), KM_STR_INIT(": gfp_mask="), KM_STR_INIT(", gfp="),
		KM_STR_INIT(": order:"), KM_STR_INIT(" order:"),
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		ptrdiff_t at = km_str_find(text, ends[i]);

		if (at >= 0)
			text.len = (size_t)at;
	}
	return text;
}

static void parse_request(struct km_str text, struct km_klog_event *event)
{
	event->message = km_str_trim(message_of(text));
	if (km_str_take_prefix(&event->message, KM_STR(":")))
		event->message = km_str_trim(event->message);
	km_klog_request(text, event);
}

/*
 * "vmalloc error: size 4096, exceeds total pages", up to 5.12 "allocation failure, allocated 4096 of 8192 bytes" and
 * "allocation failure: 8192 bytes"; "vmap allocation for size 4198400 failed". But "size 65536, failed to allocate pages"
 * is what the area got, and not what was requested (k6.12:mm/vmalloc.c __vmalloc_area_node).
 */
static void parse_vmalloc(struct km_str text, struct km_klog_event *event)
{
	uint64_t size = km_klog_number_after(text, KM_STR(" size "));

	parse_request(text, event);
	event->complete = event->kind == KM_KLOG_VMAP;
	/* since 5.13 only vmalloc errors have an order, of the pages that it is made of */
	if (event->kind == KM_KLOG_VMALLOC)
		event->order = km_klog_number_after(text, KM_STR("page order "));
	if (km_str_find(text, KM_STR("failed to allocate pages")) >= 0) {
		event->got_bytes = size;
		return;
	}
	if (size == KM_UNKNOWN)
		size = km_klog_number_after(text, KM_STR("allocation failure: "));
	if (size == KM_UNKNOWN) {
		size = km_klog_number_after(text, KM_STR(" of "));
		event->got_bytes = km_klog_number_after(text, KM_STR(", allocated "));
	}
	event->size_bytes = size;
}

struct head {
	struct km_str sign; /* a text that no other message has */
	size_t before;      /* at most so many bytes precede it: a task's name. 0: it begins the line */
	enum km_klog_kind kind;
	void (*parse)(struct km_str text, struct km_klog_event *event);
};

static const struct head heads[] = {
	{ KM_STR_INIT(": page allocation failure: "), TASK_MOST, KM_KLOG_PAGES, parse_request },
	{ KM_STR_INIT(": page allocation failure. "), TASK_MOST, KM_KLOG_PAGES, parse_request },
	/* a piece without its task: from 4.9 to 4.14 other CPUs' lines come between */
	{ KM_STR_INIT("page allocation failure: order:"), 0, KM_KLOG_PAGES, parse_request },
	{ KM_STR_INIT(": page allocation stall"), TASK_MOST, KM_KLOG_STALL, parse_request }, /* 4.10 to 4.14, and 7.2 */
	{ KM_STR_INIT("page allocation stall"), 0, KM_KLOG_STALL, parse_request },
	{ KM_STR_INIT(": vmalloc error: "), TASK_MOST, KM_KLOG_VMALLOC, parse_vmalloc },
	{ KM_STR_INIT(": vmalloc: allocation failure"), TASK_MOST, KM_KLOG_VMALLOC, parse_vmalloc }, /* to 5.12 */
	{ KM_STR_INIT("vmalloc: allocation failure"), 0, KM_KLOG_VMALLOC, parse_vmalloc }, /* 2.6.39 to 4.9 */
	{ KM_STR_INIT(" invoked oom-killer: "), TASK_MOST, KM_KLOG_OOM, parse_request },
	{ KM_STR_INIT("vmap allocation for size "), 0, KM_KLOG_VMAP, parse_vmalloc },
	{ KM_STR_INIT("vmap allocation failed"), 0, KM_KLOG_VMAP, parse_vmalloc }, /* up to 2.6.32 */
	{ KM_STR_INIT("vmalloc_node_range for size "), 0, KM_KLOG_VMAP, parse_vmalloc }, /* after 6.12 */
	{ KM_STR_INIT("SLUB: Unable to allocate memory "), 0, KM_KLOG_SLUB, parse_request },
	{ KM_STR_INIT("SLAB: Unable to allocate memory "), 0, KM_KLOG_SLUB, parse_request }, /* up to 6.7 */
	{ KM_STR_INIT("alloc failed, req-size: "), DEVICE_MOST, KM_KLOG_CMA, km_klog_parse_cma },
	{ KM_STR_INIT("percpu: allocation failed, size="), 0, KM_KLOG_PERCPU, km_klog_parse_percpu },
	{ KM_STR_INIT("PERCPU: allocation failed, size="), 0, KM_KLOG_PERCPU, km_klog_parse_percpu }, /* up to 4.5 */
	{ KM_STR_INIT("illegal size ("), 0, KM_KLOG_PERCPU, km_klog_parse_percpu_size },
	{ KM_STR_INIT("swiotlb buffer is full"), DEVICE_MOST, KM_KLOG_SWIOTLB, km_klog_parse_swiotlb },
	{ KM_STR_INIT("DMA: Out of SW-IOMMU space for "), DEVICE_MOST, KM_KLOG_SWIOTLB, km_klog_parse_swiotlb }, /* up to 4.12 */
	{ KM_STR_INIT("HugeTLB: allocating "), 0, KM_KLOG_HUGETLB, km_klog_parse_hugetlb },
};

static const struct head *find_head(struct km_str text, size_t *ret_at)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		struct km_str part = text;
		ptrdiff_t at;

		if (part.len > heads[i].before + heads[i].sign.len)
			part.len = heads[i].before + heads[i].sign.len;
		at = km_str_find(part, heads[i].sign);
		/* in front of " invoked" and ": page" stands a task's name */
		if (at < 0 || (!at && (*heads[i].sign.ptr == ' ' || *heads[i].sign.ptr == ':')))
			continue;
		*ret_at = (size_t)at;
		return &heads[i];
	}
	return NULL;
}

void km_klog_head_words(struct km_klog_filter *filter)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		km_klog_filter_add(filter, heads[i].sign);
}

void km_klog_event_init(struct km_klog_event *event, enum km_klog_kind kind)
{
	const struct km_klog_limit limit = { KM_UNKNOWN, KM_UNKNOWN };
	const uint64_t unknown = KM_UNKNOWN;

	*event = (struct km_klog_event){
		.kind = kind, .order = unknown, .mode = unknown, .size_bytes = unknown, .got_bytes = unknown,
		.pid = unknown, .warning_line = unknown, .memory = limit, .swap = limit,
		.memory_swap = limit, .kernel = limit, .victim_pid = unknown, .victim_kib = unknown,
		.victim_vm_kib = unknown, .object_bytes = unknown, .buffer_bytes = unknown,
		.default_order = unknown, .min_order = unknown, .slabs_total = unknown,
		.objects = unknown, .free_objects = unknown, .request_pages = unknown,
		.got_pages = unknown, .pool_pages = unknown, .pool_free_pages = unknown,
		.pool_range_pages = unknown,
		.status = KM_UNKNOWN_DELTA,
	};
}

bool km_klog_head(struct km_str text, struct km_klog_event *ret)
{
	const struct head *head;
	size_t at;

	if (km_klog_warning(text, ret))
		return true;
	head = find_head(text, &at);
	if (!head)
		return false;
	km_klog_event_init(ret, head->kind);
	if (at && head->before == TASK_MOST)
		ret->task = (struct km_str){ text.ptr, at };
	if (at && head->before == DEVICE_MOST)
		ret->pool = (struct km_str){ text.ptr, at };
	head->parse(km_str_skip(text, at), ret);
	return true;
}
