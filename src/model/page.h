/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page size of a captured machine, from facts that count the same memory in bytes and in pages. */
#ifndef KM_MODEL_PAGE_H
#define KM_MODEL_PAGE_H

#include "base/field.h"
#include "parse/slabinfo.h"
#include "parse/vmallocinfo.h"

/* Whether Linux has pages of this size: powers of two from 4 KiB to 256 KiB (hexagon, powerpc 44x). */
bool km_page_is_size(uint64_t bytes);

/* The source of the page size, in the order in which the sources are tried. */
enum km_page_source {
	KM_PAGE_OPTION,
	KM_PAGE_SYSCONF,
	KM_PAGE_MANIFEST,
	KM_PAGE_PASTED,
	KM_PAGE_MEMTOTAL,
	KM_PAGE_SLABINFO,
	KM_PAGE_VMALLOCINFO,
	KM_PAGE_MEMFREE,
	KM_PAGE_MACHINE,
	KM_PAGE_SOURCES
};

/* By enum km_page_source; ends with a NULL key. The key is the value of host.page_source. */
extern const struct km_word km_page_words[KM_PAGE_SOURCES + 1];

/* The page size at which this number of pages equals this number of bytes within 1 %, or KM_UNKNOWN. */
uint64_t km_page_of_memory(uint64_t bytes, uint64_t pages);

/* The page size that follows from the file, or KM_UNKNOWN. */
uint64_t km_page_of_slabinfo(const struct km_slabinfo *slabinfo);

enum { KM_PAGE_SHIFT_MIN = 12, KM_PAGE_SHIFT_MAX = 18 };

/* Each row votes for the page size that it implies. Rows with odd numbers do not vote. */
struct km_page_votes {
	uint64_t of[KM_PAGE_SHIFT_MAX - KM_PAGE_SHIFT_MIN + 1];
	uint64_t all;
};

/*
 * Adds the vote of one area of /proc/vmallocinfo. The second function returns the page size of all votes;
 * KM_UNKNOWN if none.
 */
void km_page_vote_area(struct km_page_votes *votes, const struct km_vmallocinfo_area *area);
uint64_t km_page_elected(const struct km_page_votes *votes);

extern const struct km_vocabulary km_page_source_vocabulary;

#endif
