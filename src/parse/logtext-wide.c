// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-wide.h"

enum { NO_BREAK_SPACE = 0xa0 };

enum km_encoding km_encoding_take(struct km_str *bytes)
{
	if (km_str_take_prefix(bytes, KM_STR("\xff\xfe")))
		return KM_ENCODING_LITTLE;
	if (km_str_take_prefix(bytes, KM_STR("\xfe\xff")))
		return KM_ENCODING_BIG;
	km_str_take_prefix(bytes, KM_STR("\xef\xbb\xbf"));
	return KM_ENCODING_BYTES;
}

void km_wide_narrow(struct km_wide *wide, struct km_scratch *ret, struct km_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char low, high;
		char narrow;

		wide->first[wide->first_len++] = bytes.ptr[i];
		if (wide->first_len < 2)
			continue;
		wide->first_len = 0;
		low = (unsigned char)wide->first[wide->encoding == KM_ENCODING_BIG];
		high = (unsigned char)wide->first[wide->encoding == KM_ENCODING_LITTLE];
		narrow = !high && low < 0x80 ? (char)low : !high && low == NO_BREAK_SPACE ? ' ' : '?';
		km_scratch_append(ret, (struct km_str){ &narrow, 1 });
	}
}

struct km_str km_logtext_narrow(struct km_scratch *ret, struct km_str bytes)
{
	struct km_wide wide = { .encoding = km_encoding_take(&bytes) };

	if (wide.encoding == KM_ENCODING_BYTES)
		return bytes;
	km_wide_narrow(&wide, ret, bytes);
	return (struct km_str){ ret->bytes.items, ret->bytes.len };
}
