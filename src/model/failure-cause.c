// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the cause from the zones of a report, the same rows that are printed as a table. If a zone fits, the
 * request only failed for a moment. If a zone has enough memory but no block, the cause is fragmentation.
 * Memory was short only if every zone is at or below its watermark.
 */
#include "model/failure-cause.h"

/* Memory outside of the report counts as free only if this share of it is free, which is above all watermarks. */
#define HIDDEN_PERCENT 10
/* The kernel is the cause if it uses more than this share, without reclaimable memory. */
#define HELD_PERCENT 50
/* Page tables are a thousandth of the memory that they map, unless many processes map the same memory. */
#define PAGE_TABLES_PERCENT 20
/* Reclaim has nothing to free if less than this share is reclaimable. */
#define SPARE_PERCENT 2

static bool is_over(uint64_t part, uint64_t whole, unsigned int percent)
{
	return part != KM_UNKNOWN && whole != KM_UNKNOWN && part / percent > whole / 100;
}

/* Counters lag: if more memory seems free than exists, nothing is hidden. */
static bool has_hidden(const struct km_failure_case *failed)
{
	return failed->hidden_managed_bytes != KM_UNKNOWN &&
	       failed->hidden_free_bytes <= failed->hidden_managed_bytes &&
	       is_over(failed->hidden_free_bytes, failed->hidden_managed_bytes, HIDDEN_PERCENT);
}

/* The cause by the largest part of the memory. Each part has its own limit. */
static enum km_cause cause_of_parts(const struct km_failure_case *failed)
{
	static const struct {
		enum km_part part;
		unsigned int percent;
		enum km_cause cause;
	} rules[] = {
		{ KM_PART_HUGE_PAGES, HELD_PERCENT, KM_CAUSE_HUGE_PAGES },
		{ KM_PART_SHMEM, HELD_PERCENT, KM_CAUSE_TMPFS },
		{ KM_PART_UNEVICTABLE, HELD_PERCENT, KM_CAUSE_LOCKED },
		{ KM_PART_PAGE_TABLES, PAGE_TABLES_PERCENT, KM_CAUSE_PAGE_TABLES },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (is_over(failed->parts[rules[i].part], failed->managed_bytes, rules[i].percent))
			return rules[i].cause;
	return is_over(failed->held_bytes, failed->managed_bytes, HELD_PERCENT) ? KM_CAUSE_HELD
									      : KM_CAUSE_SHORTAGE;
}

uint64_t km_failure_boost(const struct km_failure_case *failed, const struct km_request_zone *zone)
{
	const struct km_zoneinfo *zoneinfo = &failed->mem->zoneinfo;
	const struct km_zoneinfo_zone *raw;

	km_array_each(raw, &zoneinfo->zones)
		if (raw->node == zone->node && km_str_eq(raw->zone, zone->zone))
			return km_num_mul(
				km_num_or(km_zoneinfo_value(zoneinfo, raw->stats, KM_STR("boost")),
					  0),
				1024);
	return 0;
}

/*
 * A zone is below its watermark if even the smallest possible reserve puts it there. Without any reserve it
 * may be above.
 */
uint64_t km_failure_reserved(const struct km_failure_case *failed,
			     const struct km_request_zone *zone)
{
	uint64_t own = failed->request.order < 32 && failed->request.facts.min_eighths
			       ? km_num_mul((1ull << failed->request.order) - 1, failed->page_bytes)
			       : 0;

	return km_num_or(km_num_sub(zone->unusable_bytes, own), 0);
}

static bool would_do(const struct km_request_zone *zone, uint64_t bytes)
{
	return zone && zone->available_bytes != KM_UNKNOWN_DELTA &&
	       bytes > (uint64_t)-zone->available_bytes;
}

static bool is_below(const struct km_request_zone *zone)
{
	return zone->reason == KM_VERDICT_BELOW_WATERMARK;
}

/* A larger block than a page: where the zone's list is missing, it is unknown whether there was one. */
static bool has_block(const struct km_failure_case *failed, const struct km_request_zone *zone)
{
	const uint64_t order = failed->request.order;

	return !order || (order < 32 && zone->largest_bytes != KM_UNKNOWN &&
			  zone->largest_bytes >= km_num_mul(1ull << order, failed->page_bytes));
}

const struct km_request_zone *km_failure_zone_without(const struct km_failure_case *failed,
						      enum km_cause cause)
{
	const struct km_request_zones *zones = &failed->zones;

