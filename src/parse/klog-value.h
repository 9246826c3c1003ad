/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: how reports write values. */
#ifndef KM_PARSE_KLOG_VALUE_H
#define KM_PARSE_KLOG_VALUE_H

#include "parse/klog.h"

/* What follows a key ("order="), up to the next comma that is not a list's; .ptr NULL without the
 * key. */
struct km_str km_klog_value(struct km_str text, struct km_str key);

/* The same as a number; KM_UNKNOWN when it is none. */
uint64_t km_klog_number(struct km_str text, struct km_str key);

/* The number that follows words ("failed: "), whatever follows it; KM_UNKNOWN without both. */
uint64_t km_klog_number_after(struct km_str text, struct km_str words);

/* The text behind words; .ptr NULL without them. */
struct km_str km_klog_after(struct km_str text, struct km_str words);

/* nodemask=, cpuset= and mems_allowed=, where the line has them. */
void km_klog_places(struct km_str text, struct km_klog_event *event);

/* Mask and names of "0xdc0(GFP_KERNEL|__GFP_ZERO)"; old kernels print the number alone. */
void km_klog_mode(struct km_str text, struct km_klog_event *event);

#endif
