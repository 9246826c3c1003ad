/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel logs in a capture (a sos report, a supportconfig, a copy of /var/log), which is a
 * directory or an archive.
 */
#ifndef KM_SOURCE_LOG_CAPTURE_H
#define KM_SOURCE_LOG_CAPTURE_H

#include "source/log.h"

/*
 * Receives an open log of the capture. It reads the log but does not close it. log is NULL if the
 * log cannot be read; err then says why. All arguments are valid until the call returns.
 */
typedef void km_log_found(void *data, struct km_log *log, struct km_str name, const struct km_err *err);

/*
 * Calls found for each log, in the order of the capture. A file that is not an archive is itself
 * the log. reserved: what km_log_reserve() returned for the path; it is closed. Returns 0, -ENOENT if
 * there is no log, or another negative errno, with err filled.
 */
int km_log_capture(const char *path, int reserved, km_log_found *found, void *data, struct km_err *err);

/*
 * Private to source/: whether a path below the root of a machine or of a report is a log or leads
 * to one.
 */
bool km_log_is_place(struct km_str path, bool directory);

#endif