	for (size_t i = 0; failed->mem && i < zones->len; i++) {
		const struct km_request_zone *zone = &zones->rows[i];

		if (is_below(zone) && (cause != KM_CAUSE_BOOST || has_block(failed, zone)) &&
		    would_do(zone, cause == KM_CAUSE_BOOST ? km_failure_boost(failed, zone)
							   : km_failure_reserved(failed, zone)))
			return zone;
	}
	return NULL;
}

static bool could_have_waited(const struct km_failure_case *failed)
{
	return failed->request.known && !failed->request.facts.sleeps &&
	       failed->spare_bytes != KM_UNKNOWN &&
	       would_do(failed->zones.nearest, failed->spare_bytes) &&
	       is_over(failed->spare_bytes, failed->managed_bytes, SPARE_PERCENT);
}

/*
 * Most free memory belongs to CMA, and the kernel would have served the request from blocks of any other
 * type. That is the cause.
 */
static bool is_in_cma(const struct km_failure_case *failed)
{
	const struct km_request_zone *row = km_failure_zone_without(failed, KM_CAUSE_RESERVED);
	const struct km_supply *supply = &failed->supply;

	for (size_t i = 0; row && !failed->request.facts.cma && i < supply->zones.len; i++) {
		const struct km_zone *zone = km_sheet_row(&supply->zones, i);
		size_t at = km_supply_find(supply, row->node, row->zone, i);

		if (zone->node == row->node && km_str_eq(zone->zone, row->zone))
			return km_supply_cma_free(supply, zone, at) > row->free_bytes / 2;
	}
	return false;
}

/* A zone would have served a single page, but the request may not use the type of any of its free blocks. */
static bool is_of_other_types(const struct km_failure_case *failed)
{
	const struct km_request_zone *row = km_failure_zone_without(failed, KM_CAUSE_RESERVED);

	return row && failed->event->kind == KM_KLOG_PAGES && !failed->request.order && row->free_bytes && !row->largest_bytes;
}

/* Every zone that the request may use is short of memory. Decides whether the whole machine is. */
static enum km_cause cause_of_shortage(const struct km_failure_case *failed)
{
	const struct km_request_zones *zones = &failed->zones;
	enum km_cause cause = cause_of_parts(failed);

	if (is_of_other_types(failed) || (cause == KM_CAUSE_SHORTAGE && is_in_cma(failed) && !could_have_waited(failed)))
		return KM_CAUSE_RESERVED;
	if (zones->better_node)
		return KM_CAUSE_NODE;
	if (zones->better_zone || has_hidden(failed))
		return KM_CAUSE_ZONE;
	if (could_have_waited(failed))
		return KM_CAUSE_NO_WAIT;
	/* a boost matters where memory is free; the OOM killer runs long after that */
	if (cause == KM_CAUSE_SHORTAGE && failed->event->kind != KM_KLOG_OOM &&
	    km_failure_zone_without(failed, KM_CAUSE_BOOST))
		return KM_CAUSE_BOOST;
	if (cause == KM_CAUSE_SHORTAGE && km_failure_zone_without(failed, KM_CAUSE_RESERVED))
		return KM_CAUSE_RESERVED;
	return cause;
}

/* Whether zones of another node would have served, but no zone of the allowed nodes. */
static bool one_node_is_short(const struct km_failure_case *failed)
{
	return failed->zones.count[KM_VERDICT_BELOW_WATERMARK] > 0;
}

static bool has_row(const struct km_request_zones *zones, const struct km_buddyinfo_zone *list)
{
	for (size_t i = 0; i < zones->len; i++)
		if (zones->rows[i].node == list->node && km_str_eq(zones->rows[i].zone, list->zone))
			return true;
	return false;
}

const struct km_buddyinfo_zone *km_failure_lost_zone(const struct km_failure_case *failed)
{
	const struct km_buddyinfo_zone *list;

	if (!failed->mem)
		return NULL;
	km_array_each(list, &failed->mem->buddyinfo.zones)
		if (!has_row(&failed->zones, list))
			return list;
	return NULL;
}

bool km_failure_has_all_zones(const struct km_failure_case *failed)
{
	const struct km_klog_mem *mem = failed->mem;

	/* the free lists follow the last zone; if lines are lost, so is the rest */
	return mem && failed->zones.len && !km_failure_lost_zone(failed) &&
	       (mem->buddyinfo.zones.len || mem->ram_pages != KM_UNKNOWN ||
		       mem->swap_total_kib != KM_UNKNOWN);
}

static bool is_served(const struct km_prediction *prediction)
{
	return prediction->basis == KM_PREDICTION_ABOVE_LOW || prediction->basis == KM_PREDICTION_ABOVE_MIN;
}

/*
 * From the prediction for the same request, as predict makes it: it would have been served, or something is in its way.
 * A request for one node was not for a node with an open zone, if another node was short.
 */
static enum km_cause cause_of_zones(const struct km_failure_case *failed)
{
	const struct km_request_zones *zones = &failed->zones;

