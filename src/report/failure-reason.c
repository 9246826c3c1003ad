// SPDX-License-Identifier: GPL-2.0-or-later
/* The cause of a failed request in sentences, with the figures of the report. */
#include "model/prediction.h"
#include "report/failure-reason.h"

static const char *size(const struct km_failure_case *known, uint64_t bytes)
{
	return km_prediction_size(known->pool, bytes);
}

static const char *place(const struct km_failure_case *known, const struct km_request_zone *zone)
{
	return km_prediction_place(known->pool, zone).ptr;
}

/* The same where a sentence begins. */
static const char *first_place(const struct km_failure_case *known, const struct km_request_zone *zone)
{
	return km_pool_printf(known->pool, "N%s", place(known, zone) + 1).ptr;
}

#define say(known, ...) km_pool_printf((known)->pool, __VA_ARGS__)

/* Two sentences; either may be empty. */
static struct km_str join(const struct km_failure_case *known, struct km_str first, struct km_str second)
{
	if (!first.len || !second.len)
		return first.len ? first : second;
	return say(known, "%.*s %.*s", KM_STR_ARG(first), KM_STR_ARG(second));
}

const char *km_part_name(enum km_part part)
{
	static const char *const names[KM_PARTS] = {
		[KM_PART_ANON] = "anonymous memory of processes",
		[KM_PART_SHMEM] = "tmpfs and shared memory",
		[KM_PART_FILE] = "file pages",
		[KM_PART_UNEVICTABLE] = "locked (unevictable) memory",
		[KM_PART_SLAB_RECLAIMABLE] = "reclaimable slab",
		[KM_PART_SLAB_UNRECLAIMABLE] = "unreclaimable slab",
		[KM_PART_MISC_RECLAIMABLE] = "other reclaimable kernel memory",
		[KM_PART_PAGE_TABLES] = "page tables",
		[KM_PART_BOUNCE] = "bounce buffers",
		[KM_PART_PCP] = "per-CPU lists",
		[KM_PART_FREE] = "free memory",
		[KM_PART_STACKS] = "kernel stacks",
		[KM_PART_HUGE_PAGES] = "the huge page pool",
		[KM_PART_GPU] = "buffers of GPU drivers",
		[KM_PART_BALLOON] = "the balloon of the hypervisor",
		[KM_PART_UNCOUNTED] = "memory that no counter of the report covers (drivers, vmalloc, per-CPU areas)",
	};

	return names[part];
}

enum km_part km_failure_largest(const struct km_failure_case *known)
{
	enum km_part best = KM_PARTS;

	for (enum km_part part = 0; part < KM_PARTS; part++)
		if (part != KM_PART_FREE && part != KM_PART_PCP && known->parts[part] != KM_UNKNOWN &&
		    known->parts[part] && (best == KM_PARTS || known->parts[part] > known->parts[best]))
			best = part;
	return best;
}

/* ", minus 58.6 MiB watermark": a term of the arithmetic, unless it is 0 */
static struct km_str term(const struct km_failure_case *known, uint64_t bytes, const char *name)
{
	return bytes && bytes != KM_UNKNOWN ? say(known, ", minus %s %s", size(known, bytes), name) : KM_STR("");
}

/* What a zone lacks or has left, as the table has it. */
static struct km_str arithmetic(const struct km_failure_case *known, const struct km_request_zone *zone)
{
	uint64_t boost = km_failure_boost(known, zone), missing = (uint64_t)-zone->available_bytes;
	struct km_str unusable = term(known, zone->unusable_bytes, "that this request may not use");
	struct km_str reserve = term(known, zone->lowmem_reserve_bytes, "reserve for other requests");
	struct km_str boosted = boost ? say(known, " (%s of it a temporary boost)", size(known, boost)) : KM_STR("");
	const char *watermark = known->request.high_watermark ? "high watermark" : "watermark";
	struct km_str mark = term(known, zone->watermark_bytes, watermark);

	return say(known, "%s has %s free%.*s%.*s%.*s%.*s: %s", place(known, zone), size(known, zone->free_bytes),
		   KM_STR_ARG(unusable), KM_STR_ARG(mark), KM_STR_ARG(mark.len ? boosted : KM_STR("")),
		   KM_STR_ARG(reserve),
		   zone->available_bytes ? say(known, "%s short", size(known, missing)).ptr : "nothing is left");
}

