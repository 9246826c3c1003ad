/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a log has its newest line first, as many programs with a table of logs export it, or the newest part, as pstore. */
#ifndef KM_PARSE_LOGTEXT_ORDER_H
#define KM_PARSE_LOGTEXT_ORDER_H

#include "parse/logtext.h"

enum km_log_order { KM_ORDER_UNKNOWN, KM_ORDER_FORWARD, KM_ORDER_BACKWARD };

/*
 * Whether the times of the first bytes of a log go on or back from line to line. Where too few differ, lines of reports
 * tell whether they stand upside down; otherwise unknown. Parts of a dump of pstore may be in the reverse order, too.
 */
enum km_log_order km_logtext_order(struct km_str bytes);

/* "Panic#1 Part2", the head of a part of a dump in pstore, whose newest lines are in part 1. */
bool km_logtext_is_part(struct km_str line, uint64_t *ret_part);

/*
 * Pushes the messages in the reverse order. Indented lines stay below the line that they continue; each line keeps its
 * number.
 */
void km_logtext_push_reversed(struct km_logtext *logtext, struct km_str bytes);

#endif
