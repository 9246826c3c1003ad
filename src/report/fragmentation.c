// SPDX-License-Identifier: GPL-2.0-or-later
/* What prevents free huge pages, and where, according to the helper module. */
#include "model/fragmentation.h"
#include "model/memory-range.h"
#include "report/options.h"
#include "report/report.h"

typedef struct km_sheet derive_fn(struct km_pool *pool, const struct km_module_blocks *file);

static int derive_with(struct km_machine *machine, const struct km_query *query, derive_fn *derive,
		       const struct km_sheet_type *type, struct km_sheet *ret)
{
	const struct km_module_blocks *file = km_machine_module_blocks(machine, query->need);

	*ret = (struct km_sheet){ .type = type };
	if (file)
		*ret = derive(&machine->pool, file);
	else if (query->need == KM_REQUIRED)
		km_machine_set_module_missing(machine, KM_FILE_MODULE_BLOCKS);
	return 0;
}

#define DERIVE(name, derive, type)                                                                 \
	static int derive_##name(struct km_machine *machine, const struct km_query *query,         \
				 struct km_sheet *ret, struct km_err *err)                         \
	{                                                                                          \
		(void)err;                                                                         \
		return derive_with(machine, query, derive, &type, ret);                            \
	}

DERIVE(blocks, km_block_derive, km_block_type)
DERIVE(hindrances, km_hindrance_derive, km_hindrance_type)
DERIVE(memory_blocks, km_memory_block_derive, km_memory_block_type)
DERIVE(ranges, km_memory_range_derive, km_memory_range_type)

/*
 * Without the module it uses the kernel's own files. On a running machine it reads /proc/pagetypeinfo only on
 * request, because the kernel then walks its free lists under the zone lock.
 */
static int derive_zones(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	const struct km_fragmentation_options *options = query->options;
	const struct km_pagetypeinfo *pagetypeinfo = NULL;

	(void)err;
	derive_with(machine, query, km_fragmentation_derive, &km_fragmentation_type, ret);
	if (km_machine_module_blocks(machine, KM_OPTIONAL))
		return 0;
	if (!km_machine_is_live(machine) || (options && options->types))
		pagetypeinfo = km_machine_pagetypeinfo(machine, query->need);
	*ret = km_fragmentation_derive_free(&machine->pool, km_machine_buddyinfo(machine, query->need),
					    pagetypeinfo, machine->host.page_bytes);
	return 0;
}

const struct km_report km_report_fragmentation = {
	.key = "fragmentation",
	.flags = KM_REPORT_OVER_TIME,
	.type = &km_fragmentation_type,
	.files = KM_NEEDS(KM_FILE_MODULE_BLOCKS),
	.derive = derive_zones,
};

const struct km_report km_report_hindrances = {
	.key = "hindrances",
	.type = &km_hindrance_type,
	.files = KM_NEEDS(KM_FILE_MODULE_BLOCKS),
	.derive = derive_hindrances,
};

const struct km_report km_report_ranges = {
	.key = "ranges",
	.type = &km_memory_range_type,
	.files = KM_NEEDS(KM_FILE_MODULE_BLOCKS),
	.derive = derive_ranges,
};

const struct km_report km_report_memory_blocks = {
	.key = "memory_blocks",
	.type = &km_memory_block_type,
	.files = KM_NEEDS(KM_FILE_MODULE_BLOCKS),
	.derive = derive_memory_blocks,
};

const struct km_report km_report_blocks = {
	.key = "blocks",
	.type = &km_block_type,
	.files = KM_NEEDS(KM_FILE_MODULE_BLOCKS),
	.derive = derive_blocks,
};
