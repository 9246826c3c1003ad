// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/memory-line.h"

enum unit { PAGES, KIB, HUGE_PAGES, EVENTS, OBJECTS, UNITS };

static const struct km_word units[] = {
	[PAGES] = { .key = "pages", .brief = "pages of the machine's page size" },
	[KIB] = { .key = "KiB", .brief = "1024 bytes" },
	[HUGE_PAGES] = { .key = "huge pages", .brief = "transparent huge pages of the size of a PMD entry" },
	[EVENTS] = { .key = "events", .brief = "how often something happened" },
	[OBJECTS] = { .key = "objects", .brief = "objects of slab caches" },
	{ 0 }
};

static const struct km_vocabulary unit_vocabulary = {
	.name = "counter-unit",
	.brief = "what a line of /proc/vmstat counts",
	.items = units,
	.item_size = sizeof(*units),
};

/*
 * A name; a name with a star covers all names with this prefix. The first match counts; the unit of other
 * names is unknown. k6.12:mm/vmstat.c vmstat_text[], vmstat_item_print_in_thp(), and the code that counts
 * each.
 */
static const struct {
	const char *name;
	enum unit unit;
} names[] = {
	{ "nr_kernel_stack", KIB },
	{ "nr_shadow_call_stack", KIB },
	{ "nr_anon_transparent_hugepages", HUGE_PAGES },
	{ "nr_shmem_hugepages", HUGE_PAGES },
	{ "nr_shmem_pmdmapped", HUGE_PAGES },
	{ "nr_file_hugepages", HUGE_PAGES },
	{ "nr_file_pmdmapped", HUGE_PAGES },
	{ "nr_tlb_*", EVENTS },
	{ "nr_gpu_*", UNITS },
	{ "nr_hugetlb", PAGES },
	{ "nr_*", PAGES },
	{ "pgpgin", KIB },
	{ "pgpgout", KIB },
	{ "pgfault", EVENTS },
	{ "pgmajfault", EVENTS },
	{ "pgscan_direct_throttle", EVENTS },
	{ "pgrotated", PAGES },
	{ "pginodesteal", OBJECTS },
	{ "pgalloc_*", PAGES },
	{ "pgfree", PAGES },
	{ "pgscan_*", PAGES },
	{ "pgsteal_*", PAGES },
	{ "pgrefill*", PAGES },
	{ "pgskip_*", PAGES },
	{ "pgactivate", PAGES },
	{ "pgdeactivate", PAGES },
	{ "pglazyfree*", PAGES },
	{ "pgmigrate_*", PAGES },
	{ "pgpromote_*", PAGES },
	{ "pgdemote_*", PAGES },
	{ "pswpin", PAGES },
	{ "pswpout", PAGES },
	{ "numa_hit", PAGES },
	{ "numa_miss", PAGES },
	{ "numa_foreign", PAGES },
	{ "numa_interleave", PAGES },
	{ "numa_local", PAGES },
	{ "numa_other", PAGES },
	{ "numa_pages_migrated", PAGES },
	{ "compact_migrate_scanned", PAGES },
	{ "compact_free_scanned", PAGES },
	{ "compact_isolated", PAGES },
	{ "compact_daemon_migrate_scanned", PAGES },
	{ "compact_daemon_free_scanned", PAGES },
	{ "compact_*", EVENTS },
	{ "unevictable_pgs_*", PAGES },
	{ "workingset_nodes", OBJECTS },
	{ "workingset_nodereclaim", OBJECTS },
	{ "workingset_*", PAGES },
	{ "zswpin", PAGES },
	{ "zswpout", PAGES },
	{ "zswpwb", PAGES },
	{ "slabs_scanned", OBJECTS },
	{ "kswapd_inodesteal", OBJECTS },
	{ "kswapd_*", EVENTS },
	{ "pageoutrun", EVENTS },
	{ "allocstall*", EVENTS },
	{ "oom_kill", EVENTS },
	{ "drop_*", EVENTS },
	{ "thp_*", EVENTS },
	{ "htlb_buddy_alloc_*", EVENTS },
	{ "cma_alloc_*", EVENTS },
	{ "vma_lock_*", EVENTS },
	{ "zone_reclaim_*", EVENTS },
	{ "direct_map_*", EVENTS },
};

static bool fits(struct km_str name, struct km_str pattern)
{
	if (pattern.ptr[pattern.len - 1] != '*')
		return km_str_eq(name, pattern);
	pattern.len--;
	return km_str_starts(name, pattern);
}

static const struct km_word *unit_of(struct km_str name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (fits(name, km_str_from(names[i].name)))
			return names[i].unit == UNITS ? NULL : &units[names[i].unit];
	return NULL;
}

#define TOPIC_FIELDS(row)                                                                          \
	{ KM_FIELD(row, topic, KM_TEXT), .flags = KM_SHOWN | KM_DETAIL, .head = "TOPIC",           \
	  .brief = "topic that explains the line",                                                 \
	  .explain = "For `kmeminfo explain`. Unknown if no topic names the line.",               \
	  .origin = "kmeminfo-topics(7)" },                                                        \
	{ KM_FIELD(row, brief, KM_TEXT), .flags = KM_PROSE, .head = "ABOUT",                       \
	  .brief = "what that topic is about",                                                     \
	  .explain = "A phrase, which may be about several lines.",                               \
	  .origin = "kmeminfo-topics(7)" },                                                        \
	{ 0 }

