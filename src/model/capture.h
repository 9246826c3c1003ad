/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "kmeminfo capture" took of a machine, by file. */
#ifndef KM_MODEL_CAPTURE_H
#define KM_MODEL_CAPTURE_H

#include "base/field.h"

struct km_captured {
	struct km_str path;
	struct km_str contents;
	uint64_t files;
	uint64_t size_bytes;
	uint64_t refused;
	struct km_str state;
};

extern const struct km_sheet_type km_captured_type;

#endif
