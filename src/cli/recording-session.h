/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_RECORDING_SESSION_H
#define KM_CLI_RECORDING_SESSION_H

#include "cli/options.h"
#include "cli/session.h"
#include "machine/recording.h"

/* The recording that a command reads, and the part of it. */
struct km_recording_input {
	const char *path; /* NULL: none */
	struct km_recording_span span;
};

enum { KM_OPT_RECORD = 1024, KM_OPT_FROM_TIME, KM_OPT_TO_TIME };

/* The options of the span, for a command's table. */
#define KM_TIME_OPTIONS                                                                                                  \
	{ "from-time", KM_OPT_FROM_TIME, "TIME", 0, "begin with the last sample of the recording up to this time, such as " \
	  "'2026-11-28 10:00', 10:00, yesterday, or -1h before the end", 0 },                                              \
	{ "to-time", KM_OPT_TO_TIME, "TIME", 0, "end with the last sample up to this time", 0 }

/* Takes --record and the times, and at the end of all options says that times need a recording. 0: it was one of these. */
error_t km_recording_option(struct km_recording_input *input, int key, char *arg, struct argp_state *state);

/* Opens what was named. KM_EXIT_COMPLETE, or after a complaint the status to end with. */
enum km_exit km_recording_take(struct km_recording *recording, const struct km_recording_input *input,
			       struct km_problems *problems);

/*
 * Opens a recording and a session that reports on it, calls add to fill the document, and prints it. add
 * returns KM_EXIT_COMPLETE, or after a message the exit status. Defects of the recording become problems of
 * the session. Returns the exit status.
 */
enum km_exit km_recording_session(const struct km_recording_input *input, const struct km_options *options,
				  enum km_exit (*add)(struct km_session *session, struct km_recording *recording,
						      const void *data),
				  const void *data);

#endif
