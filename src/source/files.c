// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/files.h"

#define NEED_ROOT "readable by root only: run kmeminfo as root"

/* SLUB's files for a cache (k6.12:mm/slub.c slab_attrs); sheaf_capacity exists from 6.18 on. */
static const char *const slab_members[] = {
	"aliases", "cache_dma", "destroy_by_rcu", "hwcache_align", "object_size", "objects",
	"objs_per_slab", "order", "reclaim_account", "sheaf_capacity", "slab_size", "slabs",
	"total_objects", "usersize", NULL
};

static const char *const node_members[] = {
	"cpulist", "distance", "meminfo", "numastat", "vmstat", NULL
};

static const char *const slab_trace_members[] = { "alloc_traces", NULL };

const struct km_file_info km_files[KM_FILES] = {
	[KM_FILE_SLABINFO] = {
		.path = "proc/slabinfo",
		.brief = KM_SAID("slab caches: objects, their size, slabs"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_SLAB_SYSFS] = {
		.path = "sys/kernel/slab",
		.directory = true,
		.members = slab_members,
		.brief = KM_SAID("merged caches, flags and the split by node"),
		.hint = "SLUB only; attributes are " NEED_ROOT,
	},
	[KM_FILE_BUDDYINFO] = {
		.path = "proc/buddyinfo",
		.brief = KM_SAID("free blocks by zone and order"),
	},
	[KM_FILE_PAGETYPEINFO] = {
		.path = "proc/pagetypeinfo",
		.asked_only = true,
		.brief = KM_SAID("free blocks by migrate type; the kernel walks its free lists under the "
			 "zone lock"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_ZONEINFO] = {
		.path = "proc/zoneinfo",
		.brief = KM_SAID("zones: sizes, watermarks, per-CPU lists; nodes: every counter"),
	},
	[KM_FILE_VMALLOCINFO] = {
		.path = "proc/vmallocinfo",
		.brief = KM_SAID("areas of the vmalloc range by caller"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_MEMINFO] = {
		.path = "proc/meminfo",
		.brief = KM_SAID("the machine's memory by use"),
	},
	[KM_FILE_VMSTAT] = {
		.path = "proc/vmstat",
		.brief = KM_SAID("counters and events of memory management"),
	},
	[KM_FILE_PRESSURE] = {
		.path = "proc/pressure/memory",
		.extra = true,
		.brief = KM_SAID("time that tasks waited for memory"),
		.hint = "needs a kernel with CONFIG_PSI, and on some distributions psi=1 on its "
			"command line",
	},
	[KM_FILE_VERSION] = {
		.path = "proc/version",
		.brief = KM_SAID("the kernel's release"),
	},
	[KM_FILE_UPTIME] = {
		.path = "proc/uptime",
		.extra = true,
		.brief = KM_SAID("how long the machine has run: the time between two captures"),
	},
	[KM_FILE_BOOT_ID] = {
		.path = "proc/sys/kernel/random/boot_id",
		.extra = true,
		.brief = KM_SAID("whether two captures are of one boot"),
	},
	[KM_FILE_ARCH] = {
		.path = "proc/sys/kernel/arch",
		.extra = true,
		.brief = KM_SAID("the architecture, from 6.1 on"),
	},
	[KM_FILE_NODES] = {
		.path = "sys/devices/system/node",
		.directory = true,
		.members = node_members,
		.extra = true,
		.brief = KM_SAID("nodes: their memory, CPUs and distances"),
	},
	[KM_FILE_EXTFRAG] = {
		.path = "sys/kernel/debug/extfrag",
		.directory = true,
		.extra = true,
		.brief = KM_SAID("the kernel's own fragmentation indices, for comparison"),
		.hint = "debugfs is " NEED_ROOT,
	},
	[KM_FILE_IOMEM] = {
		.path = "proc/iomem",
		.extra = true,
		.brief = KM_SAID("addresses: memory, the kernel's image, ranges of firmware"),
		.hint = "root alone sees the addresses: run kmeminfo as root",
	},
	[KM_FILE_ALLOCINFO] = {
		.path = "proc/allocinfo",
		.extra = true,
		.brief = KM_SAID("memory by the line of the kernel's source that allocated it"),
		.hint = NEED_ROOT "; `kmeminfo explain unaccounted` says how to have it",
	},
	[KM_FILE_PAGE_OWNER_STACKS] = {
		.path = "sys/kernel/debug/page_owner_stacks/show_stacks",
		.extra = true,
		.brief = KM_SAID("pages by the stack that allocated them"),
		.hint = "debugfs is " NEED_ROOT,
	},
	[KM_FILE_PAGE_OWNER] = {
		.path = "sys/kernel/debug/page_owner",
		.extra = true,
		.asked_only = true,
		.brief = KM_SAID("the stack of every block of pages in use"),
		.hint = "debugfs is " NEED_ROOT,
	},
	[KM_FILE_SLAB_TRACES] = {
		.path = "sys/kernel/debug/slab",
		.directory = true,
		.members = slab_trace_members,
		.extra = true,
		.brief = KM_SAID("the stacks that allocated the objects of slab caches"),
		.hint = "debugfs is " NEED_ROOT,
	},
	[KM_FILE_CMDLINE] = {
		.path = "proc/cmdline",
		.extra = true,
		.brief = KM_SAID("how the kernel was booted"),
	},
	[KM_FILE_MODULE_GFP] = {
		.path = "proc/kmeminfo/gfp",
		.extra = true,
		.brief = KM_SAID("GFP flags as compiled into the kernel; from the helper module, like the "
			 "next three"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_MODULE_INFO] = {
		.path = "proc/kmeminfo/info",
		.extra = true,
		.brief = KM_SAID("constants and settings of the kernel"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_MODULE_PAGES] = {
		.path = "proc/kmeminfo/pages",
		.extra = true,
		.asked_only = true,
		.brief = KM_SAID("every page in exactly one class"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_MODULE_ZONES] = {
		.path = "proc/kmeminfo/zones",
		.extra = true,
		.brief = KM_SAID("zones, with exact free blocks by migrate type"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_MODULE_BLOCKS] = {
		.path = "proc/kmeminfo/blocks",
		.extra = true,
		.asked_only = true,
		.brief = KM_SAID("contents of each pageblock; the helper module reads every page"),
		.hint = NEED_ROOT,
	},
	[KM_FILE_LOCKDOWN] = {
		.path = "sys/kernel/security/lockdown",
		.extra = true,
		.brief = KM_SAID("whether Secure Boot locks the kernel down, which then rejects unsigned "
			 "modules"),
	},
	[KM_FILE_SIG_ENFORCE] = {
		.path = "sys/module/module/parameters/sig_enforce",
		.extra = true,
		.brief = KM_SAID("whether unsigned modules are rejected without Secure Boot"),
	},
	[KM_FILE_OS_RELEASE] = {
		.path = "etc/os-release",
		.extra = true,
		.brief = KM_SAID("the distribution, for the commands that install kernel headers"),
	},
	[KM_FILE_MODULES] = {
		.path = "proc/modules",
		.extra = true,
		.brief = KM_SAID("loaded modules"),
	},
	[KM_FILE_ZFS_ABDSTATS] = {
		.path = "proc/spl/kstat/zfs/abdstats",
		.extra = true,
		.brief = KM_SAID("the pages of ZFS's cache"),
	},
	[KM_FILE_ZFS_ARCSTATS] = {
		.path = "proc/spl/kstat/zfs/arcstats",
		.extra = true,
		.brief = KM_SAID("the size of ZFS's cache"),
	},
	[KM_FILE_DMA_BUF] = {
		.path = "sys/kernel/debug/dma_buf/bufinfo",
		.extra = true,
		.brief = KM_SAID("buffers that drivers share"),
	},
	[KM_FILE_DMA_BUF_STATS] = {
		.path = "sys/kernel/dmabuf/buffers",
		.directory = true,
		.members = (const char *const[]){ "size", "exporter_name", NULL },
		.extra = true,
		.brief = KM_SAID("the same, without debugfs"),
	},
	[KM_FILE_KCONFIG] = {
		.path = "boot/config-",
		.extra = true,
		.of_release = true,
		.brief = KM_SAID("the kernel's configuration, which some GFP flag numbers depend on"),
	},
	[KM_FILE_CGROUP] = {
		.path = "proc/self/cgroup",
		.extra = true,
		.brief = KM_SAID("the caller's memory cgroup"),
	},
	[KM_FILE_CGROUPS] = {
		.path = "sys/fs/cgroup",
		.directory = true,
		.extra = true,
		.only_read = true,
		.brief = KM_SAID("memory cgroups: memory.stat, memory.current and cgroup.stat of each"),
		.hint = "the cgroup file system is not mounted there, or has no memory controller",
	},
	[KM_FILE_MANIFEST] = {
		.path = "kmeminfo.capture",
		.only_captured = true,
		.brief = KM_SAID("what kmeminfo capture recorded about the machine, and what it could not "
			 "read"),
	},
	[KM_FILE_UNAME] = {
		.path = "sos_commands/kernel/uname_-a",
		.only_captured = true,
		.brief = KM_SAID("the kernel's release and the architecture, in a sos report"),
	},
	[KM_FILE_SLAB_LISTING] = {
		.path = "sos_commands/kernel",
		.directory = true,
		.only_captured = true,
		.brief = KM_SAID("a listing of /sys/kernel/slab in a sos report: merged caches"),
	},
	[KM_FILE_SUPPORTCONFIG] = {
		.path = "memory.txt",
		.only_captured = true,
		.brief = KM_SAID("the files of /proc in a supportconfig"),
	},
	[KM_FILE_SUPPORTCONFIG_BASE] = {
		.path = "basic-environment.txt",
		.only_captured = true,
		.brief = KM_SAID("the kernel's release and the architecture in a supportconfig"),
	},
};

const struct km_file_info *km_files_find(struct km_str path)
{
	for (size_t i = 0; i < KM_FILES; i++) {
		struct km_str rest = path;

		if (!km_str_take_prefix(&rest, km_str_from(km_files[i].path)))
			continue;
		/* a directory in place of a file, as an archive names it */
		if (!rest.len || km_str_eq(rest, KM_STR("/")) || km_files[i].of_release || (km_files[i].directory && *rest.ptr == '/'))
			return &km_files[i];
	}
	return NULL;
}

ptrdiff_t km_files_locate(struct km_str path)
{
	struct km_str rest = path, part;

	do {
		if (km_files_find(rest))
			return rest.ptr - path.ptr;
	} while (km_str_take_until(&rest, '/', &part));
	return -1;
}
