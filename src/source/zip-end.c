// SPDX-License-Identifier: GPL-2.0-or-later
/* The format is from APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16. */
#include "base/checksum.h"
#include "source/zip-end.h"

enum {
	END_BYTES = 22, END_ENTRIES = 10, END_SIZE = 12,
	ENTRY_BYTES = 46, ENTRY_NAME_LEN = 28, ENTRY_EXTRA_LEN = 30, ENTRY_COMMENT_LEN = 32,
	ELSEWHERE = 0xffff, /* zip64 stores the number in another record */
};

static uint32_t number(const char *at, size_t bytes)
{
	uint32_t value = 0;

	while (bytes--)
		value = value << 8 | (unsigned char)at[bytes];
	return value;
}

static void add_name(struct km_zip_names *names, struct km_str name)
{
	uint32_t crc = 0;

	names->number++;
	for (size_t i = 0; i < name.len; i++) {
		/* libarchive translates other characters, and the "\" of some systems */
		if (name.ptr[i] & 0x80)
			return;
		crc = km_crc32(crc, name.ptr[i] == '\\' ? KM_STR("/") : (struct km_str){ &name.ptr[i], 1 });
	}
	names->sum += crc;
}

void km_zip_name_add(struct km_zip_names *names, const char *name)
{
	add_name(names, km_str_from(name ? name : "\x80"));
}

static bool has_names(struct km_str directory, const struct km_zip_names *names)
{
	struct km_zip_names found = { 0 };

	while (directory.len >= ENTRY_BYTES && km_str_starts(directory, KM_STR("PK\1\2"))) {
		size_t len = number(directory.ptr + ENTRY_NAME_LEN, 2);
		size_t rest = number(directory.ptr + ENTRY_EXTRA_LEN, 2) +
			      number(directory.ptr + ENTRY_COMMENT_LEN, 2);

		if (directory.len < ENTRY_BYTES + len + rest)
			return false;
		add_name(&found, (struct km_str){ directory.ptr + ENTRY_BYTES, len });
		directory = km_str_skip(directory, ENTRY_BYTES + len + rest);
	}
	return found.number == names->number && found.sum == names->sum;
}

bool km_zip_ends(struct km_str tail, const struct km_zip_names *names)
{
	for (size_t at = tail.len; at-- > 0;) {
		const char *end = tail.ptr + at;
		uint32_t entries, size;

		if (tail.len - at < END_BYTES || memcmp(end, "PK\5\6", 4) != 0)
			continue;
		entries = number(end + END_ENTRIES, 2);
		size = number(end + END_SIZE, 4);
		if (entries == ELSEWHERE)
			return true;
		/* if the directory is larger than the tail, only the number is compared */
		if (size > at)
			return entries == names->number;
		return has_names((struct km_str){ end - size, size }, names);
	}
	return false;
}
