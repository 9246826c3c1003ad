/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Output of programs that people paste instead of the kernel's own files, converted to the format
 * of those files. Values that the output lacks or rounds are left out, or are "-".
 */
#ifndef KM_SOURCE_PASTED_H
#define KM_SOURCE_PASTED_H

#include "base/err.h"
#include "base/alloc.h"

struct km_pasted_text {
	struct km_str text;  /* owned by the pool */
	uint64_t page_bytes; /* page size in the converted text; KM_UNKNOWN: it has no such sizes */
};

struct km_pasted {
	const char *name; /* "slabtop" */
	bool (*is)(struct km_str line); /* whether line is its heading */
	const char *path; /* the kernel's file with this content, below the root */
	/* 0 or a negative errno with *err set. */
	int (*convert)(struct km_pool *pool, struct km_str text, struct km_pasted_text *ret, struct km_err *err);
};

/* The program whose output begins in the first lines of the text; NULL if there is none. */
const struct km_pasted *km_pasted_recognise(struct km_str head);

#endif
