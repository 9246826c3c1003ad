/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What GFP flags ask for, as far as data/topics does not tell it. */
#ifndef KM_EXPLAIN_GFP_H
#define KM_EXPLAIN_GFP_H

#include "model/topic.h"

/* Single bits (__GFP_*) and the ready-made masks (GFP_*); ends with a topic without key. */
extern const struct km_topic km_gfp_topics[];

#endif