	if (!failed->mem || !zones->len || !failed->request.known)
		return KM_CAUSE_UNKNOWN;
	if (is_served(&failed->prediction))
		return KM_CAUSE_TRANSIENT;
	if (zones->count[KM_VERDICT_OPEN])
		return failed->request.this_node && one_node_is_short(failed) ? KM_CAUSE_NODE : KM_CAUSE_TRANSIENT;
	/* an unknown zone may have served the request */
	if (zones->count[KM_VERDICT_UNKNOWN] || !km_failure_has_all_zones(failed))
		return KM_CAUSE_UNKNOWN;
	if (zones->count[KM_VERDICT_NO_BLOCK] || zones->count[KM_VERDICT_ORDER_WATERMARK])
		return failed->request.order ? KM_CAUSE_FRAGMENTED : KM_CAUSE_RESERVED;
	return zones->count[KM_VERDICT_BELOW_WATERMARK] ? cause_of_shortage(failed) : KM_CAUSE_UNKNOWN;
}

/* k6.12:mm/oom_kill.c pagefault_out_of_memory, which the trace still shows if the report lost its head */
static bool is_below_page_fault(const struct km_klog_event *event)
{
	struct km_str *frame;

	km_array_each(frame, &event->frames)
		if (km_str_starts(*frame, KM_STR("pagefault_out_of_memory+")) ||
		    km_str_starts(*frame, KM_STR("mm_fault_error+")))
			return true;
	return false;
}

bool km_failure_is_page_fault(const struct km_klog_event *event)
{
	if (event->kind != KM_KLOG_OOM || event->by_hand)
		return false;
	return event->mode == KM_UNKNOWN ? is_below_page_fault(event)
					 : event->mode == 0 && event->order == 0;
}

static enum km_cause cause_of_cgroup(const struct km_klog_event *event)
{
	const struct km_klog_limit *limit = km_failure_limit(event);

	if (limit == &event->kernel || is_over(km_failure_kernel_charge(event),
					       km_num_mul(limit->usage_kib, 1024), HELD_PERCENT))
		return KM_CAUSE_CGROUP_KERNEL;
	return KM_CAUSE_CGROUP;
}

/* Whether the report has totals. Without them no part can be named. */
static bool has_parts(const struct km_failure_case *failed)
{
	return failed->managed_bytes != KM_UNKNOWN && failed->parts[KM_PART_ANON] != KM_UNKNOWN &&
	       failed->parts[KM_PART_FILE] != KM_UNKNOWN &&
	       failed->parts[KM_PART_SLAB_UNRECLAIMABLE] != KM_UNKNOWN;
}

/*
 * The cause of a kill without a head: its zones cannot be compared with the request, but the kill shows that
 * memory was short. There are three exceptions: no zone is known, a zone had memory in too small blocks, or
 * much memory is free and the request is unknown.
 */
static enum km_cause cause_of_kill(const struct km_failure_case *failed)
{
	const size_t *count = failed->zones.count;
	enum km_cause cause = cause_of_zones(failed);

