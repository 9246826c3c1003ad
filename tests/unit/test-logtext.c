// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/alloc.h"
#include "parse/logtext.h"
#include "unit.h"

/* What came out of a log: each line as "stamp|context|text\n". */
struct output {
	char text[64 * 1024];
	size_t len, lines;
	struct km_kline last;
	struct km_logtext_counts facts;
};

static void add_line(void *data, const struct km_kline *line)
{
	struct output *output = data;
	int len = snprintf(output->text + output->len, sizeof(output->text) - output->len, "%.*s|%.*s|%.*s\n",
			   KM_STR_ARG(line->stamp), KM_STR_ARG(line->context), KM_STR_ARG(line->text));

	assert_true(len > 0 && output->len + (size_t)len < sizeof(output->text));
	output->len += (size_t)len;
	output->lines++;
	output->last = *line;
}

static struct output *read_pieces(struct km_str log, size_t piece)
{
	struct output *output = km_realloc(NULL, 1, sizeof(*output));
	struct km_logtext *logtext;

	output->len = output->lines = 0;
	output->text[0] = 0;
	logtext = km_logtext_begin(add_line, output);
	while (log.len) {
		size_t len = log.len < piece ? log.len : piece;

		km_logtext_push(logtext, (struct km_str){ log.ptr, len });
		log = km_str_skip(log, len);
	}
	km_logtext_end(logtext, &output->facts);
	return output;
}

static struct output *read_log(const char *text)
{
	return read_pieces(km_str_from(text), SIZE_MAX);
}

static void expect(const char *log, const char *expected)
{
	struct output *output = read_log(log);

	if (strcmp(output->text, expected))
		fail_msg("\"%s\" became\n%sand not\n%s", log, output->text, expected);
	free(output);
}

