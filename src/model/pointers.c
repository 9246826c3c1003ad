// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pointers.h"

static bool is_hidden(struct km_str address)
{
	return address.len > 2 && address.ptr[2] == '(';
}

/* A thousand areas, and one in 64 of what follows: a kernel prints all of them alike. */
enum { ALL_OF = 1024, ONE_IN = 64 };

void km_pointers_add(struct km_pointers *pointers, const struct km_vmallocinfo_area *area)
{
	uint64_t first, behind;

	if (pointers->seen++ >= ALL_OF && pointers->seen % ONE_IN)
		return;
	if (is_hidden(area->start))
		pointers->uninitialised++;
	else if (km_str_to_hex(km_str_skip(area->start, 2), &first) ||
		 km_str_to_hex(km_str_skip(area->end, 2), &behind))
		return;
	else if (!first && !behind)
		pointers->zeroed++;
	else if (behind - first == area->size)
		pointers->real++;
	else
		pointers->hashed++;
}

struct km_str km_pointers_of(const struct km_pointers *pointers)
{
	const uint64_t printed = pointers->real + pointers->hashed;

	if (!(printed + pointers->zeroed + pointers->uninitialised))
		return (struct km_str){ 0 };
	if (pointers->uninitialised > printed + pointers->zeroed)
		return KM_STR("uninitialised");
	if (pointers->zeroed > printed)
		return KM_STR("zeroed");
	return pointers->real > pointers->hashed ? KM_STR("real") : KM_STR("hashed");
}
