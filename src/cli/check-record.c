// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "cli/check-record.h"

static int leave_out(const struct km_check_input *input, struct km_rule_runs *runs, struct km_err *err)
{
	for (size_t i = 0; i < runs->len; i++) {
		struct km_rule_run *run = &runs->items[i];

		if (!(run->rule->flags & KM_RULE_RECORDED))
			continue;
		if (run->named && !input->list)
			return km_err_set(err, -EINVAL, "kmeminfo record makes one", "%s needs a recording: --record FILE",
					  run->rule->word.key);
		run->skip |= !input->list;
	}
	return 0;
}

int km_check_record_open(const struct km_check_input *input, struct km_rule_runs *runs, bool live,
			 struct km_check_record *ret, struct km_err *err)
{
	int r;

	*ret = (struct km_check_record){ .is_open = false };
	if (!input->recording.path)
		return leave_out(input, runs, err);
	r = km_recording_open(&ret->recording, input->recording.path, &input->recording.span, &ret->problems, err);
	if (r)
		return r;
	ret->is_open = true;
	ret->source.recording = &ret->recording;
	ret->source.now_us = live ? km_clock_now().wall_us : KM_NO_TIME;
	return 0;
}

void km_check_record_close(struct km_check_record *record)
{
	km_problems_deinit(&record->problems);
	if (record->is_open)
		km_recording_close(&record->recording);
}

void km_check_record_note(const struct km_check_record *record, struct km_machine *machine)
{
	const struct km_problem *problem;

	km_array_each(problem, &record->problems.list)
		km_problem_source(&machine->problems, km_pool_copy(&machine->pool, problem->source), NULL, "%.*s",
				  KM_STR_ARG(problem->reason));
}
