// SPDX-License-Identifier: GPL-2.0-or-later
/* Sentences about the cause of a failed request, with the figures of the report. */
#include "report/failure-sentence.h"
#include "words/say.h"

const char *km_part_name(enum km_part part)
{
	static const char *const names[KM_PARTS] = {
		[KM_PART_ANON] = KM_SAID("anonymous memory of processes"),
		[KM_PART_SHMEM] = KM_SAID("tmpfs and shared memory"),
		[KM_PART_FILE] = KM_SAID("file pages"),
		[KM_PART_UNEVICTABLE] = KM_SAID("locked (unevictable) memory"),
		[KM_PART_SLAB_RECLAIMABLE] = KM_SAID("reclaimable slab"),
		[KM_PART_SLAB_UNRECLAIMABLE] = KM_SAID("unreclaimable slab"),
		[KM_PART_MISC_RECLAIMABLE] = KM_SAID("other reclaimable kernel memory"),
		[KM_PART_PAGE_TABLES] = KM_SAID("page tables"),
		[KM_PART_BOUNCE] = KM_SAID("bounce buffers"),
		[KM_PART_PCP] = KM_SAID("per-CPU lists"),
		[KM_PART_FREE] = KM_SAID("free memory"),
		[KM_PART_STACKS] = KM_SAID("kernel stacks"),
		[KM_PART_HUGE_PAGES] = KM_SAID("the huge page pool"),
		[KM_PART_GPU] = KM_SAID("buffers of GPU drivers"),
		[KM_PART_BALLOON] = KM_SAID("the balloon of the hypervisor"),
		[KM_PART_UNCOUNTED] = KM_SAID("memory that no counter of the report covers (drivers, vmalloc, per-CPU areas)"),
	};

	return km_say(names[part]);
}

enum km_part km_failure_largest(const struct km_failure_case *failed)
{
	enum km_part best = KM_PARTS;

	for (enum km_part part = 0; part < KM_PARTS; part++)
		if (part != KM_PART_FREE && part != KM_PART_PCP &&
		    failed->parts[part] != KM_UNKNOWN && failed->parts[part] &&
		    (best == KM_PARTS || failed->parts[part] > failed->parts[best]))
			best = part;
	return best;
}

/* ", minus 58.6 MiB watermark": a term of the arithmetic, unless it is 0 */
static struct km_str term(const struct km_failure_case *failed, uint64_t bytes, const char *name)
{
	return bytes && bytes != KM_UNKNOWN
		       ? km_say_printf(failed->pool, ", minus %s %s", km_text_size(failed->pool, bytes), name)
		       : KM_STR("");
}

/* "77.2 MiB short"; if the reserve is not known exactly, "33.2 MiB to 77.2 MiB short" */
static struct km_str missing_of(const struct km_failure_case *failed, const struct km_request_zone *zone)
{
	const uint64_t most = (uint64_t)-zone->available_bytes, least = (uint64_t)-zone->available_most_bytes;

	if (!most)
		return KM_SENTENCE("nothing is left");
	if (zone->available_most_bytes == zone->available_bytes || zone->available_most_bytes > 0)
		return km_say_printf(failed->pool, "%s short", km_text_size(failed->pool, most));
	return km_say_printf(failed->pool, "%s to %s short", km_text_size(failed->pool, least), km_text_size(failed->pool, most));
}

/* The shortage of a zone, or the memory that it has available, as in the table. */
struct km_str km_reason_arithmetic(const struct km_failure_case *failed,
				const struct km_request_zone *zone)
{
	const bool exact = zone->unusable_least_bytes == zone->unusable_bytes;
	uint64_t boost = km_failure_boost(failed, zone);
	struct km_str unusable = term(failed, zone->unusable_bytes, exact ? km_say("that this request may not use") :
				      km_say("at most that this request may not use"));
	struct km_str reserve =
		term(failed, zone->lowmem_reserve_bytes, km_say("reserve for other requests"));
	struct km_str boosted =
		boost ? km_say_printf(failed->pool, " (%s of it a temporary boost)", km_text_size(failed->pool, boost))
		      : KM_STR("");
	const char *watermark = failed->request.high_watermark ? km_say("high watermark") : km_say("watermark");
	struct km_str least = term(failed, zone->watermark_bytes, watermark);

	return km_say_printf(failed->pool, "%s has %s free%.*s%.*s%.*s%.*s: %.*s", km_text_zone(failed->pool, zone),
		      km_text_size(failed->pool, zone->free_bytes), KM_STR_ARG(unusable), KM_STR_ARG(least),
		      KM_STR_ARG(least.len ? boosted : KM_STR("")), KM_STR_ARG(reserve),
		      KM_STR_ARG(missing_of(failed, zone)));
}

