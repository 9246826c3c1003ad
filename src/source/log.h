/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel logs, read in pieces: files, standard input, the buffer of the running kernel. */
#ifndef KM_SOURCE_LOG_H
#define KM_SOURCE_LOG_H

#include <stdbool.h>
#include "base/err.h"
#include "base/str.h"

struct km_log;

/*
 * Opens a file, "-" (standard input), or NULL (the kernel's ring buffer, whose content stays
 * there). 0, or a negative errno with err filled, also if the file cannot be a log, such as a
 * directory.
 */
int km_log_open(struct km_log **ret, const char *path, struct km_err *err);

/*
 * Opens a file that is read later, when the process may open none. A descriptor; -EAGAIN for what has to wait until then:
 * NULL, "-", and a named pipe, whose writer open() waits for; or another negative errno.
 */
int km_log_reserve(const char *path);

/* As km_log_open(), with what km_log_reserve() returned for the path; closed with the log, after a failure at once. */
int km_log_open_reserved(struct km_log **ret, const char *path, int reserved, struct km_err *err);

/*
 * Sets *ret to the next bytes, valid until the next call; empty at the end. 0, or a negative errno
 * with err filled; bytes that were read before the error stay valid data.
 */
int km_log_next(struct km_log *log, struct km_str *ret, struct km_err *err);

/* log may be NULL. */
void km_log_close(struct km_log *log);

/* Whether standard input is a terminal. No user means to type a log there. */
bool km_log_is_typed(void);

#endif