/* What each program that keeps kernel logs puts before a message. */
static const struct line {
	const char *line, *expected;
} lines[] = {
	{ "plain: message", "||plain: message\n" },
	{ "[   12.345678] text", "12.345678||text\n" },
	{ "[12.5] text", "12.5||text\n" },
	{ "[12345.678901]  Call Trace:", "12345.678901||Call Trace:\n" },
	{ "[   12.345678][  T123] text", "12.345678|T123|text\n" },
	{ "[   12.345678] [    C1] text", "12.345678|C1|text\n" },
	{ "[Mon Nov 23 09:10:00 2026] text", "Mon Nov 23 09:10:00 2026||text\n" },
	{ "[Mo Nov 23 09:10:00 2026] text", "Mo Nov 23 09:10:00 2026||text\n" },
	{ "[Mon Nov 23 09:10:00 2026 <    0.000010>] text", "Mon Nov 23 09:10:00 2026 <    0.000010>||text\n" },
	{ "[   12.345678 <    0.000010>] text", "12.345678 <    0.000010>||text\n" },
	{ "[   12.345678 <    0.001000 >] host kernel: text", "12.345678 <    0.001000 >||text\n" },
	{ "[   12.345678                ] host kernel: text", "12.345678||text\n" },
	{ "[<    0.000010>] text", "<    0.000010>||text\n" },
	{ "[<   -9.345678>] text", "<   -9.345678>||text\n" },
	{ "[Nov23 09:10] text", "Nov23 09:10||text\n" },
	{ "[Nov 3 09:10] text", "Nov 3 09:10||text\n" },
	{ "[  +0.000010] text", "+0.000010||text\n" },
	{ "\033[32m\033[1m[Nov28 05:01] \033[0m\033[33msh: \033[0m\033[1mpage allocation failure\033[0m",
	  "Nov28 05:01||sh: page allocation failure\n" },
	{ "2026-11-23T09:10:00,123456+00:00 text", "2026-11-23T09:10:00,123456+00:00||text\n" },
	{ "<4>[   12.345678] text", "12.345678||text\n" },
	{ "<4>text", "||text\n" },
	{ "kern  :warn  : [   12.345678] text", "12.345678||text\n" },
	{ "kern  :err   : [Mon Nov 23 09:10:00 2026] text", "Mon Nov 23 09:10:00 2026||text\n" },
	{ "kern  :warn  : text", "||text\n" },
	{ "Nov 23 09:10:00 host kernel: text", "Nov 23 09:10:00||text\n" },
	{ "Nov  3 09:10:00 host kernel: text", "Nov  3 09:10:00||text\n" },
	{ "Nov 23 09:10:00 host klogd[77]: text", "Nov 23 09:10:00||text\n" },
	{ "nov. 23 09:10:00 host kernel: text", "||text\n" },
	{ "Nov 23 09:10:00 kernel: text", "Nov 23 09:10:00||text\n" },
	{ "Nov 23 09:10:00 host kernel: [   12.345678] text", "Nov 23 09:10:00||text\n" },
	{ "Nov 23 09:10:00 host kernel: [   12.345678] [  T12] text", "Nov 23 09:10:00|T12|text\n" },
	{ "Nov 23 09:10:00 host kernel: <4>[   12.345678] text", "Nov 23 09:10:00||text\n" },
	{ "Nov 23 09:10:00.123456 host kernel: text", "Nov 23 09:10:00.123456||text\n" },
	{ "Nov 23 09:10:00 host kernel: message repeated 2 times: [ text]", "Nov 23 09:10:00||text\n" },
	{ "Mon Nov 23 09:10:00 2026 kern.warn kernel: [   12.345678] text", "Mon Nov 23 09:10:00 2026||text\n" },
	{ "Nov 23 09:10:00 OpenWrt kern.warn kernel: [   12.345678] text", "Nov 23 09:10:00||text\n" },
	{ "Mon 2026-11-23 09:10:00 UTC host kernel: text", "Mon 2026-11-23 09:10:00 UTC||text\n" },
	{ "1790000000.001000 host kernel: text", "1790000000.001000||text\n" },
	{ "2026-11-23T09:10:00+0000 host kernel: text", "2026-11-23T09:10:00+0000||text\n" },
	{ "2026-11-23T09:10:00.123456+00:00 host kernel: [ 12.345678] text",
	  "2026-11-23T09:10:00.123456+00:00||text\n" },
	{ "<4>1 2026-11-23T09:10:00.123456+00:00 host kernel - - - text",
	  "2026-11-23T09:10:00.123456+00:00||text\n" },
	{ "<4>1 2026-11-23T09:10:00.123456+00:00 host kernel - - -  [   12.345678] text",
	  "2026-11-23T09:10:00.123456+00:00||text\n" },
	{ "<4>1 2026-11-23T09:10:00Z host kernel - - [meta seq=\"1\"] text", "2026-11-23T09:10:00Z||text\n" },
	{ "<12>Nov 23 09:10:00 host kernel: text", "Nov 23 09:10:00||text\n" },
	{ "[   12.345678] host kernel: text", "12.345678||text\n" },
	{ "[   12.345678] kernel: text", "12.345678||text\n" },
	{ "4,1234,12345678,-;text", "12345678||text\n" },
	{ "6,339,5140900,-,caller=T1;text", "5140900|T1|text\n" },
	{ "kern: warning: [2026-11-23T09:10:00.123456789Z]: text", "2026-11-23T09:10:00.123456789Z||text\n" },
	{ "10.5.0.2: user: warning: [2026-11-23T09:10:00.1Z]: text", "2026-11-23T09:10:00.1Z||text\n" },
	{ "[ 36.1] [03-19 10:05:52.1] text", "36.1||text\n" },
	{ "[  143.234567 / 08-10 12:34:56.789] text", "143.234567 / 08-10 12:34:56.789||text\n" },
	{ "2026-11-23T09:10:00.123456789Z stdout F [   12.345678] text", "2026-11-23T09:10:00.123456789Z||text\n" },
	{ "2026-11-23T09:10:00.1Z stdout F Nov 23 09:10:00 host kernel: text", "2026-11-23T09:10:00.1Z||text\n" },
	{ "11-23 09:10:00.123     0     0 W sh      : text: more", "11-23 09:10:00.123||sh: text: more\n" },
	{ "11-23 09:10:00.123  root     0     0 I : text", "11-23 09:10:00.123||text\n" },
	{ "I1123 09:10:00.123456       1 file.go:160] [   12.345678] text", "I1123 09:10:00.123456       1 file.go:160]||text\n" },
	{ "> [   12.345678] text", "12.345678||text\n" },
	{ "> > Nov 23 09:10:00 host kernel: text", "Nov 23 09:10:00||text\n" },
	{ "[09:10:00.123] [   12.345678] text", "09:10:00.123||text\n" },
	{ "node-1  | [   12.345678] text", "12.345678||text\n" },
	{ "kern.log:7:Nov 23 09:10:00 host kernel: text", "Nov 23 09:10:00||text\n" },
	{ "[   12.345678]  (0)[123:kworker/0:1]text", "12.345678|kworker/0:1|text\n" },
	{ "[    4.567890]  [0:      swapper/0:    1] text", "4.567890|swapper/0:    1|text\n" },
	{ "[    4.567890s][pid:1,cpu0,swapper/0]text", "4.567890s|1|text\n" },
	{ "[    4.567890][ T77@C3] text", "4.567890|T77|text\n" },
	{ "[    4.567890] c0    77 text", "4.567890|77|text\n" },
	{ "[    4.567890@1] text", "4.567890@1||text\n" },
	{ "&lt;4&gt;[   12.345678] a &amp; b<br>", "12.345678||a & b\n" },
	{ "\r[   12.345678] text\r", "12.345678||text\n" },
	{ "login: [   12.345678] text", "12.345678||text\n" },
	/* what stands for a line feed */
	{ "[   12.345678] a#012 b#011c", "12.345678||a\n12.345678||b\tc\n" },
	{ "4,1,12345678,-;a\\x0a b \\x5cx2d \\xc3\\xa9", "12345678||a\n12345678||b \\x2d \xc3\xa9\n" },
	{ "[   12.345678] a\\x0a b\\x2dc", "12.345678||a\n12.345678||b\\x2dc\n" },
	{ "[   12.345678] a\\n b\\012 c\\\\n d", "12.345678||a\n12.345678||b\n12.345678||c\n12.345678||d\n" },
	{ "[   12.345678] \\x1b[31ma#033[0m", "12.345678||a\n" },
	/* who is not the kernel */
	{ "Nov 23 09:10:00 host systemd[1]: text", "" },
	{ "2026-11-23T09:10:00+0000 host systemd[1]: text", "" },
	{ "<30>1 2026-11-23T09:10:00Z host systemd 1 - - text", "" },
	/* the message's own */
	{ "[   12.345678] [    229]     0   229 tail", "12.345678||[    229]     0   229 tail\n" },
	{ "[   12.345678] [  pid  ]   uid  tgid", "12.345678||[  pid  ]   uid  tgid\n" },
	{ "[   12.345678]  [<ffffffff81138d22>] warn_alloc+0xe2/0x150",
	  "12.345678||[<ffffffff81138d22>] warn_alloc+0xe2/0x150\n" },
	{ "[   12.345678] usb 1-1: new device", "12.345678||usb 1-1: new device\n" },
	{ "[   12.345678] <TASK>", "12.345678||<TASK>\n" },
	{ "Node 0 DMA: 1*4kB (U) = 4kB", "||Node 0 DMA: 1*4kB (U) = 4kB\n" },
	{ "[", "||[\n" },
	{ "<4", "||<4\n" },
	{ "", "" },
};

