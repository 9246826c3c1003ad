// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/checksum.h"

uint32_t km_crc32(uint32_t crc, struct km_str bytes)
{
	/* for the numbers 0 to 15 and the polynomial 0xedb88320: two steps per byte */
	static const uint32_t table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};

	crc = ~crc;
	for (size_t i = 0; i < bytes.len; i++) {
		crc ^= (unsigned char)bytes.ptr[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

void km_checksum_name(struct km_checksum *directory, struct km_str name, struct km_str target)
{
	directory->size++;
	directory->crc = km_crc32(directory->crc, name);
	if (target.ptr) {
		directory->crc = km_crc32(directory->crc, KM_STR(" -> "));
		directory->crc = km_crc32(directory->crc, target);
	}
	directory->crc = km_crc32(directory->crc, KM_STR("\n"));
}

static int compare(const void *a, const void *b)
{
	const struct km_checksum *x = a, *y = b;
	int order = km_str_compare(x->path, y->path);

	return order ? order : x->directory - y->directory;
}

/* A total order, so that entries with the same path always sort the same way. */
static int compare_whole(const void *a, const void *b)
{
	const struct km_checksum *x = a, *y = b;
	int order = compare(a, b);

	if (!order)
		order = (x->size > y->size) - (x->size < y->size);
	return order ? order : (x->crc > y->crc) - (x->crc < y->crc);
}

void km_checksums_sort(struct km_checksums *checksums)
{
	if (checksums->list.len)
		qsort(checksums->list.items, checksums->list.len, sizeof(*checksums->list.items), compare_whole);
}

const struct km_checksum *km_checksums_find(const struct km_checksums *checksums, struct km_str path,
					    bool directory)
{
	const struct km_checksum key = { .path = path, .directory = directory };

	if (!checksums->list.len)
		return NULL;
	return bsearch(&key, checksums->list.items, checksums->list.len, sizeof(key), compare);
}
