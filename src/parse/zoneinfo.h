/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_ZONEINFO_H
#define KM_PARSE_ZONEINFO_H

#include "base/array.h"
#include "base/index.h"
#include "parse/parse.h"

/* "high_min" and its value. The name decides meaning and unit. */
struct km_zoneinfo_stat {
	struct km_str name; /* without a colon; "free" for the line "pages free"; may be "" */
	uint64_t value;
};

/* Adjacent items of one of the arrays below. */
struct km_zoneinfo_range {
	size_t first, len;
};

struct km_zoneinfo_pageset {
	uint64_t cpu;
	struct km_zoneinfo_range stats; /* of pageset_stats: count, high, batch, vm stats threshold */
};

struct km_zoneinfo_zone {
	uint64_t node;
	struct km_str zone;
	struct km_zoneinfo_range stats;      /* of stats */
	struct km_zoneinfo_range protection; /* of protection: pages, by type of the requested zone */
	struct km_zoneinfo_range pagesets;   /* of pagesets; empty in an unpopulated zone */
};

/* "per-node stats". The kernel prints them inside the node's first populated zone (4.8+). */
struct km_zoneinfo_node {
	uint64_t node;
	struct km_zoneinfo_range stats; /* of stats */
};

/* The state of the parser between two blocks of a file. */
struct km_zoneinfo_place {
	unsigned int owner;
	size_t cpu_indent; /* of the last "cpu:" line; deeper lines belong to that CPU */
};

/*
 * Unknown names are kept as well. There are a few large arrays instead of many small ones, because
 * 16 nodes with 1,024 CPUs make a file of 10 MB.
 */
struct km_zoneinfo {
	struct km_pool pool;   /* owns the names, each of them once */
	struct km_index names;
	struct km_index places; /* node and name of each zone */
	struct km_zoneinfo_place place;
	KM_ARRAY(struct km_zoneinfo_node) nodes;
	KM_ARRAY(struct km_zoneinfo_zone) zones; /* both in the file's order */
	KM_ARRAY(struct km_zoneinfo_stat) stats;
	KM_ARRAY(uint64_t) protection;
	KM_ARRAY(struct km_zoneinfo_pageset) pagesets;
	KM_ARRAY(struct km_zoneinfo_stat) pageset_stats;
};

/*
 * Values are as printed: mostly pages. Lines that cannot be read become problems. A file in blocks
 * of whole lines needs one call per block. ret borrows nothing from the text. Of a zone that is listed twice, the first
 * list counts, and the second is a problem.
 */
void km_parse_zoneinfo(struct km_parse *parse, struct km_str text, struct km_zoneinfo *ret);
void km_zoneinfo_deinit(struct km_zoneinfo *zoneinfo);

/* Call it once the whole file is parsed. Makes a problem of zones that lack what the kernel prints of every zone, and of
 * sizes that contradict each other. */
void km_zoneinfo_check(const struct km_parse *parse, const struct km_zoneinfo *zoneinfo);

/* Whether the zone has memory. False if that is unknown. */
bool km_zoneinfo_is_populated(const struct km_zoneinfo *zoneinfo, const struct km_zoneinfo_zone *zone);

/*
 * KM_UNKNOWN, not 0, if the kernel does not print the name. If it occurs twice, the first one
 * counts.
 */
uint64_t km_zoneinfo_value(const struct km_zoneinfo *zoneinfo, struct km_zoneinfo_range stats,
			   struct km_str name);
uint64_t km_zoneinfo_pageset_value(const struct km_zoneinfo *zoneinfo,
				   const struct km_zoneinfo_pageset *pageset, struct km_str name);

#endif
