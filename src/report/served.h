/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What predict says about a request that findings depend on. */
#ifndef KM_REPORT_SERVED_H
#define KM_REPORT_SERVED_H

#include "machine/machine.h"
#include "model/prediction.h"

/*
 * Whether an ordinary request that begins in this zone is served without compaction, from that zone or from another one
 * that it may use. machine: a struct km_machine. False also where that is not known.
 */
bool km_is_served(void *machine, uint64_t node, struct km_str zone, uint64_t order);

/*
 * The prediction for a request from a CPU of the node with these flags, such as "GFP_KERNEL". machine: a struct km_machine.
 * Without zones (.zones.len 0) if the kernel's flags are not known. The machine's pool owns it.
 */
struct km_prediction km_predict_usual(void *machine, const char *flags, uint64_t node, uint64_t order);

#endif
