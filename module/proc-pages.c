// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/kmeminfo/pages: counts every page frame in the span of every zone in exactly one class.
 *
 *	kmeminfo-pages 1
 *	cannot class=NAME in=NAME	this kernel does not mark the class; its pages count in
 *					the other class ("-": in several)
 *	zone node=N zone=NAME spanned_pages=N present_pages=N managed_pages=N pcp_pages=N
 *		unaccepted_pages=N	by the zone's counter, if the kernel has it; unmarked
 *					unaccepted pages count in ref0
 *	pages node=N zone=NAME class=NAME pages=N WORDS	each class that this kernel marks
 *		pinned=N		pinned for DMA (classes that can be)
 *		charged=N		charged to a memory cgroup below the root
 *		dead=N			the part charged to a removed cgroup
 *	orders node=N zone=NAME class=NAME pages=N,N,...	the same pages by the order of their
 *					block, from order 0 on
 *	fs node=N zone=NAME name=NAME class=NAME pages=N	page cache by file system type
 *	walk pages=N ns=N structs=N longest=N	costs of the walk: frames, time, struct pages
 *					read, and the most read without a pause
 *
 * page-class.h has the names of the classes. The pages of a zone sum to its spanned_pages. pcp_pages
 * is the size of the per-CPU lists just after the walk of that zone. The class ref0 minus pcp_pages is
 * memory in use: all frames but the first of a block above order 0 that is neither compound nor typed.
 * These frames have no reference count of their own.
 *
 * The first read makes the walk. Its results are kept until the file is closed.
 */
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "compat-page.h"
#include "names.h"
#include "proc.h"
#include "walk.h"
#include "zone.h"

#define FS_MAX 24

struct fs {
	const struct file_system_type *type;	/* for comparisons, never followed */
	char name[16];
	u64 pages[2];				/* of file, of shmem */
};

struct zone_pages {
	struct zone_pages *next;
	struct zone *zone;
	unsigned long spanned, pcp;
	u64 pages[KM_CLASS_COUNT][KM_ORDERS];
	u64 pinned[KM_CLASS_COUNT], charged[KM_CLASS_COUNT], dead[KM_CLASS_COUNT];
	struct fs fs[FS_MAX];			/* the last one is for all unknown ones */
};

struct pages_file {
	struct km_walk walk;
	struct zone_pages *zones, *now;
	const struct address_space *mapping;	/* the last one seen, ... */
	struct fs *fs;				/* ... and its file system */
	u64 ns;
	bool done;
};

/*
 * The class that counts the pages of a class that this kernel does not mark. KM_CLASS_COUNT:
 * several classes count them.
 */
static bool can_tell(enum km_class class, enum km_class *ret_instead)
{
	switch (class) {
	case KM_CLASS_LARGE_KMALLOC:
		*ret_instead = KM_CLASS_KERNEL_COMPOUND;
		return KM_MARKS_LARGE_KMALLOC;
	case KM_CLASS_ZSMALLOC:
		*ret_instead = IS_ENABLED(CONFIG_COMPACTION) ? KM_CLASS_MOVABLE :
							       KM_CLASS_KERNEL_SINGLE;
		return KM_MARKS_ZSMALLOC || !IS_ENABLED(CONFIG_ZSMALLOC);
	case KM_CLASS_UNACCEPTED:
		*ret_instead = KM_CLASS_REF0;
		return KM_MARKS_UNACCEPTED || !IS_ENABLED(CONFIG_UNACCEPTED_MEMORY);
	case KM_CLASS_PAGE_POOL:
		*ret_instead = KM_CLASS_COUNT;
		return KM_MARKS_PAGE_POOL || !IS_ENABLED(CONFIG_PAGE_POOL);
	default:
		return true;
	}
}

/* Reads a pointer that may be stale: NULL if it cannot be read. */
static void *follow(const void *at)
{
	void *to;

	return copy_from_kernel_nofault(&to, at, sizeof(to)) ? NULL : to;
}

/*
 * The file system type of page cache on an LRU list. The kernel frees an inode, its super block and
 * the type's module after a grace period, so all three exist until rcu_read_unlock(). Each step
 * reads in a way that may still fail. Swap cache has no inode.
 */
