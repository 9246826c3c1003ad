/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to source/: opens logs that have no path of their own. */
#ifndef KM_SOURCE_LOG_OPEN_H
#define KM_SOURCE_LOG_OPEN_H

#include "source/log.h"

/* As km_log_next(); *ret is empty at the end. */
typedef int km_log_reader(void *data, struct km_str *ret, struct km_err *err);

/* As km_log_open(). Closing the log closes fd; a failure closes it at once. */
int km_log_open_fd(struct km_log **ret, int fd, struct km_err *err);

/*
 * Opens a log whose pieces come from next. The piece first comes before them and must stay valid
 * until then.
 */
int km_log_open_reader(struct km_log **ret, struct km_str first, km_log_reader *next, void *data,
		       struct km_err *err);

/*
 * Opens a compressed log in memory. km_realloc() allocated the bytes. Closing the log frees them; a
 * failure frees them at once.
 */
int km_log_open_bytes(struct km_log **ret, char *bytes, size_t len, struct km_err *err);

/* Whether the bytes begin like a compressed file. */
bool km_log_is_packed(struct km_str head);

#endif
