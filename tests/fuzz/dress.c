// SPDX-License-Identifier: GPL-2.0-or-later
/* The prefixes and dialects of tests/lib/dialects.py, for the fuzzer: it meets each of them with every content. */
#include <stdlib.h>
#include <string.h>
#include "base/str.h"
#include "dress.h"

struct out {
	char *ptr;
	size_t len, max;
	bool full;
};

static void add(struct out *out, struct km_str bytes)
{
	out->full = out->full || bytes.len > out->max - out->len;
	if (out->full || !bytes.len)
		return;
	memcpy(out->ptr + out->len, bytes.ptr, bytes.len);
	out->len += bytes.len;
}

/* What stands around each line. */
static const struct {
	const char *before, *after;
} frames[] = {
	{ "> ", "" }, { ">> ", "" }, { "| ", " |" }, { "+", "" }, { " * ", "" }, { "- ", "" }, { "# ", "" },
	{ "<4>", "" }, { "Nov 23 09:10:00 guest kernel: ", "" }, { "2026-11-23T09:10:00.123456+00:00 guest kernel: ", "" },
	{ "<4>1 2026-11-23T09:10:00Z guest kernel - - - ", "" }, { "Mon Nov 23 09:10:00 2026 kern.warn kernel: ", "" },
	{ "[Mon Nov 23 09:10:00 2026] ", "" }, { "Nov 23 09:10:00 10.0.0.5 ", "" }, { "Nov 23 09:10:00 guest [kernel] ", "" },
	{ "4,1,12345678,-;", "" }, { "4,1,12345678,-,caller=T123;", "" }, { "6.12.0-1,4,1,12345678,-;", "" },
	{ "Nov 23 09:10:00 10.0.0.5 4,1,12345678,-,ncfrag=0/900;", "" }, { "kern  :warn  : ", "" },
	{ "kern: warning: [2026-11-23T09:10:00Z]: ", "" }, { "2026-11-23T09:10:00.123456789Z stdout P ", "" },
	{ "2026-11-23T09:10:00.123456789Z stdout F ", "" }, { "I1123 09:10:00.123456 1 log_monitor.go:160] ", "" },
	{ "{\"log\":\"", "\\n\",\"stream\":\"stdout\"}" }, { "{\"message\":\"", "\"}" }, { "{\"a\":{\"syslog_msg\":\"", " \"}}" },
	{ "[\"1790000000000000000\",\"", "\"]," }, { "time=\"2026-11-23T09:10:00Z\" msg=\"", "\"" }, { "vmconsole=\"", "\" sandbox=1" },
	{ "2026-11-23T09:10:00+00:00\tkernel\t{\"message\":\"", "\"}" }, { "[0] kmsg: [1.0, {\"msg\"=>\"", "\"}]" },
	{ "\"2026-11-23 09:10:00\",\"guest\",\"kernel\",\"", "\"" }, { "\"", "\"," }, { "guest,\"", "\",17" },
	{ "11-23 09:10:00.123     0     0 W name    : ", "" }, { "W/name    (    0): ", "" },
	{ "[ 11-23 09:10:00.123     0:    0 W/name ]\n", "\n" }, { "[   12.345678 / 08-10 12:34:56.123] ", "" },
	{ "<4>[   12.345678]  (1)[77:tail]", "" }, { "[2026-11-23T09:10:00Z][kmsg] ", "" }, { "[   12.345678][   T77] ", "" },
	{ "kern.log:", "" }, { "kern.log-12-", "" }, { "12:", "" }, { "    12\t", "" }, { "    ", "" }, { "node1: ", "" },
	{ "`", "`" }, { "**", "**" }, { "\xe2\x94\x82 ", " \xe2\x94\x82" }, { "", "^M$" }, { "", "\r" }, { "\r", "" }, { "", " - kernel" },
	{ "\033[32m", "\033[0m" }, { "[32m", "[0m" }, { "^[[32m", "^[[0m" }, { "\\u001b[32m", "\\u001b[0m" }, { "", "<br>" },
	{ "<li><span class=x>", "</span></li>" }, { "Panic#1 Part1\n", "" }, { "Oops#2 Part3\n", "" },
};

enum { FRAMES = sizeof(frames) / sizeof(*frames) };

static void dress_frame(struct out *out, struct km_str text, uint64_t style)
{
	struct km_str line;

	while (km_str_take_line(&text, &line)) {
		add(out, km_str_from(frames[style % FRAMES].before));
		add(out, line);
		add(out, km_str_from(frames[style % FRAMES].after));
		add(out, KM_STR("\n"));
	}
}

