/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_ALLOCINFO_H
#define KM_PARSE_ALLOCINFO_H

#include "base/array.h"
#include "parse/parse.h"

/* A place in the kernel's source that allocates. */
struct km_allocinfo_site {
	uint64_t size, calls;     /* bytes that it holds, in so many allocations */
	struct km_str place;      /* "mm/slub.c:2345" */
	struct km_str module;     /* .ptr NULL: the kernel itself */
	struct km_str func;
	bool inaccurate;          /* "accurate:no": some of its allocations were not counted */
};

struct km_allocinfo {
	KM_ARRAY(struct km_allocinfo_site) sites; /* in the file's order; those that hold nothing are left out */
};

/* Unreadable lines are problems. */
void km_parse_allocinfo(struct km_parse *parse, struct km_str text, struct km_allocinfo *ret);
void km_allocinfo_deinit(struct km_allocinfo *allocinfo);

#endif
