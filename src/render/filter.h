/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a document passes on its way to stdout, where the reports of many moments follow each other. */
#ifndef KM_RENDER_FILTER_H
#define KM_RENDER_FILTER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct km_filter {
	FILE *to;
	bool one_line;    /* line ends are left out: of JSON, whose texts have none, and a line end is put behind it */
	uint64_t lines;   /* how many lines pass; UINT64_MAX: all */
	uint64_t dropped; /* how many did not */
};

/* A stream that hands on what it is given. The filter has to outlive it. NULL when the C library cannot make it. */
FILE *km_filter_open(struct km_filter *filter);

#endif
