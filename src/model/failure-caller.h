/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside model/ only. */
#ifndef KM_MODEL_FAILURE_CALLER_H
#define KM_MODEL_FAILURE_CALLER_H

#include "base/str.h"

/* Whether a frame ("__alloc_pages+0x28/0x130") belongs to an allocator, below the caller. */
bool km_failure_is_allocator(struct km_str frame);

/* Whether it is a function of a slab cache that requests pages. */
bool km_failure_is_slab(struct km_str frame);

#endif
