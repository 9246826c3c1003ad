/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_ALLOCINFO_H
#define KM_PARSE_ALLOCINFO_H

#include "base/array.h"
#include "parse/parse.h"

/* A line of the kernel's source that allocates memory. */
struct km_allocinfo_site {
	uint64_t size, calls;     /* bytes in use, and the number of allocations */
	struct km_str place;      /* "mm/slub.c:2345" */
	struct km_str module;     /* .ptr NULL: the kernel itself */
	struct km_str func;
	bool inaccurate;          /* "accurate:no": the kernel did not count some of its allocations */
};

struct km_allocinfo {
	KM_ARRAY(struct km_allocinfo_site) sites; /* in the file's order; all hold memory */
};

/* Lines that cannot be read become problems. */
void km_parse_allocinfo(struct km_parse *parse, struct km_str text, struct km_allocinfo *ret);
void km_allocinfo_deinit(struct km_allocinfo *allocinfo);

#endif
