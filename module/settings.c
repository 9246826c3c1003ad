// SPDX-License-Identifier: GPL-2.0
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include "settings.h"

static bool probes;
module_param(probes, bool, 0400);
MODULE_PARM_DESC(probes, "make /dev/kmeminfo, where root can try allocations (default 0)");

static unsigned long max_bytes = 64UL << 20;
module_param(max_bytes, ulong, 0400);
MODULE_PARM_DESC(max_bytes, "what a probe may allocate (default 64 MiB, at most a quarter of RAM)");

bool km_probes(void)
{
	return probes;
}

unsigned long km_max_bytes(void)
{
	return max_bytes;
}

void __init km_settings_init(void)
{
	unsigned long most = totalram_pages() / 4;

	if (max_bytes >> PAGE_SHIFT > most)
		max_bytes = most << PAGE_SHIFT;
}
