/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of a capture, and how "kmeminfo capture" recorded each. */
#ifndef KM_MODEL_CAPTURE_H
#define KM_MODEL_CAPTURE_H

#include "base/field.h"

enum km_capture_state {
	KM_CAPTURE_COMPLETE,
	KM_CAPTURE_REDACTED,
	KM_CAPTURE_PARTLY,
	KM_CAPTURE_LEFT_OUT,
	KM_CAPTURE_MISSING,
};

/* By enum km_capture_state; ends with a NULL key. */
extern const struct km_word km_capture_states[];
extern const struct km_vocabulary km_capture_state_vocabulary;

struct km_captured {
	struct km_str path;
	struct km_str contents;
	uint64_t files;
	uint64_t size_bytes;
	uint64_t refused;
	const struct km_word *state;
	struct km_str reason;
};

extern const struct km_sheet_type km_captured_type;

#endif
