/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside parse/ only: what the ends of lines show about a log. If it was copied from a terminal, each line is cut at its
 * width, inside a word too; the rest of such a line stands below it and has no time. In tables, lists and exports there is
 * a frame around each line.
 */
#ifndef KM_PARSE_LOGTEXT_WIDTH_H
#define KM_PARSE_LOGTEXT_WIDTH_H

#include "parse/logtext-frame.h"

typedef void km_width_sink(void *data, struct km_str line, uint64_t number);

struct km_width_line {
	struct km_str text;
	uint64_t number;
};

struct km_width {
	km_width_sink *sink;
	void *data;
	bool decided;
	size_t width; /* of the terminal, in columns; 0: lines are not cut, or not all at one width */
	bool folded; /* lines are cut behind a blank, which stays, and at the width where there is none: fold -s */
	bool wrapped; /* lines end at words where the next one would exceed the width, as mail programs wrap */
	size_t last; /* columns of the line above, of a wrapped log */
	struct km_frame frame; /* what is around each line */
	bool stamped; /* most messages begin with a time or a priority */
	KM_ARRAY(struct km_width_line) sample; /* until the width is decided */
	struct km_pool pool;
	size_t bytes;
	struct km_scratch line; /* cut, so far */
	uint64_t number;
	bool waits;
};

void km_width_init(struct km_width *width, km_width_sink *sink, void *data);
/* The next line of the log; calls the sink for lines that are whole. */
void km_width_take(struct km_width *width, struct km_str text, uint64_t number);
/* Calls the sink for what is left, and frees all. */
void km_width_end(struct km_width *width);

#endif
