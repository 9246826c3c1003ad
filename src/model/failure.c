// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/failure-caller.h"
#include "model/failure-cause.h"
#include "model/zone.h"

/*
 * The largest distance in lines from a page allocator's report to a slab's report below it. The former has
 * some 80 lines.
 */
enum { NEAR_LINES = 300, LIKE_ROWS = 16 };

static uint64_t bytes_of(uint64_t kib)
{
	return km_num_mul(kib, 1024);
}

static void derive_request(const struct km_failure_case *failed, struct km_failure *row)
{
	const struct km_klog_event *event = failed->event;

	row->line = event->line;
	row->time = event->stamp;
	row->kind = &km_failure_kinds[event->kind];
	row->task = event->task;
	row->pid = event->pid;
	row->release = event->release;
	row->order = event->order;
	row->request_bytes = failed->request_bytes;
	row->request_pages = event->request_pages;
	row->got_bytes = event->got_bytes;
	row->got_pages = event->got_pages;
	if (event->mode != KM_UNKNOWN)
		row->mask = km_pool_printf(failed->pool, "0x%llx", (unsigned long long)event->mode);
	row->flags = event->mode_names.len || km_failure_is_page_fault(event) ? event->mode_names : failed->request.names;
	row->nodes = event->nodemask.ptr ? event->nodemask : event->mems_allowed;
	row->complete = km_tri_of(event->complete && !event->headless);
	if (!failed->request.known || km_failure_is_page_fault(event))
		return;
	row->may_sleep = km_tri_of(failed->request.facts.sleeps);
	row->highest_zone = km_zone_rank_name(failed->mem ? failed->zones.highest : failed->request.zone);
}

static void derive_stack(struct km_failure_case *failed, struct km_failure *row)
{
	const struct km_klog_event *event = failed->event;
	struct km_str *frame;

	row->stack = (struct km_texts){ event->frames.items, event->frames.len };
	km_array_each(frame, &event->frames)
		if (!km_failure_is_allocator(*frame)) {
			row->caller = failed->caller = *frame;
			return;
		}
}

/* The page size: the table of tasks counts resident pages, the kill line has the same memory in KiB. */
static uint64_t page_of_victim(const struct km_klog_event *event)
{
	const struct km_klog_task *task;

	km_array_each(task, &event->tasks) {
		uint64_t kib = event->victim_vm_kib;

		if (task->pid != event->victim_pid || !task->total_vm_pages || task->total_vm_pages == KM_UNKNOWN ||
		    kib == KM_UNKNOWN || kib % task->total_vm_pages)
			continue;
		kib /= task->total_vm_pages;
		if (kib >= 4 && kib <= 256 && !(kib & (kib - 1)))
			return kib * 1024;
	}
	return KM_UNKNOWN;
}

static void derive_cgroup(const struct km_failure_case *failed, struct km_failure *row)
{
	const struct km_klog_event *event = failed->event;
	struct km_pair *pairs = km_pool_alloc(failed->pool, event->charges.len, sizeof(*pairs));
	const struct km_klog_limit *swap = event->memory_swap.limit_kib == KM_UNKNOWN ? &event->swap :
										       &event->memory_swap;

	row->cgroup = event->memcg;
	row->task_cgroup = event->task_memcg;
	row->limit_bytes = bytes_of(event->memory.limit_kib);
	row->usage_bytes = bytes_of(event->memory.usage_kib);
	row->swap_limit_bytes = bytes_of(swap->limit_kib);
	row->swap_usage_bytes = bytes_of(swap->usage_kib);
	row->kernel_limit_bytes = bytes_of(event->kernel.limit_kib);
	row->kernel_usage_bytes = km_failure_kernel_charge(event);
	for (size_t i = 0; i < event->charges.len; i++)
		pairs[i] = (struct km_pair){ event->charges.items[i].name, event->charges.items[i].value };
	row->cgroup_memory = (struct km_pairs){ pairs, event->charges.len };
}

static void derive_oom(const struct km_failure_case *failed, struct km_failure *row)
{
	const struct km_klog_event *event = failed->event;

	row->victim = event->victim;
	row->victim_pid = event->victim_pid;
	row->victim_bytes = bytes_of(event->victim_kib);
	if (event->kind == KM_KLOG_OOM && event->complete)
		row->victims = event->victims;
	derive_cgroup(failed, row);
	km_failure_derive_tasks(failed, row);
	km_failure_derive_caches(failed, row);
}

static void derive_slab(const struct km_failure_case *failed, struct km_failure *row)
{
	row->cache = failed->event->cache;
	row->object_bytes = failed->event->object_bytes;
	row->cgroup = km_failure_cache_owner(failed->event->cache, &row->cache);
}

