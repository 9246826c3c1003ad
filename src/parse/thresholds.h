/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Thresholds of rules in a file: check.conf. */
#ifndef KM_PARSE_THRESHOLDS_H
#define KM_PARSE_THRESHOLDS_H

#include "base/array.h"
#include "parse/parse.h"

struct km_threshold_line {
	struct km_str rule;
	bool off;
	struct km_str warning, critical; /* ranges, or "none"; .ptr NULL: not given */
	uint64_t line; /* from 1 */
};

struct km_thresholds {
	KM_ARRAY(struct km_threshold_line) list;
};

/*
 * Lines "RULE off" or "RULE warning=RANGE critical=RANGE", one of the two ranges at least. "#" begins a comment. A
 * wrong line becomes a problem; whether a rule exists is not known here. Texts borrow from the text parsed.
 */
void km_parse_thresholds(struct km_parse *parse, struct km_str text, struct km_thresholds *ret);
void km_thresholds_deinit(struct km_thresholds *thresholds);

#endif
