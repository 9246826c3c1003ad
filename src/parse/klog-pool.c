// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Allocators that serve from an area or a pool of their own:
 *
 *   cma: cma_alloc: linux,cma: alloc failed, req-size: 256 pages, ret: -12        (k5.10:mm/cma.c)
 *   cma: number of available pages: 1@55+3@61=> 4 free of 4096 total pages
 *   cma: range 0: +224@32+768@7424                                     (k6.15+: one line a range of the area)
 *   percpu: allocation failed, size=4096 align=8 atomic=0, failed to populate (k6.12:mm/percpu.c)
 *   illegal size (32792) or align (8) for percpu allocation
 *   ehci-pci 0000:00:1d.0: swiotlb buffer is full (sz: 4096 bytes), total 32768 (slots), used 32760
 * (slots) HugeTLB: allocating 64 of page size 1.00 GiB failed.  Only allocated 12 hugepages.
 *   HugeTLB: allocating 64 of page size 2.00 MiB failed node1.  Only allocated 12 hugepages.
 */
#include "parse/klog-head.h"

/* "-12" */
static int64_t parse_status(struct km_str text)
{
	uint64_t number;

	if (!km_str_take_prefix(&text, KM_STR("-")) || !km_str_take_u64(&text, &number) ||
	    number > INT32_MAX)
		return KM_UNKNOWN_DELTA;
	return -(int64_t)number;
}

/* "cma: cma_alloc: linux,cma: ": since 5.8 with the area's name, up to 5.6 "cma: cma_alloc: " */
void km_klog_parse_cma(struct km_str text, struct km_klog_event *event)
{
	struct km_str name = event->pool, part;

	km_str_take_prefix(&name, KM_STR("cma: "));
	if (km_str_starts(name, KM_STR("cma_alloc")) ||
	    km_str_starts(name, KM_STR("__cma_alloc")) ||
	    km_str_starts(name, KM_STR("cma_range_alloc")))
		km_str_take_until(&name, ':', &part);
	name = km_str_trim(name);
	if (km_str_ends(name, KM_STR(":")))
		name.len--;
	event->pool = name.len ? name : (struct km_str){ 0 };
	event->message = text;
	event->request_pages = km_klog_number(text, KM_STR("req-size: "));
	event->status = parse_status(km_klog_after(text, KM_STR("ret: ")));
	event->complete = true;
}

void km_klog_parse_percpu(struct km_str text, struct km_klog_event *event)
{
	struct km_str rest = km_klog_after(text, KM_STR("align=")), reason;

	event->size_bytes = km_klog_number(text, KM_STR("size="));
	event->message = text;
	/* "8 atomic=0, failed to populate"; up to 3.17 "8, failed to populate" */
	if (rest.ptr && km_str_take_until(&rest, ',', &reason))
		event->message = km_str_trim(rest);
	if (km_str_find(text, KM_STR("atomic=1")) >= 0)
		event->complete = true;
}

/* More than an area of a CPU can have, or nothing; the WARNING stands below, up to 3.x above. */
void km_klog_parse_percpu_size(struct km_str text, struct km_klog_event *event)
{
	event->message = text;
	event->size_bytes = km_klog_number_after(text, KM_STR("size ("));
}

/* Up to 4.12 "DMA: Out of SW-IOMMU space for 4096 bytes at device 0000:00:1d.0" */
void km_klog_parse_swiotlb(struct km_str text, struct km_klog_event *event)
{
	struct km_str device = km_klog_after(text, KM_STR("at device "));
	uint64_t used = km_klog_number_after(text, KM_STR("used "));

	event->message = text;
	event->complete = true;
	event->size_bytes = km_klog_number_after(text, KM_STR("(sz: "));
	if (event->size_bytes == KM_UNKNOWN)
		event->size_bytes = km_klog_number_after(text, KM_STR("space for "));
	event->pool_pages = km_klog_number_after(text, KM_STR("total "));
	event->pool_free_pages = km_num_sub(event->pool_pages, used);
	event->pool = km_str_trim(event->pool);
	if (km_str_ends(event->pool, KM_STR(":")))
		event->pool.len--;
	else
		event->pool = (struct km_str){ 0 };
	if (device.ptr)
		event->pool = device;
}

void km_klog_parse_hugetlb(struct km_str text, struct km_klog_event *event)
{
	struct km_str size = km_klog_after(text, KM_STR("of page size ")), rest, node;
	ptrdiff_t end = km_str_find(size, KM_STR(" failed"));

	event->message = text;
	event->complete = true;
	event->request_pages = km_klog_number_after(text, KM_STR("allocating "));
	event->got_pages = km_klog_number_after(text, KM_STR("Only allocated "));
	if (end > 0)
		event->pool = (struct km_str){ size.ptr, (size_t)end };
	rest = km_klog_after(text, KM_STR(" failed node"));
	if (rest.ptr && km_str_take_until(&rest, '.', &node))
		event->nodemask = node;
}

/* "1@55+3@61": pages at a place, for each free range of a CMA area */
static void take_free_ranges(struct km_klog_event *event, struct km_str text)
{
	ptrdiff_t at;

	while ((at = km_str_find(text, KM_STR("@"))) >= 0) {
		size_t from = (size_t)at;
		struct km_str number;
		uint64_t pages;

		while (from && km_is_digit(text.ptr[from - 1]))
			from--;
		number = (struct km_str){ text.ptr + from, (size_t)at - from };
		if (km_str_take_u64(&number, &pages) &&
		    (event->pool_range_pages == KM_UNKNOWN || pages > event->pool_range_pages))
			event->pool_range_pages = pages;
		text = km_str_skip(text, (size_t)at + 1);
	}
}

bool km_klog_take_pool(struct km_klog_event *event, struct km_str text)
{
	bool ranges = km_str_find(text, KM_STR("number of available pages: ")) >= 0 ||
		      km_str_find(text, KM_STR("cma: range ")) >= 0;
	ptrdiff_t at;

	if (event->kind == KM_KLOG_PERCPU && km_str_starts(text, KM_STR("percpu: limit reached")))
		return true;
	if (event->kind != KM_KLOG_CMA)
		return false;
	if (ranges)
		take_free_ranges(event, text);
	/* from 4.4 on; in pieces where another CPU printed as well */
	at = km_str_find(text, KM_STR("=> "));
	if (at < 0 || km_str_find(text, KM_STR(" free of ")) < at)
		return ranges;
	event->pool_free_pages = km_klog_number_after(text, KM_STR("=> "));
	event->pool_pages = km_klog_number_after(text, KM_STR(" free of "));
	return true;
}
