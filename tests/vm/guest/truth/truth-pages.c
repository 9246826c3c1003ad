// SPDX-License-Identifier: GPL-2.0-or-later
/* Classes of pages against the kernel's own figures. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>
#include "truth.h"

static void zone_name(const char *line, char *name, size_t size)
{
	char node[64], zone[64];

	if (word_text(line, "node", node) && word_text(line, "zone", zone))
		snprintf(name, size, "%.8s %.40s", node, zone);
}

bool pages_read(struct pages *ret)
{
	char *text, *rest, *line;

	ret->text = slurp("/proc/kmeminfo/pages");
	ret->n = 0;
	if (!ret->text)
		return false;
	text = rest = strdup(ret->text);
	while ((line = next_line(&rest)))
		if (!strncmp(line, "zone ", 5) && ret->n < 32)
			zone_name(line, ret->zones[ret->n++], sizeof(ret->zones[0]));
	free(text);
	return true;
}

void pages_free(struct pages *pages)
{
	free(pages->text);
}

/* Calls take for each line of a key, zone and class; NULL is any. */
static void each(const struct pages *pages, const char *key, const char *zone, const char *class,
		 void (*take)(const char *line, void *data), void *data)
{
	char *text = strdup(pages->text), *rest = text, *line, name[80] = "", is[64];
	size_t len = strlen(key);

	while ((line = next_line(&rest))) {
		if (strncmp(line, key, len) || line[len] != ' ')
			continue;
		zone_name(line, name, sizeof(name));
		if (zone && strcmp(zone, name))
			continue;
		if (class && (!word_text(line, "class", is) || strcmp(class, is)))
			continue;
		take(line, data);
	}
	free(text);
}

static void add(number *sum, number value)
{
	if (value >= 0)
		*sum = (*sum < 0 ? 0 : *sum) + value;
}

static void take_class(const char *line, void *data)
{
	struct class_pages *sum = data;

	add(&sum->pages, word(line, "pages"));
	add(&sum->pinned, word(line, "pinned"));
	add(&sum->charged, word(line, "charged"));
	add(&sum->dead, word(line, "dead"));
}

struct class_pages pages_of(const struct pages *pages, const char *zone, const char *class)
{
	struct class_pages sum = { -1, -1, -1, -1 };

	each(pages, "pages", zone, class, take_class, &sum);
	return sum;
}

struct order {
	int order;
	number pages;
};

static void take_order(const char *line, void *data)
{
	const char *list = strstr(line, " pages=");
	struct order *sum = data;
	int order = 0;

	for (list = list ? list + 7 : NULL; list; order++) {
		if (sum->order < 0 || order == sum->order)
			sum->pages += strtoll(list, NULL, 10);
		list = strchr(list, ',');
		if (list)
			list++;
	}
}

number pages_of_order(const struct pages *pages, const char *class, int order)
{
	struct order sum = { order, 0 };

	each(pages, "orders", NULL, class, take_order, &sum);
	return sum.pages;
}

struct fs {
	const char *name;
	number pages;
};

static void take_fs(const char *line, void *data)
{
	struct fs *sum = data;
	char name[64];

	if (word_text(line, "name", name) && !strcmp(name, sum->name))
		sum->pages += word(line, "pages");
}

number pages_of_fs(const struct pages *pages, const char *fs, const char *class)
{
	struct fs sum = { fs, 0 };

	each(pages, "fs", NULL, class, take_fs, &sum);
	return sum.pages;
}

struct zone_value {
	const char *key;
	number value;
};

static void take_zone(const char *line, void *data)
{
	struct zone_value *value = data;

	value->value = word(line, value->key);
}

number zone_word(const struct pages *pages, const char *zone, const char *key)
{
	struct zone_value value = { key, -1 };

	each(pages, "zone", zone, NULL, take_zone, &value);
	return value.value;
}

/* Calls take for each line of a zone in zoneinfo, blanks in front skipped. */
static number zoneinfo(const char *zone, const char *key, bool sum)
{
	char *text = slurp("/proc/zoneinfo"), *rest = text, *line, name[80] = "";
	size_t len = strlen(key);
	number value = -1;
	int node;

	while ((line = next_line(&rest))) {
		char is[64];

		if (sscanf(line, "Node %d, zone %63s", &node, is) == 2) {
			snprintf(name, sizeof(name), "%d %s", node, is);
			continue;
		}
		line += strspn(line, " ");
		if (strcmp(name, zone) || strncmp(line, key, len) || (line[len] != ' ' && line[len] != ':'))
			continue;
		line += len + 1;
		value = (sum && value >= 0 ? value : 0) + strtoll(line, NULL, 10);
		if (!sum)
			break;
	}
	free(text);
	return value;
}