/* Never says more than the table: every allowed zone is below only where no other verdict is among them. */
static struct km_str shortage(const struct km_failure_case *known)
{
	const struct km_request_zones *zones = &known->zones;
	const struct km_request_zone *zone = zones->nearest;
	bool all = !zones->count[KM_VERDICT_OPEN] && !zones->count[KM_VERDICT_NO_BLOCK] &&
		   !zones->count[KM_VERDICT_ORDER_MARK] && !zones->count[KM_VERDICT_UNKNOWN];

	if (!zone || zone->available_bytes == KM_UNKNOWN_DELTA)
		return KM_STR("");
	return say(known, "%s Closest: %.*s.",
		   all ? "Every zone that the request may use is at or below its watermark." :
			 "Zones that the request may use are at or below their watermark.",
		   KM_STR_ARG(arithmetic(known, zone)));
}

static struct km_str swap_state(const struct km_failure_case *known)
{
	uint64_t total = km_num_mul(known->mem ? known->mem->swap_total_kib : KM_UNKNOWN, 1024);
	uint64_t free = km_num_mul(known->mem ? known->mem->swap_free_kib : KM_UNKNOWN, 1024);

	if (total == KM_UNKNOWN || (total && free == KM_UNKNOWN))
		return KM_STR("");
	if (!total)
		return KM_STR("There is no swap.");
	return say(known, "%s of %s swap is free.", size(known, free), size(known, total));
}

/* "Unreclaimable slab has 3.05 GiB of 3.81 GiB." */
static struct km_str largest(const struct km_failure_case *known)
{
	enum km_part part = km_failure_largest(known);

	if (part == KM_PARTS || known->managed_bytes == KM_UNKNOWN)
		return KM_STR("");
	return say(known, "Largest user: %s, %s of %s.", km_part_name(part), size(known, known->parts[part]),
		   size(known, known->managed_bytes));
}

static struct km_str killed_for(const struct km_failure_case *known)
{
	return known->request.known ? KM_STR("") :
		KM_STR("The request is unknown, so the zones are not compared with it. The kernel killed a process "
		       "because it found no memory for it.");
}

static struct km_str shortage_reason(const struct km_failure_case *known)
{
	if (known->event->kind == KM_KLOG_PERCPU)
		return KM_STR("The kernel found no pages for another part of a per-CPU area.");
	return join(known, join(known, shortage(known), killed_for(known)),
		    join(known, largest(known), swap_state(known)));
}

static struct km_str held_reason(const struct km_failure_case *known)
{
	struct km_str held = say(known, "The kernel holds %s of %s and cannot free it.", size(known, known->held_bytes),
				 size(known, known->managed_bytes));

	return join(known, join(known, shortage(known), killed_for(known)), join(known, held, largest(known)));
}

/* A part that is the cause by itself. */
static struct km_str part_reason(const struct km_failure_case *known, enum km_part part)
{
	const char *name = km_part_name(part);
	struct km_str has = say(known, "%c%s: %s of %s.", name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0],
				name + 1, size(known, known->parts[part]), size(known, known->managed_bytes));

	return join(known, join(known, shortage(known), killed_for(known)), join(known, has, swap_state(known)));
}

static struct km_str no_wait_reason(const struct km_failure_case *known)
{
	return join(known, shortage(known),
		    say(known, "The request may not sleep, so it could not wait until %s of page cache and slab were "
			"reclaimed.", size(known, known->spare_bytes)));
}

static struct km_str boost_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = km_failure_zone_but_for(known, KM_CAUSE_BOOST);

	return say(known, "Every zone that the request may use is at or below its watermark. Without the boost one would have served "
		   "it: %.*s.", KM_STR_ARG(arithmetic(known, zone)));
}

/* Types of blocks that are free and not for this request. */
static struct km_str reserved_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = km_failure_zone_but_for(known, KM_CAUSE_RESERVED);

	if (!zone)
		zone = known->zones.fullest;
	if (zone->reason != KM_VERDICT_BELOW_MARK)
		return say(known, "%s has %s free, but only in blocks of types that this request may not use (%.*s).",
			   first_place(known, zone), size(known, zone->free_bytes), KM_STR_ARG(zone->types));
	return say(known, "Every zone that the request may use is at or below its watermark. One has enough, but in blocks of the "
		   "highatomic reserve or CMA, which this request may not use: %.*s.", KM_STR_ARG(arithmetic(known, zone)));
}

