/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/: finds topics whose names occur in a phrase that is not itself a name. */
#ifndef KM_REPORT_MENTION_H
#define KM_REPORT_MENTION_H

#include "report/topics.h"

enum { KM_MENTIONS_MAX = 3 };

/*
 * Topics of text files that a phrase mentions, the longest name first: "memcg oom" mentions memory-cgroup and
 * oom-killer.
 */
struct km_mentions {
	const struct km_topic_row *rows[KM_MENTIONS_MAX];
	size_t len;
	size_t letters_left; /* letters of the phrase outside of all names */
	bool crosses;        /* a name contains a blank: "page cache" */
	bool everyday;       /* only words such as "memory" or "free" were found */
};

struct km_mentions km_mentions_in(struct km_pool *pool, const struct km_sheet *topics, struct km_str phrase);

/*
 * Topics whose text contains the phrase as whole words, in any case: those that contain it most often. letters_left
 * and the flags are 0.
 */
struct km_mentions km_mentions_in_texts(const struct km_sheet *topics, struct km_str phrase);

#endif
