// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/zoneinfo (k7.2:mm/vmstat.c zoneinfo_show_print). The node's statistics are inside its first
 * populated zone. An unpopulated zone ends after its protection.
 *
 *   Node 0, zone      DMA
 *     per-node stats
 *         nr_inactive_anon 4968
 *     pages free     3808
 *           min      22
 *           protection: (0, 444, 444, 444, 444)
 *         nr_free_pages 3808
 *     pagesets
 *       cpu: 0
 *                 count:    0
 *     vm stats threshold: 4
 *     node_unreclaimable:  0
 */
#include "base/scan.h"
#include "parse/zoneinfo.h"

/* The owner of the following statistics, until a line names another. OWNER_TWICE: a zone that the file has listed before. */
enum owner { OWNER_NONE, OWNER_NODE, OWNER_ZONE, OWNER_PAGESET, OWNER_TWICE };

static struct km_zoneinfo_zone *last_zone(struct km_zoneinfo *zoneinfo)
{
	return &zoneinfo->zones.items[zoneinfo->zones.len - 1];
}

/*
 * "high_min:  5" and "vm stats threshold: 4": the name is everything before the last word. 4.14 to
 * 4.19 have one counter without a name, NR_INDIRECTLY_RECLAIMABLE_BYTES (k4.19:mm/vmstat.c
 * vmstat_text, ""). It is kept with an empty name.
 */
static inline bool parse_stat(struct km_str line, struct km_zoneinfo_stat *ret)
{
	const char *begin = line.ptr, *end = begin + line.len, *at = end;

	while (at > begin && (unsigned char)(at[-1] - '0') < 10)
		at--;
	if ((at > begin && !km_scan_is_blank(at[-1])) ||
	    !km_scan_number((struct km_str){ at, (size_t)(end - at) }, &ret->value))
		return false;
	while (at > begin && km_scan_is_blank(at[-1]))
		at--;
	ret->name = (struct km_str){ begin, (size_t)(at - begin) };
	if (at > begin && at[-1] == ':')
		ret->name.len--;
	return ret->name.len || at == begin;
}

/* "(0, 444, 444, 444, 444)" */
static bool parse_protection(struct km_zoneinfo *zoneinfo, struct km_str list)
{
	struct km_zoneinfo_zone *zone = last_zone(zoneinfo);
	size_t first = zoneinfo->protection.len;
	uint64_t pages;

	list = km_str_trim(list);
	if (zone->protection.len || !km_str_take_prefix(&list, KM_STR("(")))
		return false;
	do {
		list = km_str_trim(list);
		if (!km_str_take_u64(&list, &pages)) {
			zoneinfo->protection.len = first;
			return false;
		}
		*km_array_push(&zoneinfo->protection) = pages;
	} while (km_str_take_prefix(&list, KM_STR(",")));
	if (!km_str_eq(list, KM_STR(")"))) {
		zoneinfo->protection.len = first;
		return false;
	}
	zone->protection = (struct km_zoneinfo_range){ first, zoneinfo->protection.len - first };
	return true;
}

static struct km_str keep_name(struct km_zoneinfo *zoneinfo, struct km_str name)
{
	size_t number;

	if (!name.len)
		return KM_STR("");
	number = km_index_keep(&zoneinfo->names, &zoneinfo->pool, 0, name);
	return zoneinfo->names.keys.items[number].text;
}

/* Each CPU has the names of the one before, in the same order, so usually no lookup is needed. */
static struct km_str keep_pageset_name(struct km_zoneinfo *zoneinfo, struct km_str name)
{
	const struct km_zoneinfo_pageset *now = &zoneinfo->pagesets.items[zoneinfo->pagesets.len - 1];
	struct km_str kept;

	if (zoneinfo->pagesets.len < 2 || now->stats.len >= now[-1].stats.len)
		return keep_name(zoneinfo, name);
	kept = zoneinfo->pageset_stats.items[now[-1].stats.first + now->stats.len].name;
	return km_str_eq(kept, name) ? kept : keep_name(zoneinfo, name);
}

static void add_zone(struct km_parse *parse, struct km_zoneinfo *zoneinfo, uint64_t node, struct km_str name)
{
	struct km_zoneinfo_zone *zone;

	if (km_index_keep(&zoneinfo->places, &zoneinfo->pool, node, name) < zoneinfo->zones.len) {
		km_parse_problem(parse, "a second list of this zone");
		zoneinfo->place.owner = OWNER_TWICE;
		return;
	}
	zone = km_array_push(&zoneinfo->zones);
	zone->node = node;
	zone->zone = keep_name(zoneinfo, name);
	zone->stats.first = zoneinfo->stats.len;
	zone->pagesets.first = zoneinfo->pagesets.len;
	zoneinfo->place.owner = OWNER_ZONE;
}

