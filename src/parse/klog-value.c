// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/klog-value.h"

/* Within parentheses commas are the value's; a list of nodes is "0,2-3". */
struct km_str km_klog_value(struct km_str text, struct km_str key)
{
	struct km_str value = km_klog_after(text, key);
	size_t len = 0, depth = 0;

	for (; len < value.len; len++) {
		depth += value.ptr[len] == '(';
		depth -= depth && value.ptr[len] == ')';
		if (!depth && value.ptr[len] == ',' &&
		    !(len + 1 < value.len && value.ptr[len + 1] >= '0' &&
		      value.ptr[len + 1] <= '9'))
			break;
	}
	value.len = len;
	return value;
}

uint64_t km_klog_number(struct km_str text, struct km_str key)
{
	struct km_str value = km_str_trim(km_klog_value(text, key));
	uint64_t number;

	return value.ptr && km_str_take_u64(&value, &number) ? number : KM_UNKNOWN;
}

struct km_str km_klog_after(struct km_str text, struct km_str words)
{
	ptrdiff_t at = km_str_find(text, words);

	return at < 0 ? (struct km_str){ 0 } : km_str_skip(text, (size_t)at + words.len);
}

uint64_t km_klog_number_after(struct km_str text, struct km_str words)
{
	struct km_str rest = km_klog_after(text, words);
	uint64_t number;

	return rest.ptr && km_str_take_u64(&rest, &number) ? number : KM_UNKNOWN;
}

static void set(struct km_str *place, struct km_str value)
{
	if (value.ptr)
		*place = value;
}

/* Up to 4.14 cpuset= and mems_allowed= follow on a line of their own, with a blank between. */
void km_klog_places(struct km_str text, struct km_klog_event *event)
{
	struct km_str value = km_klog_value(text, KM_STR("nodemask=")), allowed;

	/* "(null)": the request has no nodemask */
	if (!km_str_eq(value, KM_STR("(null)")))
		set(&event->nodemask, value);
	value = km_klog_value(text, KM_STR("cpuset="));
	allowed = km_klog_after(value, KM_STR(" mems_allowed="));
	if (allowed.ptr)
		value.len = (size_t)(allowed.ptr - value.ptr) - (sizeof(" mems_allowed=") - 1);
	set(&event->cpuset, km_str_trim(value));
	set(&event->mems_allowed, km_str_trim(km_klog_value(text, KM_STR("mems_allowed="))));
}

void km_klog_mode(struct km_str text, struct km_klog_event *event)
{
	struct km_str number, names, word = { 0 };
	uint64_t mode;

	if (!km_str_take_prefix(&text, KM_STR("0x")))
		return;
	/* up to 4.5 "(gfp=0x20)" */
	if (!km_str_take_until(&text, '(', &number)) {
		if (!km_str_take_until(&text, ')', &number))
			number = text;
	} else if (km_str_take_until(&text, ')', &names)) {
		event->mode_names = names;
	}
	/* where an old line ends with the mask, something else may follow a blank */
	km_str_take_word(&number, &word);
	if (!km_str_to_hex(word, &mode))
		event->mode = mode;
}
