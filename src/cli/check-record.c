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

#define USUAL_FROM "-6h"

/* The last sample up to a time; the first one, where the recording began later. */
static int find_first(const struct km_recording *recording, const char *text, size_t *ret, struct km_err *err)
{
	int64_t wall_us;

	if (km_clock_parse(km_str_from(text), recording->samples.items[recording->samples.len - 1].clock.wall_us, &wall_us))
		return km_err_set(err, -EINVAL, "it is written 2026-11-28T10:00:00Z, 10:00 or -1h", "'%s' is not a time", text);
	*ret = km_recording_at(recording, wall_us);
	if (*ret == SIZE_MAX)
		*ret = 0;
	return 0;
}

int km_check_record_open(const struct km_check_input *input, struct km_rule_runs *runs, bool live,
			 struct km_check_record *ret, struct km_err *err)
{
	int r;

	*ret = (struct km_check_record){ .is_open = false };
	if (!input->recording)
		return leave_out(input, runs, err);
	r = km_recording_open(&ret->recording, input->recording, &ret->problems, err);
	if (r)
		return r;
	ret->is_open = true;
	ret->source.recording = &ret->recording;
	ret->source.now_us = live ? km_clock_now().wall_us : KM_NO_TIME;
	return find_first(&ret->recording, input->from_time ? input->from_time : USUAL_FROM, &ret->source.first, err);
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