static const struct file_system_type *type_of(const struct address_space *mapping)
{
	const struct inode *host = follow(&mapping->host);
	const struct super_block *sb = host ? follow(&host->i_sb) : NULL;

	return sb ? follow(&sb->s_type) : NULL;
}

/* False unless the name is a short word of printable characters. */
static bool read_name(char *ret, size_t size, const char *from)
{
	size_t i;

	for (i = 0; from && i < size; i++) {
		if (copy_from_kernel_nofault(&ret[i], from + i, 1))
			return false;
		if (!ret[i])
			return i;
		if (ret[i] <= ' ' || ret[i] > '~')
			return false;
	}
	return false;
}

static struct fs *fs_of(struct zone_pages *now, const struct address_space *mapping)
{
	const struct file_system_type *type = type_of(mapping);
	struct fs *fs;

	for (fs = now->fs; type && fs < now->fs + FS_MAX - 1; fs++) {
		if (fs->type == type)
			return fs;
		if (!fs->type) {
			if (!read_name(fs->name, sizeof(fs->name), follow(&type->name)))
				break;
			fs->type = type;
			return fs;
		}
	}
	return &now->fs[FS_MAX - 1];
}

static void count(struct km_walk *walk, unsigned long pfn, const struct km_look *look)
{
	struct pages_file *f = container_of(walk, struct pages_file, walk);
	struct zone_pages *now = f->now;

	now->pages[look->class][look->order] += look->frames;
	if (look->pinned)
		now->pinned[look->class] += look->frames;
	if (look->charged)
		now->charged[look->class] += look->frames;
	if (look->dead)
		now->dead[look->class] += look->frames;
	if (!look->mapping || (look->class != KM_CLASS_FILE && look->class != KM_CLASS_SHMEM))
		return;
	if (look->mapping != f->mapping) {
		f->mapping = look->mapping;
		f->fs = fs_of(now, look->mapping);
	}
	f->fs->pages[look->class == KM_CLASS_SHMEM] += look->frames;
}

static int walk_zone(struct pages_file *f, struct zone *zone)
{
	struct zone_pages *now = kvzalloc(sizeof(*now), GFP_KERNEL);
	unsigned long start;
	int ret;

	if (!now)
		return -ENOMEM;
	now->next = f->zones;
	f->zones = f->now = now;
	f->mapping = NULL;
	f->walk.zone = now->zone = zone;
	km_zone_span(zone, &start, &now->spanned);
	ret = km_walk_range(&f->walk, start, start + now->spanned);
	now->pcp = km_pcp_pages(zone);
	return ret;
}

static void forget(struct pages_file *f)
{
	while (f->zones) {
		struct zone_pages *next = f->zones->next;

		kvfree(f->zones);
		f->zones = next;
	}
}

static void reverse(struct pages_file *f)
{
	struct zone_pages *list = f->zones, *next;

	for (f->zones = NULL; list; list = next) {
		next = list->next;
		list->next = f->zones;
		f->zones = list;
	}
}

static int walk_zones(struct pages_file *f)
{
	u64 began = ktime_get_ns();
	struct zone *zone;
	int ret;

	forget(f);
	f->walk = (struct km_walk){ .visit = count };
	km_each_zone(zone) {
		ret = walk_zone(f, zone);
		if (ret)
			return ret;
	}
	reverse(f);
	f->ns = ktime_get_ns() - began;
	f->done = true;
	return 0;
}

static void show_cannot(struct seq_file *m)
{
	enum km_class class, instead;

	for (class = 0; class < KM_CLASS_COUNT; class++) {
		if (!can_tell(class, &instead))
			seq_printf(m, "cannot class=%s in=%s\n", km_class_name(class),
				   instead < KM_CLASS_COUNT ? km_class_name(instead) : "-");
	}
}

static void show_place(struct seq_file *m, const char *key, const struct zone_pages *z)
{
	seq_printf(m, "%s node=%d zone=%s", key, zone_to_nid(z->zone), z->zone->name);
}

