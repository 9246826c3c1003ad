/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that a run read, and the result of each: input of an alert about missing figures. */
#ifndef KM_MODEL_SOURCE_STATE_H
#define KM_MODEL_SOURCE_STATE_H

#include "base/field.h"

struct km_source_state {
	struct km_str source;
	enum km_tri up;
	uint64_t odd_lines;
};

extern const struct km_sheet_type km_source_state_type;

/* The duration of the run. */
struct km_scrape {
	double duration_seconds;
};

extern const struct km_sheet_type km_scrape_type;

#endif
