// SPDX-License-Identifier: GPL-2.0
/*
 * Runs a probe: prepares, allocates, examines and frees, as often as requested, and times the
 * calls.
 */
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/ktime.h>
#include <linux/log2.h>
#include <linux/memory_hotplug.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include "compat.h"
#include "probe-facts.h"
#include "probe-rules.h"
#include "probe-run.h"
#include "settings.h"
#include "slab-name.h"
#include "zone.h"

#define DIRT 0xa5
#define SCATTER_MAX 4096	/* pages */

struct run {
	struct kmeminfo_probe *probe;
	struct km_request req;
	u32 repeat;
	struct km_piece *pieces;	/* one; with KMEMINFO_PREPARE_HOLD one per repetition */
	u64 *alloc_ns, *free_ns;	/* of the granted repetitions */
	u32 freed;			/* number of values in free_ns */
	struct page **scattered;
	unsigned int n_scattered;
};

static void take_timed(const struct km_request *req, struct km_piece *ret, u64 *ret_ns)
{
	u64 began = ktime_get_ns();

	req->api->take(req, ret);
	*ret_ns = ktime_get_ns() - began;
}

/* A call that is made in an interrupt while the task waits. */
struct errand {
	struct tasklet_struct tasklet;
	struct irq_work work;
	const struct km_request *req;
	struct km_piece *piece;
	u64 *ns;
};

static void run_softirq(struct tasklet_struct *tasklet)
{
	struct errand *errand = container_of(tasklet, struct errand, tasklet);

	take_timed(errand->req, errand->piece, errand->ns);
}

static void run_hardirq(struct irq_work *work)
{
	struct errand *errand = container_of(work, struct errand, work);

	take_timed(errand->req, errand->piece, errand->ns);
}

/* The errand lies on the stack: both ways return only when the call is complete. */
static void take_where(const struct km_request *req, struct km_piece *ret, u64 *ret_ns)
{
	struct errand errand = { .req = req, .piece = ret, .ns = ret_ns };

	if (req->softirq) {
		tasklet_setup(&errand.tasklet, run_softirq);
		tasklet_schedule(&errand.tasklet);
		tasklet_kill(&errand.tasklet);
	} else if (req->hardirq) {
		init_irq_work(&errand.work, run_hardirq);
		irq_work_queue(&errand.work);
		irq_work_sync(&errand.work);
	} else {
		take_timed(req, ret, ret_ns);
	}
}

/* Makes one allocation and examines it; false if the allocator returned no memory. */
static bool piece_take(const struct km_request *req, struct km_piece *ret, u64 *ret_ns)
{
	*ret = (struct km_piece){ .usable = KMEMINFO_UNKNOWN };
	if (req->api->prepare && !req->api->prepare(req, ret))
		return false;
	take_where(req, ret, ret_ns);
	if (!km_piece_got(ret)) {
		req->api->give(req, ret);
		return false;
	}
	req->api->measure(req, ret);
	return true;
}

/*
 * Leaves dirty memory for the next allocation. Returns its start; the frame is NULL if there was
 * none.
 */
static struct km_start leave_dirt(const struct km_request *req)
{
	struct km_start start = { };
	struct km_piece piece;
	u64 ns;

	if (piece_take(req, &piece, &ns)) {
		start = km_piece_start(&piece);
		km_piece_fill(&piece, DIRT);
		req->api->give(req, &piece);
	}
	return start;
}

static void look_for_dirt(struct kmeminfo_probe *probe, const struct km_piece *piece,
			  struct km_start dirt)
{
	struct km_start start = km_piece_start(piece);
	bool zero = km_piece_is_zero(piece), recycled;

	km_tally(probe, KMEMINFO_FACT_ZEROED, zero);
	if (!dirt.frame)
		return;
	recycled = start.frame == dirt.frame && start.offset == dirt.offset;
	km_tally(probe, KMEMINFO_FACT_RECYCLED, recycled);
	if (recycled && !want_init_on_alloc(0) && !want_init_on_free())
		km_tally(probe, KMEMINFO_FACT_CLEANED, zero);
}

