/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine of a report, and how it was read. */
#ifndef KM_MODEL_HOST_H
#define KM_MODEL_HOST_H

#include "base/field.h"

/* The source of the figures. */
enum km_host_source { KM_HOST_LIVE, KM_HOST_CAPTURE, KM_HOST_LOG, KM_HOST_RECORDING, KM_HOST_SOURCES };

struct km_host {
	struct km_str release;
	struct km_str machine;
	uint64_t page_bytes;
	const struct km_word *page_source;
	struct km_str time;
	uint64_t uptime_ms;
	struct km_str boot_id;
	const struct km_word *source; /* of km_host_sources */
	const struct km_word *pointers; /* of km_pointers_words */
	enum km_tri root;
	struct km_str module;
};

/* By enum km_host_source; ends with a NULL key. */
extern const struct km_word km_host_sources[KM_HOST_SOURCES + 1];
extern const struct km_vocabulary km_host_source_vocabulary;
extern const struct km_sheet_type km_host_type;

/* Converts such a text to seconds since 1970; -1 for other texts. */
int64_t km_host_seconds(struct km_str time);

/* Converts seconds since 1970 to "2026-10-24T03:12:00Z", owned by the pool; unknown for -1. */
struct km_str km_host_time(struct km_pool *pool, int64_t seconds);

#endif