static const struct km_field meminfo_fields[] = {
	{ KM_FIELD(struct km_meminfo_line, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "NAME",
	  .brief = "the line's name", .explain = "As in the file, without the colon.",
	  .origin = "/proc/meminfo" },
	{ KM_FIELD(struct km_meminfo_line, bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "SIZE",
	  .brief = "its size", .explain = "Unknown for lines that count huge pages.",
	  .origin = "/proc/meminfo, lines with kB" },
	{ KM_FIELD(struct km_meminfo_line, number, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "NUMBER",
	  .brief = "its number, if it is not a size",
	  .explain = "Huge pages, each of the size of the line Hugepagesize.",
	  .origin = "/proc/meminfo, lines without kB" },
	TOPIC_FIELDS(struct km_meminfo_line)
};

const struct km_sheet_type km_meminfo_line_type = {
	.name = "meminfo",
	.brief = "every line of /proc/meminfo, known or not",
	.explain = "In the order of the file. The account of the summary is made from them; here each line is "
		   "shown by itself, and some contain others.",
	.fields = meminfo_fields,
	.row_size = sizeof(struct km_meminfo_line),
};

static const struct km_field vmstat_fields[] = {
	{ KM_FIELD(struct km_vmstat_line, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "NAME",
	  .brief = "the counter's name", .explain = "As in the file.",
	  .origin = "/proc/vmstat" },
	{ KM_FIELD(struct km_vmstat_line, value, KM_COUNT), .flags = KM_ANSWER | KM_SHOWN | KM_BY_NAME, .head = "VALUE",
	  .brief = "its value as printed",
	  .explain = "Amounts are those of this moment; events are counted since boot.",
	  .origin = "/proc/vmstat" },
	{ KM_FIELD(struct km_vmstat_line, unit, KM_WORD), .words = &unit_vocabulary, .flags = KM_SHOWN, .head = "UNIT",
	  .brief = "what it counts", .explain = "Unknown for names that kmeminfo does not know.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_vmstat_line, bytes, KM_BYTES), .flags = KM_SHOWN | KM_BY_NAME | KM_COMPUTED, .head = "SIZE",
	  .brief = "the value as a size", .explain = "If its unit is pages or KiB.",
	  .origin = "computed" },
	TOPIC_FIELDS(struct km_vmstat_line)
};

static uint64_t size_of(const struct km_word *unit, uint64_t value, uint64_t page_bytes)
{
	if (unit == &units[PAGES])
		return km_num_mul(value, page_bytes);
	return unit == &units[KIB] ? km_num_mul(value, 1024) : KM_UNKNOWN;
}

static void compute_sizes(const struct km_sheet *sheet, uint64_t page_bytes)
{
	struct km_vmstat_line *rows = (struct km_vmstat_line *)(uintptr_t)sheet->rows;

	for (size_t i = 0; i < sheet->len; i++)
		rows[i].bytes = size_of(rows[i].unit, rows[i].value, page_bytes);
}

const struct km_sheet_type km_vmstat_line_type = {
	.name = "vmstat",
	.brief = "every line of /proc/vmstat, known or not",
	.explain = "In the order of the file.",
	.fields = vmstat_fields,
	.row_size = sizeof(struct km_vmstat_line),
	.compute = compute_sizes,
};

struct km_sheet km_meminfo_lines(struct km_pool *pool, const struct km_meminfo *meminfo)
{
	struct km_sheet sheet = { .type = &km_meminfo_line_type };
	struct km_meminfo_line *rows;

	if (!meminfo)
		return sheet;
	rows = km_pool_alloc(pool, meminfo->entries.len, sizeof(*rows));
	for (size_t i = 0; i < meminfo->entries.len; i++) {
		const struct km_meminfo_entry *entry = &meminfo->entries.items[i];

		rows[i] = (struct km_meminfo_line){
			.name = entry->key,
			.bytes = entry->kb ? km_num_mul(entry->value, 1024) : KM_UNKNOWN,
			.number = entry->kb ? KM_UNKNOWN : entry->value,
		};
	}
	sheet.rows = rows;
	sheet.len = meminfo->entries.len;
	return sheet;
}

struct km_sheet km_vmstat_lines(struct km_pool *pool, const struct km_vmstat *vmstat, uint64_t page_bytes)
{
	struct km_sheet sheet = { .type = &km_vmstat_line_type };
	struct km_vmstat_line *rows;

	if (!vmstat)
		return sheet;
	rows = km_pool_alloc(pool, vmstat->entries.len, sizeof(*rows));
	for (size_t i = 0; i < vmstat->entries.len; i++) {
		const struct km_vmstat_entry *entry = &vmstat->entries.items[i];

		rows[i] = (struct km_vmstat_line){ .name = entry->name, .value = entry->value,
						   .unit = unit_of(entry->name) };
	}
	sheet.rows = rows;
	sheet.len = vmstat->entries.len;
	compute_sizes(&sheet, page_bytes);
	return sheet;
}
