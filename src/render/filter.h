/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stream between document and stdout, for repeated reports. */
#ifndef KM_RENDER_FILTER_H
#define KM_RENDER_FILTER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct km_filter {
	FILE *to;
	bool one_line;    /* drop line ends inside JSON, whose texts have none, and add one at the end */
	uint64_t lines;   /* number of lines to pass; UINT64_MAX: all */
	uint64_t dropped; /* number of lines that did not pass */
};

/* A stream that forwards its input. The filter must outlive it. NULL if the C library cannot create it. */
FILE *km_filter_open(struct km_filter *filter);

#endif
