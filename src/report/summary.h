/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that the summary tells, gathered from a machine. */
#ifndef KM_REPORT_SUMMARY_H
#define KM_REPORT_SUMMARY_H

#include "report/finding.h"
#include "machine/machine.h"

struct km_summary {
	struct km_account_input account_input;
	bool module;            /* the helper module can be asked */
	uint64_t counted_bytes; /* the unaccounted rest, page by page; KM_UNKNOWN without the module */
	struct km_finding_input finding_input; /* has the sheets of zones, buddy, slab, vmalloc */
	struct km_account_tree account;
	struct km_sheet findings;
	struct km_sheet zones;   /* km_zone_brief_type */
	struct km_sheet caches;  /* km_slab_type; empty where sizes are not told */
	struct km_sheet commands; /* km_command_usage_type; empty of a capture */
};

/*
 * Reads what it needs. What cannot be read is unknown, and a problem of the machine where need says
 * so. walk: on a live machine also read /proc/kmeminfo/pages, for which the kernel looks at
 * every page (seconds on a machine of terabytes). A capture's copy is always read.
 */
void km_summary_derive(struct km_machine *machine, enum km_need need, bool walk, struct km_summary *ret);

#endif
