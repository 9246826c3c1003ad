/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside parse/ only: whether a line may contain one of many words. Nearly all lines of a log contain none.
 * The filter finds that from every seventh or eighth byte.
 */
#ifndef KM_PARSE_KLOG_FILTER_H
#define KM_PARSE_KLOG_FILTER_H

#include "base/str.h"

enum {
	KM_FILTER_BYTES = 10,  /* of a word: a part of it that is rare */
	KM_FILTER_WORDS = 80,
	KM_FILTER_SLOTS = 16384,
};

/* Begins as zeros, then each word is added, then it is used. */
struct km_klog_filter {
	uint64_t words[KM_FILTER_WORDS]; /* the first eight bytes of each part */
	size_t len;
	/* For three bytes: how many bytes behind them no word ends; 0: one may end with them. */
	unsigned char steps[KM_FILTER_SLOTS];
};

/* The word has KM_FILTER_BYTES or more. */
void km_klog_filter_add(struct km_klog_filter *filter, struct km_str word);

/* False: no word is in the text. True: a part of one is. */
bool km_klog_filter_may(const struct km_klog_filter *filter, struct km_str text);

#endif
