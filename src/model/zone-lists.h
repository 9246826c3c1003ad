/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The zones of a machine, as several files list them: each has the populated ones (k4.14 to k7.2:mm/vmstat.c walk_zones_in_node). */
#ifndef KM_MODEL_ZONE_LISTS_H
#define KM_MODEL_ZONE_LISTS_H

#include "parse/zoneinfo.h"

/* A file that lists populated zones. */
struct km_zone_list {
	struct km_str name;            /* as printed: "/proc/buddyinfo" */
	const struct km_index *places; /* node and name of each */
};

/*
 * Makes a problem of each of the two files if it lacks zones that the other one has. No sum and no verdict is then taken for
 * that of all memory. Memory that is plugged in or out between the two readings has the same effect.
 */
void km_zone_lists_compare(const struct km_zoneinfo *zoneinfo, struct km_str name, const struct km_zone_list *list,
			   struct km_problems *problems);

#endif
