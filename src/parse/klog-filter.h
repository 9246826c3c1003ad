/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside parse/ only: whether a line may contain one of many words. Nearly all lines of a log contain none.
 * The filter finds that from every sixth or seventh byte.
 */
#ifndef KM_PARSE_KLOG_FILTER_H
#define KM_PARSE_KLOG_FILTER_H

#include "base/str.h"

enum {
	KM_FILTER_BYTES = 8,   /* of a word: a part of it that is rare */
	KM_FILTER_WORDS = 64,
	KM_FILTER_SLOTS = 4096,
};

/* Begins as zeros, then each word is added, then it is used. */
struct km_klog_filter {
	uint64_t words[KM_FILTER_WORDS];
	size_t len;
	/*
	 * For a pair of bytes: KM_FILTER_BYTES - 1 minus the number of bytes behind it in which no word can
	 * end.
	 */
	unsigned char near[KM_FILTER_SLOTS];
};

/* The word has KM_FILTER_BYTES or more. */
void km_klog_filter_add(struct km_klog_filter *filter, struct km_str word);

/* False: no word is in the text. True: a part of one is. */
bool km_klog_filter_may(const struct km_klog_filter *filter, struct km_str text);

#endif
