// SPDX-License-Identifier: GPL-2.0-or-later
/* The files of a capture. The command makes the rows while it writes the capture. */
#include "model/capture.h"
#include "report/report.h"

const struct km_report km_report_capture = {
	.key = "capture",
	.type = &km_captured_type,
};
