// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "cli/recording-session.h"

error_t km_recording_option(struct km_recording_input *input, int key, char *arg, struct argp_state *state)
{
	switch (key) {
	case KM_OPT_RECORD:
		input->path = arg;
		return 0;
	case KM_OPT_FROM_TIME:
		input->span.from = arg;
		return 0;
	case KM_OPT_TO_TIME:
		input->span.to = arg;
		return 0;
	case ARGP_KEY_END:
		if ((input->span.from || input->span.to) && !input->path)
			argp_error(state, "--from-time and --to-time need --record");
		return ARGP_ERR_UNKNOWN;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

enum km_exit km_recording_take(struct km_recording *recording, const struct km_recording_input *input,
			       struct km_problems *problems)
{
	struct km_err err;
	int r = km_recording_open(recording, input->path, &input->span, problems, &err);

	if (!r)
		return KM_EXIT_COMPLETE;
	km_problems_deinit(problems);
	km_print_error(&err);
	return r == -ERANGE ? KM_EXIT_USAGE : KM_EXIT_FAILED;
}

enum km_exit km_recording_session(const struct km_recording_input *input, const struct km_options *options,
				  enum km_exit (*add)(struct km_session *session, struct km_recording *recording,
						      const void *data),
				  const void *data)
{
	struct km_problems problems = { .pool = { 0 } };
	struct km_options alone = *options;
	struct km_recording recording;
	struct km_session session;
	/* comes before files can no longer be opened */
	enum km_exit status = km_recording_take(&recording, input, &problems);

	if (status)
		return status;
	status = KM_EXIT_FAILED;
	alone.source.unread = true;
	if (km_session_init(&session, &alone)) {
		/* keep problems of the recording, not of this machine */
		km_problems_deinit(&session.machine.problems);
		session.machine.problems = problems;
		problems = (struct km_problems){ .pool = { 0 } };
		status = add(&session, &recording, data);
		if (!status)
			status = km_session_finish(&session);
		km_session_deinit(&session);
	}
	km_problems_deinit(&problems);
	km_recording_close(&recording);
	return status;
}
