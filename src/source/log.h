/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel logs: files, standard input, the running kernel's buffer. */
#ifndef KM_SOURCE_LOG_H
#define KM_SOURCE_LOG_H

#include "base/alloc.h"
#include "base/err.h"

/* A file, or "-" for standard input; owned by the pool. 0 or a negative errno with err filled. */
int km_log_read(const char *path, struct km_pool *pool, struct km_str *ret, struct km_err *err);

/* What the kernel's ring buffer still has, which stays there; as km_log_read(). */
int km_log_read_live(struct km_pool *pool, struct km_str *ret, struct km_err *err);

/* Whether standard input is a terminal, where nobody meant to type a log. */
bool km_log_is_typed(void);

#endif
