/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One allocation tried in the running kernel: the request and its result. */
#ifndef KM_MODEL_PROBE_H
#define KM_MODEL_PROBE_H

#include "model/forecast.h"
#include "model/limits.h"
#include "model/prediction.h"
#include "parse/module-file.h"
#include "kmeminfo-uapi.h"

struct km_probe_zone {
	struct km_str zone;
	uint64_t pages;
};

struct km_probe_bucket {
	uint64_t from_ns;
	uint64_t calls;
};

struct km_probe_latency {
	struct km_str call;
	uint64_t min_ns;
	uint64_t median_ns;
	uint64_t p99_ns;
	uint64_t max_ns;
	struct km_rows histogram; /* struct km_probe_bucket */
};

struct km_probe {
	struct km_str api;
	uint64_t requested_bytes;
	struct km_str gfp;
	const struct km_word *context;
	struct km_str cgroup;
	uint64_t repeat;
	const struct km_word *prediction;
	enum km_tri answer;
	uint64_t node_predicted;
	struct km_str zone_predicted;
	struct km_str reason;
	const struct km_word *verdict;
	struct km_str why;
	uint64_t granted;
	uint64_t usable_bytes;
	uint64_t waste_bytes;
	double waste_ratio;
	struct km_str cache;
	uint64_t object_bytes;
	uint64_t order;
	uint64_t align_bytes;
	enum km_tri page_aligned;
	const struct km_word *range;
	enum km_tri contiguous;
	uint64_t pages;
	uint64_t runs_min;
	uint64_t runs_max;
	struct km_str zone_wanted;
	struct km_rows zones; /* struct km_probe_zone */
	struct km_rows nodes; /* struct km_probe_zone */
	const struct km_word *zeroed;
	enum km_tri may_sleep;
	enum km_tri freed;
	enum km_tri released;
	uint64_t median_ns;
	struct km_rows latency; /* struct km_probe_latency */
};

extern const struct km_sheet_type km_probe_type;
extern const struct km_sheet_type km_probe_zone_type;
extern const struct km_sheet_type km_probe_latency_type;
extern const struct km_sheet_type km_probe_bucket_type;

/* The words of "zeroed", "verdict" (by enum kmeminfo_verdict) and "range". Each ends with a NULL key. */
extern const struct km_word km_probe_zeroed_words[], km_probe_verdicts[], km_probe_ranges[];

/* The name of an API in requests ("kmalloc"); NULL for numbers beyond the last. */
const char *km_probe_api_name(unsigned int api);

/* The number of the API with this name, or -1. */
int km_probe_api_find(struct km_str name);

/* The context in which the module makes the call. */
enum km_context km_probe_context(const struct kmeminfo_probe *probe);

/*
 * The row of an answered request. gfp is the flags as the user wrote them. info is /proc/kmeminfo/info, for
 * the zones' names and init_on_alloc; may be NULL. The pool owns the texts.
 */
void km_probe_derive(struct km_pool *pool, const struct kmeminfo_probe *probe, struct km_str gfp,
		     const struct km_module_file *info, struct km_probe *row);

/* Private to model/: the rows of the fields zones, nodes and latency. The pool owns them; info owns the names. */
struct km_rows km_probe_zones_of(struct km_pool *pool, const struct kmeminfo_probe *probe,
				 const struct km_module_file *info);
struct km_rows km_probe_nodes_of(struct km_pool *pool, const struct kmeminfo_probe *probe);
struct km_rows km_probe_latency_of(struct km_pool *pool, const struct kmeminfo_probe *probe);

/* Yes or no if all repetitions that tested the fact agree; otherwise unknown. */
enum km_tri km_probe_fact(const struct kmeminfo_probe *probe, enum kmeminfo_fact fact);

/* The name of a zone by its index, from info's records; .ptr NULL if they do not contain it. */
struct km_str km_probe_zone_name(const struct km_module_file *info, uint64_t index);

extern const struct km_vocabulary km_zeroed_vocabulary, km_probe_verdict_vocabulary, km_probe_range_vocabulary;

#endif
