/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the stages of a log share: counts, and one clock. */
#ifndef KM_PARSE_LOGTEXT_SHARE_H
#define KM_PARSE_LOGTEXT_SHARE_H

#include "parse/logtext-prefix.h"
#include "parse/logtext.h"

struct km_logshare {
	struct km_logtext_counts facts;
	uint64_t wall, uptime; /* of the last line that had both */
};

/* Counts a message whose text the log lacks, by the number of its line. */
void km_logshare_lose(struct km_logshare *share, uint64_t number);

/* Counts a line, and whether it shows that the log is a kernel's. */
void km_logshare_count(struct km_logshare *share, const struct km_logline *line);

/*
 * The line's time in microseconds, by one clock for all lines; KM_UNKNOWN without a time. The kernel's own
 * clock is more precise. A line that lacks it (the second line of a message that syslog split) is placed by the
 * wall clock, relative to the last line that had both clocks.
 */
uint64_t km_logshare_time(struct km_logshare *share, const struct km_logline *line);

#endif
