// SPDX-License-Identifier: GPL-2.0
/*
 * kmeminfo's helper: facts about memory that /proc does not tell, as text in /proc/kmeminfo, and
 * allocation probes through /dev/kmeminfo.  It does nothing unless it is read or asked.
 *
 * The files of /proc/kmeminfo have one grammar.  The first line is "kmeminfo-NAME VERSION".  Each
 * further line begins with a key and goes on with either one value or with name=value words; a
 * value has no spaces, "-" is a value that is not known, a list is separated by commas.  A key
 * that comes more than once is a record.  Lines and words are only ever added: a reader skips
 * those that it does not know.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/nodemask.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "compat.h"
#include "km.h"

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

struct km_file {
	const char *name;
	int (*show)(struct seq_file *m, void *unused);
	size_t node_bytes;	/* what a node needs of the buffer */
};

/*
 * A seq_file whose buffer overflows is shown once more from the start.  A walk over all pages
 * shall happen once, so the buffer is large enough at once.
 */
static const struct km_file files[] = {
	{ "info",  km_info_show,  0 },
	{ "gfp",   km_gfp_show,   0 },
	{ "zones", km_zones_show, 8192 },
	{ "pages", km_pages_show, MAX_NR_ZONES * (KM_CLASS_COUNT * 80 + 160) },
};

static int file_open(struct inode *inode, struct file *file)
{
	const struct km_file *f = km_proc_data(inode);

	return single_open_size(file, f->show, NULL, 16384 + f->node_bytes * num_online_nodes());
}

static const struct proc_ops file_ops = {
	.proc_open = file_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int __init folder_make(void)
{
	struct proc_dir_entry *folder = proc_mkdir_mode("kmeminfo", 0500, NULL);
	unsigned int i;

	if (!folder)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!proc_create_data(files[i].name, 0400, folder, &file_ops, (void *)&files[i])) {
			remove_proc_subtree("kmeminfo", NULL);
			return -ENOMEM;
		}
	}
	return 0;
}

/* Whatever was asked for: beyond a quarter of the memory a probe is refused anyway. */
static void __init max_bytes_limit(void)
{
	unsigned long most = totalram_pages() / 4;

	if (max_bytes >> PAGE_SHIFT > most)
		max_bytes = most << PAGE_SHIFT;
}

static int __init kmeminfo_init(void)
{
	int ret;

	max_bytes_limit();
	ret = folder_make();
	if (ret)
		return ret;
	ret = probes ? km_probe_init() : 0;
	if (ret)
		remove_proc_subtree("kmeminfo", NULL);
	return ret;
}

/*
 * Neither an open device nor a read under way gets here: the first holds the module, the second
 * is waited for by remove_proc_subtree(), after which files still open answer -EIO.
 */
static void __exit kmeminfo_exit(void)
{
	if (probes)
		km_probe_exit();
	remove_proc_subtree("kmeminfo", NULL);
}

module_init(kmeminfo_init);
module_exit(kmeminfo_exit);

MODULE_DESCRIPTION("kmeminfo's helper: page classes, GFP flags, zones, allocation probes");
MODULE_AUTHOR("the kmeminfo project");
MODULE_VERSION(KM_VERSION);
MODULE_LICENSE("GPL");
