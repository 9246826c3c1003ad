/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel prints for its addresses: struct km_host.pointers. */
#ifndef KM_MODEL_POINTERS_H
#define KM_MODEL_POINTERS_H

#include "parse/vmallocinfo.h"

/* How many areas have addresses of each sort. Zero-initialised is none. */
struct km_pointers {
	uint64_t seen;
	uint64_t real, hashed, zeroed, uninitialised;
};

void km_pointers_add(struct km_pointers *pointers, const struct km_vmallocinfo_area *area);

/*
 * "real", "hashed", "zeroed" or "uninitialised"; unknown when there is no address. Real ones
 * differ by the size printed behind them; of hashes one pair in 2^32 does. So the majority
 * decides, and where the architecture puts its vmalloc range need not be known.
 */
struct km_str km_pointers_of(const struct km_pointers *pointers);

#endif