/* Only what the flags allow: whether it was really tried, no report says. */
static const char *compaction(const struct km_failure_case *known)
{
	uint64_t release = km_parse_release(known->release);

	if (!known->request.order)
		return "";
	if (!known->request.facts.sleeps)
		return " The request may not sleep, so the kernel does not compact memory for it.";
	if (!known->request.facts.io)
		return " The request may not start I/O, so the kernel does not compact memory for it.";
	if (release < KM_RELEASE(2, 6))
		return "";
	return " The request allows compaction; it was deferred, or found nothing that it could move.";
}

/* " Largest by type: Unmovable 32.0 KiB, Movable 16.0 KiB."; empty where types are not reported. */
static struct km_str by_type(const struct km_failure_case *known, const struct km_pairs *pairs)
{
	struct km_str text = KM_STR("");

	for (size_t i = 0; i < pairs->len; i++)
		text = say(known, "%.*s%s%.*s %s", KM_STR_ARG(text), i ? ", " : " Largest by type: ",
			   KM_STR_ARG(pairs->items[i].name), size(known, pairs->items[i].value));
	return text.len ? say(known, "%.*s.", KM_STR_ARG(text)) : text;
}

static struct km_str fragmented_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = known->zones.fullest;
	struct km_str needs = say(known, "The request needs %s of contiguous memory.", size(known, known->request_bytes));
	struct km_str has = say(known, "%s has %s free, %s%s above its watermark", first_place(known, zone),
				size(known, zone->free_bytes), zone->available_bytes > 0 ? "" : "at most ",
				size(known, (uint64_t)(zone->available_bytes > 0 ? zone->available_bytes :
						       zone->available_most_bytes)));

	if (zone->largest_bytes >= known->request_bytes && zone->largest_bytes != KM_UNKNOWN)
		return say(known, "%.*s %.*s, but too little of it in blocks of that size and larger: up to 4.3 the kernel "
			   "keeps some of them back.%s", KM_STR_ARG(needs), KM_STR_ARG(has), compaction(known));
	return say(known, "%.*s %.*s, but the largest block that this request may use is %s%s%.*s%s.%.*s%s",
		   KM_STR_ARG(needs), KM_STR_ARG(has), size(known, zone->largest_bytes),
		   zone->types.len ? " (larger ones are of the types " : "", KM_STR_ARG(zone->types),
		   zone->types.len ? ")" : "", KM_STR_ARG(by_type(known, &zone->largest_by_type)), compaction(known));
}

static struct km_str zone_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = known->zones.better_zone;
	struct km_str flags = say(known, "The flags allow zones up to %.*s.",
				  KM_STR_ARG(km_zone_rank_name(known->zones.highest)));
	struct km_str other = zone ?
		say(known, "A higher zone has memory: %s has %s free.", place(known, zone), size(known, zone->free_bytes)) :
		say(known, "Zones that the report leaves out have %s of %s free.", size(known, known->hidden_free_bytes),
		    size(known, known->hidden_managed_bytes));

	return join(known, join(known, flags, shortage(known)), other);
}

static struct km_str node_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = known->zones.better_node;
	struct km_str who = known->request.this_node && !zone ?
		KM_STR("The request is for one node (__GFP_THISNODE), which the report does not name.") :
		KM_STR("The request may use only some nodes.");
	struct km_str other = zone ? say(known, "Another node has memory: %s has %s free.", place(known, zone),
					 size(known, zone->free_bytes)) : KM_STR("");

	return join(known, join(known, who, shortage(known)), other);
}

static struct km_str cpuset_reason(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;

	return join(known, say(known, "The task's cpuset, %.*s, allows memory of node %.*s only.",
			       KM_STR_ARG(event->cpuset), KM_STR_ARG(event->mems_allowed)), shortage(known));
}

static const char *limit_name(const struct km_klog_event *event, const struct km_klog_limit *limit)
{
	if (limit == &event->memory_swap)
		return "memory and swap";
	return limit == &event->kernel ? "kernel memory" : "memory";
}

/* The counter of the cgroup that has most, for people. */
static struct km_str charged_for(const struct km_failure_case *known)
{
	static const struct {
		const char *names[2]; /* cgroup v2, v1 */
		const char *what;
	} counters[] = {
		{ { "shmem", "shmem" }, "tmpfs and shared memory" }, { { "anon", "rss" }, "anonymous memory" },
		{ { "file", "cache" }, "file pages" },
	};
	uint64_t most = km_failure_kernel_charge(known->event);
	const char *what = "kernel memory";

