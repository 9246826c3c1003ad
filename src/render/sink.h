/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only output: stdout and stderr are streams that clean everything written to them. A stranger may have
 * named a cache, a release, a manifest or a file in an archive, and no name may control a terminal.
 */
#ifndef KM_RENDER_SINK_H
#define KM_RENDER_SINK_H

#include <stdbool.h>
#include <stdio.h>

struct km_sink;

/*
 * A stream to a descriptor. The sink lives as long as the stream. Line ends (CSV has those of RFC 4180), tabs
 * and printable UTF-8 pass. Controls, invisible and direction-changing characters, and invalid UTF-8 become
 * U+FFFD, also in a file or a pipe: the next program may show them on a terminal. NULL if the C library cannot
 * make such a stream.
 */
FILE *km_sink_open(int fd, struct km_sink **ret);

/* The treatment of characters that may not pass. */
enum km_sink_mode {
	KM_SINK_CLEAN,  /* U+FFFD */
	KM_SINK_ESCAPE, /* "\u202e", which means the same in JSON; JSON has such characters only in strings */
};

void km_sink_set_mode(FILE *stream, struct km_sink *sink, enum km_sink_mode mode);

/*
 * Whether colours pass: sequences "ESC [ digits and semicolons m". For tables whose cells were cleaned one by
 * one. sink NULL: does nothing, because the stream cleans nothing.
 */
void km_sink_pass_colors(FILE *stream, struct km_sink *sink, bool pass);

#endif