static void derive_memory(const struct km_failure_case *failed, struct km_failure *row)
{
	struct km_pair *pairs = km_pool_alloc(failed->pool, KM_PARTS, sizeof(*pairs));

	for (enum km_part part = 0; part < KM_PARTS; part++)
		pairs[part] = (struct km_pair){ km_part_key(part), failed->parts[part] };
	row->zones = (struct km_rows){ failed->zones.rows, failed->zones.len };
	row->memory = (struct km_pairs){ pairs, KM_PARTS };
	row->swap_total_bytes = bytes_of(failed->mem->swap_total_kib);
	row->swap_free_bytes = bytes_of(failed->mem->swap_free_kib);
}

/* Fills the zones. The figures of a report are in KiB. */
static void weigh(struct km_failure_case *failed)
{
	const struct km_klog_mem *mem = failed->mem;
	const size_t orders = mem->buddyinfo.zones.len ? mem->buddyinfo.zones.items[0].orders : 0;

	failed->supply = (struct km_supply){
		.zones = km_zone_derive(failed->pool, &mem->zoneinfo, 1024, true),
		.buddyinfo = &mem->buddyinfo,
		.blocks = mem->blocks.items,
		.page_bytes = mem->page_bytes,
		/* a pageblock is at most as large as the largest block */
		.pageblock_bytes = orders ? km_num_or(km_num_mul(mem->page_bytes, 1ull << (orders - 1)), 0) : 0,
	};
	failed->prediction = km_prediction_of(failed->pool, &failed->supply, &failed->request);
	failed->zones = failed->prediction.zones;
	km_failure_memory(failed);
}

/*
 * The report just above with the same mask and kernel. Reading the table of flags again for each would double
 * the time.
 */
static const struct km_failure_case *like(const struct km_failure_case *failed, const struct km_failures *failures)
{
	const size_t at = failures->rows.len;

	for (size_t i = at; i-- > 0 && at - i <= LIKE_ROWS;) {
		const struct km_failure_case *other = failures->rows.items[i]->basis;

		if (other->event->mode == failed->event->mode && km_str_eq(other->release, failed->release) &&
		    km_str_eq(other->event->mode_names, failed->event->mode_names) &&
		    !km_failure_is_page_fault(other->event))
			return other;
	}
	return NULL;
}

static void set_request(struct km_failure_case *failed, const struct km_failure_case *same)
{
	const struct km_klog_event *event = failed->event;

	failed->request = same ? same->request :
				km_request_of(failed->pool, event->mode_names, event->mode, failed->release);
	failed->request.order = event->order;
	failed->request.nodemask = event->nodemask;
	failed->request.mems_allowed = event->mems_allowed;
	failed->request.high_watermark = event->kind == KM_KLOG_OOM && !event->by_hand;
	failed->request.refused = event->kind == KM_KLOG_PAGES || event->kind == KM_KLOG_OOM;
	/* a failed page fault is not a request for pages, so no zone can be judged */
	failed->request.known = failed->request.known && !km_failure_is_page_fault(event);
}

/* A report without a release gets that of an earlier report. */
static struct km_str release_of(struct km_failures *failures, struct km_pool *pool, const struct km_klog_event *event)
{
	if (event->release.ptr && event->release.len < sizeof(failures->release)) {
		memcpy(failures->release, event->release.ptr, event->release.len);
		failures->release[event->release.len] = 0;
	}
	return event->release.ptr || !*failures->release ? event->release :
							  km_pool_copy(pool, km_str_from(failures->release));
}

static struct km_failure_case *case_of(struct km_failures *failures, struct km_pool *pool, const struct km_klog_event *event)
{
	struct km_failure_case *failed = km_pool_alloc(pool, 1, sizeof(*failed));

	*failed = (struct km_failure_case){
		.pool = pool, .event = event, .release = release_of(failures, pool, event), .mem = event->mem,
		.page_bytes = page_of_victim(event), .request_bytes = event->size_bytes,
		.held_bytes = KM_UNKNOWN, .spare_bytes = KM_UNKNOWN, .managed_bytes = KM_UNKNOWN,
		.hidden_free_bytes = KM_UNKNOWN, .hidden_managed_bytes = KM_UNKNOWN,
	};
	for (enum km_part part = 0; part < KM_PARTS; part++)
		failed->parts[part] = KM_UNKNOWN;
	set_request(failed, like(failed, failures));
	if (!failed->mem)
		return failed;
	if (failed->mem->page_bytes != KM_UNKNOWN)
		failed->page_bytes = failed->mem->page_bytes;
	if (event->size_bytes == KM_UNKNOWN && event->order < 32 && event->kind != KM_KLOG_VMALLOC &&
	    !km_failure_is_page_fault(event))
		failed->request_bytes = km_num_mul(failed->page_bytes, 1ull << event->order);
	weigh(failed);
	return failed;
}

static void set_cause(struct km_failure *row, enum km_cause cause)
{
	row->cause_id = cause;
	row->cause = &km_failure_causes[cause].word;
}

