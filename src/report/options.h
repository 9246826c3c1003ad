/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of single reports: .options of struct km_query points to them. */
#ifndef KM_REPORT_OPTIONS_H
#define KM_REPORT_OPTIONS_H

#include "model/failure.h"
#include "model/forecast.h"
#include "model/vmalloc.h"
#include "parse/klog.h"
#include "parse/logtext.h"

/* slab */
struct km_slab_options {
	char *const *patterns; /* shell patterns for names of caches */
	size_t len;            /* 0: all caches */
};

/* vmalloc */
struct km_vmalloc_options {
	enum km_vmalloc_by by;
};

/* zones */
struct km_zones_options {
	bool all; /* unpopulated zones too */
};

/* topics */
struct km_explain_options {
	char *const *words;
	size_t len;
};

/* fields */
struct km_fields_options {
	const char *group; /* name of a sheet; NULL: all */
};

/* masks, gfp, gfp_kernel */
struct km_gfp_options {
	char *const *words; /* masks to explain */
	size_t len;
	const char *kernel; /* a release; NULL: the machine's */
	uint64_t order;     /* order of the request */
};

/* predict, forecast */
struct km_predict_options {
	const char *gfp;      /* NULL: GFP_KERNEL */
	uint64_t order, bytes; /* KM_UNKNOWN: not set */
	uint64_t node;        /* KM_UNKNOWN: node of the CPU; for a capture unknown */
	int api;              /* KMEMINFO_API_*; -1: a direct request for pages */
	enum km_context context;
	const char *cgroup;   /* "/box"; NULL: that of kmeminfo, or of the program that made the capture */
	const struct km_failure *event; /* from a log: use its zones instead of the machine's; NULL: the machine */
};

/* callers */
struct km_callers_options {
	bool each_page; /* on the running machine also read page_owner, if it has no list of stacks */
};

/* fragmentation */
struct km_fragmentation_options {
	bool types; /* without the module: also read /proc/pagetypeinfo of the running machine */
};

/* probe, sweep, claims */
struct km_probe_options {
	unsigned int api; /* KMEMINFO_API_* */
	uint64_t bytes, repeat;
	const char *gfp;
	uint64_t node; /* KM_UNKNOWN: any */
	const char *cgroup; /* "/box", entered for each probe; NULL: none */
	uint32_t prepare;
};

/* events */
struct km_events_options {
	size_t logs;      /* number of logs that could be read */
	bool with_source; /* several logs were named: each event names its log */
	const struct km_logtext_counts *facts; /* the forms of all logs together */
	const struct km_klog_hints *hints;    /* lines that were not understood; NULL: none */
};

struct km_recording;

/* recording, trend */
struct km_trend_options {
	struct km_recording *recording;
	const char *report; /* only rows of this report; NULL: of all reports */
};

#endif
