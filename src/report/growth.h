/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The growth of a machine's memory in the last part of a recording: input of the rules about growth. */
#ifndef KM_REPORT_GROWTH_H
#define KM_REPORT_GROWTH_H

#include "machine/machine.h"

struct km_recording;

struct km_growth_source {
	struct km_recording *recording;
	int64_t now_us; /* since 1970; a recording that ended long before is not used; KM_NO_TIME: no check */
};

struct km_growth {
	const char *path;     /* path of the recording */
	struct km_sheet rows; /* km_trend_type; empty if nothing is known */
};

/*
 * Derives the growth. The machine's pool owns it. Damage in the recording, or the reason why nothing is
 * known, becomes a problem of the machine with the recording's path.
 */
const struct km_growth *km_growth_derive(struct km_machine *machine, const struct km_growth_source *source);

#endif
