// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rules about zones and nodes: free memory that is short, or in the wrong place. direct-reclaim is about what happens to
 * requests, so it asks the prediction that `kmeminfo predict` prints. The others measure a zone or a node, whatever is
 * requested, so that a threshold can be set on the figure: how much of a watermark is free, how much of what is free lies
 * where.
 */
#include "report/rule.h"
#include "model/zone.h"
#include "words/say.h"

#define ZONEINFO KM_NEEDS(KM_FILE_ZONEINFO)

#define BOOST_PERCENT        50
#define AMPLE_PERCENT        5
#define SHORT_PERCENT        5
#define PLENTY_PERCENT       50

/* The zones that are large enough to matter, one after the other. */
struct walk {
	struct km_rule_context *context;
	uint64_t total;
	size_t next; /* row */
	const struct km_zone *zone;
	struct km_str place;
};

static struct walk walk_of(struct km_rule_context *context)
{
	return (struct walk){ .context = context, .total = km_rule_sum_zones(context, offsetof(struct km_zone, managed_bytes)) };
}

/* False behind the last. */
static bool next_sizable(struct walk *walk)
{
	const struct km_sheet *zones = &walk->context->facts->zones;

	while (walk->next < zones->len) {
		walk->zone = km_sheet_row(zones, walk->next++);
		if (!km_is_over(walk->zone->managed_bytes, walk->total, KM_SIZABLE_PERCENT))
			continue;
		walk->place = km_rule_place(walk->context, walk->zone->node, walk->zone->zone);
		return true;
	}
	return false;
}

static bool is_at_most(int64_t above)
{
	return above != KM_UNKNOWN_DELTA && above <= 0;
}

/* Whether the zone has so much free memory that no reserve can matter. */
static bool is_ample(const struct km_zone *zone)
{
	int64_t needed = (int64_t)(km_num_or(zone->managed_bytes, 0) * AMPLE_PERCENT / 100);

	for (size_t i = 0; i < zone->lowmem_reserve_bytes.len; i++)
		if (zone->lowmem_reserve_bytes.items[i] > (uint64_t)needed)
			needed = (int64_t)zone->lowmem_reserve_bytes.items[i];
	return zone->above_min_bytes != KM_UNKNOWN_DELTA && zone->above_min_bytes > 2 * needed;
}

static const struct km_request_zone *row_of(const struct km_prediction *prediction, const struct km_zone *zone)
{
	for (size_t i = 0; i < prediction->zones.len; i++)
		if (prediction->zones.rows[i].node == zone->node && km_str_eq(prediction->zones.rows[i].zone, zone->zone))
			return &prediction->zones.rows[i];
	return NULL;
}

/* Of memory that moves or that has no address in the kernel, only processes and files can use all. */
static bool is_of_processes(const struct km_zone *zone)
{
	return km_str_eq(zone->zone, KM_STR("Movable")) || km_str_eq(zone->zone, KM_STR("HighMem"));
}

/*
 * Whether a request of the kernel for one page gets nothing from the zone without reclaim. A prediction is made only for a
 * zone that has little. What is not known exactly is not short. If the kernel's flags are not known, the min watermark
 * decides.
 */
static bool is_short(const struct km_rule_context *context, struct km_prediction *usual, const struct km_zone *zone)
{
	const struct km_finding_input *facts = context->facts;
	const struct km_request_zone *row;

	if (is_ample(zone))
		return false;
	if (facts->predict && !usual->zones.len)
		*usual = facts->predict(facts->machine, "GFP_KERNEL", zone->node, 0);
	row = row_of(usual, zone);
	if (row)
		return row->reason == KM_VERDICT_BELOW_WATERMARK || row->reason == KM_VERDICT_NO_BLOCK;
	return is_at_most(zone->above_min_bytes);
}

/* The zones that serve the kernel nothing without reclaim, and how many sizable zones it may use. */
static size_t count_short(struct km_rule_context *context, size_t *sizable)
{
	struct walk walk = walk_of(context);
	struct km_prediction usual = { 0 };
	size_t below = 0;

	for (*sizable = 0; next_sizable(&walk);) {
		if (is_of_processes(walk.zone))
			continue;
		below += is_short(context, &usual, walk.zone);
		++*sizable;
	}
	return below;
}

