// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pointers.h"

static bool is_hidden(struct km_str address)
{
	return address.len > 2 && address.ptr[2] == '(';
}

struct km_str km_pointers_of(const struct km_vmallocinfo *vmallocinfo)
{
	size_t real = 0, hashed = 0, zeroed = 0, uninitialised = 0;
	const struct km_vmallocinfo_area *area;
	uint64_t start, end;

	km_array_each(area, &vmallocinfo->areas) {
		if (is_hidden(area->start))
			uninitialised++;
		else if (km_str_to_hex(km_str_skip(area->start, 2), &start) ||
			 km_str_to_hex(km_str_skip(area->end, 2), &end))
			continue;
		else if (!start && !end)
			zeroed++;
		else if (end - start == area->size)
			real++;
		else
			hashed++;
	}
	if (!(real + hashed + zeroed + uninitialised))
		return (struct km_str){ 0 };
	if (uninitialised > real + hashed + zeroed)
		return KM_STR("uninitialised");
	if (zeroed > real + hashed)
		return KM_STR("zeroed");
	return real > hashed ? KM_STR("real") : KM_STR("hashed");
}
