/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: the line that begins a report, and how reports write values. */
#ifndef KM_PARSE_KLOG_HEAD_H
#define KM_PARSE_KLOG_HEAD_H

#include "parse/klog.h"

/* Nothing is known of the event but its kind. */
void km_klog_event_init(struct km_klog_event *event, enum km_klog_kind kind);

/* Whether the line begins a report; if so, all that it says. */
bool km_klog_head(struct km_str text, struct km_klog_event *ret);

/* What stands behind a word ("order="), up to the next comma that is no list's; .ptr NULL without the word. */
struct km_str km_klog_value(struct km_str text, struct km_str key);

/* The same as a number; KM_UNKNOWN when it is none. */
uint64_t km_klog_number(struct km_str text, struct km_str key);

/* nodemask=, cpuset= and mems_allowed= of a line. */
void km_klog_places(struct km_str text, struct km_klog_event *event);

#endif
