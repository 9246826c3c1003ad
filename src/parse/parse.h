/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What all parsers share. A parser is pure: bytes in, records out, and a problem for each line
 * that it could not read; it never fails whole. Records borrow from the text that was parsed
 * and carry the kernel's own names, so that grep finds them in its source.
 */
#ifndef KM_PARSE_PARSE_H
#define KM_PARSE_PARSE_H

#include "base/num.h"
#include "base/problem.h"
#include "base/str.h"

/* Where the text comes from and where its bad lines go. */
struct km_parse {
	struct km_str source; /* as shown to people: "/proc/buddyinfo" */
	struct km_problems *problems;
	uint64_t line; /* of the line that was taken last, from 1 */
};

/* The next line, counted; false at the end. */
static inline bool km_parse_line(struct km_parse *parse, struct km_str *rest, struct km_str *line)
{
	if (!km_str_take_line(rest, line))
		return false;
	parse->line++;
	return true;
}

/* The same of a first line that has to be there: in an empty text it is line 1 that is missing. */
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
 * "Node 0, zone      DMA" in front of a line of buddyinfo and zoneinfo (k6.12:mm/vmstat.c
 * frag_show_print, zoneinfo_show_print). Consumes it, or nothing and returns false.
 */
bool km_parse_zone_head(struct km_str *rest, uint64_t *node, struct km_str *zone);

#endif