/* A freed frame's memory may go offline at once, and its struct page with it (walk.c). */
static void look_if_freed(struct kmeminfo_probe *probe, unsigned long number)
{
	struct page *frame;

	rcu_read_lock();
	frame = pfn_to_online_page(number);
	if (frame)
		km_tally(probe, KMEMINFO_FACT_FREED, km_frame_is_free(frame));
	rcu_read_unlock();
}

/* Frees a piece, and checks that it is free. */
static void piece_give(struct run *run, struct km_piece *piece)
{
	struct page *frame = km_piece_start(piece).frame;
	bool in_use = frame && !(run->req.api->traits & KM_API_PERCPU) && !km_frame_is_free(frame) &&
		      !PageSlab(compound_head(frame));
	unsigned long number = in_use ? page_to_pfn(frame) : 0;
	u64 began = ktime_get_ns();

	run->req.api->give(&run->req, piece);
	run->free_ns[run->freed++] = ktime_get_ns() - began;
	if (piece->watched)
		km_tally(run->probe, KMEMINFO_FACT_RELEASED, piece->released);
	if (in_use)
		look_if_freed(run->probe, number);
}

/* Makes all repetitions; -EINTR if the caller was killed meanwhile. */
static int repeat(struct run *run)
{
	bool hold = run->probe->prepare & KMEMINFO_PREPARE_HOLD;
	struct kmeminfo_probe *probe = run->probe;
	u32 i;

	for (i = 0; i < run->repeat && !fatal_signal_pending(current); i++) {
		struct km_piece *piece = &run->pieces[hold ? probe->granted : 0];
		struct km_start dirt = { };

		if (probe->prepare & KMEMINFO_PREPARE_DIRTY)
			dirt = leave_dirt(&run->req);
		if (piece_take(&run->req, piece, &run->alloc_ns[probe->granted])) {
			probe->granted++;
			km_piece_look(probe, &run->req, piece);
			look_for_dirt(probe, piece, dirt);
			if (!hold)
				piece_give(run, piece);
		}
		cond_resched();
	}
	for (i = 0; hold && i < probe->granted; i++)
		piece_give(run, &run->pieces[i]);
	return fatal_signal_pending(current) ? -EINTR : 0;
}

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* Fills *ret from n durations, and sorts ns. */
static void latency(struct kmeminfo_latency *ret, u64 *ns, u32 n)
{
	u32 i;

	memset(ret, 0, sizeof(*ret));
	ret->min_ns = ret->median_ns = ret->p99_ns = ret->max_ns = KMEMINFO_UNKNOWN;
	if (!n)
		return;
	sort(ns, n, sizeof(*ns), compare, NULL);
	ret->min_ns = ns[0];
	ret->median_ns = ns[n / 2];
	ret->p99_ns = ns[n - 1 - n / 100];
	ret->max_ns = ns[n - 1];
	for (i = 0; i < n; i++)
		ret->log2[min_t(u32, ns[i] ? ilog2(ns[i]) : 0, ARRAY_SIZE(ret->log2) - 1)]++;
}

/*
 * Allocates single pages and frees every second one, so that free memory is fragmented. They, too,
 * leave the high watermarks free (check_amount()), and leave free what the request needs.
 */
static void scatter(struct run *run)
{
	u64 wanted = 2 * (run->req.bytes >> PAGE_SHIFT) + 2;
	u64 room = km_zones_room(GFP_KERNEL, NUMA_NO_NODE), needed = run->req.total >> PAGE_SHIFT;
	unsigned int i;

	wanted = min(wanted, room > needed ? room - needed : 0);
	run->n_scattered = min3(wanted, (u64)SCATTER_MAX, (u64)km_max_bytes() >> PAGE_SHIFT);
	run->scattered = kvcalloc(run->n_scattered, sizeof(*run->scattered), GFP_KERNEL | __GFP_NOWARN);
	if (!run->scattered)
		return;
	for (i = 0; i < run->n_scattered; i++)
		run->scattered[i] = alloc_page(GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY);
	for (i = 0; i < run->n_scattered; i += 2) {
		if (run->scattered[i])
			__free_page(run->scattered[i]);
		run->scattered[i] = NULL;
	}
}