/* Claims no more than the table: "every zone" only if no allowed zone has another verdict. */
struct km_str km_reason_shortage(const struct km_failure_case *failed)
{
	const struct km_request_zones *zones = &failed->zones;
	const struct km_request_zone *zone = zones->nearest;
	bool all = !zones->count[KM_VERDICT_OPEN] && !zones->count[KM_VERDICT_NO_BLOCK] &&
		   !zones->count[KM_VERDICT_ORDER_WATERMARK] && !zones->count[KM_VERDICT_UNKNOWN] &&
		   km_failure_has_all_zones(failed);

	/* a damaged line: the table has a verdict, but no amount */
	if (!zone || zone->available_bytes == KM_UNKNOWN_DELTA)
		return zones->count[KM_VERDICT_BELOW_WATERMARK] ?
			KM_SENTENCE("Zones that the request may use are at or below their watermark.") : KM_STR("");
	return km_say_printf(failed->pool, "%s Closest: %.*s.",
		      all ? km_say("No zone that the request may use exceeds its watermark and reserve.")
			  : km_say("Zones that the request may use are at or below their watermark."),
		      KM_STR_ARG(km_reason_arithmetic(failed, zone)));
}

static struct km_str swap_state(const struct km_failure_case *failed)
{
	uint64_t total = km_num_mul(failed->mem ? failed->mem->swap_total_kib : KM_UNKNOWN, 1024);
	uint64_t free = km_num_mul(failed->mem ? failed->mem->swap_free_kib : KM_UNKNOWN, 1024);

	if (total == KM_UNKNOWN || (total && free == KM_UNKNOWN))
		return KM_STR("");
	if (!total)
		return KM_SENTENCE("There is no swap.");
	return km_say_printf(failed->pool, "%s of %s swap is free.", km_text_size(failed->pool, free),
		      km_text_size(failed->pool, total));
}

/* "Unreclaimable slab has 3.05 GiB of 3.81 GiB." */
struct km_str km_reason_largest(const struct km_failure_case *failed)
{
	enum km_part part = km_failure_largest(failed);

	if (part == KM_PARTS || failed->managed_bytes == KM_UNKNOWN)
		return KM_STR("");
	return km_say_printf(failed->pool, "Largest user: %s, %s of %s.", km_part_name(part),
		      km_text_size(failed->pool, failed->parts[part]),
		      km_text_size(failed->pool, failed->managed_bytes));
}

/* The missing part of a kill's report: a zone's line, or the request. */
static struct km_str killed_for(const struct km_failure_case *failed)
{
	const struct km_buddyinfo_zone *lost = km_failure_lost_zone(failed);

	if (lost && failed->request.known)
		return km_say_printf(failed->pool, "The report lacks the line of node %llu %.*s.",
			      (unsigned long long)lost->node, KM_STR_ARG(lost->zone));
	return failed->request.known ? KM_STR("")
				    : KM_SENTENCE("The request is unknown, so the zones are not "
					     "compared with it. The kernel killed a process "
					     "because it found no memory for it.");
}

static struct km_str shortage_reason(const struct km_failure_case *failed)
{
	if (failed->event->kind == KM_KLOG_PERCPU)
		return KM_SENTENCE("The kernel found no pages for another part of a per-CPU area.");
	return km_sentences(failed->pool, km_sentences(failed->pool, km_reason_shortage(failed), killed_for(failed)),
			   km_sentences(failed->pool, km_reason_largest(failed), swap_state(failed)));
}

static struct km_str held_reason(const struct km_failure_case *failed)
{
	struct km_str held = km_say_printf(failed->pool, "The kernel holds %s of %s and cannot free it.",
				    km_text_size(failed->pool, failed->held_bytes),
				    km_text_size(failed->pool, failed->managed_bytes));

	return km_sentences(failed->pool, km_sentences(failed->pool, km_reason_shortage(failed), killed_for(failed)),
			   km_sentences(failed->pool, held, km_reason_largest(failed)));
}

/* A part that is itself the cause. */
static struct km_str part_reason(const struct km_failure_case *failed, enum km_part part)
{
	const char *name = km_part_name(part);
	struct km_str has = km_pool_printf(failed->pool, "%c%s: %s of %s.",
				   name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0],
				   name + 1, km_text_size(failed->pool, failed->parts[part]),
				   km_text_size(failed->pool, failed->managed_bytes));

	return km_sentences(failed->pool, km_sentences(failed->pool, km_reason_shortage(failed), killed_for(failed)),
			   km_sentences(failed->pool, has, swap_state(failed)));
}

static struct km_str no_wait_reason(const struct km_failure_case *failed)
{
	return km_sentences(failed->pool, km_reason_shortage(failed),
			   km_say_printf(failed->pool, "The request may not sleep, so it could not wait until %s of "
				  "page cache and slab were "
				  "reclaimed.",
				  km_text_size(failed->pool, failed->spare_bytes)));
}

