/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files a run read, and how it went: what an alert about missing figures needs. */
#ifndef KM_MODEL_SOURCE_STATE_H
#define KM_MODEL_SOURCE_STATE_H

#include "base/field.h"

struct km_source_state {
	struct km_str source;
	enum km_tri up;
	uint64_t odd_lines;
};

extern const struct km_sheet_type km_source_state_type;

/* How long it took. */
struct km_scrape {
	double duration_seconds;
};

extern const struct km_sheet_type km_scrape_type;

#endif
