/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: skips lines of the kernel that the receiver does not need. */
#ifndef KM_PARSE_LOGTEXT_SKIM_H
#define KM_PARSE_LOGTEXT_SKIM_H

#include "parse/logtext-stage.h"

struct km_logskim {
	const struct km_logtext_skimmer *receiver; /* NULL: it needs every line */
	char found[8];                             /* characters of the last bytes that a stage has to look at */
	size_t len;
	bool wordless; /* the last bytes have no word that matters to the receiver */
	bool late;     /* lines were skipped that the stage does not know of yet */
};

/* Whether no stage has to look at any of the bytes: no escapes, no colours, nothing but ASCII. */
bool km_logskim_is_usual(struct km_str bytes);

/* The bytes of the lines that follow. */
void km_logskim_look(struct km_logskim *skim, const struct km_logstage *stage, struct km_str bytes, bool usual);

/*
 * Skips a line with the same form as the one before it: the same in front of its text, but for the digits of times and
 * numbers, and no earlier time. False: the stage has to take the line.
 */
bool km_logskim_take(struct km_logskim *skim, struct km_logstage *stage, struct km_str line);

/* Stage and receiver learn of the lines that were skipped. To be called before the stage takes another. */
void km_logskim_settle(struct km_logskim *skim, struct km_logstage *stage);

#endif
