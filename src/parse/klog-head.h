/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: the line that begins a report. */
#ifndef KM_PARSE_KLOG_HEAD_H
#define KM_PARSE_KLOG_HEAD_H

#include "parse/klog-filter.h"
#include "parse/klog-value.h"

/* Initialises an event; only its kind is known. */
void km_klog_event_init(struct km_klog_event *event, enum km_klog_kind kind);

/* Whether the line begins a report; if so, fills the event from it. */
bool km_klog_head(struct km_str text, struct km_klog_event *ret);

/* Every line that begins a report has one of these words. */
void km_klog_head_words(struct km_klog_filter *filter);

/* The same of a WARNING about a request (klog-warning.c). */
bool km_klog_warning(struct km_str text, struct km_klog_event *ret);

/* The same of reserved areas and pools (klog-pool.c); text begins at the sign. */
void km_klog_parse_cma(struct km_str text, struct km_klog_event *event);
void km_klog_parse_percpu_size(struct km_str text, struct km_klog_event *event);
void km_klog_parse_percpu(struct km_str text, struct km_klog_event *event);
void km_klog_parse_swiotlb(struct km_str text, struct km_klog_event *event);
void km_klog_parse_hugetlb(struct km_str text, struct km_klog_event *event);
/* A line below the head of such a report. */
bool km_klog_take_pool(struct km_klog_event *event, struct km_str text);

/* Mask, order and places of the head, or of a later piece of it: sets what the text has. */
void km_klog_request(struct km_str text, struct km_klog_event *event);

#endif
