/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What predict says of a request that findings are about. */
#ifndef KM_REPORT_SERVED_H
#define KM_REPORT_SERVED_H

#include "machine/machine.h"

/*
 * Whether an ordinary request that begins in this zone is served without compaction, from that zone or from another one
 * that it may use. machine: a struct km_machine. False also where that is not known.
 */
bool km_is_served(void *machine, uint64_t node, struct km_str zone, uint64_t order);

#endif
