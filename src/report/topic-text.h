/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a topic for people. */
#ifndef KM_REPORT_TOPIC_TEXT_H
#define KM_REPORT_TOPIC_TEXT_H

#include "report/document.h"
#include "report/topics.h"

/* Prints the texts of the tables, the sections with their labels, and references; folded. */
void km_topic_print(struct km_text *out, struct km_pool *pool, enum km_language language,
		   const struct km_style *style, const struct km_topic_row *row);

#endif
