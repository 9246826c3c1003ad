/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_BUDDYINFO_H
#define KM_PARSE_BUDDYINFO_H

#include "base/array.h"
#include "parse/parse.h"

struct km_buddyinfo_zone {
	uint64_t node;
	struct km_str zone;
	uint64_t *nr_free; /* blocks, by order from 0 */
	size_t orders;
};

struct km_buddyinfo {
	struct km_pool pool;
	KM_ARRAY(struct km_buddyinfo_zone) zones; /* in the file's order */
};

/* Counts are blocks of (page << order). Unreadable lines are problems; zones may differ in orders. */
void km_parse_buddyinfo(struct km_parse *parse, struct km_str text, struct km_buddyinfo *ret);
void km_buddyinfo_deinit(struct km_buddyinfo *buddyinfo);

#endif
