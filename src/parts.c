// SPDX-License-Identifier: GPL-2.0-or-later
#include "explain/topics.h"
#include "model/buddy.h"
#include "model/capture.h"
#include "model/node.h"
#include "model/vmalloc.h"
#include "model/slab.h"
#include "model/claim.h"
#include "model/flags.h"
#include "model/modstate.h"
#include "model/pageclass.h"
#include "model/probe.h"
#include "model/zone.h"
#include "parts.h"

const struct km_part km_parts[] = {
	{ NULL, "buddy", KM_SHAPE_SHEET, &km_buddy_type },
	{ NULL, "slab", KM_SHAPE_SHEET, &km_slab_type },
	{ NULL, "capture", KM_SHAPE_SHEET, &km_captured_type },
	{ NULL, "claims", KM_SHAPE_SHEET, &km_claim_type },
	{ NULL, "gfp", KM_SHAPE_SHEET, &km_flags_type },
	{ NULL, "module", KM_SHAPE_ROW, &km_modstate_type },
	{ NULL, "pages", KM_SHAPE_SHEET, &km_pageclass_type },
	{ NULL, "probe", KM_SHAPE_ROW, &km_probe_type },
	{ NULL, "sweep", KM_SHAPE_SHEET, &km_probe_type },
	{ NULL, "fields", KM_SHAPE_SHEET, &km_topic_type },
	{ NULL, "nodes", KM_SHAPE_SHEET, &km_node_type },
	{ NULL, "vmalloc", KM_SHAPE_SHEET, &km_vmalloc_type },
	{ NULL, "zones", KM_SHAPE_SHEET, &km_zone_type },
	{ 0 }
};
