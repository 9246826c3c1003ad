/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of kernel log, and what the programs that keep logs put in front of it. */
#ifndef KM_PARSE_KLINE_H
#define KM_PARSE_KLINE_H

#include "base/str.h"

struct km_kline {
	struct km_str stamp;   /* as it stands there: "12.345678", "Nov 23 09:10:00"; .ptr NULL: none */
	struct km_str context; /* who printed it, "T123" or "C0" (CONFIG_PRINTK_CALLER); .ptr NULL: not told */
	struct km_str text;    /* what the kernel said, without blanks around it */
};

/* Everything is optional, and any order of prefixes is taken; never fails. */
void km_kline_split(struct km_str line, struct km_kline *ret);

#endif
