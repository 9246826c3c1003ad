/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel prints for its addresses: struct km_host.pointers. */
#ifndef KM_MODEL_POINTERS_H
#define KM_MODEL_POINTERS_H

#include "base/word.h"
#include "parse/vmallocinfo.h"

enum km_pointers_kind {
	KM_POINTERS_REAL, KM_POINTERS_HASHED, KM_POINTERS_ZEROED, KM_POINTERS_UNINITIALISED, KM_POINTERS_KINDS
};

/* By enum km_pointers_kind; one without a key ends them. */
extern const struct km_word km_pointers_words[KM_POINTERS_KINDS + 1];
extern const struct km_vocabulary km_pointers_vocabulary;

/* How many areas have addresses of each sort. Zero-initialised is none. */
struct km_pointers {
	uint64_t seen;
	uint64_t real, hashed, zeroed, uninitialised;
};

void km_pointers_add(struct km_pointers *pointers, const struct km_vmallocinfo_area *area);

/*
 * One of km_pointers_words; NULL when there is no address. Real ones
 * differ by the size printed behind them; of hashes one pair in 2^32 does. So the majority
 * decides, and where the architecture puts its vmalloc range need not be known.
 */
const struct km_word *km_pointers_of(const struct km_pointers *pointers);

#endif