static void add_node(struct km_zoneinfo *zoneinfo)
{
	struct km_zoneinfo_node *node = km_array_push(&zoneinfo->nodes);

	node->node = last_zone(zoneinfo)->node;
	node->stats.first = zoneinfo->stats.len;
	zoneinfo->place.owner = OWNER_NODE;
}

static void add_pageset(struct km_zoneinfo *zoneinfo, uint64_t cpu, size_t indent)
{
	struct km_zoneinfo_pageset *pageset = km_array_push(&zoneinfo->pagesets);

	pageset->cpu = cpu;
	pageset->stats.first = zoneinfo->pageset_stats.len;
	last_zone(zoneinfo)->pagesets.len++;
	zoneinfo->place.owner = OWNER_PAGESET;
	zoneinfo->place.cpu_indent = indent;
}

static void add_stat(struct km_zoneinfo *zoneinfo, struct km_zoneinfo_stat stat)
{
	stat.name = zoneinfo->place.owner == OWNER_PAGESET ? keep_pageset_name(zoneinfo, stat.name) :
							     keep_name(zoneinfo, stat.name);
	switch (zoneinfo->place.owner) {
	case OWNER_NONE:
	case OWNER_TWICE:
		break;
	case OWNER_NODE:
		*km_array_push(&zoneinfo->stats) = stat;
		zoneinfo->nodes.items[zoneinfo->nodes.len - 1].stats.len++;
		break;
	case OWNER_ZONE:
		*km_array_push(&zoneinfo->stats) = stat;
		last_zone(zoneinfo)->stats.len++;
		break;
	case OWNER_PAGESET:
		*km_array_push(&zoneinfo->pageset_stats) = stat;
		zoneinfo->pagesets.items[zoneinfo->pagesets.len - 1].stats.len++;
		break;
	}
}

/* A zone's statistics are one range, so the node's statistics must come before them. */
static void begin_zone_stats(struct km_zoneinfo *zoneinfo)
{
	struct km_zoneinfo_zone *zone = last_zone(zoneinfo);

	if (!zone->stats.len)
		zone->stats.first = zoneinfo->stats.len;
	zoneinfo->place.owner = OWNER_ZONE;
}

/* The figures of a CPU's list, also where a paste lost the blanks that put them below "cpu: 0". */
static bool is_of_pageset(struct km_str name)
{
	static const char *const names[] = { "count", "high", "batch", "high_min", "high_max", "vm stats threshold" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(name, km_str_from(names[i])))
			return true;
	return false;
}

/* Parses a line below a zone's head. Returns what is wrong with it, or NULL. */
static const char *parse_below(struct km_zoneinfo *zoneinfo, struct km_str line, size_t indent)
{
	struct km_zoneinfo_stat stat;

	/* only these lines begin with a p; most lines do not */
	if (*line.ptr == 'p') {
		if (km_str_eq(line, KM_STR("per-node stats"))) {
			if (last_zone(zoneinfo)->stats.len)
				return KM_SAID("statistics of the node among those of a zone");
			add_node(zoneinfo);
			return NULL;
		}
		if (km_str_eq(line, KM_STR("pagesets")))
			return NULL;
		if (km_str_take_prefix(&line, KM_STR("protection:")))
			return parse_protection(zoneinfo, line) ? NULL :
				"not the zone's one list of page counts";
		if (km_str_take_prefix(&line, KM_STR("pages ")))
			begin_zone_stats(zoneinfo);
	}
	if (!parse_stat(line, &stat))
		return "not a name and a number";
	if (stat.name.len == 3 && !memcmp(stat.name.ptr, "cpu", 3)) {
		add_pageset(zoneinfo, stat.value, indent);
		return NULL;
	}
	if (zoneinfo->place.owner == OWNER_PAGESET && indent <= zoneinfo->place.cpu_indent &&
	    !is_of_pageset(stat.name))
		begin_zone_stats(zoneinfo);
	add_stat(zoneinfo, stat);
	return NULL;
}

void km_parse_zoneinfo(struct km_parse *parse, struct km_str text, struct km_zoneinfo *ret)
{
	struct km_str line, inner, rest, name;
	const char *wrong;
	uint64_t node;

	while (km_parse_line(parse, &text, &line)) {
		inner = km_scan_trim(line);
		if (!inner.len)
			continue;
		rest = line;
		if (*line.ptr == 'N' && km_parse_zone_head(&rest, &node, &name) && !km_str_trim(rest).len) {
			add_zone(parse, ret, node, name);
			continue;
		}
		/* lines below an unreadable head belong to no known zone */
		if (km_str_starts(line, KM_STR("Node")))
			ret->place.owner = OWNER_NONE;
		if (ret->place.owner == OWNER_TWICE)
			continue;
		wrong = ret->place.owner == OWNER_NONE ? "below no readable \"Node N, zone NAME\"" :
				parse_below(ret, inner, (size_t)(inner.ptr - line.ptr));
		if (wrong)
			km_parse_problem(parse, "%s", wrong);
	}
}