number zoneinfo_of(const char *zone, const char *key)
{
	return zoneinfo(zone, key, false);
}

number zoneinfo_pcp(const char *zone)
{
	return zoneinfo(zone, "count", true);
}

static void check_sums(const struct pages *pages)
{
	static const char *const classes[] = { "buddy", "slab", "anon", "shmem", "file", "reserved",
					       "kernel_single", "kernel_compound", "ref0" };
	number bad = 0;

	for (size_t i = 0; i < pages->n; i++) {
		const char *zone = pages->zones[i];
		number sum = pages_of(pages, zone, NULL).pages, span = zone_word(pages, zone, "spanned_pages");

		bad += sum != span || span != zoneinfo_of(zone, "spanned");
	}
	verdict(pages->n && !bad, "pages: the classes of each zone sum to its span", "%lld zones do not", bad);
	bad = 0;
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		bad += pages_of_order(pages, classes[i], -1) !=
		       (pages_of(pages, NULL, classes[i]).pages < 0 ? 0 : pages_of(pages, NULL, classes[i]).pages);
	verdict(!bad, "pages: the orders of each class sum to it", "%lld do not", bad);
}

static number sum_of_zones(const struct pages *pages, const char *key)
{
	number sum = 0;

	for (size_t i = 0; i < pages->n; i++)
		sum += zoneinfo_of(pages->zones[i], key) > 0 ? zoneinfo_of(pages->zones[i], key) : 0;
	return sum;
}

static number slabinfo_pages(void)
{
	char *text = slurp("/proc/slabinfo"), *rest = text, *line;
	number sum = 0;

	if (access("/proc/slabinfo", F_OK)) /* a kernel without SLUB_DEBUG */
		sum = value_of("/proc/vmstat", "nr_slab_reclaimable") + value_of("/proc/vmstat", "nr_slab_unreclaimable");
	while ((line = next_line(&rest))) {
		long long per, slabs;
		const char *data = strstr(line, ": slabdata");

		if (line[0] == '#' || !data || sscanf(line, "%*s %*d %*d %*d %*d %lld", &per) != 1 ||
		    sscanf(data, ": slabdata %*d %lld", &slabs) != 1)
			continue;
		sum += per * slabs;
	}
	free(text);
	return sum;
}

static number meminfo_pages(const char *key)
{
	return value_of("/proc/meminfo", key) * 1024 / sysconf(_SC_PAGESIZE);
}

/* A pool of pages of 1 GiB: x86's are of order 18. */
static void check_gigantic(const struct pages *pages)
{
	number pool = value_of_file("/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages");
	const char *walk = strstr(pages->text, "\nwalk ") + 1;

	if (pool <= 0 || sysconf(_SC_PAGESIZE) != 4096)
		return;
	agree("pages: pages of 1 GiB are of order 18", pages_of_order(pages, "hugetlb", 18), pool << 18, 0);
	verdict(word(walk, "structs") < pool << 18, "walk: it steps over pages of 1 GiB", "%lld struct pages read",
		word(walk, "structs"));
}

/* A page table's page is counted by the kernel when it is made, a little before and after it is used. */
static void check_counters(const struct pages *pages)
{
	number file, cache = value_of("/proc/vmstat", "nr_swapcached");

	if (cache < 0)
		cache = meminfo_pages("SwapCached");
	agree("pages: buddy is nr_free_pages", pages_of(pages, NULL, "buddy").pages,
	      sum_of_zones(pages, "pages free"), 512);
	agree("pages: slab is what slabinfo has", pages_of(pages, NULL, "slab").pages, slabinfo_pages(), 400);
	agree("pages: anon is nr_anon_pages", pages_of(pages, NULL, "anon").pages,
	      value_of("/proc/vmstat", "nr_anon_pages"), 300);
	agree("pages: shmem is nr_shmem and swap cache", pages_of(pages, NULL, "shmem").pages,
	      value_of("/proc/vmstat", "nr_shmem") + cache, 200);
	file = value_of("/proc/vmstat", "nr_file_pages") - value_of("/proc/vmstat", "nr_shmem") - cache;
	agree("pages: file is nr_file_pages less nr_shmem", pages_of(pages, NULL, "file").pages, file, 200);
	agree("pages: hugetlb is Hugetlb of meminfo, of every size", pages_of(pages, NULL, "hugetlb").pages,
	      meminfo_pages("Hugetlb"), 0);
	agree("pages: pagetable is nr_page_table_pages", pages_of(pages, NULL, "pagetable").pages,
	      value_of("/proc/vmstat", "nr_page_table_pages"), 64);
	check_gigantic(pages);
	agree("pages: hwpoison is HardwareCorrupted",
	      pages_of(pages, NULL, "hwpoison").pages < 0 ? 0 : pages_of(pages, NULL, "hwpoison").pages,
	      meminfo_pages("HardwareCorrupted") < 0 ? 0 : meminfo_pages("HardwareCorrupted"), 0);
}

