/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which lines of /proc/meminfo the account would need and does not have: their memory is then in the
 * unaccounted rest, which is an upper bound.
 */
#ifndef KM_MODEL_ACCOUNT_MISSING_H
#define KM_MODEL_ACCOUNT_MISSING_H

#include "model/account-part.h"

struct km_account_missing {
	struct km_texts keys;         /* "SUnreclaim", the most important first; literals, in the pool's array */
	bool parts[KM_ACCOUNT_PARTS]; /* parts whose memory is not known for it */
	bool foreign; /* the file is a container's: no line has what the kernel uses for it */
	bool vmalloc; /* "VmallocUsed" is among the keys because its line has no figure; /proc/vmallocinfo would have it */
};

/* Whether the account lacks anything. */
static inline bool km_account_is_missing(const struct km_account_missing *missing)
{
	return missing->keys.len || missing->foreign;
}

/*
 * A line is missing if it cannot be read, or if it is not there although this kernel prints it. reported: the
 * figure of each part. The kernel's age is its release, or the age of its newest line.
 */
void km_account_find_missing(struct km_pool *pool, const struct km_account_input *facts,
			     const uint64_t reported[KM_ACCOUNT_PARTS], struct km_account_missing *ret);

#endif
