/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The findings and the account in a few sentences: the beginning of a page about a machine. */
#ifndef KM_REPORT_ASSESSMENT_H
#define KM_REPORT_ASSESSMENT_H

#include "base/field.h"

struct km_assessment {
	const struct km_word *severity;
	uint64_t critical;
	uint64_t warnings;
	uint64_t notes;
	struct km_str text;
	struct km_str holder;
	uint64_t total_bytes;
	uint64_t available_bytes;
	uint64_t swap_bytes;
	uint64_t swap_used_bytes;
	double stalled_ratio;
};

extern const struct km_sheet_type km_assessment_type;

#endif
