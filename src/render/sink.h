/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only way out: stdout and stderr are streams that clean everything that is written to them. A stranger
 * may have named a cache, a release, a manifest or a file in an archive, and no name may control a terminal.
 */
#ifndef KM_RENDER_SINK_H
#define KM_RENDER_SINK_H

#include <stdbool.h>
#include <stdio.h>

struct km_sink;

/*
 * A stream onto a descriptor, and its sink, which lives as long. Line feeds, tabs and printable UTF-8
 * pass; controls, invisible and direction-changing characters and what is no UTF-8 become U+FFFD.
 * NULL when the C library cannot make such a stream.
 */
FILE *km_sink_open(int fd, struct km_sink **ret);

/* What becomes of characters that do not pass. */
enum km_sink_mode {
	KM_SINK_CLEAN,  /* U+FFFD */
	KM_SINK_ESCAPE, /* "\u202e", the same text in JSON, which has such characters only in strings */
	KM_SINK_ALL,    /* every byte passes: for programs that read other data */
};

void km_sink_set_mode(FILE *stream, struct km_sink *sink, enum km_sink_mode mode);

/*
 * Whether colours pass: sequences "ESC [ digits and semicolons m". For a table whose cells were
 * cleaned one by one. sink NULL: nothing is done, as the stream cleans nothing.
 */
void km_sink_pass_colors(FILE *stream, struct km_sink *sink, bool pass);

#endif
