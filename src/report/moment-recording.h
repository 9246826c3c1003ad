/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample of a recording as a moment. */
#ifndef KM_REPORT_MOMENT_RECORDING_H
#define KM_REPORT_MOMENT_RECORDING_H

#include "report/moment.h"

struct km_recording;

/* Fills the host: the recorded machine, at a sample. Texts borrow from the recording, or the pool owns them. */
void km_recording_host(const struct km_recording *recording, size_t sample, struct km_pool *pool, struct km_host *host);

/*
 * Fills a moment with the recorded reports (one: only that report) at a sample, owned by the pool. 0, or a
 * negative errno with err filled. km_moment_take() does the same for a machine. Of all reports, those with damaged
 * values are left out, and become problems.
 */
int km_moment_of_recording(struct km_recording *recording, size_t sample, const struct km_report *one,
			   struct km_pool *pool, struct km_problems *problems, struct km_moment *ret, struct km_err *err);

#endif
