/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the kernel prints its addresses: struct km_host.pointers. */
#ifndef KM_MODEL_POINTERS_H
#define KM_MODEL_POINTERS_H

#include "base/word.h"
#include "parse/vmallocinfo.h"

enum km_pointers_kind {
	KM_POINTERS_REAL, KM_POINTERS_HASHED, KM_POINTERS_ZEROED, KM_POINTERS_UNINITIALISED, KM_POINTERS_KINDS
};

/* By enum km_pointers_kind; ends with a NULL key. */
extern const struct km_word km_pointers_words[KM_POINTERS_KINDS + 1];
extern const struct km_vocabulary km_pointers_vocabulary;

/* The number of areas with each kind of address. Zero-initialised is none. */
struct km_pointers {
	uint64_t seen;
	uint64_t real, hashed, zeroed, uninitialised;
};

/* Counts the kinds of addresses. In a long list it examines only some areas. */
void km_pointers_add(struct km_pointers *pointers, const struct km_vmallocinfo_area *areas, size_t len);

/*
 * One of km_pointers_words; NULL if there is no address. Real start and end addresses differ by the printed
 * size. Of hashes only one pair in 2^32 does. So the majority decides, and the position of the vmalloc range
 * does not matter.
 */
const struct km_word *km_pointers_of(const struct km_pointers *pointers);

#endif
