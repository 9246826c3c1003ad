/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Zones of physical memory: size, free memory, and the state according to the watermarks. */
#ifndef KM_MODEL_ZONE_H
#define KM_MODEL_ZONE_H

#include "base/field.h"
#include "parse/zoneinfo.h"

/* A CPU's lists of free pages in one zone. */
struct km_zone_cpu {
	uint64_t cpu;
	uint64_t pcp_bytes;
	uint64_t high_bytes;
	uint64_t batch_bytes;
	uint64_t high_min_bytes;
	uint64_t high_max_bytes;
	uint64_t drift_bytes;
};

struct km_zone {
	uint64_t node;
	struct km_str zone;
	uint64_t managed_bytes;
	uint64_t present_bytes;
	uint64_t spanned_bytes;
	uint64_t holes_bytes;
	uint64_t reserved_bytes;
	uint64_t start_bytes;
	uint64_t free_bytes;
	uint64_t pcp_bytes;
	uint64_t usable_bytes;
	uint64_t min_bytes;
	uint64_t low_bytes;
	uint64_t high_bytes;
	uint64_t promo_bytes;
	uint64_t boost_bytes;
	int64_t above_min_bytes;
	int64_t above_low_bytes;
	int64_t above_high_bytes;
	const struct km_word *state;
	uint64_t cma_bytes;
	uint64_t cma_free_bytes;
	uint64_t highatomic_bytes;
	uint64_t highatomic_free_bytes;
	struct km_numbers lowmem_reserve_bytes;
	struct km_texts lowmem_reserve_zones;
	struct km_texts open_to;
	uint64_t drift_bytes;
	struct km_rows cpus; /* struct km_zone_cpu */
	struct km_pairs counters;
};

extern const struct km_sheet_type km_zone_type;
extern const struct km_sheet_type km_zone_cpu_type;

/* The words of the field state; ends with a NULL key. */
extern const struct km_word km_zone_states[];

/* The state according to the watermarks; NULL if they or the free memory are unknown. */
const struct km_word *km_zone_state_of(const struct km_zone *zone, bool kswapd_gave_up);

/*
 * Rows in the file's order, owned by the pool. They borrow from zoneinfo, which may be NULL: then there are
 * no rows. all: also unpopulated zones. page_bytes is the page size of the machine.
 */
struct km_sheet km_zone_derive(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			       uint64_t page_bytes, bool all);

/* Statistics as pairs, owned by the pool. Borrows the names. */
struct km_pairs km_zone_pairs(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			      struct km_zoneinfo_range stats);

extern const struct km_vocabulary km_zone_state_vocabulary;

/* Private to model/: fills the lowmem reserves of row at, and the zones whose requests may use it. */
void km_zone_derive_reserve(struct km_pool *pool, const struct km_zoneinfo *zoneinfo, uint64_t page_bytes, size_t at,
			    struct km_zone *row);

#endif
