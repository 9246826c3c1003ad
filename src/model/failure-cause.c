// SPDX-License-Identifier: GPL-2.0-or-later
/* From the zones of a report to the reason in a word, and in sentences with its figures. */
#include "model/failure-cause.h"
#include "model/prediction.h"

/* Of memory that a report leaves out so much has to be free before it counts as free: marks are less. */
#define HIDDEN_PERCENT 10
/* The kernel holds the memory when it has more than this of it, beyond what it could give back. */
#define HELD_PERCENT   50
/* Less than this of the memory is no reserve that reclaim could live on. */
#define SPARE_PERCENT  2

static const char *size(const struct km_failure_case *known, uint64_t bytes)
{
	return km_prediction_size(known->pool, bytes);
}

static bool is_over(uint64_t part, uint64_t whole, unsigned int percent)
{
	return part != KM_UNKNOWN && whole != KM_UNKNOWN && part / percent > whole / 100;
}

/* Counters lag: more free than there is shows that nothing is hidden. */
static bool has_hidden(const struct km_failure_case *known)
{
	return known->hidden_managed_bytes != KM_UNKNOWN &&
	       known->hidden_free_bytes <= known->hidden_managed_bytes &&
	       is_over(known->hidden_free_bytes, known->hidden_managed_bytes, HIDDEN_PERCENT);
}

/* Every zone that the request may use is short of memory: is it the whole machine? */
static enum km_cause cause_of_shortage(const struct km_failure_case *known)
{
	const struct km_request_zones *zones = &known->zones;

	if (zones->better_node)
		return KM_CAUSE_NODE;
	if (zones->better_zone || has_hidden(known))
		return KM_CAUSE_ZONE;
	if (known->request.known && !known->request.facts.sleeps && known->spare_bytes != KM_UNKNOWN &&
	    known->zones.nearest && known->zones.nearest->available_bytes != KM_UNKNOWN_DELTA &&
	    known->spare_bytes > (uint64_t)-known->zones.nearest->available_bytes &&
	    is_over(known->spare_bytes, known->managed_bytes, SPARE_PERCENT))
		return KM_CAUSE_NO_WAIT;
	return is_over(known->held_bytes, known->managed_bytes, HELD_PERCENT) ? KM_CAUSE_HELD :
										KM_CAUSE_SHORTAGE;
}

/* Nodes on which no zone would have served, while those of another node would. */
static bool one_node_is_short(const struct km_failure_case *known)
{
	const struct km_request_zones *zones = &known->zones;

	for (size_t i = 0; i < zones->len; i++)
		if (km_str_eq(zones->rows[i].verdict, km_str_from(km_request_verdicts[KM_VERDICT_BELOW_MARK].key)))
			return true;
	return false;
}

static enum km_cause cause_of_zones(const struct km_failure_case *known)
{
	const struct km_request_zones *zones = &known->zones;

	if (!known->mem || !zones->len || !known->request.known)
		return KM_CAUSE_UNKNOWN;
	if (zones->count[KM_VERDICT_OPEN])
		return known->request.this_node && one_node_is_short(known) ? KM_CAUSE_NODE :
									      KM_CAUSE_PASSING;
	if (zones->count[KM_VERDICT_NO_BLOCK])
		return KM_CAUSE_FRAGMENTED;
	return zones->count[KM_VERDICT_BELOW_MARK] ? cause_of_shortage(known) : KM_CAUSE_UNKNOWN;
}

static enum km_cause cause_of_oom(const struct km_failure_case *known)
{
	static const struct {
		struct km_str constraint;
		enum km_cause cause;
	} causes[] = {
		{ KM_STR_INIT("MEMCG"), KM_CAUSE_CGROUP },
		{ KM_STR_INIT("CPUSET"), KM_CAUSE_CPUSET },
		{ KM_STR_INIT("MEMORY_POLICY"), KM_CAUSE_NODE },
	};
	enum km_cause cause;

	if (known->event->by_hand)
		return KM_CAUSE_BY_HAND;
	for (size_t i = 0; i < sizeof(causes) / sizeof(*causes); i++)
		if (km_str_eq(known->event->constraint, causes[i].constraint))
			return causes[i].cause;
	/* cut off before it says whose limit it was */
	if (known->event->limit_kib != KM_UNKNOWN)
		return KM_CAUSE_CGROUP;
	cause = cause_of_zones(known);
	return cause == KM_CAUSE_PASSING ? cause_of_shortage(known) : cause;
}

