/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recording for rules about growth. */
#ifndef KM_CLI_CHECK_RECORD_H
#define KM_CLI_CHECK_RECORD_H

#include "cli/check-input.h"
#include "machine/recording.h"
#include "report/growth.h"

struct km_check_record {
	struct km_recording recording;
	struct km_problems problems; /* from opening it, with its path */
	struct km_growth_source source;
	bool is_open;
};

/*
 * Opens the recording of --record, before files can no longer be opened. Without a recording, rules that need
 * one are left out, unless all are listed. 0, or a negative errno with err filled: such a rule was named, or
 * the recording or the time is wrong. live: the running machine is checked, so the recording must be recent.
 */
int km_check_record_open(const struct km_check_input *input, struct km_rule_runs *runs, bool live,
			 struct km_check_record *ret, struct km_err *err);
void km_check_record_close(struct km_check_record *record);

/* Passes the recording's problems to the machine. */
void km_check_record_note(const struct km_check_record *record, struct km_machine *machine);

#endif
