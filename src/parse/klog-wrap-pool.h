/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: wrapped lines of areas that are set aside, CMA's and those of huge pages. */
#ifndef KM_PARSE_KLOG_WRAP_POOL_H
#define KM_PARSE_KLOG_WRAP_POOL_H

#include "parse/klog-wrap.h"

/* Words that a text begins with, and one that it has. */
#define ANY(text, words) starts_any(text, words, sizeof(words) / sizeof(*(words)))
#define HAS(text, word) (km_str_find(text, KM_STR(word)) >= 0)

static inline bool starts_any(struct km_str text, const struct km_str *words, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (km_str_starts(text, words[i]))
			return true;
	return false;
}

/* Of a line that begins with "cma: ". */
enum km_klog_wrap km_klog_wrap_of_cma(struct km_str text);

/* As km_klog_wrap_goes_on(), of the first line of a failed request, of "cma: number of available pages: ", and of "HugeTLB:". */
bool km_klog_wrap_goes_on_cma(struct km_str so_far, struct km_str text);
bool km_klog_wrap_goes_on_pool(struct km_str text);
bool km_klog_wrap_goes_on_hugetlb(struct km_str so_far, struct km_str text);

#endif
