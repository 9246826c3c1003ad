/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample of a recording as a moment. */
#ifndef KM_REPORT_MOMENT_RECORDING_H
#define KM_REPORT_MOMENT_RECORDING_H

#include "report/moment.h"

struct km_recording;

/* The machine that was recorded, at a sample. Texts borrow from the recording, or are the pool's. */
void km_recording_host(const struct km_recording *recording, size_t sample, struct km_pool *pool, struct km_host *host);

/*
 * The reports that were recorded (one: that report alone) as they were at a sample, owned by the pool. 0, or
 * a negative errno with err filled. As km_moment_take() does for a machine. Of all reports, those whose values are damaged
 * are left out, and are problems.
 */
int km_moment_of_recording(struct km_recording *recording, size_t sample, const struct km_report *one,
			   struct km_pool *pool, struct km_problems *problems, struct km_moment *ret, struct km_err *err);

#endif
