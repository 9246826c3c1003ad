/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figure that each rule measured, and its state for a monitoring system. */
#ifndef KM_REPORT_CHECK_H
#define KM_REPORT_CHECK_H

#include "report/growth.h"
#include "report/rule.h"

/* The exit statuses of a monitoring plugin. */
enum km_check_state { KM_CHECK_OK, KM_CHECK_WARNING, KM_CHECK_CRITICAL, KM_CHECK_UNKNOWN, KM_CHECK_STATES };

extern const struct km_word km_check_states[KM_CHECK_STATES + 1];
extern const struct km_vocabulary km_check_state_vocabulary;

struct km_check {
	const struct km_word *rule;
	const struct km_word *state;
	struct km_str place;
	struct km_str figure;
	struct km_str value;
	double number;
	struct km_str unit;
	struct km_str note, warning, critical;
	struct km_str text;
	struct km_texts findings;
	struct km_str command;
};

extern const struct km_sheet_type km_check_type;

struct km_check_options {
	const struct km_rule_runs *runs; /* rules to run and thresholds; NULL: all rules, own thresholds */
	const struct km_growth_source *growth; /* NULL: no recording */
	bool list; /* text: the table of rules */
};

/* The worst state of all rows, in the order critical, warning, unknown, ok. */
enum km_check_state km_check_worst(const struct km_sheet *sheet);

/*
 * Writes the plugin's output: a line of text, "|" and the performance data, and the details below. A name
 * from the machine can neither end the line nor begin the data.
 */
void km_check_write(struct km_text *out, const struct km_sheet *sheet, const struct km_style *style);

/* Writes the line of a check that could not run. */
void km_check_write_unknown(struct km_text *out, struct km_str why);

#endif