	if (most == KM_UNKNOWN)
		most = 0;
	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++)
		for (size_t j = 0; j < 2; j++) {
			uint64_t bytes = km_failure_charge(known->event, counters[i].names[j]);

			if (bytes == KM_UNKNOWN || bytes <= most)
				continue;
			most = bytes;
			what = counters[i].what;
		}
	return most ? say(known, "Largest part: %s, %s.", what, size(known, most)) : KM_STR("");
}

static struct km_str cgroup_reason(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;
	const struct km_klog_limit *limit = km_failure_limit(event);
	struct km_str name = event->memcg.len ? event->memcg : KM_STR("(not named in the report)"), reached, task;

	if (limit->limit_kib == KM_UNKNOWN)
		return KM_STR("A memory cgroup reached its limit. The report with its name and limit is missing.");
	reached = say(known, "The memory cgroup %.*s uses %s of its limit of %s (%s).", KM_STR_ARG(name),
		      size(known, km_num_mul(limit->usage_kib, 1024)), size(known, km_num_mul(limit->limit_kib, 1024)),
		      limit_name(event, limit));
	task = event->task_memcg.len && !km_str_eq(event->task_memcg, event->memcg) ?
		say(known, "The victim was in %.*s.", KM_STR_ARG(event->task_memcg)) : KM_STR("");
	return join(known, join(known, reached, task),
		    join(known, charged_for(known), KM_STR("The machine itself need not be short of memory.")));
}

static struct km_str exceeds_reason(const struct km_failure_case *known)
{
	uint64_t ram = km_num_mul(known->mem ? known->mem->ram_pages : KM_UNKNOWN, known->page_bytes);

	if (ram == KM_UNKNOWN)
		return say(known, "The request of %s exceeds the memory of the machine.",
			   size(known, known->event->size_bytes));
	return say(known, "The request of %s exceeds the memory of the machine, %s.",
		   size(known, known->event->size_bytes), size(known, ram));
}

static struct km_str addresses_reason(const struct km_failure_case *known)
{
	if (known->event->size_bytes == KM_UNKNOWN)
		return KM_STR("The kernel's vmalloc address range has no gap of the requested size. Memory was not requested "
			      "yet.");
	return say(known, "The kernel's vmalloc address range has no gap of %s. Memory was not requested yet.",
		   size(known, known->event->size_bytes));
}

static struct km_str too_large_reason(const struct km_failure_case *known)
{
	if (km_str_find(known->event->warning_function, KM_STR("kvmalloc")) >= 0)
		return KM_STR("The caller requested more than 2 GiB less one byte (INT_MAX) from kvmalloc(), which refuses that "
			      "before it looks for memory.");
	if (km_str_find(known->event->warning_function, KM_STR("kmalloc_slab")) >= 0)
		return KM_STR("The size exceeds the largest kmalloc cache. kmalloc() refuses that before it looks for memory.");
	return KM_STR("The order exceeds the maximum of the page allocator, which refuses that before it looks at any zone. "
		      "The report does not contain the order.");
}

static struct km_str transient_reason(const struct km_failure_case *known)
{
	const char *when = known->event->kind == KM_KLOG_OOM ?
		"At the time of the report a zone that the request may use had enough memory even above its high watermark: "
		"memory was freed after the kernel's last attempt." :
		"At the time of the report a zone that the request may use had enough memory: memory was freed, or came back "
		"from per-CPU lists, after the failure.";

	return km_str_from(when);
}

static struct km_str area_reason(const struct km_failure_case *known, bool busy)
{
	const struct km_klog_event *event = known->event;
	struct km_str area, free;

	if (event->kind == KM_KLOG_PERCPU)
		return KM_STR("The per-CPU chunk that is reserved for modules has no room for the variable.");
	area = event->pool.len ? say(known, "The CMA area %.*s", KM_STR_ARG(event->pool)) : KM_STR("A CMA area");
	free = event->pool_pages == KM_UNKNOWN ? KM_STR("") :
		say(known, "%llu of its %llu pages are free.", (unsigned long long)event->pool_free_pages,
		    (unsigned long long)event->pool_pages);
	return join(known, say(known, busy ?
			       "%.*s could not serve %llu contiguous pages: pages in the way are in use and could not be "
			       "moved (-EBUSY)." :
			       "%.*s has no free range of %llu contiguous pages (-ENOMEM).", KM_STR_ARG(area),
			       (unsigned long long)event->request_pages), free);
}

