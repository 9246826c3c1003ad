/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The common part of all parsers. A parser is pure: bytes in, records out, and a problem for each
 * line that it cannot read. It never fails as a whole. Records borrow from the parsed text and have
 * the kernel's own names, so that grep finds them in the kernel's source.
 */
#ifndef KM_PARSE_PARSE_H
#define KM_PARSE_PARSE_H

#include "base/num.h"
#include "base/problem.h"
#include "base/str.h"

/* The source of the text, and the list for problems with its lines. */
struct km_parse {
	struct km_str source; /* as printed: "/proc/buddyinfo" */
	struct km_problems *problems;
	uint64_t line; /* number of the last line that was taken, from 1 */
};

/* Takes the next line and counts it; false at the end. */
static inline bool km_parse_line(struct km_parse *parse, struct km_str *rest, struct km_str *line)
{
	if (!km_str_take_line(rest, line))
		return false;
	parse->line++;
	return true;
}

/* The same for a mandatory first line: in an empty text, line 1 is missing. */
static inline bool km_parse_first_line(struct km_parse *parse, struct km_str *rest,
				       struct km_str *line)
{
	bool taken = km_str_take_line(rest, line);

	parse->line = 1;
	return taken;
}

#define km_parse_problem(parse, ...)                                                               \
	km_problem_line((parse)->problems, (parse)->source, (parse)->line, __VA_ARGS__)

/*
 * Takes "Node 0, zone      DMA" from the front of a line of buddyinfo or zoneinfo
 * (k6.12:mm/vmstat.c frag_show_print, zoneinfo_show_print). If it is not there, takes nothing and
 * returns false.
 */
bool km_parse_zone_head(struct km_str *rest, uint64_t *node, struct km_str *zone);

#endif
