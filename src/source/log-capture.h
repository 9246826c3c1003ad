/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel logs in a capture: a sos report, a supportconfig, a copy of /var/log, as a directory or an archive. */
#ifndef KM_SOURCE_LOG_CAPTURE_H
#define KM_SOURCE_LOG_CAPTURE_H

#include "source/log.h"

/*
 * Receives an open log of the capture, which it reads but does not close; NULL: err says why it cannot be read.
 * All arguments are valid until the call returns.
 */
typedef void km_log_found(void *data, struct km_log *log, struct km_str name, const struct km_err *err);

/*
 * Calls found for each log, one after the other as they stand in the capture. A file that is no
 * archive is a log itself. 0, -ENOENT when there is none, or another negative errno; err is then filled.
 */
int km_log_capture(const char *path, km_log_found *found, void *data, struct km_err *err);

/* Inside only: whether a path below the root of a machine or of a report is a log, or leads to one. */
bool km_log_is_place(struct km_str path, bool directory);

#endif