/* k6.12:include/linux/swiotlb.h: IO_TLB_SEGSIZE slots of 2 KiB are the most that one transfer gets */
static struct km_str bounce_reason(const struct km_failure_case *known)
{
	enum { SLOT = 2048, TRANSFER_MOST = 256 * 1024 };
	const struct km_klog_event *event = known->event;
	uint64_t bytes = event->size_bytes, total = event->pool_pages, free = event->pool_free_pages;

	if (bytes != KM_UNKNOWN && bytes > TRANSFER_MOST)
		return say(known, "The device wants to transfer %s at once. The bounce buffer serves at most 256 KiB, however "
			   "much of it is free.", size(known, bytes));
	if (total == 0)
		return KM_STR("The machine has no bounce buffer.");
	if (total == KM_UNKNOWN || free == KM_UNKNOWN)
		return say(known, "The bounce buffer has no free range of %s.", size(known, bytes));
	return say(known, "The bounce buffer has no free range of %s: %s of %s is free%s.", size(known, bytes),
		   size(known, km_num_mul(free, SLOT)), size(known, km_num_mul(total, SLOT)),
		   free * SLOT >= bytes ? ", in smaller pieces or beyond what the device reaches" : "");
}

static struct km_str few_reason(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;

	return say(known, "The pool got %llu of %llu huge pages of %.*s. The kernel does not say whether memory was missing or "
		   "contiguous memory.", (unsigned long long)event->got_pages,
		   (unsigned long long)event->request_pages, KM_STR_ARG(event->pool));
}

static struct km_str no_fail_reason(const struct km_failure_case *known)
{
	return say(known, "Line %llu of mm/page_alloc.c is not the check of the order. Most likely a request with __GFP_NOFAIL came "
		   "where the kernel cannot guarantee it: for more than two pages, without sleeping, or while reclaiming.",
		   (unsigned long long)known->event->warning_line);
}

static struct km_str warning_unknown(const struct km_failure_case *known)
{
	return say(known, "mm/page_alloc.c warns about an order above the maximum and about __GFP_NOFAIL where it cannot be served. "
		   "Which one line %llu is depends on the kernel, and this one is not known.",
		   (unsigned long long)known->event->warning_line);
}

/* A zone that may have served: what is not known of it. */
static struct km_str doubt_of(const struct km_failure_case *known)
{
	const struct km_request_zones *zones = &known->zones;

	for (size_t i = 0; i < zones->len; i++) {
		const struct km_request_zone *zone = &zones->rows[i];

		if (zone->reason == KM_VERDICT_UNKNOWN && zone->free_bytes != KM_UNKNOWN && zone->available_most_bytes > 0)
			return say(known, "Whether %s had enough depends on its highatomic reserve and on the types of its free blocks, "
				   "which the report does not contain.", place(known, zone));
	}
	return KM_STR("The lines of a zone that the request may use are missing, damaged or cut off, so it is unknown whether that "
		      "zone had memory for it.");
}

static struct km_str unknown_reason(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;

	if (event->kind == KM_KLOG_WARNING)
		return warning_unknown(known);
	if (event->kind == KM_KLOG_VMALLOC && event->size_bytes != KM_UNKNOWN && !known->mem)
		return say(known, "Up to 5.12 the kernel prints this line when the size (%s) exceeds its memory, and when its vmalloc "
			   "address range has no gap of that size. The report does not contain the memory size, so it "
			   "is unknown which of the two applies.", size(known, event->size_bytes));
	if (event->kind == KM_KLOG_SLUB)
		return KM_STR("The page allocator's report of the same request is not in the log: the kernel limits how often it prints "
			      "one, and __GFP_NOWARN suppresses it.");
	if (event->kind == KM_KLOG_HEADLESS)
		return join(known, KM_STR("The first line of the report is missing, so the request is unknown."), largest(known));
	if (event->kind == KM_KLOG_OOM && !known->mem && !event->release.ptr && event->mode == KM_UNKNOWN)
		return KM_STR("The log has only the lines about the killed process. The kernel limits how often it prints the "
			      "whole report.");
	if (event->kind == KM_KLOG_PERCPU)
		return say(known, "The kernel says: %.*s. This may be a lack of memory or of vmalloc address space.",
			   KM_STR_ARG(event->message));
	if (event->kind == KM_KLOG_CMA)
		return KM_STR("The kernel gave up for another reason than a full or busy area.");
	if (known->mem && !known->request.known)
		return KM_STR("The flags of the request are unknown: its mask is missing, or is a number of a kernel whose flags "
			      "are not known.");
	if (known->mem && !km_failure_has_all_zones(known))
		return KM_STR("The report is cut off before its last zone, so it is unknown whether a zone that is missing had memory "
			      "for the request.");
	if (known->zones.count[KM_VERDICT_UNKNOWN])
		return doubt_of(known);
	return KM_STR("The report does not contain enough: its Mem-Info is missing or cut off.");
}