/* What a zone spans and does not manage is reserved, a hole or offline, up to what boot code freed. */
static void check_reserved(const struct pages *pages)
{
	for (size_t i = 0; i < pages->n; i++) {
		const char *zone = pages->zones[i];
		number out = 0;
		char name[128];

		for (size_t j = 0; j < 4; j++) {
			static const char *const not[] = { "reserved", "absent", "foreign", "hwpoison" };

			out += pages_of(pages, zone, not[j]).pages;
		}
		snprintf(name, sizeof(name), "pages: reserved and absent are what %s does not manage", zone);
		agree(name, out, zoneinfo_of(zone, "spanned") - zoneinfo_of(zone, "managed"), 64);
		snprintf(name, sizeof(name), "pages: pcp_pages of %s are those of zoneinfo", zone);
		agree(name, zone_word(pages, zone, "pcp_pages"), zoneinfo_pcp(zone), 700);
		snprintf(name, sizeof(name), "pages: managed and present pages of %s are those of zoneinfo", zone);
		verdict(zone_word(pages, zone, "managed_pages") == zoneinfo_of(zone, "managed") &&
			zone_word(pages, zone, "present_pages") == zoneinfo_of(zone, "present"), name, "they differ");
	}
}

/* Bits of linux/kernel-page-flags.h */
enum { BIT_SLAB = 7, BIT_BUDDY = 10, BIT_ANON = 12, BIT_HUGE = 17, BIT_HWPOISON = 19, BIT_OFFLINE = 23,
       BIT_PGTABLE = 26, BIT_RESERVED = 32, BITS = 64 };

/*
 * Every page frame as the kernel tells it. Gigantic files are read a piece at a time. The bit for anonymous
 * memory is wrong for slabs on the lists of CPUs, whose number of slabs lies where page->mapping is
 * (stable_page_flags(), k6.12:fs/proc/page.c; struct slab, k6.12:mm/slab.h).
 */
static bool count_kpageflags(number count[BITS])
{
	static uint64_t flags[4096];
	int fd = open("/proc/kpageflags", O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return false;
	while ((n = read(fd, flags, sizeof(flags))) > 0)
		for (size_t i = 0; i < (size_t)n / 8; i++)
			for (uint64_t left = flags[i] >> BIT_SLAB & 1 ? flags[i] & ~(1ull << BIT_ANON) : flags[i]; left;
			     left &= left - 1)
				count[__builtin_ctzll(left)]++;
	close(fd);
	return true;
}

static void check_kpageflags(void)
{
	static const struct {
		int bit;
		const char *class;
	} same[] = {
		{ BIT_SLAB, "slab" }, { BIT_BUDDY, "buddy" }, { BIT_ANON, "anon" }, { BIT_HUGE, "hugetlb" },
		{ BIT_OFFLINE, "offline" }, { BIT_PGTABLE, "pagetable" }, { BIT_RESERVED, "reserved" },
	};
	number count[BITS] = { 0 };
	struct pages pages;

	if (!count_kpageflags(count) || !pages_read(&pages)) {
		skip("pages: as kpageflags has them", "no /proc/kpageflags");
		return;
	}
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
		number ours = pages_of(&pages, NULL, same[i].class).pages;
		char name[128];

		snprintf(name, sizeof(name), "pages: %s as kpageflags has it, page by page", same[i].class);
		agree(name, ours < 0 ? 0 : ours, count[same[i].bit], same[i].bit == BIT_BUDDY ? 600 : 128);
	}
	pages_free(&pages);
}

void check_figures(void)
{
	struct pages pages;

	if (!pages_read(&pages)) {
		verdict(false, "pages: can be read", "not");
		return;
	}
	check_sums(&pages);
	check_counters(&pages);
	check_reserved(&pages);
	check_walk(&pages);
	pages_free(&pages);
	check_kpageflags();
	check_capability();
}
