/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of truth share. */
#ifndef TRUTH_H
#define TRUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef long long number;

/* Says "pass NAME" or "fail NAME: WHY". */
void verdict(bool good, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void skip(const char *name, const char *why);

/* a and b differ by at most slack. */
void agree(const char *name, number a, number b, number slack);

/* A whole file, NUL-terminated, the caller's; NULL when it cannot be read. */
char *slurp(const char *path);

/* The number of a word "KEY=N" in a line; -1 without one. */
number word(const char *line, const char *key);
/* The same as a text of less than 64 bytes; false without one. */
bool word_text(const char *line, const char *key, char text[static 64]);

/* The next line of a text that is cut at its newline; NULL at the end. */
char *next_line(char **rest);

/* "KEY N" at the beginning of a line, as in meminfo and vmstat; -1 without one. */
number value_of(const char *path, const char *key);

/* The value of a GFP flag or combination and its zone, by /proc/kmeminfo/gfp; -1 without one. */
number gfp_value(const char *name, char zone[static 64]);

/* The number that a file consists of; -1 without one. */
number value_of_file(const char *path);

/* -1 in all: the file does not tell. zone is "0 Normal", NULL for all. */
struct class_pages {
	number pages, pinned, charged, dead;
};

/* /proc/kmeminfo/pages, read once. */
struct pages {
	char *text;
	char zones[32][80]; /* "0 Normal" */
	size_t n;
};

bool pages_read(struct pages *ret);
void pages_free(struct pages *pages);
struct class_pages pages_of(const struct pages *pages, const char *zone, const char *class);
/* Pages of a class in blocks of an order. */
number pages_of_order(const struct pages *pages, const char *class, int order);
/* Pages of a file system type. */
number pages_of_fs(const struct pages *pages, const char *fs, const char *class);
/* A number of a zone's line. */
number zone_word(const struct pages *pages, const char *zone, const char *key);

/* A number of a zone in /proc/zoneinfo ("spanned", "pages free", "nr_free_pages"); -1 without. */
number zoneinfo_of(const char *zone, const char *key);
/* The sum of "count:" of the zone's per-CPU lists. */
number zoneinfo_pcp(const char *zone);

void check_figures(void);	/* truth-pages.c: classes against the kernel's own figures */
void check_walk(const struct pages *pages); /* truth-walk.c: what a walk took */
void check_rests(void);	/* truth-walk.c: others run during a walk */
void check_capability(void); /* truth-walk.c */
void check_loads(void);		/* truth-loads.c: memory of a known kind is found */
void check_blocks(void);	/* truth-blocks.c */
void check_zones(void);		/* truth-zones.c: zones, gfp and info */
void check_probes(void);	/* truth-probes.c */

#endif
