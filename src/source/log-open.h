/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside source/ only: logs from other places than a path. */
#ifndef KM_SOURCE_LOG_OPEN_H
#define KM_SOURCE_LOG_OPEN_H

#include "source/log.h"

/* As km_log_next(); none at the end. */
typedef int km_log_reader(void *data, struct km_str *ret, struct km_err *err);

/* As km_log_open(); fd is closed with the log, or when it is refused. */
int km_log_open_fd(struct km_log **ret, int fd, struct km_err *err);

/* A log whose pieces come from next, behind a first one that holds until then. */
int km_log_open_reader(struct km_log **ret, struct km_str first, km_log_reader *next, void *data,
		       struct km_err *err);

/* A compressed log in memory, which was allocated with km_realloc() and is freed with the log, or when it is refused. */
int km_log_open_bytes(struct km_log **ret, char *bytes, size_t len, struct km_err *err);

/* Whether the bytes begin as a compressed file does. */
bool km_log_is_packed(struct km_str head);

#endif
