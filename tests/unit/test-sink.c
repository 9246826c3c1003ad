// SPDX-License-Identifier: GPL-2.0-or-later
/* What passes the only way to stdout and stderr: no character that controls a terminal, however it is cut into writes. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "render/sink.h"
#include "unit.h"

#define ODD "\xef\xbf\xbd"
#define RTL "\xe2\x80\xae"         /* U+202E */
#define TAG "\xf3\xa0\x81\x81"     /* U+E0041 */
#define EURO "\xe2\x82\xac"

/* Writes the text in pieces of so many bytes; returns what came out, which is valid until the next call. */
static const char *through(const char *text, size_t piece, enum km_sink_mode mode, bool colors)
{
	static char out[512];
	const int fd = memfd_create("out", 0), copy = dup(fd);
	struct km_sink *sink = NULL;
	FILE *stream = km_sink_open(copy, &sink);
	ssize_t got;

	assert_non_null(stream);
	km_sink_set_mode(stream, sink, mode);
	km_sink_pass_colors(stream, sink, colors);
	for (size_t at = 0, len = strlen(text); at < len; at += piece) {
		assert_int_not_equal(fwrite(text + at, 1, at + piece < len ? piece : len - at, stream), 0);
		assert_int_equal(fflush(stream), 0);
	}
	assert_int_equal(fclose(stream), 0);
	got = pread(fd, out, sizeof(out) - 1, 0);
	assert_true(got >= 0);
	out[got] = '\0';
	close(fd);
	return out;
}

static void gives(const char *text, enum km_sink_mode mode, bool colors, const char *expected)
{
	for (size_t piece = 1; piece <= 5; piece++)
		assert_string_equal(through(text, piece, mode, colors), expected);
	assert_string_equal(through(text, 500, mode, colors), expected);
}

static void passes(void **state)
{
	static const char *const texts[] = { "plain", "a\tb\n", "gr\xc3\xbc\xc3\x9f " EURO " \xf0\x9f\x90\xa7\n", ODD, "a,b\r\nc,d\r\n" };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		gives(texts[i], KM_SINK_CLEAN, false, texts[i]);
		gives(texts[i], KM_SINK_ESCAPE, false, texts[i]);
	}
}

static void cleans(void **state)
{
	(void)state;
	gives("a\x1b]0;x\a\x7f", KM_SINK_CLEAN, false, "a" ODD "]0;x" ODD ODD);
	gives("\xc2\x9b" "2J", KM_SINK_CLEAN, false, ODD "2J");
	gives("a" RTL "b\xe2\x81\xa6\xe2\x80\xa8\xef\xbb\xbf" TAG, KM_SINK_CLEAN, false, "a" ODD "b" ODD ODD ODD ODD);
	gives("a\rb\r", KM_SINK_CLEAN, false, "a" ODD "b" ODD);
	gives("\xff\xc3(\xe2\x82", KM_SINK_CLEAN, false, ODD ODD "(" ODD ODD);
}

static void escapes(void **state)
{
	(void)state;
	gives("\"a" RTL "\"", KM_SINK_ESCAPE, false, "\"a\\u202e\"");
	gives("\"" TAG "\x1b\"", KM_SINK_ESCAPE, false, "\"\\udb40\\udc41\\u001b\"");
	gives("\"\xff\"", KM_SINK_ESCAPE, false, "\"" ODD "\"");
}

/* Only in whole writes: the program writes each colour at once. */
static void colors(void **state)
{
	(void)state;
	assert_string_equal(through("\x1b[1;31mred\x1b[0m\x1b[2J", 500, KM_SINK_CLEAN, true), "\x1b[1;31mred\x1b[0m" ODD "[2J");
	assert_string_equal(through("\x1b[1;31mred", 500, KM_SINK_CLEAN, false), ODD "[1;31mred");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passes),
		cmocka_unit_test(cleans),
		cmocka_unit_test(escapes),
		cmocka_unit_test(colors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
