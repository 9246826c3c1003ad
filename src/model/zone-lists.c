// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/zone-lists.h"

/* The zones that one file lacks: the first, and how many. */
struct lack {
	uint64_t node;
	struct km_str zone;
	size_t zones;
};

static void add(struct lack *lack, uint64_t node, struct km_str zone)
{
	if (!lack->zones++) {
		lack->node = node;
		lack->zone = zone;
	}
}

static void tell(const struct lack *lack, struct km_str file, struct km_str other, struct km_problems *problems)
{
	if (lack->zones == 1)
		km_problem_source(problems, file, NULL, "node %llu, zone %.*s of %.*s is missing", (unsigned long long)lack->node,
				  KM_STR_ARG(lack->zone), KM_STR_ARG(other));
	else if (lack->zones)
		km_problem_source(problems, file, NULL, "%zu zones of %.*s are missing: the first is node %llu, zone %.*s",
				  lack->zones, KM_STR_ARG(other), (unsigned long long)lack->node, KM_STR_ARG(lack->zone));
}

static struct lack lack_of_list(const struct km_zoneinfo *zoneinfo, const struct km_zone_list *list)
{
	const struct km_zoneinfo_zone *zone;
	struct lack lack = { .zones = 0 };

	km_array_each(zone, &zoneinfo->zones)
		if (km_zoneinfo_is_populated(zoneinfo, zone) && km_index_find(list->places, zone->node, zone->zone) == SIZE_MAX)
			add(&lack, zone->node, zone->zone);
	return lack;
}

static struct lack lack_of_zoneinfo(const struct km_zoneinfo *zoneinfo, const struct km_zone_list *list)
{
	const struct km_index_key *place;
	struct lack lack = { .zones = 0 };

	km_array_each(place, &list->places->keys)
		if (km_index_find(&zoneinfo->places, place->tag, place->text) == SIZE_MAX)
			add(&lack, place->tag, place->text);
	return lack;
}

void km_zone_lists_compare(const struct km_zoneinfo *zoneinfo, struct km_str name, const struct km_zone_list *list,
			   struct km_problems *problems)
{
	const struct lack of_list = lack_of_list(zoneinfo, list), of_zoneinfo = lack_of_zoneinfo(zoneinfo, list);

	tell(&of_list, list->name, name, problems);
	tell(&of_zoneinfo, name, list->name, problems);
}
