// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/kmeminfo/info: the constants and settings that this kernel was built and started with.
 *
 *	kmeminfo-info 1
 *	KEY VALUE			numbers; the key ends in the unit
 *	zone index=N name=NAME		every zone type of this kernel, also unused ones
 *	migratetype index=N name=NAME
 *	config name=NAME value=y|m|n	kernel options that concern memory
 */
#include <linux/cache.h>
#include <linux/cpumask.h>
#include <linux/dma-mapping.h>
#include <linux/nodemask.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/thread_info.h>
#include "compat.h"
#include "names.h"
#include "proc.h"
#include "settings.h"
#include "walk.h"

struct config {
	const char *name;
	char value;
};

#define CONFIG(name) \
	{ #name, IS_BUILTIN(CONFIG_##name) ? 'y' : IS_MODULE(CONFIG_##name) ? 'm' : 'n' }

static const struct config configs[] = {
	CONFIG(CMA),
	CONFIG(COMPACTION),
	CONFIG(DEBUG_KMEMLEAK),
	CONFIG(DEBUG_PAGEALLOC),
	CONFIG(DEBUG_VM),
	CONFIG(FLATMEM),
	CONFIG(HARDENED_USERCOPY),
	CONFIG(HIGHMEM),
	CONFIG(HUGETLB_PAGE),
	CONFIG(INIT_ON_ALLOC_DEFAULT_ON),
	CONFIG(INIT_ON_FREE_DEFAULT_ON),
	CONFIG(KASAN),
	CONFIG(KFENCE),
	CONFIG(KMALLOC_PARTITION_CACHES),
	CONFIG(KMSAN),
	CONFIG(MEMCG),
	CONFIG(MEMCG_KMEM),
	CONFIG(MEMORY_HOTPLUG),
	CONFIG(MEMORY_HOTREMOVE),
	CONFIG(MEM_ALLOC_PROFILING),
	CONFIG(MIGRATION),
	CONFIG(NUMA),
	CONFIG(PAGE_OWNER),
	CONFIG(PAGE_POISONING),
	CONFIG(PREEMPT_RT),
	CONFIG(RANDOM_KMALLOC_CACHES),
	CONFIG(SHUFFLE_PAGE_ALLOCATOR),
	CONFIG(SLAB),
	CONFIG(SLAB_BUCKETS),
	CONFIG(SLAB_FREELIST_HARDENED),
	CONFIG(SLAB_FREELIST_RANDOM),
	CONFIG(SLAB_MERGE_DEFAULT),
	CONFIG(SLOB),
	CONFIG(SLUB),
	CONFIG(SLUB_CPU_PARTIAL),
	CONFIG(SLUB_DEBUG),
	CONFIG(SLUB_DEBUG_ON),
	CONFIG(SLUB_TINY),
	CONFIG(SPARSEMEM),
	CONFIG(SPARSEMEM_VMEMMAP),
	CONFIG(SWAP),
	CONFIG(TRANSPARENT_HUGEPAGE),
	CONFIG(UNACCEPTED_MEMORY),
	CONFIG(VMAP_STACK),
	CONFIG(ZONE_DEVICE),
	CONFIG(ZONE_DMA),
	CONFIG(ZONE_DMA32),
	CONFIG(ZSMALLOC),
	CONFIG(ZSWAP),
};

static void number(struct seq_file *m, const char *key, u64 value)
{
	seq_printf(m, "%s %llu\n", key, value);
}

static void number_or_unknown(struct seq_file *m, const char *key, bool known, u64 value)
{
	if (known)
		number(m, key, value);
	else
		seq_printf(m, "%s -\n", key);
}

static void show_module(struct seq_file *m)
{
	seq_printf(m, "module_version %s\n", KM_VERSION);
	seq_printf(m, "built_for %s\n", UTS_RELEASE);
	seq_printf(m, "known_until %s\n", KM_KNOWN_UNTIL);
	number(m, "probes", km_probes());
	number(m, "max_bytes", km_max_bytes());
	number(m, "walks", km_walks());	/* over pages, since the module was loaded */
}

static void show_pages(struct seq_file *m)
{
	number(m, "page_bytes", PAGE_SIZE);
	number(m, "struct_page_bytes", sizeof(struct page));
	number(m, "max_order", KM_MAX_ORDER);
	number_or_unknown(m, "pageblock_order", KM_PAGEBLOCK_ORDER >= 0, KM_PAGEBLOCK_ORDER);
	number(m, "costly_order", PAGE_ALLOC_COSTLY_ORDER);
	number_or_unknown(m, "section_bytes", KM_SECTION_BYTES, KM_SECTION_BYTES);
	number(m, "stack_bytes", THREAD_SIZE);
	/*
	 * VMALLOC_END is the last byte on some architectures, and the first byte beyond it on
	 * others.
	 */
	number(m, "vmalloc_range_bytes", ALIGN((u64)VMALLOC_TOTAL, PAGE_SIZE));
	number(m, "percpu_unit_max_bytes", PCPU_MIN_UNIT_SIZE);
}

static void show_kmalloc(struct seq_file *m)
{
	number(m, "kmalloc_min_bytes", KMALLOC_MIN_SIZE);
	number(m, "kmalloc_max_cache_bytes", KMALLOC_MAX_CACHE_SIZE);
	number(m, "kmalloc_max_bytes", KMALLOC_MAX_SIZE);
	number(m, "kmalloc_align_bytes", ARCH_KMALLOC_MINALIGN);
	number(m, "cache_line_bytes", L1_CACHE_BYTES);
	number(m, "init_on_alloc", want_init_on_alloc(0));
	number(m, "init_on_free", want_init_on_free());
}

static void show_machine(struct seq_file *m)
{
	number(m, "cpus_compiled", NR_CPUS);
	number(m, "cpus_possible", num_possible_cpus());
	number(m, "cpus_online", num_online_cpus());
	number(m, "nodes_compiled", MAX_NUMNODES);
	number(m, "nodes_possible", num_possible_nodes());
	number(m, "nodes_online", num_online_nodes());
}

static int show(struct seq_file *m, void *unused)
{
	unsigned int i;

	seq_puts(m, "kmeminfo-info 1\n");
	show_module(m);
	show_pages(m);
	show_kmalloc(m);
	show_machine(m);
	for (i = 0; i < MAX_NR_ZONES; i++)
		seq_printf(m, "zone index=%u name=%s\n", i, km_zone_name(i));
	km_migratetypes_show(m);
	for (i = 0; i < ARRAY_SIZE(configs); i++)
		seq_printf(m, "config name=%s value=%c\n", configs[i].name, configs[i].value);
	return 0;
}

int km_info_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, show, NULL, 16384);
}
