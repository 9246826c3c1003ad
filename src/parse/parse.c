// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/parse.h"

bool km_parse_zone_head(struct km_str *rest, uint64_t *node, struct km_str *zone)
{
	struct km_str after = *rest;

	if (!km_str_take_prefix(&after, KM_STR("Node")))
		return false;
	after = km_str_trim(after);
	if (!km_str_take_u64(&after, node) || !km_str_take_prefix(&after, KM_STR(", zone")) ||
	    !km_str_take_word(&after, zone))
		return false;
	*rest = after;
	return true;
}
