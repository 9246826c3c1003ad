/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pressure stall information: how long tasks waited for memory. */
#ifndef KM_MODEL_PRESSURE_H
#define KM_MODEL_PRESSURE_H

#include "base/field.h"
#include "parse/psi.h"

struct km_pressure {
	const struct km_word *stalled;
	double avg10_ratio, avg60_ratio, avg300_ratio;
	uint64_t stall_us;
};

extern const struct km_sheet_type km_pressure_type;

/* One row per line of the file, owned by the pool. psi NULL: no rows. */
struct km_sheet km_pressure_derive(struct km_pool *pool, const struct km_psi *psi);

#endif
