/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every file that any command reads, once: the readers, "capture", the FILES section of the
 * man page and the hints about missing rights all come from this table.
 */
#ifndef KM_SOURCE_FILES_H
#define KM_SOURCE_FILES_H

#include <stdbool.h>

enum km_file {
	KM_FILE_SLABINFO,
	KM_FILE_SLAB_SYSFS,
	KM_FILE_BUDDYINFO,
	KM_FILE_PAGETYPEINFO,
	KM_FILE_ZONEINFO,
	KM_FILE_VMALLOCINFO,
	KM_FILE_MEMINFO,
	KM_FILE_VMSTAT,
	KM_FILE_VERSION,
	KM_FILES
};

struct km_file_info {
	const char *path;  /* below the root: "proc/slabinfo" */
	bool directory;
	bool asked_only;   /* costs the machine something: read only when the user asks for it */
	const char *brief; /* what it tells */
	const char *hint;  /* what to do when it is refused or missing */
};

extern const struct km_file_info km_files[KM_FILES];

#endif
