/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings about a machine's memory as sentences, worst first. */
#ifndef KM_REPORT_FINDING_H
#define KM_REPORT_FINDING_H

#include "model/account.h"
#include "model/cgroup.h"
#include "model/prediction.h"
#include "base/field.h"

enum km_severity { KM_CRITICAL, KM_WARNING, KM_NOTE, KM_SEVERITIES };

struct km_growth;

/* The input of the rules. Sheets may be empty, records NULL. */
struct km_finding_input {
	const struct km_meminfo *meminfo;
	const struct km_vmstat *vmstat;
	uint64_t page_bytes;
	uint64_t uptime_ms;      /* KM_UNKNOWN: unknown */
	const struct km_account_tree *account;
	struct km_str suspects;  /* possible owners of uncounted memory; .ptr NULL: none known */
	struct km_sheet zones;   /* km_zone_type */
	struct km_sheet buddy;   /* km_buddy_type */
	struct km_sheet slab;    /* km_slab_type, with totals */
	struct km_sheet vmalloc; /* km_vmalloc_type, with totals */
	struct km_sheet cgroups; /* km_cgroup_type: cgroups with a limit */
	const struct km_growth *growth; /* NULL: without a recording */
	struct km_removed_cgroups removed; /* .count KM_UNKNOWN: not reported */
	struct km_sheet pages;   /* km_pageclass_type: the helper module's page classes */
	bool has_cgroups;        /* the machine has memory cgroups, and they could be read */
	struct km_sheet callers; /* km_caller_type, from allocinfo */
	/* Whether an ordinary request is served, km_is_served(); NULL: it is not known. */
	bool (*is_served)(void *machine, uint64_t node, struct km_str zone, uint64_t order);
	/* The prediction for a request, km_predict_usual(); NULL: it is not known. */
	struct km_prediction (*predict)(void *machine, const char *flags, uint64_t node, uint64_t order);
	void *machine;
};

struct km_finding {
	const struct km_word *severity;
	const struct km_word *id;
	struct km_str place;
	struct km_str text;
	struct km_str command;
	uint64_t bytes;
};

extern const struct km_sheet_type km_finding_type;

/* The words of the field severity, by enum km_severity; ends with a NULL key. */
extern const struct km_word km_severities[KM_SEVERITIES + 1];

/* Everything that the rules find, worst first, owned by the pool. */
struct km_sheet km_findings_derive(struct km_pool *pool, const struct km_finding_input *facts);

extern const struct km_vocabulary km_severity_vocabulary;

/* One for each table of rules; the first leads to the others. */
extern const struct km_vocabulary km_finding_vocabularies[];

#endif
