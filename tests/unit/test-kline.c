// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/kline.h"
#include "unit.h"

/* What each program that keeps kernel logs puts before a message. */
static const struct line {
	const char *line, *stamp, *context, *text;
} lines[] = {
	{ "plain: message", "", "", "plain: message" },
	{ "[   12.345678] text", "12.345678", "", "text" },
	{ "[12345.678901]  Call Trace:", "12345.678901", "", "Call Trace:" },
	{ "[   12.345678][  T123] text", "12.345678", "T123", "text" },
	{ "[   12.345678] [    C1] text", "12.345678", "C1", "text" },
	{ "[Mon Nov 23 09:10:00 2026] text", "Mon Nov 23 09:10:00 2026", "", "text" },
	{ "[   12.345678 <    0.000010>] text", "12.345678 <    0.000010>", "", "text" },
	{ "2026-11-23T09:10:00,123456+00:00 text", "2026-11-23T09:10:00,123456+00:00", "", "text" },
	{ "<4>[   12.345678] text", "12.345678", "", "text" },
	{ "<4>text", "", "", "text" },
	{ "kern  :warn  : [   12.345678] text", "12.345678", "", "text" },
	{ "kern  :err   : [Mon Nov 23 09:10:00 2026] text", "Mon Nov 23 09:10:00 2026", "", "text" },
	{ "Nov 23 09:10:00 host kernel: text", "Nov 23 09:10:00", "", "text" },
	{ "Nov 23 09:10:00 host kernel: [   12.345678] text", "Nov 23 09:10:00", "", "text" },
	{ "Nov 23 09:10:00.123456 host kernel: text", "Nov 23 09:10:00.123456", "", "text" },
	{ "2026-11-23T09:10:00+0000 host kernel: text", "2026-11-23T09:10:00+0000", "", "text" },
	{ "2026-11-23T09:10:00.123456+00:00 host kernel: [ 12.345678] text",
	  "2026-11-23T09:10:00.123456+00:00", "", "text" },
	{ "[   12.345678] host kernel: text", "12.345678", "", "text" },
	{ "[   12.345678] kernel: text", "12.345678", "", "text" },
	{ "4,1234,12345678,-;text", "12345678", "", "text" },
	{ "6,339,5140900,-,caller=T1;text", "5140900", "T1", "text" },
	/* the message's own */
	{ "[   12.345678] [    229]     0   229 tail", "12.345678", "", "[    229]     0   229 tail" },
	{ "[   12.345678] [  pid  ]   uid  tgid", "12.345678", "", "[  pid  ]   uid  tgid" },
	{ "[   12.345678]  [<ffffffff81138d22>] warn_alloc+0xe2/0x150", "12.345678", "",
	  "[<ffffffff81138d22>] warn_alloc+0xe2/0x150" },
	{ "Node 0 DMA: 1*4kB (U) = 4kB", "", "", "Node 0 DMA: 1*4kB (U) = 4kB" },
	{ "[", "", "", "[" },
	{ "<4", "", "", "<4" },
	{ "", "", "", "" },
};

static void splits(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(lines); i++) {
		struct km_kline kline;

		km_kline_split(km_str_from(lines[i].line), &kline);
		assert_str(kline.stamp, lines[i].stamp);
		assert_str(kline.context, lines[i].context);
		assert_str(kline.text, lines[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(splits) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
