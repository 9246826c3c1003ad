/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random numbers that are the same in every run: Marsaglia's xorshift. */
#ifndef KM_TESTS_DICE_H
#define KM_TESTS_DICE_H

#include <stdint.h>

#define DICE_INIT 88172645463325252u

/* The next number; *seed begins as DICE_INIT. */
static inline uint64_t dice_next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

#endif
