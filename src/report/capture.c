// SPDX-License-Identifier: GPL-2.0-or-later
/* What a capture took. Its rows come of writing one, which is the command's. */
#include "model/capture.h"
#include "report/report.h"

const struct km_report km_report_capture = {
	.key = "capture",
	.type = &km_captured_type,
};
