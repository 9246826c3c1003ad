// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/advice.h"
#include "report/topics.h"
#include "report/finding.h"
#include "model/account.h"
#include "model/buddy.h"
#include "model/command-usage.h"
#include "model/zone-brief.h"
#include "model/capture.h"
#include "model/node.h"
#include "model/vmalloc.h"
#include "model/pagetype.h"
#include "model/slab.h"
#include "model/claim.h"
#include "model/failure.h"
#include "model/flags.h"
#include "model/mask.h"
#include "model/module-state.h"
#include "model/fragmentation.h"
#include "model/memory-range.h"
#include "model/pageclass.h"
#include "model/probe.h"
#include "model/zone.h"
#include "report/parts.h"

const struct km_part km_parts[] = {
	{ NULL, "buddy", KM_SHAPE_SHEET, &km_buddy_type },
	{ NULL, "slab", KM_SHAPE_SHEET, &km_slab_type },
	{ NULL, "capture", KM_SHAPE_SHEET, &km_captured_type },
	{ NULL, "claims", KM_SHAPE_SHEET, &km_claim_type },
	{ NULL, "gfp", KM_SHAPE_SHEET, &km_flags_type },
	{ NULL, "gfp_kernel", KM_SHAPE_ROW, &km_mask_kernel_type },
	{ NULL, "masks", KM_SHAPE_SHEET, &km_mask_type },
	{ NULL, "module", KM_SHAPE_ROW, &km_module_state_type },
	{ NULL, "pages", KM_SHAPE_SHEET, &km_pageclass_type },
	{ NULL, "fragmentation", KM_SHAPE_SHEET, &km_fragmentation_type },
	{ NULL, "hindrances", KM_SHAPE_SHEET, &km_hindrance_type },
	{ NULL, "ranges", KM_SHAPE_SHEET, &km_memory_range_type },
	{ NULL, "memory_blocks", KM_SHAPE_SHEET, &km_memory_block_type },
	{ NULL, "blocks", KM_SHAPE_SHEET, &km_block_type },
	{ NULL, "probe", KM_SHAPE_ROW, &km_probe_type },
	{ NULL, "sweep", KM_SHAPE_SHEET, &km_probe_type },
	{ NULL, "events", KM_SHAPE_SHEET, &km_failure_type },
	{ NULL, "fields", KM_SHAPE_SHEET, &km_topic_type },
	{ NULL, "nodes", KM_SHAPE_SHEET, &km_node_type },
	{ "summary", "account", KM_SHAPE_ROW, &km_account_type },
	{ "summary", "zones", KM_SHAPE_LIST, &km_zone_brief_type },
	{ "summary", "largest_caches", KM_SHAPE_LIST, &km_slab_type },
	{ "summary", "largest_callers", KM_SHAPE_LIST, &km_vmalloc_type },
	{ "summary", "largest_commands", KM_SHAPE_LIST, &km_command_usage_type },
	{ "summary", "findings", KM_SHAPE_LIST, &km_finding_type },
	{ NULL, "request", KM_SHAPE_ROW, &km_advice_request_type },
	{ NULL, "advice", KM_SHAPE_SHEET, &km_advice_type },
	{ NULL, "topics", KM_SHAPE_SHEET, &km_topic_type },
	{ NULL, "types", KM_SHAPE_SHEET, &km_pagetype_type },
	{ NULL, "vmalloc", KM_SHAPE_SHEET, &km_vmalloc_type },
	{ NULL, "zones", KM_SHAPE_SHEET, &km_zone_type },
	{ 0 }
};
