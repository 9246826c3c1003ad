// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/files.h"

#define NEED_ROOT "readable by root only: run kmeminfo as root"

const struct km_file_info km_files[KM_FILES] = {
	[KM_FILE_SLABINFO] = {
		.path = "proc/slabinfo",
		.brief = "slab caches: objects, their size, slabs",
		.hint = NEED_ROOT,
	},
	[KM_FILE_SLAB_SYSFS] = {
		.path = "sys/kernel/slab",
		.directory = true,
		.brief = "merged caches, flags and the split by node",
		.hint = "SLUB only; attributes are " NEED_ROOT,
	},
	[KM_FILE_BUDDYINFO] = {
		.path = "proc/buddyinfo",
		.brief = "free blocks by zone and order",
	},
	[KM_FILE_PAGETYPEINFO] = {
		.path = "proc/pagetypeinfo",
		.asked_only = true,
		.brief = "free blocks by migrate type; the kernel walks its free lists under the zone lock",
		.hint = NEED_ROOT,
	},
	[KM_FILE_ZONEINFO] = {
		.path = "proc/zoneinfo",
		.brief = "zones: sizes, watermarks, per-CPU lists; nodes: every counter",
	},
	[KM_FILE_VMALLOCINFO] = {
		.path = "proc/vmallocinfo",
		.brief = "areas of the vmalloc range by caller",
		.hint = NEED_ROOT,
	},
	[KM_FILE_MEMINFO] = {
		.path = "proc/meminfo",
		.brief = "the machine's memory by use",
	},
	[KM_FILE_VMSTAT] = {
		.path = "proc/vmstat",
		.brief = "counters and events of memory management",
	},
	[KM_FILE_VERSION] = {
		.path = "proc/version",
		.brief = "the kernel's release",
	},
};
