// SPDX-License-Identifier: GPL-2.0-or-later
/* Pageblocks against /proc/pagetypeinfo, /proc/buddyinfo and /proc/kpageflags. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>
#include "truth.h"

enum { TYPES = 8, PLACES = 32 };

struct place {
	char name[80];
	number blocks[TYPES]; /* by migrate type */
	number pages[5];      /* free, movable, reclaimable, unmovable, unknown */
};

static struct {
	char types[TYPES][64];
	struct place places[PLACES];
	size_t n;
	number order, held, whole, wrong_sums;
	bool compare;            /* each block with kpageflags, which takes long */
	number against, differ;  /* blocks compared, and those that differ */
} all;

static struct place *place_of(const char *line)
{
	char node[64], zone[64], name[80];
	size_t i;

	if (!word_text(line, "node", node) || !word_text(line, "zone", zone))
		return NULL;
	snprintf(name, sizeof(name), "%.8s %.40s", node, zone);
	for (i = 0; i < all.n; i++)
		if (!strcmp(all.places[i].name, name))
			return &all.places[i];
	if (all.n == PLACES)
		return NULL;
	strcpy(all.places[all.n].name, name);
	return &all.places[all.n++];
}

/* Free and slab pages of a block as kpageflags has them. */
static void compare(number first, const number pages[5], number slab)
{
	static uint64_t flags[1 << 13];
	size_t n = (size_t)1 << all.order;
	number buddy = 0, is_slab = 0;
	int fd = open("/proc/kpageflags", O_RDONLY);

	if (fd < 0 || n > sizeof(flags) / 8 ||
	    pread(fd, flags, n * 8, (off_t)(first << all.order) * 8) != (ssize_t)(n * 8)) {
		if (fd >= 0)
			close(fd);
		return;
	}
	close(fd);
	for (size_t i = 0; i < n; i++) {
		buddy += flags[i] >> 10 & 1;
		is_slab += flags[i] >> 7 & 1;
	}
	all.against++;
	all.differ += llabs(buddy - pages[0]) > 64 || llabs(is_slab - slab) > 64;
}

static number class_in(const char *block, const char *class)
{
	const char *at = strstr(block, class);

	return at && at[strlen(class)] == ':' ? strtoll(at + strlen(class) + 1, NULL, 10) : 0;
}

static void take_block(struct place *place, const char *block, number first, number count)
{
	number type, pages[5], sum = 0;

	if (sscanf(block, "%lld/%lld/%lld/%lld/%lld/%lld", &type, &pages[0], &pages[1], &pages[2], &pages[3],
		   &pages[4]) != 6 || type >= TYPES) {
		all.wrong_sums++;
		return;
	}
	place->blocks[type] += count;
	for (int i = 0; i < 5; i++) {
		place->pages[i] += pages[i] * count;
		sum += pages[i];
	}
	all.whole += sum == 1ll << all.order;
	all.wrong_sums += sum > 1ll << all.order;
	for (number i = 0; all.compare && i < count; i++)
		compare(first + i, pages, class_in(block, "slab"));
}

static void take_line(char *line)
{
	struct place *place = place_of(line);
	number first = word(line, "first"), count;
	char *map = strstr(line, " map="), *block;

	for (block = map ? map + 5 : NULL; place && block && *block; first += count) {
		char *end = strchr(block, ','), *star;

		if (end)
			*end = 0;
		star = strchr(block, '*');
		count = star ? strtoll(block, NULL, 10) : 1;
		block = star ? star + 1 : block;
		if (*block != '-')
			take_block(place, block, first, count);
		block = end ? end + 1 : NULL;
	}
}

static void read_blocks(bool compare)
{
	char *text = slurp("/proc/kmeminfo/blocks"), *rest = text, *line;

	memset(&all, 0, sizeof(all));
	all.order = -1;
	all.compare = compare;
	while ((line = next_line(&rest))) {
		number index = word(line, "index");

		if (!strncmp(line, "block_order ", 12) && line[12] != '-')
			all.order = strtoll(line + 12, NULL, 10);
		else if (!strncmp(line, "migratetype ", 12) && index >= 0 && index < TYPES)
			word_text(line, "name", all.types[index]);
		else if (!strncmp(line, "blocks ", 7))
			take_line(line);
	}
	free(text);
}