static struct km_str boost_reason(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = km_failure_zone_without(failed, KM_CAUSE_BOOST);

	return km_say_printf(failed->pool, "No zone that the request may use exceeds its watermark and reserve. Without "
		      "the boost one would have served "
		      "it: %.*s.",
		      KM_STR_ARG(km_reason_arithmetic(failed, zone)));
}

/* Lines of one or all zones are missing: the memory of the machine is known, but not whether the request fits. */
static struct km_str lost_zones_reason(const struct km_failure_case *failed)
{
	const struct km_buddyinfo_zone *lost = km_failure_lost_zone(failed);
	struct km_str line = KM_SENTENCE("The lines of the zones are missing");

	if (lost && failed->zones.len)
		line = km_say_printf(failed->pool, "The line of node %llu %.*s is missing",
			      (unsigned long long)lost->node, KM_STR_ARG(lost->zone));
	return km_sentences(failed->pool,
			   km_say_printf(failed->pool, "%.*s, so it is unknown whether a zone had memory for the request.",
				  KM_STR_ARG(line)),
			   km_reason_largest(failed));
}

static struct km_str unknown_reason(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;

	if (event->kind == KM_KLOG_WARNING)
		return km_reason_warning(failed);
	if (event->kind == KM_KLOG_VMALLOC && event->size_bytes != KM_UNKNOWN && !failed->mem &&
	    km_str_find(event->message, KM_STR("allocation failure: ")) >= 0)
		return km_say_printf(failed->pool, "Up to 5.12 the kernel prints this line when the size (%s) exceeds "
			      "its memory, and when its vmalloc "
			      "address range has no gap of that size. The report does not contain "
			      "the memory size, so it "
			      "is unknown which of the two applies.",
			      km_text_size(failed->pool, event->size_bytes));
	if (event->kind == KM_KLOG_SLUB)
		return KM_SENTENCE("The page allocator's report of the same request is not in the log: the kernel "
			      "limits the rate of these reports, and __GFP_NOWARN suppresses them.");
	if (event->kind == KM_KLOG_HEADLESS)
		return km_sentences(failed->pool,
				   KM_SENTENCE("The first line of the report is missing, so the request "
					  "is unknown."),
				   km_reason_largest(failed));
	if (event->kind == KM_KLOG_OOM && !failed->mem && !event->release.ptr &&
	    event->mode == KM_UNKNOWN)
		return KM_SENTENCE("The log has only the lines about the killed process. The kernel "
			      "limits how often it prints the "
			      "whole report.");
	if (event->kind == KM_KLOG_OOM && !failed->mem && event->constraint == KM_KLOG_CONSTRAINT_NONE)
		return KM_SENTENCE("The whole machine was short of memory: the kernel reports no limit of a cgroup, a cpuset "
			      "or a memory policy (CONSTRAINT_NONE). Mem-Info is missing, so it is unknown which zones were "
			      "short.");
	if (event->kind == KM_KLOG_PERCPU)
		return km_say_printf(failed->pool, "The kernel says: %.*s. This may be a lack of memory or of vmalloc "
			      "address space.",
			      KM_STR_ARG(event->message));
	if (event->kind == KM_KLOG_CMA)
		return KM_SENTENCE("The kernel gave up for another reason than a full or busy area.");
	if (failed->mem && !failed->request.known)
		return KM_SENTENCE("The flags of the request are unknown: its mask is missing, or is a "
			      "number of a kernel whose flags "
			      "are not known.");
	if (failed->mem && (km_failure_lost_zone(failed) || (!failed->zones.len && failed->managed_bytes != KM_UNKNOWN)))
		return lost_zones_reason(failed);
	if (failed->mem && !km_failure_has_all_zones(failed))
		return KM_SENTENCE("The report is cut off before its last zone, so it is unknown "
			      "whether a zone that is missing had memory "
			      "for the request.");
	if (failed->zones.count[KM_VERDICT_UNKNOWN])
		return km_reason_doubt(failed);
	return KM_SENTENCE("The report does not contain enough: its Mem-Info is missing or cut off.");
}

