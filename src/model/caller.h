/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel code that allocated memory, and how much, if the kernel recorded it. */
#ifndef KM_MODEL_CALLER_H
#define KM_MODEL_CALLER_H

#include "base/field.h"
#include "parse/allocinfo.h"
#include "parse/calltrace.h"

/* The record of the kernel. The values are positions in km_caller_sources. */
enum km_caller_source { KM_CALLER_ALLOCINFO, KM_CALLER_PAGE_OWNER, KM_CALLER_SLAB, KM_CALLER_SOURCES };

extern const struct km_word km_caller_sources[];

struct km_caller {
	const struct km_word *source;
	struct km_str caller;
	struct km_str place;
	struct km_str module;
	struct km_str cache;
	uint64_t allocations;
	uint64_t size_bytes;
	uint64_t mean_bytes;
	enum km_tri exact;
};

extern const struct km_sheet_type km_caller_type;

/* Rows under construction. Texts are borrowed, or the pool owns them. */
struct km_callers {
	struct km_pool *pool;
	KM_ARRAY(struct km_caller) rows;
};

void km_callers_add_allocinfo(struct km_callers *callers, const struct km_allocinfo *allocinfo);

/*
 * Adds one row for each function that requested memory. cache .ptr NULL: traces of pages. unit_bytes is the
 * size of a page or object; may be unknown.
 */
void km_callers_add_traces(struct km_callers *callers, enum km_caller_source source,
			   const struct km_calltraces *traces, struct km_str cache, uint64_t unit_bytes);

/* Returns the rows, owned by the pool, and empties callers. */
struct km_sheet km_callers_take(struct km_callers *callers);

/*
 * The row with the most memory. large false: of slab objects. large true: of blocks of more than two pages,
 * which kmalloc() gets from no cache; such a row may also be that of alloc_pages() or vmalloc(). NULL: none.
 */
const struct km_caller *km_caller_largest(const struct km_sheet *callers, uint64_t page_bytes, bool large);

extern const struct km_vocabulary km_caller_source_vocabulary;

#endif
