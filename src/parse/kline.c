// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What stands in front of a kernel's message depends on who kept it:
 *
 *   [   12.345678] text                         dmesg
 *   [   12.345678][  T123] text                 ... of a kernel with CONFIG_PRINTK_CALLER
 *   [Mon Nov 23 09:10:00 2026] text             dmesg -T
 *   2026-11-23T09:10:00,123456+00:00 text       dmesg --time-format iso
 *   <4>[   12.345678] text                      dmesg -r, /proc/kmsg
 *   kern  :warn  : [   12.345678] text          dmesg -x
 *   Nov 23 09:10:00 host kernel: text           journalctl; syslog often keeps the [12.345678] as well
 *   2026-11-23T09:10:00+0000 host kernel: text  journalctl -o short-iso
 *   [   12.345678] host kernel: text            journalctl -o short-monotonic
 *   4,1234,12345678,-;text                      /dev/kmsg, also "-,caller=T123;"
 */
#include "parse/kline.h"

/* A host's name and a date fit; what stands further right is the message's own. */
enum { KEEPER_MOST = 160 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_of(struct km_str s, const char *more)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]) && !(s.ptr[i] && strchr(more, s.ptr[i])))
			return false;
	return s.len > 0;
}

/* "<4>" */
static void take_level(struct km_str *rest)
{
	struct km_str after = *rest, number;

	if (km_str_take_prefix(&after, KM_STR("<")) && km_str_take_until(&after, '>', &number) &&
	    number.len <= 3 && all_of(number, ""))
		*rest = after;
}

/* "kern  :warn  : " */
static void take_facility(struct km_str *rest)
{
	struct km_str after = *rest, part;

	if (km_str_take_prefix(&after, KM_STR("kern ")) && km_str_take_until(&after, ':', &part) &&
	    !km_str_trim(part).len && km_str_take_until(&after, ':', &part) && part.len <= 8)
		*rest = km_str_trim(after);
}

/* "4,1234,12345678,-;text" */
static void take_record(struct km_str *rest, struct km_kline *ret)
{
	const struct km_str caller = KM_STR(",caller=");
	struct km_str after = *rest, level, sequence, time, flags;
	ptrdiff_t at;

	if (!km_str_take_until(&after, ',', &level) || level.len > 4 || !all_of(level, "") ||
	    !km_str_take_until(&after, ',', &sequence) || !all_of(sequence, "") ||
	    !km_str_take_until(&after, ',', &time) || !all_of(time, "") ||
	    !km_str_take_until(&after, ';', &flags) || flags.len > 64)
		return;
	at = km_str_find(flags, caller);
	if (at >= 0)
		ret->context = km_str_skip(flags, (size_t)at + caller.len);
	ret->stamp = time;
	*rest = after;
}

/* "2026-11-23T09:10:00,123456+00:00" */
static void take_iso_time(struct km_str *rest, struct km_kline *ret)
{
	struct km_str after = *rest, word;

	if (!km_str_take_word(&after, &word) || word.len < 19 || word.ptr[4] != '-' ||
	    word.ptr[10] != 'T' || !all_of(word, "-T:,.+Z"))
		return;
	ret->stamp = word;
	*rest = km_str_trim(after);
}

/* "Nov 23 09:10:00 host kernel: ", or anything else that a keeper puts before "kernel: ". */
static void take_keeper(struct km_str *rest, struct km_kline *ret)
{
	struct km_str head = { rest->ptr, rest->len < KEEPER_MOST ? rest->len : KEEPER_MOST }, host;
	ptrdiff_t at = km_str_find(head, KM_STR(" kernel: "));

	if (at < 0)
		return;
	head.len = (size_t)at;
	if (!km_str_take_last_word(&head, &host) || !memchr(head.ptr, ':', head.len))
		return;
	ret->stamp = km_str_trim(head);
	*rest = km_str_skip(*rest, (size_t)at + sizeof(" kernel: ") - 1);
}

/* "host kernel: " or "kernel: " behind a time in brackets. */
static void take_host(struct km_str *rest, const struct km_kline *line)
{
	struct km_str after = *rest, host;

	if (!line->stamp.ptr || km_str_take_prefix(rest, KM_STR("kernel: ")) ||
	    !km_str_take_word(&after, &host) || !km_str_take_prefix(&after, KM_STR(" kernel: ")))
		return;
	*rest = after;
}

/* Of a task or a CPU: "T123", "C0". */
static bool is_context(struct km_str s)
{
	return s.len > 1 && (*s.ptr == 'T' || *s.ptr == 'C') && all_of(km_str_skip(s, 1), "");
}

/* "12.345678", "Mon Nov 23 09:10:00 2026", "12.345678 <    0.000010>" */
static bool is_time(struct km_str s)
{
	struct km_str number = s, word;

	if (km_str_take_word(&number, &word) && all_of(word, ".") && memchr(word.ptr, '.', word.len))
		return true;
	return s.len >= 19 && s.len <= 64 && km_str_find(s, KM_STR(":")) > 0 &&
	       is_digit(s.ptr[s.len - 1]);
}

/* The groups in brackets: a time and a context; others are the message's ("[  pid  ]"). */
static void take_brackets(struct km_str *rest, struct km_kline *ret)
{
	struct km_str after = *rest, inside;

	while (km_str_take_prefix(&after, KM_STR("[")) && km_str_take_until(&after, ']', &inside)) {
		inside = km_str_trim(inside);
		if (is_context(inside))
			ret->context = inside;
		else if (!is_time(inside))
			return;
		else if (!ret->stamp.ptr)
			ret->stamp = inside;
		*rest = after = km_str_trim(after);
	}
}

void km_kline_split(struct km_str line, struct km_kline *ret)
{
	struct km_str rest = km_str_trim(line);

	*ret = (struct km_kline){ .usec = KM_UNKNOWN, .level = KM_KLINE_NO_LEVEL };
	take_level(&rest);
	take_facility(&rest);
	take_record(&rest, ret);
	take_iso_time(&rest, ret);
	take_keeper(&rest, ret);
	take_brackets(&rest, ret);
	take_host(&rest, ret);
	take_brackets(&rest, ret);
	ret->text = km_str_trim(rest);
}
