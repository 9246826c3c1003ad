/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of every file that any command reads. The readers, "capture", the FILES section of the
 * manual page and the hints about missing rights all use this table.
 */
#ifndef KM_SOURCE_FILES_H
#define KM_SOURCE_FILES_H

#include "base/str.h"

enum km_file {
	KM_FILE_SLABINFO,
	KM_FILE_SLAB_SYSFS,
	KM_FILE_BUDDYINFO,
	KM_FILE_PAGETYPEINFO,
	KM_FILE_ZONEINFO,
	KM_FILE_VMALLOCINFO,
	KM_FILE_MEMINFO,
	KM_FILE_VMSTAT,
	KM_FILE_PRESSURE,
	KM_FILE_VERSION,
	KM_FILE_UPTIME,
	KM_FILE_BOOT_ID,
	KM_FILE_ARCH,
	KM_FILE_NODES,
	KM_FILE_EXTFRAG,
	KM_FILE_IOMEM,
	KM_FILE_ALLOCINFO,
	KM_FILE_PAGE_OWNER_STACKS,
	KM_FILE_PAGE_OWNER,
	KM_FILE_SLAB_TRACES,
	KM_FILE_CMDLINE,
	KM_FILE_MODULE_GFP,
	KM_FILE_MODULE_INFO,
	KM_FILE_MODULE_PAGES,
	KM_FILE_MODULE_ZONES,
	KM_FILE_MODULE_BLOCKS,
	KM_FILE_LOCKDOWN,
	KM_FILE_SIG_ENFORCE,
	KM_FILE_OS_RELEASE,
	KM_FILE_MODULES,
	KM_FILE_ZFS_ABDSTATS,
	KM_FILE_ZFS_ARCSTATS,
	KM_FILE_DMA_BUF,
	KM_FILE_DMA_BUF_STATS,
	KM_FILE_KCONFIG,
	KM_FILE_CGROUP,
	KM_FILE_CGROUPS,
	KM_FILE_MANIFEST,
	KM_FILE_UNAME,
	KM_FILE_SLAB_LISTING,
	KM_FILE_SUPPORTCONFIG,
	KM_FILE_SUPPORTCONFIG_BASE,
	KM_FILES
};

struct km_file_info {
	const char *path;  /* below the root: "proc/slabinfo" */
	bool directory;
	const char *const *members; /* directory: files to read in each subdirectory; or NULL */
	bool asked_only;    /* expensive for the machine: read only on request */
	bool extra;         /* captured, but optional in a capture */
	bool only_read;     /* not captured: it names what runs on the machine */
	bool of_release;    /* the kernel's release follows the path; not in captures */
	bool only_captured; /* only in captures of kmeminfo or another tool */
	const char *brief; /* its content */
	const char *hint;  /* what to do if it is refused or missing */
};

extern const struct km_file_info km_files[KM_FILES];

/*
 * Finds the part of a path ("sosreport-x/proc/slabinfo") that begins as an entry of km_files, or a
 * path below such a directory. Returns its offset; -1 for a path that nothing reads.
 */
ptrdiff_t km_files_locate(struct km_str path);

/* The entry of a path below the root, "proc/slabinfo", or of one in its directory; NULL for a path that nothing reads. */
const struct km_file_info *km_files_find(struct km_str path);

#endif