/* Whether memory of processes is served where the kernel's own requests are not: in CMA areas, Movable or HighMem. */
static bool are_processes_served(const struct km_rule_context *context)
{
	const struct km_finding_input *facts = context->facts;
	struct km_prediction prediction;

	if (!facts->predict || !facts->zones.len)
		return false;
	prediction = facts->predict(facts->machine, "GFP_HIGHUSER_MOVABLE",
				    ((const struct km_zone *)km_sheet_row(&facts->zones, 0))->node, 0);
	return prediction.answer == KM_TRI_YES && prediction.verdict <= KM_PREDICTION_BELOW_LOW;
}

static void direct_reclaim(struct km_rule_context *context)
{
	size_t sizable, below = count_short(context, &sizable);

	if (sizable && km_rule_measure_number(context, sizable - below))
		km_rule_say(context, KM_RULE_MACHINE, KM_UNKNOWN,
			      below == sizable && are_processes_served(context) ?
				      KM_SAID("no zone has memory for the kernel above its min watermark and lowmem reserve: its "
					      "requests must reclaim memory first") :
			      below == sizable ? KM_SAID("no zone has memory above its min watermark and lowmem reserve: "
							 "requests must reclaim memory first") :
						 KM_SAID("only %zu of %zu zones have memory above their min watermark and "
							 "lowmem reserve"),
			      sizable - below, sizable);
}

/* "12.0 MiB are free", or what of it counts: CMA and the highatomic reserve do not for all requests. */
static const char *free_of(struct km_rule_context *context, const struct km_zone *zone)
{
	if (zone->usable_bytes == zone->free_bytes)
		return km_say_printf(context->pool, "%s are free", km_rule_size(context, zone->free_bytes)).ptr;
	return km_say_printf(context->pool, "%s of the %s of free memory are usable by all requests",
			     km_rule_size(context, zone->usable_bytes), km_rule_size(context, zone->free_bytes)).ptr;
}

/*
 * Measures every zone, so that the verdict is right if all are below; the finding is then that of
 * direct_reclaim().
 */
static void zone_below_min(struct km_rule_context *context)
{
	struct walk walk = walk_of(context);
	size_t sizable;
	const bool all = count_short(context, &sizable) == sizable && sizable;

	while (next_sizable(&walk)) {
		const struct km_zone *zone = walk.zone;

		if (km_rule_measure(context, walk.place, km_rule_percent(zone->usable_bytes, zone->min_bytes)) && !all)
			km_rule_say(context, walk.place, zone->usable_bytes, "%s; its min watermark is %s", free_of(context, zone),
				      km_rule_size(context, zone->min_bytes));
	}
}

static void zone_below_low(struct km_rule_context *context)
{
	struct walk walk = walk_of(context);

	while (next_sizable(&walk)) {
		const struct km_zone *zone = walk.zone;

		if (km_rule_measure(context, walk.place, km_rule_percent(zone->usable_bytes, zone->low_bytes)) &&
		    zone->above_min_bytes > 0)
			km_rule_say(context, walk.place, zone->usable_bytes, "%s; its low watermark is %s", free_of(context, zone),
				      km_rule_size(context, zone->low_bytes));
	}
}

/* The boost is added to all three watermarks (k6.12:include/linux/mmzone.h wmark_pages). */
static void boosted(struct km_rule_context *context)
{
	struct walk walk = walk_of(context);

	while (next_sizable(&walk)) {
		const struct km_zone *zone = walk.zone;
		const uint64_t plain = km_num_sub(zone->high_bytes, zone->boost_bytes);

		if (km_rule_measure(context, walk.place, km_rule_percent(zone->boost_bytes, plain)))
			km_rule_say(context, walk.place, zone->boost_bytes,
				      "its watermarks are raised by %s, above a high watermark of %s",
				      km_rule_size(context, zone->boost_bytes), km_rule_size(context, plain));
	}
}

