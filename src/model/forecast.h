/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Predicts whether an allocation would succeed: one request, or a table of common ones. */
#ifndef KM_MODEL_FORECAST_H
#define KM_MODEL_FORECAST_H

#include "model/charge.h"
#include "model/gfp.h"
#include "model/prediction.h"

/* The context in which the request is made. */
enum km_context { KM_CONTEXT_PROCESS, KM_CONTEXT_SOFTIRQ, KM_CONTEXT_HARDIRQ, KM_CONTEXTS };

extern const char *const km_context_names[];
extern const struct km_word km_contexts[], km_api_ways[];
extern const struct km_vocabulary km_context_vocabulary, km_api_way_vocabulary, km_forecast_vocabulary;

struct km_forecast {
	struct km_str api;
	struct km_str gfp;
	struct km_str flags;
	const struct km_word *context;
	uint64_t node;
	uint64_t request_bytes;
	uint64_t order;
	uint64_t pages;
	const struct km_word *way;
	struct km_str cache;
	uint64_t free_objects;
	enum km_tri answer;
	const struct km_word *prediction;
	uint64_t node_served;
	struct km_str zone_served;
	struct km_str reason;
	struct km_str change;
	struct km_texts unknown;
	double compaction_index;
	enum km_tri compaction;
	enum km_tri charged;
	struct km_str cgroup;
	uint64_t cgroup_limit_bytes;
	uint64_t cgroup_left_bytes;
	struct km_texts complaints;
	struct km_texts not_considered;
	struct km_rows zones; /* struct km_request_zone, in the order in which the kernel tries them */
};

extern const struct km_sheet_type km_forecast_type;

/* Settings that change the page allocator's attempts; KM_UNKNOWN if they were not read. */
struct km_forecast_settings {
	uint64_t zone_reclaim_mode, defrag_mode; /* 0: off, or this kernel lacks the setting */
	uint64_t unaccepted_bytes;
};

struct km_forecast_query {
	struct km_pool *pool;
	const struct km_gfp_kernel *kernel;
	const struct km_supply *supply;
	const struct km_api_input *input;
	struct km_cgroup_limits cgroup; /* those of the caller */
	struct km_str gfp; /* as the user wrote them */
	uint32_t mask;
	int api;           /* enum kmeminfo_api; -1: pages of this order */
	uint64_t bytes;    /* with an api */
	uint64_t held;     /* requests of this kind that are made before any is freed; 0: one */
	uint64_t order;    /* without an api */
	uint64_t node;     /* the first node; KM_UNKNOWN */
	struct km_forecast_settings settings;
	struct km_str nodemask, mems_allowed; /* of a task in a log; .len 0: all nodes */
	bool of_report; /* everything is of a report of the log, nothing of a machine */
	const struct km_request *reported; /* the request of a report itself, whose mask and order these are; NULL: none */
	enum km_context context;
};

/* The request and its prediction, without texts: report/forecast-text.h writes them. */
struct km_forecast_result {
	struct km_api_request asked;
	struct km_request request;
	struct km_prediction prediction; /* for zones and cgroups together */
	struct km_charge charge;
	uint64_t available_bytes; /* for single pages: sum of the available memory of all zones, a lower bound */
	uint32_t mask;       /* the mask that the page allocator gets */
	unsigned int faults; /* km_gfp_faults() */
	uint32_t unnamed;    /* bits that are no flags of the kernel */
};

/* The prediction alone, which is all that a probe has beside its result. */
struct km_forecast_result km_forecast_predict(const struct km_forecast_query *query);

/* Whether the kernel stops because vmalloc() is called in an interrupt (k6.12:mm/vmalloc.c __get_vm_area_node). */
bool km_forecast_stops(const struct km_forecast_query *query, const struct km_forecast_result *result);

void km_forecast_derive(const struct km_forecast_query *query, struct km_forecast_result *ret_result,
			struct km_forecast *row);

/* A cell of the table: the prediction for one order. */
struct km_forecast_cell {
	uint64_t order;
	uint64_t block_bytes;
	enum km_tri answer;
	const struct km_word *prediction;
	const struct km_word *word; /* the word in the text table: yes, low, reserve, reclaim, compact, no, ? */
};

struct km_forecast_row {
	struct km_str gfp;
	struct km_rows orders; /* struct km_forecast_cell */
};

extern const struct km_sheet_type km_forecast_row_type;
extern const struct km_sheet_type km_forecast_cell_type;

/* The words of the table. */
extern const struct km_word km_forecast_words[];

/* A table of common flags and all orders of the machine, from one node. The query's pool owns it. */
struct km_sheet km_forecast_table(const struct km_forecast_query *query);

#endif
