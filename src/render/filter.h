/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stream between document and stdout, for reports that follow one another. */
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

/* A stream that forwards its input. The filter must outlive it. NULL if the C library cannot create it. */
FILE *km_filter_open(struct km_filter *filter);

#endif
