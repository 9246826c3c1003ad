/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lines of /proc/meminfo that the account needs and that are missing. Their memory is then part of the
 * unaccounted rest, which is an upper bound.
 */
#ifndef KM_MODEL_ACCOUNT_MISSING_H
#define KM_MODEL_ACCOUNT_MISSING_H

#include "model/account-part.h"

struct km_account_missing {
	struct km_texts keys;         /* "SUnreclaim", the most important first; literals in the pool's array */
	bool parts[KM_ACCOUNT_PARTS]; /* parts whose memory is unknown because of that */
	bool foreign; /* the file is a container's: no line counts the kernel's memory */
	bool vmalloc; /* "VmallocUsed" is missing because its line has no number; /proc/vmallocinfo would have it */
};

/* Whether any needed line is missing. */
static inline bool km_account_is_missing(const struct km_account_missing *missing)
{
	return missing->keys.len || missing->foreign;
}

/*
 * A line is missing if it cannot be read, or if it is absent although this kernel prints it. reported is the
 * figure of each part. The release decides what the kernel prints; if it is unknown, the newest line decides.
 */
void km_account_find_missing(struct km_pool *pool, const struct km_account_input *facts,
			     const uint64_t reported[KM_ACCOUNT_PARTS], struct km_account_missing *ret);

#endif
