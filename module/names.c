// SPDX-License-Identifier: GPL-2.0
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include <linux/seq_file.h>
#include "names.h"

#define CLASS_NAME(id, name, meaning) [KM_CLASS_##id] = name,

const char *km_class_name(enum km_class class)
{
	static const char *const names[] = { KM_CLASSES(CLASS_NAME) };

	return names[class];
}

/* Every zone that was set up has a name, even without memory. */
const char *km_zone_name(unsigned int index)
{
	const char *name = NULL;

	if (index < MAX_NR_ZONES)
		name = NODE_DATA(first_online_node)->node_zones[index].name;
	return name ?: "-";
}

/* The names of /proc/pagetypeinfo. */
const char *km_migratetype_name(unsigned int type)
{
	static const char *const names[MIGRATE_TYPES] = {
		[MIGRATE_UNMOVABLE] = "Unmovable",
		[MIGRATE_MOVABLE] = "Movable",
		[MIGRATE_RECLAIMABLE] = "Reclaimable",
		[MIGRATE_HIGHATOMIC] = "HighAtomic",
#ifdef CONFIG_CMA
		[MIGRATE_CMA] = "CMA",
#endif
#ifdef CONFIG_MEMORY_ISOLATION
		[MIGRATE_ISOLATE] = "Isolate",
#endif
	};

	return type < MIGRATE_TYPES && names[type] ? names[type] : "-";
}

void km_migratetypes_show(struct seq_file *m)
{
	unsigned int i;

	for (i = 0; i < MIGRATE_TYPES; i++)
		seq_printf(m, "migratetype index=%u name=%s\n", i, km_migratetype_name(i));
}
