// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rules about free memory in small pieces. low-order-scarce and middle-order-scarce are about what happens to requests, so
 * they ask the prediction that `kmeminfo predict` prints. high-order-scarce measures how much of what is free lies in large
 * blocks, so that a threshold can be set on it.
 */
#include "base/index.h"
#include "report/rule.h"
#include "model/buddy.h"
#include "model/zone.h"
#include "words/say.h"

#define MEMINFO KM_NEEDS(KM_FILE_MEMINFO)
#define ZONEINFO KM_NEEDS(KM_FILE_ZONEINFO)
#define BUDDYINFO KM_NEEDS(KM_FILE_BUDDYINFO)

#define SCARCE_PERCENT       10
#define SCARCE_BLOCKS        16
#define COSTLY_ORDER         3
#define MIDDLE_ORDER         5
_Static_assert(COSTLY_ORDER == 3 && MIDDLE_ORDER == 5, "the rules' figures name these orders");
#define FRAGMENTED_THOUSANDS 400

/* The smallest order whose blocks have at least so many bytes, or the largest; or NULL. */
static const struct km_buddy_order *order_of_bytes(const struct km_buddy *row, uint64_t bytes)
{
	const struct km_buddy_order *orders = row->orders.items, *found = NULL;

	for (size_t i = 0; i < row->orders.len && (!found || found->block_bytes < bytes); i++)
		found = &orders[i];
	return found;
}

static void high_order_scarce(struct km_rule_context *context)
{
	const struct km_sheet *buddy = &context->facts->buddy;
	uint64_t huge = km_num_or(km_rule_meminfo(context, "Hugepagesize"), 2 << 20);

	for (size_t i = 0; i < buddy->len; i++) {
		const struct km_buddy *row = km_sheet_row(buddy, i);
		const struct km_buddy_order *order = order_of_bytes(row, huge);
		const uint64_t usable = order ? km_buddy_free_from(row, order->order) : KM_UNKNOWN;
		const struct km_str place = km_rule_place(context, row->node, row->zone);

		if (!order || row->free_bytes < km_num_mul(SCARCE_BLOCKS, order->block_bytes) ||
		    row->free_bytes == KM_UNKNOWN || !km_rule_measure(context, place, km_rule_percent(usable, row->free_bytes)))
			continue;
		km_rule_say(context, place, row->free_bytes,
			      "%s of the %s of free memory lie in blocks of %s or more",
			      km_rule_size(context, usable),
			      km_rule_size(context, row->free_bytes), km_rule_size(context, order->block_bytes));
	}
	if (buddy->len && !context->run->measured)
		km_rule_absent(context, "no zone has so much free memory");
}

/*
 * The index is -1 if a block is free, and unknown if the zone has no free memory. It is taken as -1, too, where requests
 * that begin in the zone get such a block from another one.
 */
static double index_of(const struct km_rule_context *context, const struct km_buddy *row, size_t number)
{
	const struct km_finding_input *facts = context->facts;
	const double index = ((const struct km_buddy_order *)row->orders.items)[number].fragmentation_index;

	/* what is free is not scarce, so that most machines are asked nothing */
	if (!(index > 0) || !facts->is_served || !facts->is_served(facts->machine, row->node, row->zone, number))
		return index;
	return -1;
}

/* The zones by node and name, and their memory. */
struct zone_sizes {
	const struct km_sheet *zones;
	struct km_index places;
	uint64_t managed_bytes;
};

static struct zone_sizes sizes_of(const struct km_rule_context *context)
{
	struct zone_sizes sizes = { .zones = &context->facts->zones };

	sizes.managed_bytes = km_rule_sum_zones(context, offsetof(struct km_zone, managed_bytes));
	for (size_t i = 0; i < sizes.zones->len; i++) {
		const struct km_zone *zone = km_sheet_row(sizes.zones, i);

		km_index_of(&sizes.places, zone->node, zone->zone);
	}
	return sizes;
}

/* Only old devices need blocks of a zone DMA of 15 MiB. Without zoneinfo each zone counts. */
static bool is_small(const struct zone_sizes *sizes, const struct km_buddy *row)
{
	const size_t number = km_index_find(&sizes->places, row->node, row->zone);

	if (number >= sizes->zones->len)
		return false;
	return km_is_under(((const struct km_zone *)km_sheet_row(sizes->zones, number))->managed_bytes, sizes->managed_bytes,
			   KM_SIZABLE_PERCENT);
}

/* Whether only requests that name the zone lack the block: GFP_KERNEL is served from another one. */
static bool is_for_few(const struct km_rule_context *context, const struct km_buddy *row, size_t number)
{
	const struct km_finding_input *facts = context->facts;

	return facts->is_served && facts->is_served(facts->machine, row->node, KM_STR("Normal"), number);
}

/* Devices name a zone because of their addresses, processes because they can use more zones than the kernel. */
static const char *sentence_of(const struct km_rule_context *context, const struct km_buddy *row, size_t number)
{
	if (!is_for_few(context, row, number))
		return KM_SAID("%s are free, but no block of %s");
	if (km_str_starts(row->zone, KM_STR("DMA")))
		return KM_SAID("%s are free, but no block of %s for devices that need memory of this zone; other requests are served");
	return KM_SAID("%s are free, but no block of %s for memory of processes; requests of the kernel are served");
}

