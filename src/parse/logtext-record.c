// SPDX-License-Identifier: GPL-2.0-or-later
/* Records of /dev/kmsg (k6.12:Documentation/ABI/testing/dev-kmsg), which extended netconsole sends, too. */
#include "parse/logtext-prefix.h"

/* "ncfrag=0/330": netconsole parts a message that is too long for it; behind the last byte it is whole. */
static bool is_fragment(struct km_str flags, size_t len)
{
	const struct km_str key = KM_STR(",ncfrag=");
	ptrdiff_t at = km_str_find(flags, key);
	uint64_t offset, total;

	if (at < 0)
		return false;
	flags = km_str_skip(flags, (size_t)at + key.len);
	return km_str_take_u64(&flags, &offset) && km_str_take_prefix(&flags, KM_STR("/")) &&
	       km_str_take_u64(&flags, &total) && offset < total && len < total - offset;
}

bool km_recipe_record(struct km_str *rest, struct km_logline *line)
{
	const struct km_str caller = KM_STR(",caller=");
	struct km_str after = *rest, time, flags;
	uint64_t level, sequence, uptime;
	ptrdiff_t at;

	if (km_str_take_u64(&after, &level) && km_str_starts(after, KM_STR(".")))
		km_str_take_until(&after, ',', &flags);
	else
		after = *rest;
	if (!km_str_take_u64(&after, &level) || level > 999 || !km_str_take_prefix(&after, KM_STR(",")) ||
	    !km_str_take_u64(&after, &sequence) || !km_str_take_prefix(&after, KM_STR(",")))
		return false;
	time = after;
	if (!km_str_take_u64(&after, &uptime) || !km_str_take_prefix(&after, KM_STR(",")) ||
	    !km_str_take_until(&after, ';', &flags) || flags.len > 96)
		return false;
	time.len = (size_t)(flags.ptr - time.ptr - 1);
	line->partial = is_fragment(flags, after.len);
	at = km_str_find(flags, caller);
	if (at >= 0) {
		flags = km_str_skip(flags, (size_t)at + caller.len);
		if (!km_str_take_until(&flags, ',', &line->kline.context))
			line->kline.context = flags;
	}
	line->uptime = uptime;
	line->kline.stamp = time;
	line->kline.level = level & 7;
	line->stamped = true;
	*rest = after;
	return true;
}

void km_recipe_sent_record(struct km_str *rest, struct km_logline *line)
{
	struct km_str after = *rest, host;

	if (!km_recipe_record(rest, line) && km_str_take_word(&after, &host) && km_str_take_prefix(&after, KM_STR(" ")) &&
	    km_recipe_record(&after, line))
		*rest = after;
}