static void takes_prefixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(lines); i++)
		expect(lines[i].line, lines[i].expected);
}

/* Messages inside of formats that have lines of their own. */
static void unwraps(void **state)
{
	(void)state;
	expect("{\"MESSAGE\":\"a\\n b\",\"_TRANSPORT\":\"kernel\",\"PRIORITY\":\"4\","
	       "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"12345678\"}\n"
	       "{\"MESSAGE\":\"no\",\"_TRANSPORT\":\"syslog\",\"SYSLOG_IDENTIFIER\":\"x\"}\n"
	       "{\"MESSAGE\":[101,115,99,27,91,49,109],\"_TRANSPORT\":\"kernel\"}\n",
	       "12.345678||a\n12.345678||b\n||esc\n");
	expect("{\n\t\"MESSAGE\" : \"a }{ \\\" b\",\n\t\"_TRANSPORT\" : \"kernel\"\n}\n{\n\t\"MESSAGE\" : \"c\"\n}\n",
	       "||a }{ \" b\n||c\n");
	expect("{\n   \"dmesg\": [\n      {\n         \"pri\": 4,\n         \"time\":    12.345678,\n"
	       "         \"caller\": \"T1\",\n         \"msg\": \"a\"\n      },{\n         \"pri\": 4,\n"
	       "         \"time\":    13.000000,\n         \"msg\": \"b\\n<4>[ 13.1] c\\n\"\n      }\n   ]\n}\n",
	       "12.345678|T1|a\n13.000000||b\n");
	expect("{\"log\":\"[   12.345678] a\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T09:10:00.1Z\"}\n"
	       "{\"log\":\"[   12.345679] b\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T09:10:00.1Z\"}\n",
	       "2026-11-23T09:10:00.1Z||a\n2026-11-23T09:10:00.1Z||b\n");
	expect("{\"events\":[{\"message\":\"[   12.345678] a\"},{\"message\":\"[   12.345679] b\"}]}\n",
	       "12.345678||a\n12.345679||b\n");
	expect("{\"Output\":\"[   12.345678] a\\r\\n[   12.345679] b\\r\\n\"}\n", "12.345678||a\n12.345679||b\n");
	expect("__CURSOR=s=1\n__REALTIME_TIMESTAMP=1790000000000000\n_TRANSPORT=kernel\nPRIORITY=4\nMESSAGE=a\n\n"
	       "__CURSOR=s=2\n__REALTIME_TIMESTAMP=1790000000001000\n_TRANSPORT=syslog\nMESSAGE=no\n\n",
	       "1790000000.000000||a\n");
	expect("Mon 2026-11-23 09:10:00.1 UTC [s=1;i=1;b=1;m=1;t=1;x=1]\n    _TRANSPORT=kernel\n    MESSAGE=a\n"
	       "             b\n    PRIORITY=4\nMon 2026-11-23 09:10:00.1 UTC [s=1;i=2;b=1;m=1;t=1;x=1]\n"
	       "    MESSAGE=no\n    _TRANSPORT=stdout\n", "||a\n||b\n");
}

