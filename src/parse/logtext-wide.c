// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-wide.h"

enum { NO_BREAK_SPACE = 0xa0 };

/* UTF-16 without a mark: of ASCII each second byte is 0. */
static enum km_encoding guess(struct km_str bytes)
{
	const bool zero[] = { bytes.len && !bytes.ptr[0], bytes.len > 1 && !bytes.ptr[1], bytes.len > 2 && !bytes.ptr[2] };

	if (bytes.len < KM_ENCODING_HEAD)
		return KM_ENCODING_BYTES;
	if (!zero[0] && zero[1] && !zero[2])
		return KM_ENCODING_LITTLE;
	return zero[0] && !zero[1] && zero[2] ? KM_ENCODING_BIG : KM_ENCODING_BYTES;
}

enum km_encoding km_encoding_take(struct km_str *bytes)
{
	if (km_str_take_prefix(bytes, KM_STR("\xff\xfe")))
		return KM_ENCODING_LITTLE;
	if (km_str_take_prefix(bytes, KM_STR("\xfe\xff")))
		return KM_ENCODING_BIG;
	if (km_str_take_prefix(bytes, KM_STR("\xef\xbb\xbf")))
		return KM_ENCODING_BYTES;
	return guess(*bytes);
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
