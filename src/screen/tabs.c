// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/pictures.h"
#include "screen/tabs.h"
#include "words/say.h"

const struct km_tab km_tabs[] = {
	{ .name = "Summary", .brief = "where the memory is, and how long tasks waited for it",
	  .report = &km_report_account, .columns = "label,bytes,share_ratio,note",
	  .derive = km_picture_account, .above = km_picture_pressure },
	{ .name = "Zones", .brief = "free memory of each zone, and its watermarks", .report = &km_report_zones,
	  .above = km_picture_zones },
	{ .name = "Blocks", .brief = "free blocks by order: the map of fragmentation", .report = &km_report_buddy },
	{ .name = "Slab", .brief = "slab caches", .report = &km_report_slab,
	  .columns = "name,objects,active_objects,object_bytes,slabs,size_bytes,idle_bytes,used_ratio,share_ratio" },
	{ .name = "Vmalloc", .brief = "callers of vmalloc", .report = &km_report_vmalloc },
	{ .name = "Pages", .brief = "page classes, counted by the helper module", .report = &km_report_pages,
	  .request = KM_SAID("For this report the helper module looks at every page of the machine.") },
	{ .name = "Commands", .brief = "which commands use the memory of processes",
	  .report = &km_report_largest_commands },
	{ 0 }
};

_Static_assert(sizeof(km_tabs) / sizeof(*km_tabs) <= KM_TABS_MAX + 1, "each tab has a key");

size_t km_tab_count(void)
{
	return sizeof(km_tabs) / sizeof(*km_tabs) - 1;
}