static void gather(struct run *run)
{
	unsigned int i;

	for (i = 0; run->scattered && i < run->n_scattered; i++)
		if (run->scattered[i])
			__free_page(run->scattered[i]);
	kvfree(run->scattered);
}

/* Makes the objects that all repetitions share; false if one cannot be made. */
static bool shared_make(struct km_request *req)
{
	if (req->api->traits & KM_API_CACHE) {
		req->cache = km_slab_cache_new(KM_OWN_CACHE, req->bytes);
		return req->cache;
	}
	if (req->api->traits & KM_API_DMA) {
		req->device = km_device_new();
		return req->device;
	}
	return true;
}

static void shared_end(struct km_request *req)
{
	kmem_cache_destroy(req->cache);
	if (req->device)
		platform_device_unregister(req->device);
}

/* Fills the answers that the rules give before the first call. */
static void answer_rules(struct kmeminfo_probe *probe, const struct km_request *req)
{
	unsigned int traits = req->api->traits;
	bool blocks = gfpflags_allow_blocking(req->gfp);

	if (KM_VMALLOC_SLEEPS && traits & KM_API_VMALLOC && !(traits & KM_API_SLAB))
		blocks = true;
	km_tally(probe, KMEMINFO_FACT_MAY_BLOCK, blocks);
	probe->gfp_used = (__force u32)req->gfp;
	if (!(traits & (KM_API_PERCPU | KM_API_DMA)))
		probe->want_zone = km_gfp_zone(req->gfp);
}

static enum kmeminfo_reason why_denied(const struct km_request *req)
{
	unsigned int kind = req->api->traits & (KM_API_SLAB | KM_API_VMALLOC);

	if (kind == KM_API_SLAB && req->bytes > KMALLOC_MAX_SIZE)
		return KMEMINFO_REASON_KMALLOC_MAX;
	return KMEMINFO_REASON_NOTHING;
}

static int run_prepared(struct run *run)
{
	struct kmeminfo_probe *probe = run->probe;
	int err;

	if (probe->prepare & KMEMINFO_PREPARE_SCATTER)
		scatter(run);
	err = repeat(run);
	gather(run);
	latency(&probe->alloc, run->alloc_ns, probe->granted);
	latency(&probe->free, run->free_ns, run->freed);
	if (probe->granted < run->repeat)
		probe->reason = why_denied(&run->req);
	return err;
}

int km_probe_run(struct kmeminfo_probe *probe)
{
	struct run run = { .probe = probe, .repeat = max(probe->repeat, 1U) };
	u32 pieces = probe->prepare & KMEMINFO_PREPARE_HOLD ? run.repeat : 1;
	int err = -ENOMEM;

	probe->usable_bytes = probe->pages = KMEMINFO_UNKNOWN;
	probe->runs_min = probe->runs_max = KMEMINFO_UNKNOWN;
	probe->want_zone = probe->order = -1;
	probe->align_log2 = ~0U;
	if (!probe->reason)
		probe->reason = km_request_check(&run.req, probe);
	latency(&probe->alloc, NULL, 0);
	latency(&probe->free, NULL, 0);
	if (probe->reason)
		return 0;
	answer_rules(probe, &run.req);
	run.pieces = kvcalloc(pieces, sizeof(*run.pieces), GFP_KERNEL);
	run.alloc_ns = kvcalloc(run.repeat, sizeof(*run.alloc_ns), GFP_KERNEL);
	run.free_ns = kvcalloc(run.repeat, sizeof(*run.free_ns), GFP_KERNEL);
	if (!run.pieces || !run.alloc_ns || !run.free_ns)
		goto out;
	err = 0;
	if (shared_make(&run.req))
		err = run_prepared(&run);
	else
		probe->reason = KMEMINFO_REASON_SETUP;
	shared_end(&run.req);
out:
	kvfree(run.free_ns);
	kvfree(run.alloc_ns);
	kvfree(run.pieces);
	return err;
}
