// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/recording-session.h"

enum km_exit km_recording_session(const char *path, const struct km_options *options,
				  enum km_exit (*add)(struct km_session *session, struct km_recording *recording,
						      const void *data),
				  const void *data)
{
	struct km_problems problems = { .pool = { 0 } };
	struct km_recording recording;
	struct km_session session;
	enum km_exit status = KM_EXIT_FAILED;
	struct km_err err;

	/* before files can no longer be opened */
	if (km_recording_open(&recording, path, &problems, &err)) {
		km_complain(&err);
		return KM_EXIT_FAILED;
	}
	if (km_session_init(&session, options)) {
		/* what the recording lacks, and not this machine */
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