static void unwraps_bytes(void **state)
{
	static const char log[] = "__CURSOR=s=1\n_TRANSPORT=kernel\nMESSAGE\n\x0a\0\0\0\0\0\0\0a\n bcdefgh\n\n"
				  "__CURSOR=s=2\n_TRANSPORT=kernel\nMESSAGE=z\n\n";
	struct output *output = read_pieces((struct km_str){ log, sizeof(log) - 1 }, 3);

	(void)state;
	assert_string_equal(output->text, "||a\n||bcdefgh\n||z\n");
	free(output);
}

/* Container runtimes and netconsole part what is too long for them. */
static void joins_pieces(void **state)
{
	(void)state;
	expect("2026-11-23T09:10:00.1Z stdout P [   12.345678] a\n2026-11-23T09:10:00.1Z stdout F  b\n"
	       "2026-11-23T09:10:00.1Z stdout F [   12.345679] c\n",
	       "2026-11-23T09:10:00.1Z||a b\n2026-11-23T09:10:00.1Z||c\n");
	expect("6,1,12345678,-,ncfrag=0/8;a bc\n6,1,12345678,-,ncfrag=4/8; def\n6,2,12345679,-;g\n",
	       "12345678||a bc def\n12345679||g\n");
	expect("2026-11-23T09:10:00.1Z stdout P [   12.345678] a\n", "12.345678||a\n");
}

