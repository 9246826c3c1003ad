// SPDX-License-Identifier: GPL-2.0-or-later
/* The module's zones, GFP flags and constants. */
#include <sys/mount.h>
#include <unistd.h>
#include "truth-load.h"

#define TRACING "/sys/kernel/tracing/"

/* The number of a word in the zones file's line of a key and zone; at_cpu: of that CPU; for: of that zone. */
static number in_zones(const char *key, const char *zone, const char *filter, const char *value, const char *want)
{
	char *text = slurp("/proc/kmeminfo/zones"), *rest = text, *line, node[64], is[64], name[80];
	size_t len = strlen(key);
	number ret = -1;

	while (ret < 0 && (line = next_line(&rest))) {
		if (strncmp(line, key, len) || line[len] != ' ' || !word_text(line, "node", node) ||
		    !word_text(line, "zone", is))
			continue;
		snprintf(name, sizeof(name), "%.8s %.40s", node, is);
		if (strcmp(name, zone) || (filter && (!word_text(line, filter, is) || strcmp(is, value))))
			continue;
		ret = word(line, want);
	}
	free(text);
	return ret;
}

/* A list of numbers "blocks=1,2,3+" of orders: its pages; *ret_more: a + says that there are more. */
static number list_sum(const char *key, const char *zone, const char *type, bool *ret_more)
{
	char *text = slurp("/proc/kmeminfo/zones"), *rest = text, *line, node[64], is[64], name[80];
	size_t len = strlen(key);
	number sum = -1;

	while (sum < 0 && (line = next_line(&rest))) {
		char *list = strstr(line, " blocks=");

		if (strncmp(line, key, len) || line[len] != ' ' || !list || !word_text(line, "node", node) ||
		    !word_text(line, "zone", is))
			continue;
		snprintf(name, sizeof(name), "%.8s %.40s", node, is);
		if (strcmp(name, zone) || (type && (!word_text(line, "type", is) || strcmp(is, type))))
			continue;
		sum = 0;
		list += 8;
		for (int i = 0; list; i++) {
			sum += strtoll(list, &list, 10) << i;
			*ret_more |= *list == '+';
			list = strchr(list, ',');
			list = list ? list + 1 : NULL;
		}
	}
	free(text);
	return sum;
}

/* zoneinfo's "protection: (0, 941, 941, 941)": its number at a place. */
static number protection(const char *zone, int at)
{
	char *text = slurp("/proc/zoneinfo"), *rest = text, *line, name[80] = "", is[64];
	number ret = -1;
	int node;

	while (ret < 0 && (line = next_line(&rest))) {
		char *list = strstr(line, "protection: (");

		if (sscanf(line, "Node %d, zone %63s", &node, is) == 2)
			snprintf(name, sizeof(name), "%d %s", node, is);
		if (!list || strcmp(name, zone))
			continue;
		list += 13;
		for (int i = 0; i < at && list; i++) {
			list = strchr(list, ',');
			list = list ? list + 1 : NULL;
		}
		ret = list ? strtoll(list, NULL, 10) : -1;
	}
	free(text);
	return ret;
}

static const char *zone_name(int index, char name[static 64])
{
	char *text = slurp("/proc/kmeminfo/info"), *rest = text, *line;
	bool found = false;

	while (!found && (line = next_line(&rest)))
		found = !strncmp(line, "zone ", 5) && word(line, "index") == index && word_text(line, "name", name);
	free(text);
	return found ? name : NULL;
}

static void check_zone(const char *zone)
{
	static const struct {
		const char *ours, *theirs;
	} same[] = {
		{ "min_pages", "min" }, { "low_pages", "low" }, { "high_pages", "high" },
		{ "spanned_pages", "spanned" }, { "present_pages", "present" }, { "managed_pages", "managed" },
	};
	static const char *const types[] = { "Unmovable", "Movable", "Reclaimable", "HighAtomic", "CMA", "Isolate" };
	number bad = 0, free_pages, by_type = 0;
	bool more = false;
	char name[192], other[64];

	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		bad += llabs(in_zones("zone", zone, NULL, NULL, same[i].ours) - zoneinfo_of(zone, same[i].theirs)) > 16;
	snprintf(name, sizeof(name), "zones: watermarks and sizes of %s are those of zoneinfo", zone);
	verdict(!bad, name, "%lld differ", bad);
	bad = 0;
	for (int i = 0; zone_name(i, other); i++) {
		number theirs = protection(zone, i);

		bad += theirs >= 0 && in_zones("reserve", zone, "for", other, "pages") != theirs;
	}
	snprintf(name, sizeof(name), "zones: reserves of %s are the protection of zoneinfo", zone);
	verdict(!bad, name, "%lld differ", bad);
	free_pages = list_sum("free", zone, NULL, &more);
	snprintf(name, sizeof(name), "zones: free blocks of %s are nr_free_pages", zone);
	agree(name, free_pages, zoneinfo_of(zone, "pages free"), 512);
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		number sum = list_sum("free_type", zone, types[i], &more);

		by_type += sum > 0 ? sum : 0;
	}
	snprintf(name, sizeof(name), "zones: free blocks of %s by type sum to all", zone);
	if (more)
		verdict(by_type <= free_pages + 512 && by_type > free_pages / 64, name,
			"at least %lld here, %lld elsewhere", by_type, free_pages);
	else
		agree(name, by_type, free_pages, 512);
	snprintf(name, sizeof(name), "zones: the lists of CPU 0 of %s are those of zoneinfo", zone);
	agree(name, in_zones("pcp", zone, "cpu", "0", "batch"), zoneinfo_of(zone, "batch"), 0);
}

