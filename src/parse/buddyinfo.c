// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/buddyinfo (k6.12:mm/vmstat.c frag_show_print): populated zones only, one count per order.
 *
 *   Node 0, zone    DMA32      1      2      4      2      5      4      3      3      4      2    752
 */
#include "parse/buddyinfo.h"

/* No kernel has more than MAX_PAGE_ORDER 13 (arm64 with 64K pages); shifts past 63 are undefined. */
static bool parse_counts(struct km_str rest, uint64_t counts[static KM_ORDERS_MAX], size_t *orders)
{
	size_t n = 0;

	for (rest = km_str_trim(rest); rest.len; rest = km_str_trim(rest)) {
		if (n == KM_ORDERS_MAX || !km_str_take_number(&rest, &counts[n]))
			return false;
		n++;
	}
	*orders = n;
	return n > 0;
}

void km_parse_buddyinfo(struct km_parse *parse, struct km_str text, struct km_buddyinfo *ret)
{
	uint64_t counts[KM_ORDERS_MAX];
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		struct km_buddyinfo_zone zone = { 0 }, *kept;
		size_t number;

		if (!km_str_trim(line).len)
			continue;
		if (!km_parse_zone_head(&line, &zone.node, &zone.zone)) {
			km_parse_problem(parse, "no \"Node N, zone NAME\" in front");
			continue;
		}
		if (!parse_counts(line, counts, &zone.orders)) {
			km_parse_problem(parse, "not a row of block counts");
			continue;
		}
		number = km_index_keep(&ret->index, &ret->pool, zone.node, zone.zone);
		if (number < ret->zones.len) {
			km_parse_problem(parse, "a second row of this zone");
			continue;
		}
		zone.zone = ret->index.keys.items[number].text;
		zone.nr_free = km_pool_alloc(&ret->pool, zone.orders, sizeof(*counts));
		memcpy(zone.nr_free, counts, zone.orders * sizeof(*counts));
		zone.line = parse->line;
		kept = km_array_push(&ret->zones);
		*kept = zone;
	}
}

/*
 * The orders of most rows. Of two numbers in equally many rows it is the larger, because a row loses its end more easily
 * than it gets more.
 */
static size_t usual_orders(const struct km_buddyinfo *buddyinfo)
{
	size_t rows[KM_ORDERS_MAX + 1] = { 0 }, usual = 0;
	const struct km_buddyinfo_zone *zone;

	km_array_each(zone, &buddyinfo->zones)
		rows[zone->orders]++;
	for (size_t orders = 1; orders <= KM_ORDERS_MAX; orders++)
		if (rows[orders] && rows[orders] >= rows[usual])
			usual = orders;
	return usual;
}

void km_buddyinfo_check(const struct km_parse *parse, struct km_buddyinfo *buddyinfo)
{
	const size_t usual = usual_orders(buddyinfo), len = buddyinfo->zones.len;

	buddyinfo->zones.len = 0;
	for (size_t i = 0; i < len; i++) {
		const struct km_buddyinfo_zone *zone = &buddyinfo->zones.items[i];

		if (zone->orders == usual)
			buddyinfo->zones.items[buddyinfo->zones.len++] = *zone;
		else
			km_problem_line(parse->problems, parse->source, zone->line,
					"%zu block counts, where the other rows have %zu", zone->orders, usual);
	}
}

void km_buddyinfo_deinit(struct km_buddyinfo *buddyinfo)
{
	km_array_deinit(&buddyinfo->zones);
	km_index_deinit(&buddyinfo->index);
	km_pool_deinit(&buddyinfo->pool);
}