/* dmesg and journalctl put the further lines of a message below the first. */
static void continues_lines(void **state)
{
	(void)state;
	expect("[   12.345678] a\n                b\n[   12.345679] c\n", "12.345678||a\n12.345678||b\n12.345679||c\n");
	expect("Nov 23 09:10:00 host kernel: a\n                              b\n"
	       "Nov 23 09:10:00 host systemd[1]: c\n                                  d\n",
	       "Nov 23 09:10:00||a\nNov 23 09:10:00||b\n");
	expect("6,1,2,-;a\n SUBSYSTEM=acpi\n DEVICE=+acpi:PNP0A03:00\n6,2,3,-;b\n", "2||a\n3||b\n");
}

/* The dialect is decided once; a hundred strange lines make it be decided again, and none is lost. */
static void decides_again(void **state)
{
	struct km_scratch_log { char text[1 << 17]; size_t len; } *log = km_realloc(NULL, 1, sizeof(*log));
	struct output *output;

	(void)state;
	log->len = 0;
	for (int i = 0; i < 1500; i++)
		log->len += (size_t)sprintf(log->text + log->len, "[%5d.000000] one\n", i);
	for (int i = 0; i < 150; i++)
		log->len += (size_t)sprintf(log->text + log->len, "Nov 23 09:10:00 host kernel: two\n");
	output = read_pieces((struct km_str){ log->text, log->len }, 1000);
	assert_int_equal(output->lines, 1650);
	assert_int_equal(output->facts.lines, 1650);
	assert_int_equal(output->facts.kernel_lines, 1650);
	assert_str(km_str_from(output->text + output->len - strlen("Nov 23 09:10:00||two\n")), "Nov 23 09:10:00||two\n");
	free(output);
	free(log);
}

static void counts_lost_messages(void **state)
{
	static const char *const logs[] = {
		"Nov 23 09:10:00 host kernel: a\nNov 23 09:10:00 host kernel: [1.2K blob data]\n",
		"{\"MESSAGE\":\"a\",\"_TRANSPORT\":\"kernel\"}\n{\"MESSAGE\":null,\"_TRANSPORT\":\"kernel\"}\n",
		"{\"MESSAGE\":\"a\",\"_TRANSPORT\":\"kernel\"}\n{\"MESSAGE\":\"b\",\"_TRANS\n{\"MESSAGE\":\"c\"}\n",
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(logs); i++) {
		struct output *output = read_log(logs[i]);

		assert_int_equal(output->facts.lost, 1);
		assert_int_equal(output->facts.lost_line, 2);
		free(output);
	}
}

static void counts_time(void **state)
{
	struct output *output = read_log("[Nov23 09:10] a\n[  +0.000010] b\n[  +2.000000] c\n");
	uint64_t last = output->last.usec;

	(void)state;
	free(output);
	output = read_log("[Nov23 09:10] a\n");
	assert_int_equal(last - output->last.usec, 2000010);
	free(output);
	output = read_log("<3>[   12.500000] a\n");
	assert_int_equal(output->last.usec, 12500000);
	assert_int_equal(output->last.level, 3);
	free(output);
	output = read_log("2026-03-01 00:00:00.5 host kernel: a\n");
	last = output->last.usec;
	free(output);
	output = read_log("2026-02-28 23:59:59 host kernel: a\n");
	assert_int_equal(last - output->last.usec, 1500000);
	free(output);
}

static void reads_wide_characters(void **state)
{
	static const char log[] = "\xff\xfe[\0 \0001\0.\0005\0]\0 \0a\0\r\0\n\0b\0";
	struct output *output = read_pieces((struct km_str){ log, sizeof(log) - 1 }, 1);

	(void)state;
	assert_string_equal(output->text, "1.5||a\n||b\n");
	free(output);
	output = read_pieces((struct km_str){ log, sizeof(log) - 1 }, 5);
	assert_string_equal(output->text, "1.5||a\n||b\n");
	free(output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_prefixes), cmocka_unit_test(unwraps), cmocka_unit_test(unwraps_bytes),
		cmocka_unit_test(joins_pieces), cmocka_unit_test(continues_lines), cmocka_unit_test(decides_again), cmocka_unit_test(counts_lost_messages), cmocka_unit_test(counts_time),
		cmocka_unit_test(reads_wide_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
