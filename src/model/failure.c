// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/failure-caller.h"
#include "model/failure-cause.h"
#include "model/zone.h"

/* How far above a slab's report its page allocator's may stand: that is some 80 lines long. */
enum { NEAR_LINES = 300, TASKS_SHOWN = 5 };

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_failure, line, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "LINE",
	  .brief = "line of the log at which the report begins", .explain = "The first line is 1.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_failure, source, KM_TEXT), .flags = KM_ID, .head = "SOURCE",
	  .brief = "the log that the report stands in", .explain = "A file's name as it was given, - for "
	  "standard input, dmesg for the kernel's own buffer.", .origin = "the command line" },
	{ KM_FIELD(struct km_failure, time, KM_TEXT), .flags = KM_SHOWN, .head = "TIME",
	  .brief = "when, as the log has it",
	  .explain = "Seconds since boot, or whatever date the program that kept the log put there.",
	  .origin = "the log's prefix" },
	{ KM_FIELD(struct km_failure, kind, KM_TEXT), .flags = KM_SHOWN, .head = "KIND",
	  .brief = "what sort of report it is", .explain = "Each word can be explained by itself.",
	  .origin = "the report's first line" },
	{ KM_FIELD(struct km_failure, task, KM_TEXT), .flags = KM_SHOWN, .head = "TASK",
	  .brief = "command of the task that ran when memory was asked for",
	  .explain = "Of a request from an interrupt it is whoever was interrupted.",
	  .origin = "the report's first line, Comm:" },
	{ KM_FIELD(struct km_failure, pid, KM_COUNT), .head = "PID", .brief = "process id of that task",
	  .explain = "", .origin = "PID:" },
	{ KM_FIELD(struct km_failure, release, KM_TEXT), .head = "RELEASE",
	  .brief = "kernel that printed the report", .explain = "The rules of that kernel are applied.",
	  .origin = "the line CPU:" },
	{ KM_FIELD(struct km_failure, order, KM_COUNT), .flags = KM_SHOWN, .head = "ORDER",
	  .brief = "order of the request: 2^order pages in one piece",
	  .explain = "Unknown where the report does not tell it; of an OOM kill by hand there is none.",
	  .origin = "order:" },
	{ KM_FIELD(struct km_failure, request_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "SIZE",
	  .brief = "memory that was asked for",
	  .explain = "The page size times 2^order; of vmalloc the size of the area, which is taken page by "
		     "page, where the report tells it: of an area that got some of its pages only these are "
		     "told since 5.13, in reason. The page size is told by the report's free lists.",
	  .origin = "computed; vmalloc: size" },
	{ KM_FIELD(struct km_failure, mask, KM_TEXT), .head = "MASK",
	  .brief = "GFP mask of the request, as a number",
	  .explain = "It means other flags on other kernels: flags has the names.", .origin = "mode:, gfp=" },
	{ KM_FIELD(struct km_failure, flags, KM_TEXT), .head = "FLAGS",
	  .brief = "GFP flags of the request, as the kernel names them",
	  .explain = "`kmeminfo explain GFP_KERNEL` and so on tell of each.", .origin = "mode:, gfp=" },
	{ KM_FIELD(struct km_failure, may_sleep, KM_TRI), .head = "SLEEPS",
	  .brief = "whether the request may reclaim memory itself, and wait",
	  .explain = "__GFP_DIRECT_RECLAIM.", .origin = "computed from the flags" },
	{ KM_FIELD(struct km_failure, highest_zone, KM_TEXT), .head = "UP-TO",
	  .brief = "highest zone that the request may use",
	  .explain = "By its flags, on the zones that this machine has. Lower zones are open to it as well.",
	  .origin = "computed from the flags" },
	{ KM_FIELD(struct km_failure, nodes, KM_TEXT), .head = "NODES",
	  .brief = "nodes that a memory policy or a cpuset leaves to the request",
	  .explain = "The nodemask of the request, else the nodes of the task's cpuset, which binds only "
		     "requests with __GFP_HARDWALL.",
	  .origin = "nodemask=, mems_allowed=" },
	{ KM_FIELD(struct km_failure, caller, KM_TEXT), .head = "CALLER",
	  .brief = "first function of the stack that is no allocator's",
	  .explain = "Who asked, as far as inlining leaves it to be seen.", .origin = "Call Trace" },
	{ KM_FIELD(struct km_failure, stack, KM_TEXTS), .head = "STACK",
	  .brief = "the stack, innermost first",
	  .explain = "Without the entries that the kernel itself doubts (?).", .origin = "Call Trace" },
	{ KM_FIELD(struct km_failure, cause, KM_TEXT), .flags = KM_SHOWN, .head = "CAUSE",
	  .brief = "why it failed", .explain = "Each word can be explained by itself.",
	  .origin = "computed from the zones" },
	{ KM_FIELD(struct km_failure, reason, KM_TEXT), .flags = KM_PROSE, .head = "REASON",
	  .brief = "why it failed, with the figures", .explain = "The zones have the arithmetic.",
	  .origin = "computed from the zones" },
	{ KM_FIELD(struct km_failure, advice, KM_TEXT), .flags = KM_PROSE, .head = "ADVICE",
	  .brief = "what would help", .explain = "By the cause alone.", .origin = "computed from the cause" },
	{ KM_FIELD(struct km_failure, zones, KM_ROWS), .head = "ZONES", .rows = &km_request_zone_type,
	  .brief = "what each zone had to offer", .explain = "Zones that the report shows.",
	  .origin = "Mem-Info" },
	{ KM_FIELD(struct km_failure, memory, KM_PAIRS), .head = "MEMORY",
	  .brief = "who had the machine's memory, in bytes",
	  .explain = "not_counted is what the report's counters leave: memory that the kernel's own users took "
		     "page by page, drivers and vmalloc above all. shmem is in anon. Counters lag a little.",
	  .origin = "computed from Mem-Info" },
	{ KM_FIELD(struct km_failure, cgroup, KM_TEXT), .head = "CGROUP",
	  .brief = "memory cgroup that was at its limit", .explain = "Its path below the root.",
	  .origin = "oom_memcg=" },
	{ KM_FIELD(struct km_failure, limit_bytes, KM_BYTES), .head = "LIMIT",
	  .brief = "the limit of that cgroup", .explain = "memory.max.", .origin = "memory: limit" },
	{ KM_FIELD(struct km_failure, usage_bytes, KM_BYTES), .head = "CHARGED",
	  .brief = "what that cgroup was charged", .explain = "memory.current.", .origin = "memory: usage" },
	{ KM_FIELD(struct km_failure, victim, KM_TEXT), .head = "VICTIM",
	  .brief = "process that the OOM killer ended", .explain = "The first, if there were more.",
	  .origin = "task=, Killed process" },
	{ KM_FIELD(struct km_failure, victim_pid, KM_COUNT), .head = "VICTIM-PID",
	  .brief = "process id of the victim", .explain = "", .origin = "Killed process" },
	{ KM_FIELD(struct km_failure, victim_bytes, KM_BYTES), .head = "FREED",
	  .brief = "resident memory of the victim",
	  .explain = "Shared pages included: an upper bound of what its end frees.",
	  .origin = "anon-rss, file-rss, shmem-rss" },
	{ KM_FIELD(struct km_failure, victims, KM_COUNT), .head = "VICTIMS",
	  .brief = "processes that were killed", .explain = "More than one with memory.oom.group.",
	  .origin = "Killed process" },
	{ KM_FIELD(struct km_failure, tasks, KM_PAIRS), .head = "TASKS",
	  .brief = "processes with the most resident memory, in bytes",
	  .explain = "The first of those that the OOM killer looked at.",
	  .origin = "Tasks state" },
	{ KM_FIELD(struct km_failure, cache, KM_TEXT), .head = "CACHE",
	  .brief = "slab cache that could not grow", .explain = "Of merged caches one name is told.",
	  .origin = "cache:" },
	{ KM_FIELD(struct km_failure, object_bytes, KM_BYTES), .head = "OBJECT",
	  .brief = "size of its objects", .explain = "As they were asked for.", .origin = "object size:" },
	{ KM_FIELD(struct km_failure, complete, KM_TRI), .head = "COMPLETE",
	  .brief = "whether the end of the report is there",
	  .explain = "A log that was cut off, or a ring buffer that ran over, leaves parts.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_failure_type = {
	.name = "events",
	.brief = "requests for memory that failed, in a kernel's log",
	.explain = "Page allocation failures, OOM kills, caches and vmalloc areas that could not be served.",
	.fields = fields,
	.row_size = sizeof(struct km_failure),
};

static void derive_asked(const struct km_failure_case *known, struct km_failure *row)
{
	const struct km_klog_event *event = known->event;

	row->line = event->line;
	row->time = event->stamp;
	row->kind = km_str_from(km_failure_kinds[event->kind].key);
	row->task = event->task;
	row->pid = event->pid;
	row->release = event->release;
	row->order = event->order;
	row->request_bytes = known->request_bytes;
	if (event->mode != KM_UNKNOWN)
		row->mask = km_pool_printf(known->pool, "0x%llx", (unsigned long long)event->mode);
	row->flags = event->mode_names;
	row->nodes = event->nodemask.ptr ? event->nodemask : event->mems_allowed;
	row->complete = event->complete ? KM_TRI_YES : KM_TRI_NO;
	if (!known->request.known)
		return;
	row->may_sleep = known->request.facts.sleeps ? KM_TRI_YES : KM_TRI_NO;
	row->highest_zone = km_zone_rank_name(known->mem ? known->zones.highest : known->request.zone);
}

static void derive_stack(const struct km_failure_case *known, struct km_failure *row)
{
	const struct km_klog_event *event = known->event;
	struct km_str *frame;

	row->stack = (struct km_texts){ event->frames.items, event->frames.len };
	km_array_each(frame, &event->frames)
		if (!km_failure_is_allocator(*frame)) {
			row->caller = *frame;
			return;
		}
}

/* The largest first. */
static void derive_tasks(const struct km_failure_case *known, struct km_failure *row)
{
	const struct km_klog_event *event = known->event;
	struct km_pair *top = km_pool_alloc(known->pool, TASKS_SHOWN + 1, sizeof(*top));
	const struct km_klog_task *task;
	size_t len = 0;

	km_array_each(task, &event->tasks) {
		size_t at = len;

		while (at && top[at - 1].value < task->rss_pages) {
			top[at] = top[at - 1];
			at--;
		}
		top[at] = (struct km_pair){ task->name, task->rss_pages };
		len = len < TASKS_SHOWN ? len + 1 : len;
	}
	for (size_t i = 0; i < len; i++)
		top[i].value = km_num_mul(top[i].value, known->mem ? known->mem->page_bytes : KM_UNKNOWN);
	row->tasks = (struct km_pairs){ top, len };
}

static void derive_oom(const struct km_failure_case *known, struct km_failure *row)
{
	const struct km_klog_event *event = known->event;

	row->cgroup = event->memcg;
	row->limit_bytes = km_num_mul(event->limit_kib, 1024);
	row->usage_bytes = km_num_mul(event->usage_kib, 1024);
	row->victim = event->victim;
	row->victim_pid = event->victim_pid;
	row->victim_bytes = km_num_mul(event->victim_kib, 1024);
	if (event->kind == KM_KLOG_OOM && event->complete)
		row->victims = event->victims;
	derive_tasks(known, row);
}

/* A report's figures are in KiB. */
static void weigh(struct km_failure_case *known)
{
	const struct km_klog_mem *mem = known->mem;
	const struct km_supply supply = {
		.zones = km_zone_derive(known->pool, &mem->zoneinfo, 1024, true),
		.buddyinfo = &mem->buddyinfo,
		.blocks = mem->blocks.items,
		.page_bytes = mem->page_bytes,
	};

	known->zones = km_request_zones_of(known->pool, &supply, &known->request);
	km_failure_memory(known);
}

static void derive_row(struct km_pool *pool, const struct km_klog *klog, const struct km_klog_event *event,
		       struct km_failure *row)
{
	struct km_failure_case known = {
		.pool = pool, .event = event,
		.mem = event->mem == SIZE_MAX ? NULL : &klog->mems.items[event->mem],
		.request = km_request_of(pool, event->mode_names, event->mode, event->release),
		.request_bytes = event->size_bytes,
		.held_bytes = KM_UNKNOWN, .spare_bytes = KM_UNKNOWN, .managed_bytes = KM_UNKNOWN,
		.hidden_free_bytes = KM_UNKNOWN, .hidden_managed_bytes = KM_UNKNOWN,
	};
	enum km_cause cause;

	km_row_init(&km_failure_type, row);
	known.request.order = event->order;
	known.request.nodemask = event->nodemask;
	known.request.mems_allowed = event->mems_allowed;
	if (known.mem) {
		if (event->size_bytes == KM_UNKNOWN && event->order < 32)
			known.request_bytes = km_num_mul(known.mem->page_bytes, 1ull << event->order);
		weigh(&known);
		row->zones = (struct km_rows){ known.zones.rows, known.zones.len };
		row->memory = known.memory;
	}
	derive_asked(&known, row);
	derive_stack(&known, row);
	derive_oom(&known, row);
	row->cache = event->cache;
	row->object_bytes = event->object_bytes;
	cause = km_failure_cause_of(&known);
	row->cause = km_str_from(km_failure_causes[cause].topic.key);
	row->reason = km_failure_reason(&known, cause);
	row->advice = km_str_from(km_failure_causes[cause].advice);
}

/*
 * A slab's report has no Mem-Info: the page allocator's of the same task, just above, has. Its
 * cause is the slab's.
 */
static void borrow_cause(struct km_pool *pool, const struct km_klog *klog, size_t at, struct km_failure *rows)
{
	const struct km_klog_event *events = klog->events.items;

	for (size_t i = at; i-- > 0 && events[at].line - events[i].line <= NEAR_LINES;) {
		if (events[i].kind != KM_KLOG_PAGES || !km_str_eq(events[i].context, events[at].context))
			continue;
		rows[at].cause = rows[i].cause;
		rows[at].advice = rows[i].advice;
		rows[at].caller = rows[i].caller;
		rows[at].task = rows[i].task;
		rows[at].release = rows[i].release;
		rows[at].reason = km_pool_printf(pool, "The pages for another slab were refused: see line %llu.",
						 (unsigned long long)events[i].line);
		return;
	}
}

struct km_sheet km_failure_derive(struct km_pool *pool, const struct km_klog *klog, struct km_str source)
{
	struct km_failure *rows = km_pool_alloc(pool, klog->events.len, sizeof(*rows));

	for (size_t i = 0; i < klog->events.len; i++) {
		derive_row(pool, klog, &klog->events.items[i], &rows[i]);
		rows[i].source = source;
		if (klog->events.items[i].kind == KM_KLOG_SLUB)
			borrow_cause(pool, klog, i, rows);
	}
	return (struct km_sheet){ &km_failure_type, rows, klog->events.len, NULL };
}
