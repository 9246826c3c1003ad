/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether numbers of the kernel's lists (vmstat, zoneinfo) are levels or counters, by their names. */
#ifndef KM_MODEL_COUNTER_KIND_H
#define KM_MODEL_COUNTER_KIND_H

#include "base/field.h"

/*
 * KM_LEVEL, KM_COUNTER or KM_PROPERTY for a name in /proc/vmstat, in a node's vmstat or in /proc/zoneinfo
 * (there without the colon). 0 for an unknown name: it may shrink, so no rate is computed. Kernels 4.4 to 7.2
 * (mm/vmstat.c vmstat_text[], zoneinfo_show_print()).
 */
unsigned int km_counter_kind(struct km_str name);

/* How a field's number behaves over time. name is the name beside the number, for fields with KM_BY_NAME. */
unsigned int km_field_kind_over_time(const struct km_field *field, struct km_str name);

#endif