static void derive_row(struct km_failure_case *failed, struct km_failure *row)
{
	km_row_init(&km_failure_type, row);
	row->basis = failed;
	derive_request(failed, row);
	derive_stack(failed, row);
	if (failed->mem)
		derive_memory(failed, row);
	derive_oom(failed, row);
	if (failed->event->kind == KM_KLOG_SLUB)
		derive_slab(failed, row);
	row->pool = failed->event->pool;
	row->pool_pages = failed->event->pool_pages;
	row->pool_free_pages = failed->event->pool_free_pages;
	row->pool_range_pages = failed->event->pool_range_pages;
	set_cause(row, km_failure_cause_of(failed));
}

static bool has_slab_frame(const struct km_klog_event *event)
{
	struct km_str *frame;

	km_array_each(frame, &event->frames)
		if (km_failure_is_slab(*frame))
			return true;
	return false;
}

/*
 * Removes the flags that a cache adds to its caller's mask, and those that it clears (k6.12:mm/slub.c
 * allocate_slab).
 */
static uint64_t essence_of(const struct km_failure_case *failed)
{
	static const char *const added[] = {
		"__GFP_COMP", "__GFP_ZERO", "__GFP_RECLAIMABLE", "__GFP_ACCOUNT", "__GFP_NOWARN", "__GFP_NORETRY",
		"__GFP_NOMEMALLOC", "__GFP_NOFAIL", "__GFP_DMA", "__GFP_DMA32", "__GFP_THISNODE", "__GFP_NOTRACK",
	};
	const struct km_klog_event *event = failed->event;
	struct km_gfp_kernel kernel;
	uint64_t mask = event->mode;
	uint32_t named;

	km_gfp_of_release(failed->pool, km_parse_release(failed->release), NULL, NULL, &kernel);
	if (event->mode_names.len && !km_gfp_encode(&kernel.variants[0], event->mode_names, &named, NULL))
		mask = named;
	if (mask == KM_UNKNOWN)
		return mask;
	for (size_t i = 0; i < sizeof(added) / sizeof(*added); i++)
		mask &= ~(uint64_t)km_gfp_bits(&kernel.variants[0], added[i]);
	return mask;
}

/* Whether a page allocator's report is about the pages for a slab of this cache. */
static bool is_same_request(const struct km_failure *slab, const struct km_failure *pages)
{
	const struct km_klog_event *event = slab->basis->event, *before = pages->basis->event;

	if (before->kind != KM_KLOG_PAGES || !km_str_eq(before->context, event->context))
		return false;
	if (event->min_order != KM_UNKNOWN && before->order != KM_UNKNOWN && event->min_order != before->order)
		return false;
	if (before->frames.len && !has_slab_frame(before))
		return false;
	return essence_of(slab->basis) == essence_of(pages->basis);
}

/*
 * A slab's report has no Mem-Info, but the page allocator's report of the same request just above it does.
 * Both have the same cause.
 */
static void borrow_cause(const struct km_failures *failures, struct km_failure *row, struct km_failure_case *failed)
{
	for (size_t i = failures->rows.len; i-- > 0;) {
		const struct km_failure *before = failures->rows.items[i];

		if (failed->event->sequence - before->basis->event->sequence > NEAR_LINES)
			return;
		if (!is_same_request(row, before))
			continue;
		failed->pages = before;
		set_cause(row, before->cause_id);
		row->caller = before->caller;
		row->task = before->task;
		row->release = before->release;
		return;
	}
}

void km_failures_next(struct km_failures *failures, struct km_pool *pool, struct km_failure *ret)
{
	const struct km_klog_event *event = failures->klog->events.items[failures->rows.len];
	struct km_failure_case *failed = case_of(failures, pool, event);

	derive_row(failed, ret);
	ret->source = failures->source;
	if (event->kind == KM_KLOG_SLUB)
		borrow_cause(failures, ret, failed);
	*km_array_push(&failures->rows) = ret;
}

size_t km_failures_spent(const struct km_failures *failures, uint64_t sequence)
{
	size_t len = 0;

	while (len + LIKE_ROWS < failures->rows.len &&
	       sequence - failures->rows.items[len]->basis->event->sequence > NEAR_LINES)
		len++;
	return len;
}

void km_failures_retire(struct km_failures *failures, size_t len)
{
	failures->rows.len -= len;
	if (len && failures->rows.len)
		memmove(failures->rows.items, failures->rows.items + len, failures->rows.len * sizeof(*failures->rows.items));
}

void km_failures_deinit(struct km_failures *failures)
{
	km_array_deinit(&failures->rows);
}

struct km_sheet km_failure_derive(struct km_pool *pool, const struct km_klog *klog, struct km_str source)
{
	struct km_failures failures = { .klog = klog, .source = source };
	struct km_failure *rows = km_pool_alloc(pool, klog->events.len, sizeof(*rows));

	for (size_t i = 0; i < klog->events.len; i++)
		km_failures_next(&failures, pool, &rows[i]);
	km_failures_deinit(&failures);
	return (struct km_sheet){ &km_failure_type, rows, klog->events.len, NULL };
}
