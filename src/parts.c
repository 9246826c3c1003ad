// SPDX-License-Identifier: GPL-2.0-or-later
#include "explain/topics.h"
#include "model/buddy.h"
#include "model/capture.h"
#include "model/vmalloc.h"
#include "model/slab.h"
#include "parts.h"

const struct km_part km_parts[] = {
	{ NULL, "buddy", KM_SHAPE_SHEET, &km_buddy_type },
	{ NULL, "slab", KM_SHAPE_SHEET, &km_slab_type },
	{ NULL, "capture", KM_SHAPE_SHEET, &km_captured_type },
	{ NULL, "fields", KM_SHAPE_SHEET, &km_topic_type },
	{ NULL, "vmalloc", KM_SHAPE_SHEET, &km_vmalloc_type },
	{ 0 }
};