static enum km_cause cause_of_vmalloc(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;
	uint64_t ram = known->mem ? km_num_mul(known->mem->ram_pages, known->mem->page_bytes) : KM_UNKNOWN;

	if (km_str_find(event->message, KM_STR("exceeds total pages")) >= 0 ||
	    (event->size_bytes != KM_UNKNOWN && ram != KM_UNKNOWN && event->size_bytes > ram))
		return KM_CAUSE_EXCEEDS_RAM;
	/* to 5.12 two causes have one wording; the other one would have been the size */
	if (km_str_find(event->message, KM_STR("vm_struct allocation")) >= 0 ||
	    km_str_find(event->message, KM_STR("allocation failure: ")) >= 0)
		return KM_CAUSE_ADDRESSES;
	return cause_of_zones(known);
}

enum km_cause km_failure_cause_of(const struct km_failure_case *known)
{
	switch (known->event->kind) {
	case KM_KLOG_OOM:
		return cause_of_oom(known);
	case KM_KLOG_VMALLOC:
		return cause_of_vmalloc(known);
	case KM_KLOG_VMAP:
		return KM_CAUSE_ADDRESSES;
	case KM_KLOG_TOO_LARGE:
		return KM_CAUSE_TOO_LARGE;
	case KM_KLOG_PAGES:
	case KM_KLOG_STALL:
	case KM_KLOG_SLUB:
	case KM_KLOG_KINDS:
		break;
	}
	return cause_of_zones(known);
}

static struct km_str place(const struct km_failure_case *known, const struct km_request_zone *zone)
{
	return km_prediction_place(known->pool, zone);
}

static struct km_str shortage(const struct km_failure_case *known)
{
	return km_prediction_shortage(known->pool, &known->zones);
}

static struct km_str fragmentation(const struct km_failure_case *known)
{
	const char *compaction = known->request.facts.sleeps ?
		"Compaction was tried, and could not make one: what is in use cannot be moved." :
		"It may not sleep, so compaction could not be tried.";
	struct km_str why = km_prediction_fragmentation(known->pool, &known->zones, known->request_bytes);

	return km_pool_printf(known->pool, "%.*s %s", KM_STR_ARG(why), compaction);
}

static struct km_str zone_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = known->zones.better_zone;
	struct km_str short_of = shortage(known);
	struct km_str name = km_zone_rank_name(known->zones.highest);

	if (zone)
		return km_pool_printf(known->pool,
				      "The flags reach no higher than zone %.*s. %.*s Above it %.*s has %s free.",
				      KM_STR_ARG(name), KM_STR_ARG(short_of), KM_STR_ARG(place(known, zone)),
				      size(known, zone->free_bytes));
	return km_pool_printf(known->pool,
			      "The flags reach no higher than zone %.*s. %.*s Elsewhere, in zones that the "
			      "report leaves out, %s of %s are free.",
			      KM_STR_ARG(name), KM_STR_ARG(short_of),
			      size(known, known->hidden_free_bytes),
			      size(known, known->hidden_managed_bytes));
}

static struct km_str node_reason(const struct km_failure_case *known)
{
	const struct km_request_zone *zone = known->zones.better_node;
	const char *who = known->request.this_node && !zone ?
		"The request is for one node (__GFP_THISNODE), which the report does not name." :
		"The request may use some nodes only.";

	if (!zone)
		return km_pool_printf(known->pool, "%s %.*s", who, KM_STR_ARG(shortage(known)));
	return km_pool_printf(known->pool, "%s %.*s On another node, %.*s has %s free.", who,
			      KM_STR_ARG(shortage(known)), KM_STR_ARG(place(known, zone)),
			      size(known, zone->free_bytes));
}

static struct km_str cpuset_reason(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;

	return km_pool_printf(known->pool, "The task's cpuset, %.*s, has memory of node %.*s only. %.*s",
			      KM_STR_ARG(event->cpuset), KM_STR_ARG(event->mems_allowed),
			      KM_STR_ARG(shortage(known)));
}

