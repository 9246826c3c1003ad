// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/kmeminfo/zones: the page allocator's figures of each zone with memory, in pages.
 *
 *	kmeminfo-zones 1
 *	zone node=N zone=NAME WORDS
 *		spanned_pages present_pages managed_pages cma_pages free_pages
 *		min_pages low_pages high_pages	the watermarks in use, including the boost
 *		boost_pages			temporary addition after fragmentation
 *		highatomic_pages		reserved for high-order atomic requests
 *		free_highatomic_pages		the free part of them; - before 6.13
 *		pcp_pages			free in the per-CPU lists of all CPUs
 *	reserve node=N zone=NAME for=NAME pages=N	lowmem_reserve against requests for zone "for"
 *	pcp node=N zone=NAME cpu=N pages=N high=N batch=N
 *	free node=N zone=NAME blocks=N,N,...		free blocks by order
 *	free_type node=N zone=NAME type=NAME blocks=N,N,...	the same for one migrate type
 *
 * The lists of a type are counted under the zone's lock, up to LIST_MAX blocks each. A count that ends
 * in + is a minimum. The numbers are not from one instant.
 */
#include <linux/cpumask.h>
#include <linux/math64.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include "compat.h"
#include "names.h"
#include "proc.h"
#include "zone.h"

/*
 * Interrupts are off while a list is counted, except on PREEMPT_RT. /proc/pagetypeinfo counts up to
 * 100,000 blocks (k6.12:mm/vmstat.c). Nothing is written meanwhile.
 */
#define LIST_MAX 4096

static void show_place(struct seq_file *m, const char *key, struct zone *zone)
{
	seq_printf(m, "%s node=%d zone=%s", key, zone_to_nid(zone), zone->name);
}

static void show_zone(struct seq_file *m, struct zone *zone)
{
	long highatomic = km_free_highatomic(zone);

	show_place(m, "zone", zone);
	seq_printf(m, " spanned_pages=%lu present_pages=%lu managed_pages=%lu cma_pages=%lu",
		   zone->spanned_pages, zone->present_pages, zone_managed_pages(zone),
		   km_cma_pages(zone));
	seq_printf(m, " free_pages=%lu", zone_page_state(zone, NR_FREE_PAGES));
	seq_printf(m, " min_pages=%lu low_pages=%lu high_pages=%lu boost_pages=%lu",
		   min_wmark_pages(zone), low_wmark_pages(zone), high_wmark_pages(zone),
		   zone->watermark_boost);
	seq_printf(m, " highatomic_pages=%lu", zone->nr_reserved_highatomic);
	if (highatomic < 0)
		seq_puts(m, " free_highatomic_pages=-");
	else
		seq_printf(m, " free_highatomic_pages=%ld", highatomic);
	seq_printf(m, " pcp_pages=%lu\n", km_pcp_pages(zone));
}

static void show_reserves(struct seq_file *m, struct zone *zone)
{
	unsigned int i;

	for (i = 0; i < MAX_NR_ZONES; i++) {
		show_place(m, "reserve", zone);
		seq_printf(m, " for=%s pages=%ld\n", km_zone_name(i), zone->lowmem_reserve[i]);
	}
}

static void show_pcp(struct seq_file *m, struct zone *zone, unsigned int cpu)
{
	const struct per_cpu_pages *pcp = km_pcp(zone, cpu);

	show_place(m, "pcp", zone);
	seq_printf(m, " cpu=%u pages=%d high=%d batch=%d\n", cpu, READ_ONCE(pcp->count),
		   READ_ONCE(pcp->high), READ_ONCE(pcp->batch));
}

static void show_free(struct seq_file *m, struct zone *zone)
{
	unsigned int order;

	show_place(m, "free", zone);
	for (order = 0; order <= KM_MAX_ORDER; order++)
		seq_printf(m, "%s%lu", order ? "," : " blocks=",
			   READ_ONCE(zone->free_area[order].nr_free));
	seq_putc(m, '\n');
}

static unsigned long list_length(struct zone *zone, struct list_head *list)
{
	unsigned long flags, n = 0;
	struct list_head *p;

	spin_lock_irqsave(&zone->lock, flags);
	list_for_each(p, list) {
		if (++n > LIST_MAX)
			break;
	}
	spin_unlock_irqrestore(&zone->lock, flags);
	cond_resched();
	return n;
}

static void show_free_type(struct seq_file *m, struct zone *zone, unsigned int type)
{
	unsigned int order;

	show_place(m, "free_type", zone);
	seq_printf(m, " type=%s", km_migratetype_name(type));
	for (order = 0; order <= KM_MAX_ORDER; order++) {
		unsigned long n = list_length(zone, &zone->free_area[order].free_list[type]);

		seq_printf(m, "%s%lu%s", order ? "," : " blocks=", min_t(unsigned long, n, LIST_MAX),
			   n > LIST_MAX ? "+" : "");
	}
	seq_putc(m, '\n');
}

/*
 * The file is written one record at a time, each of at most some hundred bytes, so that the buffer
 * stays one page. A buffer for the whole file has order 4 on a machine with six zones. The kernel
 * would allocate it from the blocks that this file counts, and the last block of its order would
 * not be seen.
 *
 * Position 0 is the first line; then each zone has the parts below.
 */
static unsigned int parts_of_a_zone(void)
{
	return 1 + nr_cpu_ids + 1 + MIGRATE_TYPES; /* itself, CPUs, free, by type */
}

static struct zone *nth_zone(u64 nth)
{
	struct zone *zone;

	km_each_zone(zone) {
		if (zone->present_pages && !nth--)
			return zone;
	}
	return NULL;
}

static void *start(struct seq_file *m, loff_t *pos)
{
	u64 nth = *pos - 1;

	if (!*pos)
		return SEQ_START_TOKEN;
	m->private = (void *)(unsigned long)do_div(nth, parts_of_a_zone());
	return nth_zone(nth);
}

static void *next(struct seq_file *m, void *at, loff_t *pos)
{
	++*pos;
	return start(m, pos);
}

static void stop(struct seq_file *m, void *at)
{
}

static int show(struct seq_file *m, void *at)
{
	unsigned int part = (unsigned long)m->private;

	if (at == SEQ_START_TOKEN) {
		seq_puts(m, "kmeminfo-zones 1\n");
	} else if (!part) {
		show_zone(m, at);
		show_reserves(m, at);
	} else if (part <= nr_cpu_ids) {
		if (cpu_online(part - 1))
			show_pcp(m, at, part - 1);
	} else if (part == nr_cpu_ids + 1) {
		show_free(m, at);
	} else {
		show_free_type(m, at, part - nr_cpu_ids - 2);
	}
	return 0;
}

static const struct seq_operations ops = {
	.start = start, .next = next, .stop = stop, .show = show,
};

int km_zones_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &ops);
}
