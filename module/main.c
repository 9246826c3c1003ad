// SPDX-License-Identifier: GPL-2.0
/*
 * kmeminfo's helper: facts about memory that /proc does not show, as text in /proc/kmeminfo, and
 * allocation probes through /dev/kmeminfo. It only works while a file is read or a probe runs.
 *
 * The files of /proc/kmeminfo have one grammar. The first line is "kmeminfo-NAME VERSION". Each
 * further line begins with a key, followed by one value or by name=value words. A value has no
 * spaces; "-" is an unknown value; commas separate the items of a list. A key on several lines
 * makes each of them a record. New versions only add lines and words, and a reader skips those that
 * it does not know.
 */
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/version.h>
#include "compat.h"
#include "probe.h"
#include "proc.h"
#include "settings.h"
#include "walk.h"

/* File modes do not stop the root user of a container. This check does. */
#define FILE_OPS(name, release)                                                                     \
	static int name##_open(struct inode *inode, struct file *file)                              \
	{                                                                                           \
		return capable(CAP_SYS_ADMIN) ? km_##name##_open(inode, file) : -EPERM;             \
	}                                                                                           \
	static const struct proc_ops name##_ops = {                                                 \
		.proc_open = name##_open,                                                           \
		.proc_read = seq_read,                                                              \
		.proc_lseek = seq_lseek,                                                            \
		.proc_release = release,                                                            \
	}

FILE_OPS(info, single_release);
FILE_OPS(gfp, single_release);
FILE_OPS(zones, seq_release);
FILE_OPS(pages, km_pages_release);
FILE_OPS(blocks, seq_release_private);

static const struct {
	const char *name;
	const struct proc_ops *ops;
} files[] = {
	{ "info", &info_ops },
	{ "gfp", &gfp_ops },
	{ "zones", &zones_ops },
	{ "pages", &pages_ops },
	{ "blocks", &blocks_ops },
};

static int __init folder_make(void)
{
	struct proc_dir_entry *folder = proc_mkdir_mode("kmeminfo", 0500, NULL);
	unsigned int i;

	if (!folder)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!proc_create(files[i].name, 0400, folder, files[i].ops)) {
			remove_proc_subtree("kmeminfo", NULL);
			return -ENOMEM;
		}
	}
	return 0;
}

static int __init kmeminfo_init(void)
{
	int ret;

	km_settings_init();
	if (LINUX_VERSION_CODE >= KM_KNOWN_BELOW)
		pr_notice("kmeminfo: Linux %s is newer than this module knows (%s)\n", UTS_RELEASE,
			  KM_KNOWN_UNTIL);
	ret = km_walk_init();
	if (ret)
		return ret;
	ret = folder_make();
	if (ret)
		goto out_walk;
	ret = km_probes() ? km_probe_init() : 0;
	if (ret)
		goto out_folder;
	return 0;
out_folder:
	remove_proc_subtree("kmeminfo", NULL);
out_walk:
	km_walk_exit();
	return ret;
}

/*
 * No device is open here, because an open one holds the module. remove_proc_subtree() waits for
 * reads that are under way; later reads of files that are still open fail with -EIO.
 */
static void __exit kmeminfo_exit(void)
{
	if (km_probes())
		km_probe_exit();
	remove_proc_subtree("kmeminfo", NULL);
	km_walk_exit();
}

module_init(kmeminfo_init);
module_exit(kmeminfo_exit);

MODULE_DESCRIPTION("kmeminfo's helper: page classes, GFP flags, zones, allocation probes");
MODULE_AUTHOR("the kmeminfo project");
MODULE_VERSION(KM_VERSION);
MODULE_LICENSE("GPL");
