// SPDX-License-Identifier: GPL-2.0-or-later
/* Installed memory: MemTotal, and the memory above it. */
#include "model/installed.h"
#include "model/zone.h"
#include "report/report.h"
#include "report/summary.h"

static bool is_64_bit(struct km_str machine)
{
	static const char *const names[] = { "x86_64", "aarch64", "ppc64le", "ppc64", "s390x", "riscv64" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(machine, km_str_from(names[i])))
			return true;
	return false;
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret, struct km_err *err)
{
	const struct km_sheet zones = km_zone_derive(&machine->pool, km_machine_zoneinfo(machine, query->need),
						     machine->host.page_bytes, true);
	const struct km_vmstat *vmstat = km_machine_vmstat(machine, KM_OPTIONAL);
	const struct km_installed_input facts = {
		.iomem = km_machine_iomem(machine, query->need),
		.managed_bytes = km_sheet_member_sum(&zones, offsetof(struct km_zone, managed_bytes)),
		.present_bytes = km_sheet_member_sum(&zones, offsetof(struct km_zone, present_bytes)),
		.spanned_bytes = km_sheet_member_sum(&zones, offsetof(struct km_zone, spanned_bytes)),
		.total_bytes = km_meminfo_bytes(km_machine_meminfo(machine, query->need), KM_STR("MemTotal")),
		.memmap_boot_bytes = km_num_mul(km_vmstat_value(vmstat, KM_STR("nr_memmap_boot_pages")),
						machine->host.page_bytes),
		.page_bytes = machine->host.page_bytes,
		.is_64_bit = is_64_bit(machine->host.machine),
	};

	(void)err;
	*ret = km_installed_derive(&machine->pool, &facts);
	if (facts.iomem && facts.iomem->hidden && query->need == KM_REQUIRED)
		km_problem_source(&machine->problems, km_source_name(machine->source, km_files[KM_FILE_IOMEM].path),
				  km_files[KM_FILE_IOMEM].hint, "its addresses are hidden");
	return 0;
}

const struct km_report km_report_installed = {
	.key = "installed",
	.type = &km_installed_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO) | KM_NEEDS(KM_FILE_IOMEM),
	.derive = derive,
};