void km_zoneinfo_deinit(struct km_zoneinfo *zoneinfo)
{
	km_array_deinit(&zoneinfo->nodes);
	km_array_deinit(&zoneinfo->zones);
	km_array_deinit(&zoneinfo->stats);
	km_array_deinit(&zoneinfo->protection);
	km_array_deinit(&zoneinfo->pagesets);
	km_array_deinit(&zoneinfo->pageset_stats);
	km_index_deinit(&zoneinfo->names);
	km_index_deinit(&zoneinfo->places);
	km_pool_deinit(&zoneinfo->pool);
	zoneinfo->place = (struct km_zoneinfo_place){ 0 };
}

/* What the kernel prints of every zone, and at the end of a populated one (k4.14 to k7.2:mm/vmstat.c zoneinfo_show_print). */
static const char *missing_of(const struct km_zoneinfo *zoneinfo, const struct km_zoneinfo_zone *zone)
{
	static const char *const names[] = { "free", "present", "managed" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_zoneinfo_value(zoneinfo, zone->stats, km_str_from(names[i])) == KM_UNKNOWN)
			return names[i];
	if (!zone->protection.len)
		return "protection";
	if (km_zoneinfo_is_populated(zoneinfo, zone) && km_zoneinfo_value(zoneinfo, zone->stats, KM_STR("start_pfn")) == KM_UNKNOWN)
		return "start_pfn";
	return NULL;
}

/*
 * Free pages are present, and those lie in the zone (k6.12:include/linux/mmzone.h struct zone). Counts of free pages wait on
 * each CPU, at most so many (k6.12:mm/vmstat.c calculate_normal_threshold).
 */
enum { WAITING_PAGES = 125 };

static const char *contradiction_of(const struct km_zoneinfo *zoneinfo, const struct km_zoneinfo_zone *zone, const char **ret_less)
{
	static const char *const names[] = { "free", "present", "spanned" };
	const char *more = NULL;
	uint64_t before = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const uint64_t pages = km_zoneinfo_value(zoneinfo, zone->stats, km_str_from(names[i]));

		*ret_less = names[i];
		if (pages == KM_UNKNOWN)
			continue;
		if (before > pages && before - pages > (uint64_t)WAITING_PAGES * zone->pagesets.len)
			return more;
		more = names[i];
		before = pages;
	}
	return NULL;
}

static void check_sizes(const struct km_parse *parse, const struct km_zoneinfo *zoneinfo)
{
	const struct km_zoneinfo_zone *zone;

	km_array_each(zone, &zoneinfo->zones) {
		const char *less, *more = contradiction_of(zoneinfo, zone, &less);

		if (!more)
			continue;
		km_problem_source(parse->problems, parse->source, NULL, "node %llu, zone %.*s has more '%s' pages than '%s'",
				  (unsigned long long)zone->node, KM_STR_ARG(zone->zone), more, less);
		return;
	}
}

void km_zoneinfo_check(const struct km_parse *parse, const struct km_zoneinfo *zoneinfo)
{
	const struct km_zoneinfo_zone *zone, *first = NULL;
	size_t zones = 0;

	km_array_each(zone, &zoneinfo->zones)
		if (missing_of(zoneinfo, zone) && !zones++)
			first = zone;
	if (zones == 1)
		km_problem_source(parse->problems, parse->source, NULL, "node %llu, zone %.*s has no readable '%s'",
				  (unsigned long long)first->node, KM_STR_ARG(first->zone), missing_of(zoneinfo, first));
	else if (zones)
		km_problem_source(parse->problems, parse->source, NULL,
				  "%zu zones are incomplete: the first is node %llu, zone %.*s, which has no readable '%s'", zones,
				  (unsigned long long)first->node, KM_STR_ARG(first->zone), missing_of(zoneinfo, first));
	check_sizes(parse, zoneinfo);
}

static uint64_t value_of(const struct km_zoneinfo_stat *stats, struct km_zoneinfo_range range,
			 struct km_str name)
{
	for (size_t i = range.first; i < range.first + range.len; i++)
		if (km_str_eq(stats[i].name, name))
			return stats[i].value;
	return KM_UNKNOWN;
}

uint64_t km_zoneinfo_value(const struct km_zoneinfo *zoneinfo, struct km_zoneinfo_range stats,
			   struct km_str name)
{
	return value_of(zoneinfo->stats.items, stats, name);
}

bool km_zoneinfo_is_populated(const struct km_zoneinfo *zoneinfo, const struct km_zoneinfo_zone *zone)
{
	return km_num_or(km_zoneinfo_value(zoneinfo, zone->stats, KM_STR("present")), 0);
}

uint64_t km_zoneinfo_pageset_value(const struct km_zoneinfo *zoneinfo,
				   const struct km_zoneinfo_pageset *pageset, struct km_str name)
{
	return value_of(zoneinfo->pageset_stats.items, pageset->stats, name);
}
