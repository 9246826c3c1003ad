// SPDX-License-Identifier: GPL-2.0-or-later
/* What the loads share: figures before and after, and memory to map. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include "truth-load.h"

number page_bytes;

struct snapshot look(const char *class, int order, const char *fs)
{
	struct snapshot ret = { .order = -1 };
	struct pages pages;

	if (!pages_read(&pages))
		return ret;
	ret.class = pages_of(&pages, NULL, class);
	ret.order = order >= 0 ? pages_of_order(&pages, class, order) : -1;
	ret.fs = fs ? pages_of_fs(&pages, fs, class) : -1;
	for (size_t i = 0; i < pages.n; i++)
		ret.pcp += zone_word(&pages, pages.zones[i], "pcp_pages");
	ret.structs = word(strstr(pages.text, "\nwalk ") + 1, "structs");
	pages_free(&pages);
	return ret;
}

void more(const char *name, number before, number after, number expected)
{
	number slack = expected / 16 + 40;

	printf("figure %s\t%lld\t%lld\n", name, after - before, expected);
	verdict(before >= 0 && after >= 0 && after - before >= expected - slack &&
		after - before <= expected + slack, name, "%lld more, expected %lld (%lld, then %lld)",
		after - before, expected, before, after);
}

bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return good;
}

void *map(size_t bytes, int advice)
{
	char *at = (char *)mmap(NULL, bytes + 4 * MIB, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	at += -(unsigned long)at & (2 * MIB - 1);
	madvise(at, bytes, advice);
	return at;
}