static struct km_str reason_of(const struct km_failure_case *known, enum km_cause cause)
{
	switch (cause) {
	case KM_CAUSE_SHORTAGE:
		return shortage_reason(known);
	case KM_CAUSE_HELD:
		return held_reason(known);
	case KM_CAUSE_TMPFS:
		return part_reason(known, KM_PART_SHMEM);
	case KM_CAUSE_HUGE_PAGES:
		return part_reason(known, KM_PART_HUGE_PAGES);
	case KM_CAUSE_PAGE_TABLES:
		return part_reason(known, KM_PART_PAGE_TABLES);
	case KM_CAUSE_LOCKED:
		return part_reason(known, KM_PART_UNEVICTABLE);
	case KM_CAUSE_NO_WAIT:
		return no_wait_reason(known);
	case KM_CAUSE_BOOST:
		return boost_reason(known);
	case KM_CAUSE_RESERVED:
		return reserved_reason(known);
	case KM_CAUSE_FRAGMENTED:
		return fragmented_reason(known);
	case KM_CAUSE_ZONE:
		return zone_reason(known);
	case KM_CAUSE_NODE:
		return node_reason(known);
	case KM_CAUSE_CPUSET:
		return cpuset_reason(known);
	case KM_CAUSE_CGROUP:
	case KM_CAUSE_CGROUP_KERNEL:
		return cgroup_reason(known);
	case KM_CAUSE_ADDRESSES:
		return addresses_reason(known);
	case KM_CAUSE_EXCEEDS_RAM:
		return exceeds_reason(known);
	case KM_CAUSE_ZERO_SIZE:
		return KM_STR("The caller requested 0 bytes. No memory was missing.");
	case KM_CAUSE_SMALL_PAGES:
		return KM_STR("No huge page was free for the area, so vmalloc() built it of small pages. The caller got its memory.");
	case KM_CAUSE_TOO_LARGE:
		return too_large_reason(known);
	case KM_CAUSE_NO_FAIL:
		return no_fail_reason(known);
	case KM_CAUSE_BY_HAND:
		return KM_STR("Somebody ran the OOM killer: SysRq f, or an f written to /proc/sysrq-trigger. Memory need not "
			      "have been short.");
	case KM_CAUSE_PAGE_FAULT:
		return join(known, KM_STR("There was no request for pages (gfp_mask=0x0): a page fault failed with VM_FAULT_OOM. "
					  "Usually a memory cgroup refused the charge."),
			    known->parts[KM_PART_FREE] == KM_UNKNOWN ? KM_STR("") :
			    say(known, "The machine had %s free.", size(known, known->parts[KM_PART_FREE])));
	case KM_CAUSE_TRANSIENT:
		return transient_reason(known);
	case KM_CAUSE_AREA_FULL:
	case KM_CAUSE_AREA_BUSY:
		return area_reason(known, cause == KM_CAUSE_AREA_BUSY);
	case KM_CAUSE_BOUNCE:
		return bounce_reason(known);
	case KM_CAUSE_FEW_HUGE_PAGES:
		return few_reason(known);
	case KM_CAUSE_UNKNOWN:
	case KM_CAUSES:
		break;
	}
	return unknown_reason(known);
}

static struct km_str reason_with_pages(const struct km_failure_case *known, enum km_cause cause)
{
	struct km_str reason = known->pages ?
		say(known, "The pages for another slab were refused: see line %llu.", (unsigned long long)known->pages->line) :
		reason_of(known, cause);

	if (known->event->mixed)
		reason = join(known, reason, KM_STR("Lines of another report stand between those of this one, and the log does not say whose "
						    "they are: figures may be the other's."));
	if (known->event->got_bytes == KM_UNKNOWN)
		return reason;
	return join(known, reason, say(known, "The area had %s of its pages when no more came.",
				       size(known, known->event->got_bytes)));
}

void km_failure_explain(struct km_failure *rows, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		rows[i].reason = reason_with_pages(rows[i].basis, rows[i].cause_id);
		rows[i].advice = km_failure_suggestion(&rows[i]);
	}
}
