/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which types of zones a kernel was built with, which decides what a mask's zone and an entry of lowmem_reserve mean. */
#ifndef KM_MODEL_ZONE_LAYOUT_H
#define KM_MODEL_ZONE_LAYOUT_H

#include "model/request.h"

/* Bits by enum km_zone_rank, of a sheet of km_zone_type; 0 where the zones do not tell. */
unsigned int km_zone_layout(const struct km_sheet *zones);

/* The highest zone that the request may use on that kernel (k6.12:include/linux/gfp.h OPT_ZONE_DMA). */
enum km_zone_rank km_zone_layout_highest(const struct km_sheet *zones, unsigned int layout,
					 enum km_zone_rank wanted);

#endif
