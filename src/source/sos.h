/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_SOS_H
#define KM_SOURCE_SOS_H

#include "source/source.h"

/* As km_source_list() for sys/kernel/slab, from the listing that a sos report contains instead. */
int km_sos_list_slab(struct km_source *source, struct km_entries *ret, struct km_err *err);

#endif