/* Free and managed memory of the zones that are (or are not) for processes and files. */
static void sum_zones(const struct km_sheet *zones, bool of_processes, uint64_t *free, uint64_t *managed)
{
	*free = *managed = 0;
	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone *zone = km_sheet_row(zones, i);

		if (is_of_processes(zone) != of_processes)
			continue;
		*free = km_num_add(*free, zone->free_bytes);
		*managed = km_num_add(*managed, zone->managed_bytes);
	}
}

static void kernel_zones_short(struct km_rule_context *context)
{
	uint64_t free, managed, other_free, other_managed;

	sum_zones(&context->facts->zones, false, &free, &managed);
	sum_zones(&context->facts->zones, true, &other_free, &other_managed);
	if (context->facts->zones.len && !km_is_over(other_free, other_managed, PLENTY_PERCENT))
		km_rule_absent(context, "no zones Movable or HighMem with plenty of free memory");
	else if (km_rule_measure_share(context, free, managed))
		km_rule_say(context, (struct km_str){ 0 }, free,
			      "%s are free outside the zones Movable and HighMem, which is all that the kernel "
			      "can use; %s are free in them",
			      km_rule_size(context, free), km_rule_size(context, other_free));
}

struct node {
	uint64_t node, free, managed;
};

/* The next node, whose zones are neighbours; false behind the last. *i counts zones. */
static bool next_node(const struct km_sheet *zones, size_t *i, struct node *node)
{
	const struct km_zone *zone;

	if (*i == zones->len)
		return false;
	zone = km_sheet_row(zones, *i);
	*node = (struct node){ .node = zone->node };
	for (; *i < zones->len; (*i)++) {
		zone = km_sheet_row(zones, *i);
		if (zone->node != node->node)
			break;
		node->free = km_num_add(node->free, zone->free_bytes);
		node->managed = km_num_add(node->managed, zone->managed_bytes);
	}
	return true;
}

static void node_short(struct km_rule_context *context)
{
	const struct km_sheet *zones = &context->facts->zones;
	struct node node, plenty = { 0 };

	for (size_t i = 0; next_node(zones, &i, &node);)
		if (km_is_over(node.free, node.managed, PLENTY_PERCENT))
			plenty = node;
	if (zones->len && !plenty.managed)
		km_rule_absent(context, "no node has plenty of free memory");
	for (size_t i = 0; plenty.managed && next_node(zones, &i, &node);) {
		const struct km_str place = km_pool_printf(context->pool, "node %llu", (unsigned long long)node.node);

		if (km_rule_measure(context, place, km_rule_percent(node.free, node.managed)))
			km_rule_say(context, place, node.free, "%s of %s are free, while node %llu has %s of %s",
				      km_rule_size(context, node.free), km_rule_size(context, node.managed),
				      (unsigned long long)plenty.node, km_rule_size(context, plenty.free),
				      km_rule_size(context, plenty.managed));
	}
}

