/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/ only: topics whose names stand in a phrase that is no name itself. */
#ifndef KM_REPORT_MENTION_H
#define KM_REPORT_MENTION_H

#include "report/topics.h"

enum { KM_MENTIONS_MAX = 3 };

/* Topics of text files that a phrase names, the longest name first: "memcg oom" names memory-cgroup and oom-killer. */
struct km_mentions {
	const struct km_topic_row *rows[KM_MENTIONS_MAX];
	size_t len;
	size_t letters_left; /* letters of the phrase that belong to no name */
	bool crosses;        /* a name has a blank in it: "page cache" */
};

struct km_mentions km_mentions_in(struct km_pool *pool, const struct km_sheet *topics, struct km_str phrase);

#endif
