/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The zone types of a kernel's build. They decide the meaning of a mask's zone and of an entry of
 * lowmem_reserve.
 */
#ifndef KM_MODEL_ZONE_LAYOUT_H
#define KM_MODEL_ZONE_LAYOUT_H

#include "model/request.h"

/* Bits by enum km_zone_rank, from a sheet of km_zone_type; 0 if the zones do not show them. */
unsigned int km_zone_layout(const struct km_sheet *zones);

/* The highest zone that the request may use on that kernel (k6.12:include/linux/gfp.h OPT_ZONE_DMA). */
enum km_zone_rank km_zone_layout_highest(const struct km_sheet *zones, unsigned int layout,
					 enum km_zone_rank wanted);

#endif