static struct km_str reason_of(const struct km_failure_case *failed, enum km_cause cause)
{
	switch (cause) {
	case KM_CAUSE_SHORTAGE:
		return shortage_reason(failed);
	case KM_CAUSE_HELD:
		return held_reason(failed);
	case KM_CAUSE_TMPFS:
		return part_reason(failed, KM_PART_SHMEM);
	case KM_CAUSE_HUGE_PAGES:
		return part_reason(failed, KM_PART_HUGE_PAGES);
	case KM_CAUSE_PAGE_TABLES:
		return part_reason(failed, KM_PART_PAGE_TABLES);
	case KM_CAUSE_LOCKED:
		return part_reason(failed, KM_PART_UNEVICTABLE);
	case KM_CAUSE_NO_WAIT:
		return no_wait_reason(failed);
	case KM_CAUSE_BOOST:
		return boost_reason(failed);
	case KM_CAUSE_RESERVED:
		return km_reason_reserved(failed);
	case KM_CAUSE_FRAGMENTED:
		return km_reason_fragmented(failed);
	case KM_CAUSE_ZONE:
		return km_reason_zone(failed);
	case KM_CAUSE_NODE:
		return km_reason_node(failed);
	case KM_CAUSE_CPUSET:
		return km_reason_cpuset(failed);
	case KM_CAUSE_CGROUP:
	case KM_CAUSE_CGROUP_KERNEL:
		return failed->event->kind == KM_KLOG_SLUB ? km_reason_cgroup_slab(failed) : km_reason_cgroup(failed);
	case KM_CAUSE_ADDRESSES:
		return km_reason_addresses(failed);
	case KM_CAUSE_EXCEEDS_RAM:
		return km_reason_exceeds(failed);
	case KM_CAUSE_ZERO_SIZE:
		return KM_SENTENCE("The caller requested 0 bytes. No memory was missing.");
	case KM_CAUSE_SMALL_PAGES:
		return KM_SENTENCE("No huge page was free for the area, so vmalloc() built it of small "
			      "pages. The caller got its memory.");
	case KM_CAUSE_TOO_LARGE:
		return km_reason_too_large(failed);
	case KM_CAUSE_NO_FAIL:
		return km_reason_no_fail(failed);
	case KM_CAUSE_BY_HAND:
		return KM_SENTENCE("A user ran the OOM killer by SysRq f, or by writing f to /proc/sysrq-trigger. "
			      "Memory need not have been short.");
	case KM_CAUSE_PAGE_FAULT:
		return km_sentences(
			failed->pool,
			KM_SENTENCE("There was no request for pages (gfp_mask=0x0): a page fault failed "
			       "with VM_FAULT_OOM. "
			       "Usually a memory cgroup refused the charge."),
			failed->parts[KM_PART_FREE] == KM_UNKNOWN
				? KM_STR("")
				: km_say_printf(failed->pool, "The machine had %s free.",
					 km_text_size(failed->pool, failed->parts[KM_PART_FREE])));
	case KM_CAUSE_TRANSIENT:
		return km_reason_transient(failed);
	case KM_CAUSE_AREA_FULL:
	case KM_CAUSE_AREA_BUSY:
		return km_reason_area(failed, cause == KM_CAUSE_AREA_BUSY);
	case KM_CAUSE_BOUNCE:
		return km_reason_bounce(failed);
	case KM_CAUSE_FEW_HUGE_PAGES:
		return km_reason_few_huge_pages(failed);
	case KM_CAUSE_UNKNOWN:
	case KM_CAUSES:
		break;
	}
	return unknown_reason(failed);
}

/* k6.12:mm/mempool.c mempool_alloc_noprof: goes on after a failed allocation */
static bool is_of_mempool(const struct km_failure_case *failed)
{
	struct km_str *frame;

	km_array_each(frame, &failed->event->frames)
		if (km_str_starts(*frame, KM_STR("mempool_alloc")))
			return true;
	return false;
}

static struct km_str reason_with_pages(const struct km_failure_case *failed, enum km_cause cause)
{
	struct km_str reason =
		failed->pages
			? km_say_printf(failed->pool, "The pages for another slab were refused: see line %llu.",
				 (unsigned long long)failed->pages->line)
			: reason_of(failed, cause);
	if (!reason.len)
		reason = unknown_reason(failed);
	if (is_of_mempool(failed))
		reason = km_sentences(failed->pool, reason,
				     KM_SENTENCE("The request came from a mempool, which has elements in "
					    "reserve: its own caller may have been served."));
	if (failed->event->mixed)
		reason = km_sentences(failed->pool, reason,
				     KM_SENTENCE("Lines of another report are mixed with this one, and the log "
					    "does not show which line belongs to which: figures may be those "
					    "of the other report."));
	if (failed->event->got_bytes == KM_UNKNOWN)
		return reason;
	return km_sentences(failed->pool, reason,
			   km_say_printf(failed->pool, "The area had %s of its pages when no more came.",
				  km_text_size(failed->pool, failed->event->got_bytes)));
}

void km_failure_explain(struct km_failure *rows, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		rows[i].reason = reason_with_pages(rows[i].basis, rows[i].cause_id);
		rows[i].advice = km_failure_suggestion(&rows[i]);
	}
}
