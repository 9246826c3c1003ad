/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A topic as people read it. */
#ifndef KM_REPORT_TOPIC_TEXT_H
#define KM_REPORT_TOPIC_TEXT_H

#include "base/text.h"
#include "report/topics.h"

/* The tables' text about it, its sections under their labels, and where to read on. */
void km_tell_topic(struct km_text *out, struct km_pool *pool, enum km_language language,
		   const struct km_topic_row *row);

#endif
