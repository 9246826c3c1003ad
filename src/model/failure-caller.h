/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to model/: the functions in a trace. */
#ifndef KM_MODEL_FAILURE_CALLER_H
#define KM_MODEL_FAILURE_CALLER_H

#include "base/str.h"

/* Whether a frame ("__alloc_pages+0x28/0x130") belongs to an allocator, so that the caller is above it. */
bool km_failure_is_allocator(struct km_str frame);

/* Whether a frame is a function of slab caches that requests pages. */
bool km_failure_is_slab(struct km_str frame);

#endif
