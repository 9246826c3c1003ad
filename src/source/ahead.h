/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fills buffers in a thread while the caller works on the ones before. */
#ifndef KM_SOURCE_AHEAD_H
#define KM_SOURCE_AHEAD_H

#include <stddef.h>
#include <sys/types.h>
#include "base/err.h"
#include "base/str.h"

struct km_ahead;

/* Writes the next bytes to room, and returns their number; 0 at the end, or a negative errno with err filled. */
typedef ssize_t km_ahead_fill(void *data, char *room, size_t len, struct km_err *err);

/*
 * Starts to fill. From here to km_ahead_close(), fill runs in another thread, and nothing else may use data.
 * NULL if there is only one CPU, or no thread can be made: then call fill directly.
 */
struct km_ahead *km_ahead_open(km_ahead_fill *fill, void *data);

/* As km_log_next(). */
int km_ahead_next(struct km_ahead *ahead, struct km_str *ret, struct km_err *err);

/* Waits until a fill that has begun returns. ahead may be NULL. */
void km_ahead_close(struct km_ahead *ahead);

#endif