static void show_zone(struct seq_file *m, const struct zone_pages *z)
{
	long unaccepted = km_zone_unaccepted(z->zone);

	show_place(m, "zone", z);
	seq_printf(m, " spanned_pages=%lu present_pages=%lu managed_pages=%lu pcp_pages=%lu",
		   z->spanned, z->zone->present_pages, zone_managed_pages(z->zone), z->pcp);
	if (unaccepted >= 0)
		seq_printf(m, " unaccepted_pages=%ld", unaccepted);
	seq_putc(m, '\n');
}

/* Slabs are charged object by object. Free frames and frames without a page are never charged. */
static bool can_be_charged(enum km_class class)
{
	return IS_ENABLED(CONFIG_MEMCG) && class > KM_CLASS_HWPOISON && class != KM_CLASS_SLAB &&
	       class != KM_CLASS_GUARD && class != KM_CLASS_UNACCEPTED;
}

static void show_class(struct seq_file *m, const struct zone_pages *z, enum km_class class)
{
	u64 pages = 0;
	unsigned int order;

	for (order = 0; order < KM_ORDERS; order++)
		pages += z->pages[class][order];
	show_place(m, "pages", z);
	seq_printf(m, " class=%s pages=%llu", km_class_name(class), pages);
	if (km_class_can_be_pinned(class))
		seq_printf(m, " pinned=%llu", z->pinned[class]);
	if (can_be_charged(class))
		seq_printf(m, " charged=%llu dead=%llu", z->charged[class], z->dead[class]);
	seq_putc(m, '\n');
}

static void show_orders(struct seq_file *m, const struct zone_pages *z, enum km_class class)
{
	unsigned int order, last = KM_ORDERS;

	while (last && !z->pages[class][last - 1])
		last--;
	if (!last || class <= KM_CLASS_DEVICE)
		return;
	show_place(m, "orders", z);
	seq_printf(m, " class=%s", km_class_name(class));
	for (order = 0; order < last; order++)
		seq_printf(m, "%s%llu", order ? "," : " pages=", z->pages[class][order]);
	seq_putc(m, '\n');
}

static void show_fs(struct seq_file *m, const struct zone_pages *z, const struct fs *fs)
{
	unsigned int shmem;

	for (shmem = 0; shmem < 2; shmem++) {
		if (!fs->pages[shmem])
			continue;
		show_place(m, "fs", z);
		seq_printf(m, " name=%s class=%s pages=%llu\n", fs->type ? fs->name : "-",
			   km_class_name(shmem ? KM_CLASS_SHMEM : KM_CLASS_FILE), fs->pages[shmem]);
	}
}

static int show(struct seq_file *m, void *unused)
{
	struct pages_file *f = m->private;
	const struct zone_pages *z;
	enum km_class class, instead;
	unsigned int i;
	int ret = km_walk_lock();

	if (ret)
		return ret;
	ret = f->done ? 0 : walk_zones(f);
	km_walk_unlock();
	if (ret)
		return ret;
	seq_puts(m, "kmeminfo-pages 1\n");
	show_cannot(m);
	for (z = f->zones; z; z = z->next) {
		show_zone(m, z);
		for (class = 0; class < KM_CLASS_COUNT; class++)
			if (can_tell(class, &instead))
				show_class(m, z, class);
		for (class = 0; class < KM_CLASS_COUNT; class++)
			show_orders(m, z, class);
		for (i = 0; i < FS_MAX; i++)
			show_fs(m, z, &z->fs[i]);
	}
	seq_printf(m, "walk pages=%llu ns=%llu structs=%llu longest=%llu\n", f->walk.frames, f->ns,
		   f->walk.structs, f->walk.longest);
	return 0;
}

int km_pages_open(struct inode *inode, struct file *file)
{
	struct pages_file *f = kzalloc(sizeof(*f), GFP_KERNEL);
	int ret;

	if (!f)
		return -ENOMEM;
	ret = single_open_size(file, show, f, 32768);
	if (ret)
		kfree(f);
	return ret;
}

int km_pages_release(struct inode *inode, struct file *file)
{
	struct pages_file *f = ((struct seq_file *)file->private_data)->private;

	forget(f);
	kfree(f);
	return single_release(inode, file);
}
