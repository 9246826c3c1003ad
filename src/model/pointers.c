// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pointers.h"

const struct km_word km_pointers_words[KM_POINTERS_KINDS + 1] = {
	[KM_POINTERS_REAL] = { .key = "real", .brief = "the addresses as they are" },
	[KM_POINTERS_HASHED] = {
		.key = "hashed",
		.brief = "hashes of the addresses",
		.explain = "kernel.kptr_restrict is 0 and the kernel printed a hash, which cannot be used in "
			   "computations.",
	},
	[KM_POINTERS_ZEROED] = { .key = "zeroed", .brief = "zeros: kernel.kptr_restrict hides the addresses" },
	[KM_POINTERS_UNINITIALISED] = {
		.key = "uninitialised",
		.brief = "printed before the hash had a key",
		.explain = "Read so early after boot that the kernel printed (____ptrval____).",
	},
};

const struct km_vocabulary km_pointers_vocabulary = {
	.name = "pointers",
	.brief = "what the kernel prints for its addresses",
	.items = km_pointers_words,
	.item_size = sizeof(*km_pointers_words),
};

static bool is_hidden(struct km_str address)
{
	return address.len > 2 && address.ptr[2] == '(';
}

static void add(struct km_pointers *pointers, const struct km_vmallocinfo_area *area)
{
	uint64_t first, behind;

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

/* Examines a thousand areas, and then one of each batch, because a kernel prints all of them in the same way. */
enum { ALL_OF = 1024 };

void km_pointers_add(struct km_pointers *pointers, const struct km_vmallocinfo_area *areas, size_t len)
{
	const size_t looked_at = pointers->seen < ALL_OF ? len : len ? 1 : 0;

	pointers->seen += len;
	for (size_t i = 0; i < looked_at; i++)
		add(pointers, &areas[i]);
}

const struct km_word *km_pointers_of(const struct km_pointers *pointers)
{
	const uint64_t printed = pointers->real + pointers->hashed;

	if (!(printed + pointers->zeroed + pointers->uninitialised))
		return NULL;
	if (pointers->uninitialised > printed + pointers->zeroed)
		return &km_pointers_words[KM_POINTERS_UNINITIALISED];
	if (pointers->zeroed > printed)
		return &km_pointers_words[KM_POINTERS_ZEROED];
	return &km_pointers_words[pointers->real > pointers->hashed ? KM_POINTERS_REAL : KM_POINTERS_HASHED];
}
