// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/kmeminfo/blocks: the contents of each pageblock. A pageblock is the unit in which the kernel
 * separates movable from unmovable memory (2 MiB on x86).
 *
 *	kmeminfo-blocks 1
 *	block_order N			a pageblock has 2^N pages; "-" if modules cannot read the
 *					order; then there are no further lines
 *	page_bytes N
 *	memory_block_bytes N		the unit of memory hotplug; "-" without hotplug
 *	migratetype index=N name=NAME	the numbers of the types
 *	blocks node=N zone=NAME first=N map=BLOCK,BLOCK,...
 *
 * A line has up to 64 adjacent pageblocks. first is the number of the line's first pageblock: its
 * first page frame divided by the pages of a pageblock. BLOCK is "-" for a pageblock without a page of
 * this zone, otherwise
 *
 *	TYPE/FREE/MOVABLE/RECLAIMABLE/UNMOVABLE/UNKNOWN[/CLASS:PAGES[+CLASS:PAGES...]]
 *
 * TYPE is the number of the migrate type. The next five are numbers of pages. The classes of the pages
 * that are neither free nor movable follow. "N*BLOCK" is N times the same BLOCK. The pages of a
 * pageblock sum to less if a part of it belongs to another zone or is a hole.
 *
 * Slab pages count as reclaimable in a pageblock of type Reclaimable and as unmovable elsewhere,
 * because struct page does not name the cache. UNKNOWN pages have no reference count: they are free in
 * a per-CPU list, or in use as the rest of an untyped block.
 */
#include <linux/memory.h>
#include <linux/mmzone.h>
#include <linux/seq_file.h>
#include "compat.h"
#include "names.h"
#include "proc.h"
#include "walk.h"
#include "zone.h"

#define BLOCKS 64	/* on one line */

/*
 * ppc64 keeps the order in a variable that is not exported to modules; no pageblock is walked
 * there.
 */
#define ORDER max(KM_PAGEBLOCK_ORDER, 0)

struct block {
	bool seen;
	u8 type;
	u32 pages[KM_OUTSIDE];		/* by mobility */
	u32 held[KM_CLASS_COUNT];	/* neither free nor movable */
};

struct blocks_file {
	struct km_walk walk;
	/* The next line: its number, and the pageblocks of its zone from first to end. */
	loff_t line;
	struct zone *zone;
	unsigned long first, end;
	struct block blocks[BLOCKS];
};

static u8 block_type(const struct zone *zone, unsigned long pfn)
{
	unsigned long bits = km_block_bits(zone, pfn);

#ifdef CONFIG_MEMORY_ISOLATION
	if (bits & KM_BLOCK_ISOLATED_MASK)
		return MIGRATE_ISOLATE;
#endif
	return bits & KM_BLOCK_TYPE_MASK;
}

/* A free block or a huge page may span several pageblocks. */
static void count(struct km_walk *walk, unsigned long pfn, const struct km_look *look)
{
	struct blocks_file *f = container_of(walk, struct blocks_file, walk);
	unsigned long end = pfn + look->frames, n;

	pfn = max(pfn, f->first << ORDER);
	if (look->mobility == KM_OUTSIDE)
		return;
	for (; pfn < end; pfn += n) {
		struct block *block = &f->blocks[(pfn >> ORDER) - f->first];

		n = min(end, ((pfn >> ORDER) + 1) << ORDER) - pfn;
		if (!km_block_known(pfn))
			continue;
		if (!block->seen) {
			block->seen = true;
			block->type = block_type(walk->zone, pfn);
		}
		block->pages[look->mobility] += n;
		if (look->mobility > KM_MOVABLE)
			block->held[look->class] += n;
	}
}

static void show_block(struct seq_file *m, const struct block *block)
{
	bool reclaimable = block->type == MIGRATE_RECLAIMABLE;
	u32 slab = block->pages[KM_SLAB], unmovable = block->pages[KM_UNMOVABLE];
	const char *before = "/";
	enum km_class class;

	if (!block->seen) {
		seq_putc(m, '-');
		return;
	}
	seq_printf(m, "%u/%u/%u/%u/%u/%u", block->type, block->pages[KM_FREE],
		   block->pages[KM_MOVABLE], reclaimable ? slab : 0,
		   reclaimable ? unmovable : unmovable + slab, block->pages[KM_UNKNOWN]);
	for (class = 0; class < KM_CLASS_COUNT; class++) {
		if (!block->held[class])
			continue;
		seq_printf(m, "%s%s:%u", before, km_class_name(class), block->held[class]);
		before = "+";
	}
}

