/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: skips lines of dmesg that the receiver does not need. */
#ifndef KM_PARSE_LOGTEXT_SKIM_H
#define KM_PARSE_LOGTEXT_SKIM_H

#include "parse/logtext-stage.h"

struct km_logskim {
	km_logtext_dull *dull; /* NULL: the receiver needs every line */
	char found[8];         /* characters of the last bytes that a stage has to look at */
	size_t len;
};

/* The bytes of the lines that follow. */
void km_logskim_look(struct km_logskim *skim, struct km_str bytes);

/* Whether the lines are those of dmesg, and none waits in the stage. */
bool km_logskim_may(const struct km_logstage *stage);

/* True: the line is done. False: the stages have to take it. */
bool km_logskim_take(const struct km_logskim *skim, struct km_logstage *stage, struct km_str line);

#endif
