/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The contents of the summary, read from a machine. */
#ifndef KM_REPORT_SUMMARY_H
#define KM_REPORT_SUMMARY_H

#include "report/finding.h"
#include "machine/machine.h"
#include "report/report.h"

/* Optional contents of a summary, which are expensive or shown on request. */
enum {
	KM_SUMMARY_PAGES = 1 << 0,     /* also /proc/kmeminfo/pages of a live machine */
	KM_SUMMARY_CHEAP = 1 << 1,     /* no files per cache or process */
	KM_SUMMARY_HOST_NAME = 1 << 2,
	KM_SUMMARY_NODES = 1 << 3,     /* the account of each node instead */
	KM_SUMMARY_INSTALLED = 1 << 4, /* the memory above MemTotal instead */
};

struct km_summary {
	unsigned int extent; /* bits of the enum above */
	struct km_account_input account_input;
	bool module;            /* the helper module is available */
	uint64_t counted_bytes; /* the unaccounted rest, counted page by page; KM_UNKNOWN without the module */
	struct km_finding_input finding_input; /* contains the sheets zones, buddy, slab, vmalloc */
	struct km_account_tree account;
	struct km_sheet findings;
	struct km_sheet system;  /* km_system_type */
	struct km_sheet parts;   /* km_account_item_type */
	struct km_sheet zones;   /* km_zone_brief_type */
	struct km_sheet caches;  /* km_slab_type; empty if sizes are unknown */
	struct km_sheet commands; /* km_command_usage_type; empty for a capture */
};

/* The files that a part of the summary needs, as KM_NEEDS(). */
struct km_summary_scope {
	uint64_t needed; /* required: a failure becomes a problem of the machine */
	uint64_t useful; /* optional: read if it exists */
	bool walk, commands;
	bool cheap; /* no files per cache */
};

/* The files that show whether meminfo is a container's. All figures depend on that. */
#define KM_SUMMARY_ALWAYS (KM_NEEDS(KM_FILE_MEMINFO) | KM_NEEDS(KM_FILE_VMSTAT) | KM_NEEDS(KM_FILE_ZONEINFO))

void km_summary_derive_scope(struct km_machine *machine, const struct km_summary_scope *scope,
			     struct km_summary *ret);

/*
 * Reads the files of the summary. Figures of files that cannot be read are unknown; need tells whether that
 * is a problem of the machine. For /proc/kmeminfo/pages the kernel reads every page (seconds on a machine
 * with terabytes). A capture's copy is always read.
 */
void km_summary_derive(struct km_machine *machine, enum km_need need, unsigned int extent,
		       struct km_summary *ret);

/* The row of the report system, from a summary that has the account. */
struct km_sheet km_system_derive(struct km_machine *machine, const struct km_summary *summary);

/* The summary in query->options, which several reports share; otherwise a new one, without the walk over pages. */
const struct km_summary *km_summary_of(struct km_machine *machine, const struct km_query *query);

#endif