/* "Node 0, zone      DMA            1            7            0 ..." below its heading. */
static number pagetypeinfo_blocks(const char *place, const char *type)
{
	char *text = slurp("/proc/pagetypeinfo"), *rest = text, *line, names[TYPES][64] = { "" }, name[80];
	number value = -1;
	bool found = false;
	int n = 0;

	while ((line = next_line(&rest))) {
		char zone[64];
		int node, at;

		if (!strncmp(line, "Number of blocks type", 21)) {
			found = true;
			n = sscanf(line + 21, "%63s %63s %63s %63s %63s %63s %63s %63s", names[0], names[1], names[2],
				   names[3], names[4], names[5], names[6], names[7]);
			continue;
		}
		if (!found || sscanf(line, "Node %d, zone %63s%n", &node, zone, &at) != 2)
			continue;
		snprintf(name, sizeof(name), "%d %s", node, zone);
		if (strcmp(name, place))
			continue;
		line += at;
		for (int i = 0; i < n; i++) {
			number count = strtoll(line, &line, 10);

			if (!strcmp(names[i], type))
				value = count;
		}
		break;
	}
	free(text);
	return value;
}

static void check_types(void)
{
	for (size_t i = 0; i < all.n; i++)
		for (int type = 0; type < TYPES && all.types[type][0]; type++) {
			char name[192];

			snprintf(name, sizeof(name), "blocks: %s of %s are those of pagetypeinfo", all.types[type],
				 all.places[i].name);
			agree(name, all.places[i].blocks[type],
			      pagetypeinfo_blocks(all.places[i].name, all.types[type]), 2);
		}
}

static number pages_in_all(int which)
{
	number sum = 0;

	for (size_t i = 0; i < all.n; i++)
		sum += all.places[i].pages[which];
	return sum;
}

void check_blocks(void)
{
	struct pages pages;
	number movable, reclaimable;

	read_blocks(true);
	if (all.order < 0) {
		skip("blocks: all", "the module cannot see page blocks here");
		return;
	}
	agree("blocks: the order is that of pagetypeinfo", all.order,
	      value_of("/proc/pagetypeinfo", "Page block order"), 0);
	verdict(!all.wrong_sums && all.whole, "blocks: each has at most its pages", "%lld do not", all.wrong_sums);
	check_types();
	if (all.against)
		verdict(all.differ * 50 <= all.against, "blocks: free and slab pages of each as in kpageflags",
			"%lld of %lld differ", all.differ, all.against);
	read_blocks(false);
	if (!pages_read(&pages))
		return;
	agree("blocks: free is the class buddy", pages_in_all(0),
	      pages_of(&pages, NULL, "buddy").pages + pages_of(&pages, NULL, "guard").pages, 512);
	movable = pages_of(&pages, NULL, "anon").pages + pages_of(&pages, NULL, "shmem").pages +
		  pages_of(&pages, NULL, "file").pages + pages_of(&pages, NULL, "hugetlb").pages;
	agree("blocks: movable is anon, shmem, file and hugetlb", pages_in_all(1), movable,
	      400 + pages_of(&pages, NULL, "movable").pages);
	agree("blocks: unknown is the class ref0", pages_in_all(4), pages_of(&pages, NULL, "ref0").pages, 700);
	/* an estimate by design, so the slack is wide */
	reclaimable = value_of("/proc/vmstat", "nr_slab_reclaimable");
	verdict(pages_in_all(2) >= reclaimable / 3 && pages_in_all(2) < reclaimable * 3 / 2 + 600,
		"blocks: reclaimable is near nr_slab_reclaimable", "%lld here, %lld there", pages_in_all(2), reclaimable);
	pages_free(&pages);
}
