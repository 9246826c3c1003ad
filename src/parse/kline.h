/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of kernel log, without what the programs that keep logs put in front of it. */
#ifndef KM_PARSE_KLINE_H
#define KM_PARSE_KLINE_H

#include "base/num.h"
#include "base/str.h"

/* The level of a line without a level. */
enum { KM_KLINE_NO_LEVEL = 255 };

/*
 * Texts are borrowed: they are valid until the function that receives the line returns. A receiver that keeps
 * a text copies it.
 */
struct km_kline {
	struct km_str stamp;   /* as the log has it: "12.345678", "Nov 23 09:10:00"; .ptr NULL: none */
	struct km_str context; /* who printed it, "T123" or "C0" (CONFIG_PRINTK_CALLER); .ptr NULL: unknown */
	struct km_str text;    /* what the kernel printed, without blanks around it */
	uint64_t number;       /* of the line in the file, from 1; several kernel lines may share one */
	uint64_t sequence;     /* of the kernel line, from 1: a message of JSON fills many lines of the file */
	/*
	 * Microseconds from an instant that all lines of one log share (the boot, or 1970, or the beginning
	 * of a year that the log does not name). Only differences mean something. KM_UNKNOWN: the line has no
	 * usable time.
	 */
	uint64_t usec;
	unsigned char level; /* 0 to 7 as KERN_EMERG to KERN_DEBUG, or KM_KLINE_NO_LEVEL */
	bool continued;      /* a further line of the same message, by the same CPU or task */
};

#endif