/* A terminal's width, or fold -s, or a mail program. */
static void dress_width(struct out *out, struct km_str text, uint64_t style)
{
	const size_t width = (size_t)(40 + style / 4 % 120);
	struct km_str line;

	while (km_str_take_line(&text, &line)) {
		while (line.len > width) {
			size_t at = width;

			while (style % 4 && at > 1 && line.ptr[at - 1] != ' ')
				at--;
			at = at > 1 ? at : width;
			add(out, (struct km_str){ line.ptr, style % 4 == 1 && line.ptr[at - 1] == ' ' ? at - 1 : at });
			add(out, style % 4 == 3 ? KM_STR("\n> ") : KM_STR("\n"));
			line = km_str_skip(line, at);
		}
		add(out, line);
		add(out, KM_STR("\n"));
	}
}

/* All lines in one. */
static void dress_joint(struct out *out, struct km_str text, uint64_t style)
{
	static const char *const joints[] = { "\\n", " ", "\\x0a", "#012", "&#10;", "\", \"", "', '", "\r", "<br>" };
	static const char *const ends[][2] = { { "", "" }, { "\"", "\"" }, { "[\"", "\"]" }, { "['", "']" }, { "{\"Output\": \"", "\"}" } };
	const char *const *end = ends[style % (sizeof(ends) / sizeof(*ends))];
	struct km_str line;

	add(out, km_str_from(end[0]));
	while (km_str_take_line(&text, &line)) {
		add(out, line);
		add(out, km_str_from(joints[style / 8 % (sizeof(joints) / sizeof(*joints))]));
	}
	add(out, km_str_from(end[1]));
}

/* The newest line first. */
static void dress_reverse(struct out *out, struct km_str text)
{
	while (text.len) {
		size_t begin = text.len - 1;

		while (begin && text.ptr[begin - 1] != '\n')
			begin--;
		add(out, km_str_skip(text, begin));
		text.len = begin;
	}
}

/* Rows of CSV below names of columns; cells of several lines. */
static void dress_rows(struct out *out, struct km_str text, uint64_t style)
{
	static const char *const heads[] = { "timestamp,message\n", "message;host\n", "_raw\thost\n", "\"@timestamp\",\"@message\",x\n" };
	struct km_str line;

	add(out, km_str_from(heads[style % 4]));
	for (size_t i = 0; km_str_take_line(&text, &line); i++) {
		add(out, style & 4 ? KM_STR("17,\"") : KM_STR("\""));
		add(out, line);
		add(out, style & 8 && i % 3 ? KM_STR("\n") : style & 16 ? KM_STR("\",b\n") : KM_STR("\"\n"));
	}
}

/* UTF-16, with and without its mark. */
static void dress_wide(struct out *out, struct km_str text, uint64_t style)
{
	add(out, style & 2 ? (style & 1 ? KM_STR("\xfe\xff") : KM_STR("\xff\xfe")) : KM_STR(""));
	for (size_t i = 0; i < text.len && !out->full; i++) {
		const char wide[] = { style & 1 ? 0 : text.ptr[i], style & 1 ? text.ptr[i] : 0 };

		add(out, (struct km_str){ wide, sizeof(wide) });
	}
}

static bool is_log(struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("kB"), KM_STR_INIT("failure"), KM_STR_INIT("illed process"), KM_STR_INIT("oom"), KM_STR_INIT("kernel"),
		KM_STR_INIT("failed"),
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (km_str_find(text, words[i]) >= 0)
			return true;
	return false;
}

size_t fuzz_dress(char *text, size_t len, size_t max, uint64_t style)
{
	const struct km_str old = { text, len };
	struct out out = { .ptr = malloc(max ? max : 1), .max = max };

	if (!out.ptr || !is_log(old)) {
		free(out.ptr);
		return len;
	}
	switch (style / FRAMES % 8) {
	case 0:
		dress_width(&out, old, style / 7);
		break;
	case 1:
		dress_joint(&out, old, style / 7);
		break;
	case 2:
		dress_rows(&out, old, style / 7);
		break;
	case 3:
		if (style % 4)
			dress_reverse(&out, old);
		else
			dress_wide(&out, old, style / 7);
		break;
	default:
		dress_frame(&out, old, style);
	}
	if (!out.full && out.len) {
		memcpy(text, out.ptr, out.len);
		len = out.len;
	}
	free(out.ptr);
	return len;
}