static void check_info(void)
{
	const char *info = "/proc/kmeminfo/info";
	char *text = slurp("/proc/buddyinfo"), *rest = text, *line = next_line(&rest), *part;
	number words = 0;

	for (part = strtok(line, " "); part; part = strtok(NULL, " "))
		words++;
	free(text);
	agree("info: page_bytes", value_of(info, "page_bytes"), sysconf(_SC_PAGESIZE), 0);
	/* "Node 0, zone DMA" and one number per order */
	agree("info: max_order is that of buddyinfo", value_of(info, "max_order"), words - 5, 0);
	agree("info: cpus_online", value_of(info, "cpus_online"), sysconf(_SC_NPROCESSORS_ONLN), 0);
	if (value_of(info, "pageblock_order") >= 0)
		agree("info: pageblock_order", value_of(info, "pageblock_order"),
		      value_of("/proc/pagetypeinfo", "Page block order"), 0);
	text = slurp(info);
	verdict(text && strstr(text, "\nknown_until "), "info: it says up to which kernel it knows", "not");
	free(text);
}

number gfp_value(const char *name, char zone[static 64])
{
	char *text = slurp("/proc/kmeminfo/gfp"), *rest = text, *line, is[64];
	number value = -1;

	while (value < 0 && (line = next_line(&rest)))
		if (word_text(line, "name", is) && !strcmp(is, name)) {
			value = strtoll(strstr(line, "value=") + 6, NULL, 16);
			word_text(line, "zone", zone);
		}
	free(text);
	return value;
}

static void check_gfp(void)
{
	number whole = 0, kernel;
	char zone[64] = "", dma[64] = "", first[64] = "";

	kernel = gfp_value("GFP_KERNEL", zone);
	whole = gfp_value("__GFP_RECLAIM", dma) | gfp_value("__GFP_IO", dma) | gfp_value("__GFP_FS", dma);
	agree("gfp: GFP_KERNEL is __GFP_RECLAIM, __GFP_IO and __GFP_FS", kernel, whole, 0);
	gfp_value("GFP_DMA", dma);
	zone_name(0, first);
	verdict(!strcmp(zone, "Normal"), "gfp: GFP_KERNEL allows zones up to Normal", "%s", zone);
	verdict(!strcmp(dma, !strcmp(first, "DMA") ? "DMA" : "Normal"), "gfp: GFP_DMA allows zone DMA", "%s", dma);
}

static number count_of(const char *path, const char *what)
{
	char *text = slurp(path), *at = text;
	number n = 0;

	for (; at && (at = strstr(at, what)); at++)
		n++;
	free(text);
	return n;
}

/* How many blocks of more than a page the kernel takes for us while the file is read; -1 if it does not tell. */
static number blocks_to_read(const char *path)
{
	char filter[64];
	number before;

	snprintf(filter, sizeof(filter), "order > 0 && common_pid == %d", getpid());
	if (!write_text(TRACING "events/kmem/mm_page_alloc/filter", filter))
		return -1;
	before = count_of(TRACING "trace", "mm_page_alloc:");
	write_text(TRACING "events/kmem/mm_page_alloc/enable", "1");
	free(slurp(path));
	write_text(TRACING "events/kmem/mm_page_alloc/enable", "0");
	return count_of(TRACING "trace", "mm_page_alloc:") - before;
}

/* A block that is taken to write the file would be missing in it. A new slab may need one, at times. */
static void check_buffer(void)
{
	number least = 100;

	mount("tracefs", TRACING, "tracefs", 0, NULL);
	for (int i = 0; i < 3; i++) {
		number blocks = blocks_to_read("/proc/kmeminfo/zones");

		least = blocks < least ? blocks : least;
	}
	if (least < 0)
		skip("zones: reading them takes no large block", "no tracepoints here");
	else
		verdict(least == 0, "zones: reading them takes no large block", "%lld blocks", least);
}

void check_zones(void)
{
	struct pages pages;

	check_info();
	check_buffer();
	check_gfp();
	if (!pages_read(&pages))
		return;
	for (size_t i = 0; i < pages.n; i++)
		if (zoneinfo_of(pages.zones[i], "present") > 0)
			check_zone(pages.zones[i]);
	pages_free(&pages);
}
