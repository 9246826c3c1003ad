/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A named kstat of OpenZFS below /proc/spl/kstat (openzfs:module/os/linux/spl/spl-kstat.c): two
 * lines of heading, then a name, a type and a number on each line.
 *
 *   name                            type data
 *   scatter_data_size               4    187904
 */
#ifndef KM_PARSE_KSTAT_H
#define KM_PARSE_KSTAT_H

#include "base/num.h"
#include "base/str.h"

/* The number with this name; KM_UNKNOWN if the text does not contain it. */
uint64_t km_kstat_value(struct km_str text, struct km_str name);

#endif
