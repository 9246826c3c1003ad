/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What GFP flags ask for, and what the kernel's allocation calls promise. */
#ifndef KM_EXPLAIN_GFP_H
#define KM_EXPLAIN_GFP_H

#include "model/topic.h"

/* Single bits (__GFP_*) and the ready-made masks (GFP_*); ends with a topic without key. */
extern const struct km_topic km_gfp_topics[];

/* kmalloc() and its relatives; ends with a topic without key. */
extern const struct km_topic km_allocator_topics[];

#endif