	if (cause != KM_CAUSE_UNKNOWN || !failed->mem || !failed->zones.len || !has_parts(failed) ||
	    (!failed->request.known &&
	     is_over(failed->parts[KM_PART_FREE], failed->managed_bytes, HIDDEN_PERCENT)) ||
	    count[KM_VERDICT_OPEN] || count[KM_VERDICT_NO_BLOCK] || count[KM_VERDICT_ORDER_WATERMARK] ||
	    failed->event->panic.ptr)
		return cause;
	return cause_of_parts(failed);
}

static enum km_cause cause_of_oom(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;

	if (event->by_hand)
		return KM_CAUSE_BY_HAND;
	if (event->constraint == KM_KLOG_CONSTRAINT_MEMCG || event->memory.limit_kib != KM_UNKNOWN)
		return cause_of_cgroup(event);
	if (km_failure_is_page_fault(event))
		return KM_CAUSE_PAGE_FAULT;
	if (failed->zones.count[KM_VERDICT_OPEN])
		return KM_CAUSE_TRANSIENT;
	if (event->constraint == KM_KLOG_CONSTRAINT_CPUSET)
		return KM_CAUSE_CPUSET;
	if (event->constraint == KM_KLOG_CONSTRAINT_MEMORY_POLICY)
		return KM_CAUSE_NODE;
	return cause_of_kill(failed);
}

static bool says(const struct km_klog_event *event, struct km_str words)
{
	return km_str_find(event->message, words) >= 0;
}

bool km_failure_is_atomic_percpu(const struct km_klog_event *event)
{
	return event->kind == KM_KLOG_PERCPU && says(event, KM_STR("no space left"));
}

static enum km_cause cause_of_vmalloc(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;
	uint64_t ram =
		failed->mem ? km_num_mul(failed->mem->ram_pages, failed->page_bytes) : KM_UNKNOWN;

	if (event->size_bytes == 0)
		return KM_CAUSE_ZERO_SIZE;
	if (event->no_addresses)
		return KM_CAUSE_ADDRESSES;
	if (event->order != KM_UNKNOWN && event->order > 0)
		return KM_CAUSE_SMALL_PAGES;
	if (says(event, KM_STR("exceeds total pages")) ||
	    (event->size_bytes != KM_UNKNOWN && ram != KM_UNKNOWN && event->size_bytes > ram))
		return KM_CAUSE_EXCEEDS_RAM;
	if (says(event, KM_STR("vm_struct allocation")))
		return KM_CAUSE_ADDRESSES;
	/* up to 5.12 both have the same wording; if the memory is known, the size is not the cause */
	if (says(event, KM_STR("allocation failure: ")))
		return ram == KM_UNKNOWN ? KM_CAUSE_UNKNOWN : KM_CAUSE_ADDRESSES;
	return cause_of_zones(failed);
}

/*
 * Since 6.15 an area without a free range of that size ends with -EBUSY as well (k6.15:mm/cma.c cma_range_alloc):
 * the ranges that the kernel lists decide.
 */
static enum km_cause cause_of_cma(const struct km_klog_event *event)
{
	enum { OUT_OF_MEMORY = -12, BUSY = -16 };
	uint64_t largest = event->pool_range_pages;

	if (event->status == BUSY && (largest == KM_UNKNOWN || largest >= event->request_pages))
		return KM_CAUSE_AREA_BUSY;
	return event->status == BUSY || event->status == OUT_OF_MEMORY ? KM_CAUSE_AREA_FULL : KM_CAUSE_UNKNOWN;
}

enum km_cause km_failure_cause_of(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;

	switch (event->kind) {
	case KM_KLOG_OOM:
		return cause_of_oom(failed);
	case KM_KLOG_VMALLOC:
		return cause_of_vmalloc(failed);
	case KM_KLOG_VMAP:
		return KM_CAUSE_ADDRESSES;
	case KM_KLOG_TOO_LARGE:
		return KM_CAUSE_TOO_LARGE;
	case KM_KLOG_WARNING:
		return km_failure_warning_cause(failed);
	case KM_KLOG_CMA:
		return cause_of_cma(event);
	case KM_KLOG_PERCPU:
		if (says(event, KM_STR("illegal size")))
			return event->size_bytes ? KM_CAUSE_TOO_LARGE : KM_CAUSE_ZERO_SIZE;
		if (says(event, KM_STR("reserved chunk")) || km_failure_is_atomic_percpu(event))
			return KM_CAUSE_AREA_FULL;
		return says(event, KM_STR("populate")) ? KM_CAUSE_SHORTAGE : KM_CAUSE_UNKNOWN;
	case KM_KLOG_SWIOTLB:
		return KM_CAUSE_BOUNCE;
	case KM_KLOG_HUGETLB:
		return KM_CAUSE_FEW_HUGE_PAGES;
	case KM_KLOG_SLUB:
		/* if there is a report of pages above it, the caller takes that cause */
		if (failed->request.known && failed->request.facts.sleeps && km_failure_cache_owner(event->cache, NULL).ptr)
			return KM_CAUSE_CGROUP_KERNEL;
		break;
	case KM_KLOG_PAGES:
	case KM_KLOG_STALL:
	case KM_KLOG_HEADLESS:
	case KM_KLOG_KINDS:
		break;
	}
	return cause_of_zones(failed);
}
