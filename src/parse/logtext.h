/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of a kernel log, whatever program kept it. It takes bytes as they are read and delivers one plain
 * kernel line at a time. Its memory is bounded, however long the log or one of its lines is.
 */
#ifndef KM_PARSE_LOGTEXT_H
#define KM_PARSE_LOGTEXT_H

#include "parse/kline.h"

/* Called once for each kernel line, in the log's order. The line holds until the call returns. */
typedef void km_logtext_sink(void *data, const struct km_kline *line);

/* A receiver that does not need every line. */
struct km_logtext_skimmer {
	/* Whether a piece of the log may have a word that matters to the receiver, in whatever line. */
	bool (*may_matter)(void *data, struct km_str bytes);
	/*
	 * Whether a line with its uptime changes nothing for the receiver, who then does not get it. sequence, usec:
	 * as struct km_kline. wordless: may_matter() said so of the bytes around it.
	 */
	bool (*is_dull)(void *data, struct km_str text, uint64_t sequence, uint64_t usec, bool wordless);
};

/* Counts of what was read, for a report that contains no event. */
struct km_logtext_counts {
	uint64_t lines;        /* of the file */
	uint64_t passed;       /* lines for the sink, with those that it did not need */
	uint64_t kernel_lines; /* marked as the kernel's: a time in brackets, "kernel:" */
	bool kernel;           /* at least one line is the kernel's, by its prefix or by its text */
	bool other;            /* at least one line is another program's, or journalctl's own, which no text but a log has */
	uint64_t lost;         /* records that could not be read: damaged JSON, messages that journalctl left out */
	uint64_t lost_line;    /* the first of them */
};

struct km_logtext;

/* Ends with km_logtext_end(). */
struct km_logtext *km_logtext_begin(km_logtext_sink *sink, void *data);
/* Asks with the sink's data whether a line is needed, before it is delivered: most lines of a log are not. It lasts. */
void km_logtext_skim(struct km_logtext *logtext, const struct km_logtext_skimmer *skimmer);
/* The next line that begins has this number, and those behind it count up from there. */
void km_logtext_number(struct km_logtext *logtext, uint64_t number);
/* The next bytes of the log; they are not needed afterwards. Calls the sink. */
void km_logtext_push(struct km_logtext *logtext, struct km_str bytes);
/* Calls the sink for what is left, and frees all. ret may be NULL. */
void km_logtext_end(struct km_logtext *logtext, struct km_logtext_counts *ret);

#endif
