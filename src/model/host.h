/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine that a report is about, and how it was read. */
#ifndef KM_MODEL_HOST_H
#define KM_MODEL_HOST_H

#include "base/field.h"

struct km_host {
	struct km_str release;
	struct km_str machine;
	uint64_t page_bytes;
	const struct km_word *page_source;
	struct km_str time;
	struct km_str source;
	struct km_str pointers;
	enum km_tri root;
	struct km_str module;
};

extern const struct km_sheet_type km_host_type;

/* "2026-10-24T03:12:00Z" of seconds since 1970, owned by the pool; unknown for -1. */
struct km_str km_host_time(struct km_pool *pool, int64_t seconds);

#endif
