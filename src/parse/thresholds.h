/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file with thresholds of rules: check.conf. */
#ifndef KM_PARSE_THRESHOLDS_H
#define KM_PARSE_THRESHOLDS_H

#include "base/array.h"
#include "parse/parse.h"

struct km_threshold_line {
	struct km_str rule;
	bool off;
	struct km_str warning, critical; /* ranges, or "none"; .ptr NULL: not set */
	uint64_t line; /* from 1 */
};

struct km_thresholds {
	KM_ARRAY(struct km_threshold_line) list;
};

/*
 * Lines "RULE off" or "RULE warning=RANGE critical=RANGE" with at least one range. "#" begins a
 * comment. A wrong line becomes a problem. The parser does not check whether a rule exists. Texts
 * borrow from the parsed text.
 */
void km_parse_thresholds(struct km_parse *parse, struct km_str text, struct km_thresholds *ret);
void km_thresholds_deinit(struct km_thresholds *thresholds);

#endif
