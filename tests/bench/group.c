// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * group FILE: the least that grouping /proc/vmallocinfo by caller takes in C. Reads the file in blocks, finds each
 * line's size, caller and pages, and adds them up in a table. Checks nothing, and knows only this one form of line.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 128 * 1024, SLOTS = 8192, NAME = 64 };

static struct group {
	char name[NAME];
	size_t len;
	uint64_t areas, bytes, pages;
} groups[SLOTS];

static struct group *find(const char *name, size_t len)
{
	uint64_t hash = len, part;
	size_t at = 0, slot;

	for (; len - at >= 8; at += 8) {
		memcpy(&part, name + at, 8);
		hash = (hash ^ part) * 0x9e3779b97f4a7c15;
		hash ^= hash >> 32;
	}
	for (; at < len; at++)
		hash = (hash ^ (unsigned char)name[at]) * 0x9e3779b97f4a7c15;
	for (slot = (hash >> 40) % SLOTS; groups[slot].len; slot = (slot + 1) % SLOTS)
		if (groups[slot].len == len && !memcmp(groups[slot].name, name, len))
			return &groups[slot];
	groups[slot].len = len;
	memcpy(groups[slot].name, name, len);
	return &groups[slot];
}

static uint64_t number(const char **at)
{
	uint64_t value = 0;

	while ((unsigned char)(**at - '0') < 10)
		value = value * 10 + (uint64_t)(*(*at)++ - '0');
	return value;
}

static void take_line(const char *at, const char *end)
{
	const char *word = memchr(at, ' ', (size_t)(end - at));
	uint64_t bytes;
	struct group *group;

	while (word && *word == ' ')
		word++;
	if (!word)
		return;
	bytes = number(&word);
	at = ++word;
	word = memchr(at, ' ', (size_t)(end - at));
	word = word ? word : end;
	if (word - at >= NAME)
		return;
	group = find(at, (size_t)(word - at));
	group->areas++;
	group->bytes += bytes;
	if (end - word > 7 && !memcmp(word, " pages=", 7)) {
		word += 7;
		group->pages += number(&word);
	}
}

int main(int argc, char **argv)
{
	static char text[BLOCK];
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
	size_t len = 0;
	ssize_t got;

	if (fd < 0)
		return 1;
	while ((got = read(fd, text + len, sizeof(text) - len)) > 0) {
		const char *at = text, *end;

		len += (size_t)got;
		while ((end = memchr(at, '\n', (size_t)(text + len - at)))) {
			take_line(at, end);
			at = end + 1;
		}
		len = (size_t)(text + len - at);
		memmove(text, at, len);
	}
	for (size_t i = 0; i < SLOTS; i++)
		if (groups[i].len)
			printf("%.*s %llu %llu %llu\n", (int)groups[i].len, groups[i].name, (unsigned long long)groups[i].areas,
			       (unsigned long long)groups[i].bytes, (unsigned long long)groups[i].pages);
	return got ? 1 : 0;
}
