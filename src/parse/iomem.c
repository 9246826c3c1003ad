// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/iomem (k6.12:kernel/resource.c r_show): two blanks for each level, and only zeros for users without
 * CAP_SYS_ADMIN.
 *
 *   00100000-7ffdffff : System RAM
 *     67200000-681fffff : Kernel code
 */
#include "parse/iomem.h"

/* k6.12:arch/x86/kernel/e820.c e820_type_to_string, k6.12:arch/{x86,arm64}/kernel/setup.c, k6.12:kernel/crash_reserve.c */
static enum km_iomem_kind kind_of(struct km_str name)
{
	static const struct {
		struct km_str name;
		enum km_iomem_kind kind;
	} kinds[] = {
		{ KM_STR("System RAM"), KM_IOMEM_RAM },
		{ KM_STR("Kernel code"), KM_IOMEM_IMAGE },
		{ KM_STR("Kernel rodata"), KM_IOMEM_IMAGE },
		{ KM_STR("Kernel data"), KM_IOMEM_IMAGE },
		{ KM_STR("Kernel bss"), KM_IOMEM_IMAGE },
		{ KM_STR("Crash kernel"), KM_IOMEM_CRASH },
		{ KM_STR("Reserved"), KM_IOMEM_FIRMWARE },
		{ KM_STR("reserved"), KM_IOMEM_FIRMWARE },
		{ KM_STR("ACPI Tables"), KM_IOMEM_FIRMWARE },
		{ KM_STR("ACPI Non-volatile Storage"), KM_IOMEM_FIRMWARE },
		{ KM_STR("Unusable memory"), KM_IOMEM_FIRMWARE },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (km_str_eq(name, kinds[i].name))
			return kinds[i].kind;
	return KM_IOMEM_DEVICE;
}

static bool parse_range(struct km_str line, struct km_iomem_range *ret)
{
	struct km_str start, end;
	size_t blanks = 0;

	while (blanks < line.len && line.ptr[blanks] == ' ')
		blanks++;
	ret->depth = (unsigned int)(blanks / 2);
	line = km_str_skip(line, blanks);
	if (!km_str_take_until(&line, '-', &start) || !km_str_take_until(&line, ' ', &end) ||
	    km_str_to_hex(start, &ret->start) || km_str_to_hex(end, &ret->end) || ret->end < ret->start ||
	    !km_str_take_prefix(&line, KM_STR(": ")))
		return false;
	ret->name = line;
	ret->kind = kind_of(line);
	return true;
}

void km_parse_iomem(struct km_parse *parse, struct km_str text, struct km_iomem *ret)
{
	struct km_iomem_range range;
	struct km_str line;

	ret->hidden = true;
	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len)
			continue;
		if (!parse_range(line, &range)) {
			km_parse_problem(parse, "not \"START-END : NAME\"");
			continue;
		}
		ret->hidden = ret->hidden && !range.end;
		*km_array_push(&ret->ranges) = range;
	}
}

void km_iomem_deinit(struct km_iomem *iomem)
{
	km_array_deinit(&iomem->ranges);
}
