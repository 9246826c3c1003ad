/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a machine's memory grew in the last part of a recording: what rules about growth look at. */
#ifndef KM_REPORT_GROWTH_H
#define KM_REPORT_GROWTH_H

#include "machine/machine.h"

struct km_recording;

struct km_growth_source {
	struct km_recording *recording;
	int64_t now_us; /* since 1970: a recording that ended long before says nothing; KM_NO_TIME: it is as it is */
};

struct km_growth {
	const char *path;     /* of the recording */
	struct km_sheet rows; /* km_trend_type; none when nothing can be said */
};

/*
 * Owned by the machine's pool. What is damaged in the recording, or why nothing can be said, is a problem of the machine,
 * by the recording's path.
 */
const struct km_growth *km_growth_derive(struct km_machine *machine, const struct km_growth_source *source);

#endif