const struct km_rule km_zone_rules[] = {
	{ .word.key = "direct-reclaim", .look = direct_reclaim,
	  .figure = KM_SAID("zones with memory above their min watermark and lowmem reserve"),
	  .unit = KM_RULE_COUNT, .flags = KM_RULE_LOW, .files = ZONEINFO,
	  .ranges[KM_CRITICAL] = "1:",
	  .command = "kmeminfo zones",
	  .word.brief = "no zone serves the kernel without reclaim",
	  .word.explain =
		"The zones of the kernel are all but Movable and HighMem. Each with more than "
		KM_PERCENT_OF(KM_SIZABLE_PERCENT) " of the managed memory has at most its min "
		"watermark and lowmem reserve free. Memory that an ordinary request may not use "
		"does not count as free: CMA, and blocks reserved for high orders. `kmeminfo "
		"predict` gives the same answer for GFP_KERNEL. A request that may sleep then "
		"reclaims memory itself and waits for it. A request that may not sleep uses the "
		"last reserve, or fails. If reclaim finds nothing, the OOM killer runs. `kmeminfo "
		"zones` shows the watermarks, the tree shows the users of the memory.",
	  .word.origin = "/proc/zoneinfo" },
	{ .word.key = "zone-below-min", .look = zone_below_min,
	  .figure = KM_SAID("usable free memory of a zone, of its min watermark"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW, .files = ZONEINFO,
	  .ranges[KM_WARNING] = "@~:100",
	  .command = "kmeminfo zones",
	  .word.brief = "a zone is at or below its min watermark, others are not",
	  .word.explain =
		"Requests that can use another zone do so. Requests that need this one (a device "
		"that can address only low memory, a task bound to the node) reclaim and wait. "
		"Zones with less than " KM_PERCENT_OF(KM_SIZABLE_PERCENT) " of the managed memory "
		"are not checked.",
	  .word.origin = "/proc/zoneinfo" },
	{ .word.key = "kernel-zones-short", .look = kernel_zones_short,
	  .figure = KM_SAID("free memory outside the zones Movable and HighMem, of what is managed there"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW, .files = ZONEINFO,
	  .ranges[KM_WARNING] = KM_BELOW(SHORT_PERCENT),
	  .command = "kmeminfo zones",
	  .word.brief = "the kernel is short of memory while the zones Movable or HighMem have plenty",
	  .word.explain =
		"Less than " KM_PERCENT_OF(SHORT_PERCENT) " of the memory outside the zones "
		"Movable and HighMem is free, and more than " KM_PERCENT_OF(PLENTY_PERCENT) " of "
		"the memory in them. The kernel's own memory (slab, stacks, module code) must fit "
		"into the rest. With Movable too much memory was made movable (movablecore=, "
		"movable_node, memory hot-plugged as online_movable). HighMem is the memory of a "
		"32-bit machine above about 900 MiB: only a 64-bit kernel can use it for "
		"everything.",
	  .word.origin = "/proc/zoneinfo" },
	{ .word.key = "watermark-boosted", .look = boosted,
	  .figure = KM_SAID("boost of a zone, of its high watermark without the boost"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = ZONEINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(BOOST_PERCENT),
	  .command = "kmeminfo zones --columns +boost_bytes",
	  .word.brief = "a zone's watermarks are raised against fragmentation",
	  .word.explain =
		"When blocks of different migrate types mix, the kernel raises the zone's "
		"watermarks for a while: kswapd reclaims more, and lowers them again. The boost "
		"exceeds " KM_PERCENT_OF(BOOST_PERCENT) " of the high watermark. A boost that "
		"stays means that kswapd does not reach its target. No request can use that memory "
		"then, and reclaim runs without need. Writing 0 to "
		"/proc/sys/vm/watermark_boost_factor stops new boosts.",
	  .word.origin = "/proc/zoneinfo boost", .word.kernels = "after 5.10" },
	{ .word.key = "zone-below-low", .look = zone_below_low,
	  .figure = KM_SAID("usable free memory of a zone, of its low watermark"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW, .files = ZONEINFO,
	  .ranges[KM_NOTE] = "@~:100",
	  .command = "kmeminfo zones",
	  .word.brief = "a zone is at or below its low watermark",
	  .word.explain =
		"kswapd reclaims in the background once a request finds no other zone. Normal on "
		"a machine whose memory is full of page cache. Zones with less than "
		KM_PERCENT_OF(KM_SIZABLE_PERCENT) " of the managed memory are not checked.",
	  .word.origin = "/proc/zoneinfo" },
	{ .word.key = "node-short", .look = node_short,
	  .figure = KM_SAID("free memory of a node, of what is managed there"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW, .files = ZONEINFO,
	  .ranges[KM_WARNING] = KM_BELOW(SHORT_PERCENT),
	  .command = "kmeminfo zones",
	  .word.brief = "one node is short of memory while another has plenty",
	  .word.explain =
		"Less than " KM_PERCENT_OF(SHORT_PERCENT) " of a node is free, and more than "
		KM_PERCENT_OF(PLENTY_PERCENT) " of another. Tasks on the first get memory that is "
		"farther away. Tasks bound to it reclaim, or are killed, while memory is free "
		"elsewhere. `numastat -p` shows the memory of each process.",
	  .word.origin = "/proc/zoneinfo" },
	{ .look = NULL }
};