static void show_map(struct seq_file *m, const struct block *blocks, unsigned int n)
{
	unsigned int i, alike;

	for (i = 0; i < n; i += alike) {
		for (alike = 1; i + alike < n; alike++)
			if (memcmp(&blocks[i], &blocks[i + alike], sizeof(*blocks)))
				break;
		seq_puts(m, i ? "," : " map=");
		if (alike > 1)
			seq_printf(m, "%u*", alike);
		show_block(m, &blocks[i]);
	}
	seq_putc(m, '\n');
}

static unsigned int line_blocks(const struct blocks_file *f)
{
	return min_t(unsigned long, BLOCKS, f->end - f->first);
}

static int walk_line(struct blocks_file *f)
{
	unsigned long start, spanned, pfn, end;
	int ret = km_walk_lock();

	if (ret)
		return ret;
	km_zone_span(f->zone, &start, &spanned);
	/* A free block that began before the line is recognized only by its first frame. */
	pfn = max(ALIGN_DOWN(f->first << ORDER, 1UL << KM_MAX_ORDER), start);
	end = min((f->first + line_blocks(f)) << ORDER, start + spanned);
	memset(f->blocks, 0, sizeof(f->blocks));
	f->walk = (struct km_walk){ .zone = f->zone, .visit = count };
	ret = km_walk_range(&f->walk, pfn, end);
	km_walk_unlock();
	return ret;
}

static int show_line(struct seq_file *m, struct blocks_file *f)
{
	unsigned int i, n = line_blocks(f);
	int ret = walk_line(f);

	if (ret)
		return ret;
	for (i = 0; i < n && !f->blocks[i].seen; i++)
		;
	if (i == n)
		return SEQ_SKIP;
	seq_printf(m, "blocks node=%d zone=%s first=%lu", zone_to_nid(f->zone), f->zone->name,
		   f->first);
	show_map(m, f->blocks, n);
	return 0;
}

static void show_head(struct seq_file *m)
{
	seq_puts(m, "kmeminfo-blocks 1\n");
	if (KM_PAGEBLOCK_ORDER < 0)
		seq_puts(m, "block_order -\n");
	else
		seq_printf(m, "block_order %d\n", KM_PAGEBLOCK_ORDER);
	seq_printf(m, "page_bytes %lu\n", PAGE_SIZE);
#ifdef CONFIG_MEMORY_HOTPLUG
	seq_printf(m, "memory_block_bytes %lu\n", memory_block_size_bytes());
#else
	seq_puts(m, "memory_block_bytes -\n");
#endif
	km_migratetypes_show(m);
}

static int show(struct seq_file *m, void *at)
{
	if (at != SEQ_START_TOKEN)
		return show_line(m, at);
	show_head(m);
	return 0;
}

static void enter_zone(struct blocks_file *f, struct zone *zone)
{
	unsigned long start, spanned;

	f->zone = zone;
	if (!zone)
		return;
	km_zone_span(zone, &start, &spanned);
	f->first = start >> ORDER;
	f->end = (start + spanned + (1UL << ORDER) - 1) >> ORDER;
	if (km_zone_is_device(zone))
		f->end = f->first;
}

static void forward(struct blocks_file *f)
{
	f->line++;
	f->first += BLOCKS;
	while (f->zone && f->first >= f->end)
		enter_zone(f, km_zone_next(f->zone));
}

/* Line 0 is the head of the file. */
static void *start(struct seq_file *m, loff_t *pos)
{
	struct blocks_file *f = m->private;

	if (!*pos)
		return SEQ_START_TOKEN;
	if (KM_PAGEBLOCK_ORDER < 0)
		return NULL;
	if (*pos < f->line || !f->line) {
		f->line = 1;
		enter_zone(f, km_zone_next(NULL));
		while (f->zone && f->first >= f->end)
			enter_zone(f, km_zone_next(f->zone));
	}
	while (f->zone && f->line < *pos)
		forward(f);
	return f->zone ? f : NULL;
}

static void *next(struct seq_file *m, void *at, loff_t *pos)
{
	++*pos;
	return start(m, pos);
}

static void stop(struct seq_file *m, void *at)
{
}

static const struct seq_operations ops = {
	.start = start, .next = next, .stop = stop, .show = show,
};

int km_blocks_open(struct inode *inode, struct file *file)
{
	return seq_open_private(file, &ops, sizeof(struct blocks_file));
}