static void order_scarce(struct km_rule_context *context, size_t number)
{
	const struct km_sheet *buddy = &context->facts->buddy;
	struct zone_sizes sizes = sizes_of(context);

	for (size_t i = 0; i < buddy->len; i++) {
		const struct km_buddy *row = km_sheet_row(buddy, i);
		const struct km_buddy_order *order = (const struct km_buddy_order *)row->orders.items + number;
		const struct km_str place = km_rule_place(context, row->node, row->zone);

		if (row->orders.len > number && !is_small(&sizes, row) && km_rule_measure(context, place, index_of(context, row, number)))
			km_rule_say(context, place, row->free_bytes, sentence_of(context, row, number),
				      km_rule_size(context, row->free_bytes),
				      km_rule_size(context, order->block_bytes));
	}
	km_index_deinit(&sizes.places);
}

static void low_order_scarce(struct km_rule_context *context)
{
	order_scarce(context, COSTLY_ORDER);
}

static void middle_order_scarce(struct km_rule_context *context)
{
	order_scarce(context, MIDDLE_ORDER);
}

const struct km_rule km_block_rules[] = {
	{ .word.key = "low-order-scarce", .look = low_order_scarce,
	  .figure = KM_SAID("fragmentation index of a zone for order 3, -1 where another zone has a block"),
	  .unit = KM_RULE_INDEX, .flags = KM_RULE_LARGEST, .files = BUDDYINFO, .useful = ZONEINFO,
	  .ranges[KM_WARNING] = "~:0." KM_TEXT_OF(FRAGMENTED_THOUSANDS),
	  .command = "kmeminfo buddy",
	  .word.brief = "memory is free, but not in blocks of order " KM_TEXT_OF(COSTLY_ORDER),
	  .word.explain =
		"The fragmentation index for order " KM_TEXT_OF(COSTLY_ORDER) " (8 pages) exceeds "
		"0." KM_TEXT_OF(FRAGMENTED_THOUSANDS) ": the cause is fragmentation, not lack of "
		"memory. No other zone that such requests may use serves them. The kernel tries "
		"hardest for requests up to this order: network buffers, slabs and stacks of some "
		"kernels need them. They now wait for compaction, and requests that may not wait "
		"fail. `kmeminfo buddy` shows the blocks; writing 1 to "
		"/proc/sys/vm/compact_memory compacts at once. Zones with less than "
		KM_PERCENT_OF(KM_SIZABLE_PERCENT) " of the managed memory are not checked.",
	  .word.origin = "/proc/buddyinfo, /proc/zoneinfo" },
	{ .word.key = "middle-order-scarce", .look = middle_order_scarce,
	  .figure = KM_SAID("fragmentation index of a zone for order 5, -1 where another zone has a block"),
	  .unit = KM_RULE_INDEX, .flags = KM_RULE_LARGEST, .files = BUDDYINFO, .useful = ZONEINFO,
	  .ranges[KM_WARNING] = "~:0." KM_TEXT_OF(FRAGMENTED_THOUSANDS),
	  .command = "kmeminfo buddy",
	  .word.brief = "memory is free, but not in blocks of order " KM_TEXT_OF(MIDDLE_ORDER),
	  .word.explain =
		"The fragmentation index for order " KM_TEXT_OF(MIDDLE_ORDER) " (32 pages) "
		"exceeds 0." KM_TEXT_OF(FRAGMENTED_THOUSANDS) ": the cause is fragmentation, not "
		"lack of memory. No other zone that such requests may use serves them. The kernel "
		"gives up early on requests above order " KM_TEXT_OF(COSTLY_ORDER) ", so drivers "
		"that need such a block fail. Writing 1 to /proc/sys/vm/compact_memory compacts "
		"at once. Zones with less than " KM_PERCENT_OF(KM_SIZABLE_PERCENT) " of the "
		"managed memory are not checked.",
	  .word.origin = "/proc/buddyinfo, /proc/zoneinfo" },
	{ .word.key = "high-order-scarce", .look = high_order_scarce,
	  .figure = KM_SAID("free memory of a zone in blocks as large as a huge page, of all that is free there"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW | KM_RULE_LARGEST, .files = BUDDYINFO | MEMINFO,
	  .ranges[KM_NOTE] = KM_BELOW(SCARCE_PERCENT),
	  .command = "kmeminfo buddy",
	  .word.brief = "memory is free, but hardly any in blocks as large as a huge page",
	  .word.explain =
		"A zone has free memory for at least " KM_TEXT_OF(SCARCE_BLOCKS) " huge pages. "
		"Less than " KM_PERCENT_OF(SCARCE_PERCENT) " of it is in blocks of that size, or "
		"of the zone's largest blocks if a huge page is larger. Normal on a machine that "
		"has run long. Once these blocks are used, transparent huge pages and hugetlb "
		"pages need compaction first, or fail. `kmeminfo predict` says whether one is "
		"served now, `kmeminfo buddy` shows the blocks.",
	  .word.origin = "/proc/buddyinfo, /proc/meminfo Hugepagesize" },
	{ .look = NULL }
};
