/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What programs put around each line of a log: rows of CSV, key="text", a line of JSON behind a time, closing signs of
 * code and tables, numbers of lines, logcat's heads that have a line of their own.
 */
#ifndef KM_PARSE_LOGTEXT_FRAME_H
#define KM_PARSE_LOGTEXT_FRAME_H

#include "parse/logtext-clean.h"

enum km_frame_kind {
	KM_FRAME_NONE,
	KM_FRAME_CLOSING, /* every line ends with .closing */
	KM_FRAME_COLUMN,  /* CSV whose first line names the columns */
	KM_FRAME_CELL,    /* CSV without such a line: the quoted cell that begins with the kernel's time */
	KM_FRAME_VALUE,   /* .key"text" */
	KM_FRAME_OBJECT,  /* text {"key":...} */
	KM_FRAME_NUMBER,  /* lines are numbered: "12: ", "12| ", "    12 " */
	KM_FRAME_HEADS,   /* logcat -v long: a head, the lines of the message, an empty line */
};

/* Initialise with zeros. */
struct km_frame {
	enum km_frame_kind kind;
	const struct km_str *closing, *key;
	size_t column;
	char separator;
	bool alone;   /* numbers have lines of their own, above the text */
	bool open;    /* a quoted cell goes on in the next line; a number stood in the line above */
	size_t cells; /* of the row that ended in front of that one */
	struct km_scratch line, head, other;
};

struct km_frame_sample {
	struct km_str (*text)(const void *data, size_t i);
	const void *data;
	size_t lines;
};

/* Inside only: logtext-frame-number.c. */
bool km_frame_has_numbers(struct km_frame *frame, const struct km_frame_sample *sample);
bool km_frame_peel_number(struct km_frame *frame, struct km_str line, struct km_str *ret);

/* Decides from a sample of lines; line I is text(data, I). */
void km_frame_decide(struct km_frame *frame, struct km_str (*text)(const void *data, size_t i), const void *data, size_t lines);

/* The message in a line, which holds until the next call. False: the line has none. */
bool km_frame_peel(struct km_frame *frame, struct km_str line, struct km_str *ret);

void km_frame_deinit(struct km_frame *frame);

#endif
