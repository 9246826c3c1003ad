/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A failed request as people read it. */
#ifndef KM_REPORT_FAILURE_TEXT_H
#define KM_REPORT_FAILURE_TEXT_H

#include "model/failure.h"
#include "report/document.h"

/* with_source: several logs were read. 0 or a negative errno of the renderer. */
int km_tell_failure(FILE *out, struct km_pool *pool, const struct km_failure *failure, bool with_source,
		    const struct km_style *style);

#endif
