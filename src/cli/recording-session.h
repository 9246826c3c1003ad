/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_RECORDING_SESSION_H
#define KM_CLI_RECORDING_SESSION_H

#include "cli/session.h"
#include "machine/recording.h"

/*
 * Opens a recording and a session that reports on it, has add fill the document, and prints that. add returns
 * KM_EXIT_COMPLETE, or after a complaint the status to end with. What the recording lacks are the problems of the
 * session. Returns the exit status.
 */
enum km_exit km_recording_session(const char *path, const struct km_options *options,
				  enum km_exit (*add)(struct km_session *session, struct km_recording *recording,
						      const void *data),
				  const void *data);

#endif
