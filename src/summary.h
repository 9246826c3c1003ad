/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that the summary tells, gathered from a snapshot. */
#ifndef KM_SUMMARY_H
#define KM_SUMMARY_H

#include "explain/finding.h"
#include "snapshot.h"

struct km_summary {
	struct km_account_facts account_facts;
	uint64_t counted_bytes; /* the unaccounted rest, page by page; KM_UNKNOWN without the module */
	struct km_finding_facts finding_facts; /* has the sheets of zones, buddy, slab, vmalloc */
	struct km_account_tree account;
	struct km_sheet findings;
	struct km_sheet zones;   /* km_zone_brief_type */
	struct km_sheet caches;  /* km_slab_type; empty where sizes are not told */
	struct km_sheet holders; /* km_holder_type; empty of a capture */
};

/* Reads what it needs; what cannot be had is a problem in the snapshot, and unknown. */
void km_summary_derive(struct km_snapshot *snapshot, struct km_summary *ret);

#endif
