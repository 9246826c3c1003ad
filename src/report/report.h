/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registry of reports, one entry each. Commands, the JSON documents and their schema, topics, completion,
 * the figures inside topics and the summary all read it. No other code makes rows from a machine's files.
 */
#ifndef KM_REPORT_REPORT_H
#define KM_REPORT_REPORT_H

#include "machine/machine.h"
#include "report/document.h"
#include "words/language.h"

/* For the extras of a report without extras of its own: figures only, without explanations. */
enum { KM_FIGURES_ONLY = 1 << 30 };

/* A request for the rows of a report. */
struct km_query {
	enum km_need need;   /* whether a file that cannot be read is a problem of the machine */
	unsigned int extras; /* extra files per row that the columns need; bits from .extras() */
	enum km_language language; /* the language of explanations */
	const void *options; /* the report's options struct; NULL: its defaults */
};

/* The input of a function that writes a report as sentences. */
struct km_prose_query {
	struct km_machine *machine;
	struct km_document *document;
	const struct km_style *style;
	enum km_language language;
	const void *options; /* as in struct km_query */
};

/*
 * Takes rows one at a time, in the order of reading. A row and its borrowed texts are valid until the call
 * returns. totals may be NULL.
 */
struct km_row_consumer {
	void (*begin)(void *data, const struct km_sheet_type *type);
	void (*row)(void *data, const void *row);
	void (*end)(void *data, const void *totals);
	void *data;
};

enum {
	KM_REPORT_TEXT_ONLY = 1 << 0, /* not in JSON, where it is part of another report */
	KM_REPORT_JSON_ONLY = 1 << 1, /* not in text, where it is part of another report */
	KM_REPORT_ALWAYS = 1 << 2,    /* also printed without rows, if the document has several reports */
	KM_REPORT_FIGURES = 1 << 3,   /* cheap to read, so placeholders in topics may use it */
	KM_REPORT_OVER_TIME = 1 << 4, /* describes the machine at a moment, so diff can compare it */
	KM_REPORT_RECORDED = 1 << 6,  /* `kmeminfo record` keeps it, under the name of its type */
	KM_REPORT_MANY = 1 << 5,      /* unbounded number of rows: metrics has the largest, and the rest as a sum */
};

/* All fields. */
#define KM_METRICS_ALL "+"

#define KM_NEEDS(file) (UINT64_C(1) << (file))

struct km_report {
	const char *key;   /* JSON key: "slab"; NULL: only in text */
	const char *group; /* JSON object that contains it; NULL: the document itself */
	enum km_shape shape;
	unsigned int flags;
	const struct km_sheet_type *type;
	uint64_t files;      /* KM_NEEDS() of the files without which it has no rows */
	const char *title;   /* text: heading if the document has several reports; NULL: none */
	const struct km_look *look; /* pages: picture beside the table; NULL: none */
	const char *columns; /* text: default columns; NULL: fields with KM_SHOWN */
	/* The fields in metrics: their keys, or KM_METRICS_ALL; NULL: none. */
	const char *metrics;
	uint64_t top;        /* default number of rows if the document has several reports; 0: all */
	/* The extra data that a field needs, as bits for struct km_query; NULL: none. */
	unsigned int (*extras)(const struct km_field *field);
	/*
	 * Derives the rows, owned by the machine's pool. 0, or a negative errno with err filled if the
	 * options name something that does not exist. Files that cannot be read become problems of the
	 * machine.
	 */
	int (*derive)(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		      struct km_err *err);
	/*
	 * The same row by row, in constant memory. -ENOTSUP, with nothing read, if the options rule that out.
	 * NULL: rows or totals depend on all rows.
	 */
	int (*stream)(struct km_machine *machine, const struct km_query *query,
		      const struct km_row_consumer *consumer, struct km_err *err);
	/* Text: writes sections of sentences instead of the table; NULL: the table. */
	void (*write)(const struct km_prose_query *query, const struct km_sheet *sheet);
	/* Text: the sheet without uninformative rows, of the same type; NULL: the whole sheet. */
	struct km_sheet (*condense)(struct km_machine *machine, const void *options);
};

/* Every report, in the order of the manual page of fields. */
#define KM_REPORTS(X)                                                                      \
	X(host)                                                                            \
	X(advice)                                                                          \
	X(buddy)                                                                           \
	X(callers)                                                                         \
	X(capture)                                                                         \
	X(check)                                                                           \
	X(cgroups)                                                                         \
	X(claims)                                                                          \
	X(comparison)                                                                      \
	X(counters)                                                                        \
	X(events)                                                                          \
	X(fields)                                                                          \
	X(fragmentation)                                                                   \
	X(installed)                                                                       \
	X(hindrances)                                                                      \
	X(ranges)                                                                          \
	X(memory_blocks)                                                                   \
	X(blocks)                                                                          \
	X(gfp)                                                                             \
	X(gfp_kernel)                                                                      \
	X(masks)                                                                           \
	X(module)                                                                          \
	X(meminfo)                                                                         \
	X(node_accounts)                                                                   \
	X(nodes)                                                                           \
	X(pages)                                                                           \
	X(pressure)                                                                        \
	X(predict)                                                                         \
	X(forecast)                                                                        \
	X(probe)                                                                           \
	X(request)                                                                         \
	X(scrape)                                                                          \
	X(recording)                                                                       \
	X(slab)                                                                            \
	X(source)                                                                          \
	X(sweep)                                                                           \
	X(topics)                                                                          \
	X(trend)                                                                           \
	X(types)                                                                           \
	X(vmalloc)                                                                         \
	X(vmstat)                                                                          \
	X(zones)                                                                           \
	X(overview)                                                                        \
	X(headline)                                                                        \
	X(account)                                                                         \
	X(account_parts)                                                                   \
	X(system)                                                                          \
	X(zone_summary)                                                                    \
	X(largest_caches)                                                                  \
	X(largest_callers)                                                                 \
	X(largest_commands)                                                                \
	X(findings)                                                                        \
	X(assessment)

#define KM_REPORT_EXTERN(name) extern const struct km_report km_report_##name;
KM_REPORTS(KM_REPORT_EXTERN)

/* All reports; ends with NULL. */
extern const struct km_report *const km_reports[];

#define KM_REPORT_ONE(name) +1
enum { KM_REPORT_COUNT = 0 KM_REPORTS(KM_REPORT_ONE) };

/* The report with all of the flags whose row type has this name; NULL if there is none. */
const struct km_report *km_report_find(struct km_str type, unsigned int flags);

/*
 * The row types of all reports and of the rows inside their rows, each once; ends with NULL. The pool owns
 * the array.
 */
const struct km_sheet_type *const *km_report_row_types(struct km_pool *pool);

/* The vocabularies of all KM_WORD fields, each once; ends with NULL. The pool owns the array. */
const struct km_vocabulary *const *km_report_vocabularies(struct km_pool *pool);

/* The rows of a report with its default options. Without rows if it has none, or if its files are missing. */
struct km_sheet km_report_derive(const struct km_report *report, struct km_machine *machine,
				 enum km_need need);

/*
 * The extras that the columns of a view need: those in --columns and --sort. JSON shows all columns, so for
 * JSON these include the extras that are cheap on a running machine, and all extras of a capture.
 */
unsigned int km_report_extras(const struct km_report *report, struct km_machine *machine,
			      const struct km_view_options *view, bool json);

#endif