static struct km_str cgroup_reason(const struct km_failure_case *known)
{
	const struct km_klog_event *event = known->event;

	if (event->limit_kib == KM_UNKNOWN)
		return KM_STR("A memory cgroup is at its limit; the report does not say which.");
	return km_pool_printf(known->pool,
			      "The memory cgroup %.*s is charged %s of %s that it may have. The machine itself "
			      "need not be short of memory.",
			      KM_STR_ARG(event->memcg.ptr ? event->memcg : KM_STR("(not told)")),
			      size(known, km_num_mul(event->usage_kib, 1024)),
			      size(known, km_num_mul(event->limit_kib, 1024)));
}

static struct km_str no_wait_reason(const struct km_failure_case *known)
{
	return km_pool_printf(known->pool,
			      "%.*s %s of page cache and slab could have been given back, but the request may not "
			      "sleep, so nothing was.",
			      KM_STR_ARG(shortage(known)), size(known, known->spare_bytes));
}

static struct km_str held_reason(const struct km_failure_case *known)
{
	return km_pool_printf(known->pool,
			      "%.*s The kernel itself holds %s of %s and cannot give it back: slab, page tables, "
			      "stacks, and what no counter of the report covers.",
			      KM_STR_ARG(shortage(known)), size(known, known->held_bytes),
			      size(known, known->managed_bytes));
}

static struct km_str exceeds_reason(const struct km_failure_case *known)
{
	return km_pool_printf(known->pool, "%s were asked for. The machine has %s.",
			      size(known, known->event->size_bytes),
			      size(known, known->mem ? km_num_mul(known->mem->ram_pages,
								  known->mem->page_bytes) : KM_UNKNOWN));
}

static struct km_str addresses_reason(const struct km_failure_case *known)
{
	return km_pool_printf(known->pool,
			      "No gap of %s was left among the kernel's addresses for vmalloc. Memory was not "
			      "even asked for.", size(known, known->event->size_bytes));
}

static struct km_str reason_of(const struct km_failure_case *known, enum km_cause cause)
{
	switch (cause) {
	case KM_CAUSE_SHORTAGE:
		return shortage(known);
	case KM_CAUSE_HELD:
		return held_reason(known);
	case KM_CAUSE_NO_WAIT:
		return no_wait_reason(known);
	case KM_CAUSE_FRAGMENTED:
		return fragmentation(known);
	case KM_CAUSE_ZONE:
		return zone_reason(known);
	case KM_CAUSE_NODE:
		return node_reason(known);
	case KM_CAUSE_CPUSET:
		return cpuset_reason(known);
	case KM_CAUSE_CGROUP:
		return cgroup_reason(known);
	case KM_CAUSE_ADDRESSES:
		return addresses_reason(known);
	case KM_CAUSE_EXCEEDS_RAM:
		return exceeds_reason(known);
	case KM_CAUSE_TOO_LARGE:
		return KM_STR("The order exceeds the largest that the buddy allocator has. The request was "
			      "refused before any zone was looked at.");
	case KM_CAUSE_BY_HAND:
		return KM_STR("Somebody had the OOM killer run: SysRq f, or an f written to "
			      "/proc/sysrq-trigger. Memory need not have been short.");
	case KM_CAUSE_PASSING:
		return KM_STR("When the report was made a zone that the request may use had enough: memory was "
			      "freed, or came back from lists of CPUs, in between.");
	case KM_CAUSE_UNKNOWN:
	case KM_CAUSES:
		break;
	}
	if (known->mem && !known->request.known)
		return KM_STR("The flags of the request are not known: its mask is missing, or is a number of a "
			      "kernel that is not known.");
	return KM_STR("The report does not say enough: its Mem-Info is missing or cut off.");
}

struct km_str km_failure_reason(const struct km_failure_case *known, enum km_cause cause)
{
	struct km_str reason = reason_of(known, cause);

	if (known->event->got_bytes == KM_UNKNOWN)
		return reason;
	return km_pool_printf(known->pool, "%.*s The area had %s of its pages when there were no more.",
			      KM_STR_ARG(reason), size(known, known->event->got_bytes));
}
