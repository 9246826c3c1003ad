// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/text.h"
#include "base/utf8.h"
#include "render/sink.h"

struct km_sink {
	int fd;
	enum km_sink_mode mode;
	bool colors, used;
	struct km_text kept;  /* the start of an incomplete character */
	struct km_text clean; /* the next output */
};

static int write_all(int fd, struct km_str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes = km_str_skip(bytes, (size_t)n);
	}
	return 0;
}

/* The length of "ESC [ 1 ; 31 m"; 0 if it is something else, or incomplete. */
static size_t color_length(struct km_str s)
{
	size_t i = 2;

	if (s.len < 3 || s.ptr[0] != '\033' || s.ptr[1] != '[')
		return 0;
	while (i < s.len && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == ';'))
		i++;
	return i < s.len && s.ptr[i] == 'm' ? i + 1 : 0;
}

/* Whether an incomplete character, or a line end of two bytes, may begin here. */
static bool is_cut(struct km_str rest)
{
	unsigned char first = (unsigned char)rest.ptr[0];
	size_t want = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 || first == '\r' ? 2 : 1;

	for (size_t i = 1; i < rest.len; i++)
		if (((unsigned char)rest.ptr[i] & 0xc0) != 0x80)
			return false;
	return rest.len < want;
}

/* The length of a tab or a line end at the front; 0 if there is none. */
static size_t blank_length(struct km_str bytes)
{
	if (km_str_starts(bytes, KM_STR("\r\n")))
		return 2;
	return bytes.len && (*bytes.ptr == '\n' || *bytes.ptr == '\t');
}

/* The number of bytes at the front that are printable ASCII, line ends and tabs, as nearly all output is. */
static size_t usual_length(struct km_str bytes)
{
	size_t at = 0, len;

	do {
		at += km_str_printable(km_str_skip(bytes, at));
		len = blank_length(km_str_skip(bytes, at));
		at += len;
	} while (len);
	return at;
}

/* The length of any other character at the front; 0 if it may not pass. */
static size_t char_length(struct km_str bytes)
{
	struct km_str rest = bytes;
	uint32_t c;

	km_str_take_char(&rest, &c);
	/* an odd byte is a character by itself */
	if (!km_char_is_plain(c) || (c == KM_CHAR_ODD && bytes.len - rest.len == 1))
		return 0;
	return bytes.len - rest.len;
}

static void replace_char(struct km_sink *sink, struct km_str *bytes)
{
	uint32_t c;

	km_str_take_char(bytes, &c);
	if (sink->mode != KM_SINK_ESCAPE || c == KM_CHAR_ODD)
		km_text_puts(&sink->clean, "\xef\xbf\xbd");
	else if (c < 0x10000)
		km_text_printf(&sink->clean, "\\u%04x", c);
	else
		km_text_printf(&sink->clean, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
}

static void clean(struct km_sink *sink, struct km_str bytes, bool last)
{
	while (bytes.len) {
		size_t len = usual_length(bytes);

		if (!len && sink->colors)
			len = color_length(bytes);
		if (!len && !last && is_cut(bytes)) {
			km_text_add(&sink->kept, bytes);
			return;
		}
		if (!len)
			len = char_length(bytes);
		if (!len) {
			replace_char(sink, &bytes);
			continue;
		}
		km_text_add(&sink->clean, (struct km_str){ bytes.ptr, len });
		bytes = km_str_skip(bytes, len);
	}
}

static int put(struct km_sink *sink, struct km_str bytes, bool last)
{
	int r;

	if (!sink->kept.len && usual_length(bytes) == bytes.len)
		return write_all(sink->fd, bytes);
	if (sink->kept.len) {
		struct km_text joined = sink->kept;

		sink->kept = (struct km_text){ 0 };
		km_text_add(&joined, bytes);
		clean(sink, km_text_str(&joined), last);
		km_text_deinit(&joined);
	} else {
		clean(sink, bytes, last);
	}
	r = write_all(sink->fd, km_text_str(&sink->clean));
	sink->clean.len = 0;
	return r;
}

static ssize_t take(void *cookie, const char *bytes, size_t len)
{
	struct km_sink *sink = cookie;
	struct km_str s = { bytes, len };

	sink->used = true;
	if (put(sink, s, false))
		return 0; /* errno has the reason; a cookie must not return less than 0 here */
	return (ssize_t)len;
}

/* A network file system may report a full disk only here. */
static int end(void *cookie)
{
	struct km_sink *sink = cookie;
	int r = put(sink, KM_STR(""), true);

	/* if nothing was written, a closed stdout is not a failure */
	if (close(sink->fd) && (errno != EBADF || sink->used))
		r = -1;
	km_text_deinit(&sink->kept);
	km_text_deinit(&sink->clean);
	free(sink);
	return r;
}

FILE *km_sink_open(int fd, struct km_sink **ret)
{
	const cookie_io_functions_t functions = { .write = take, .close = end };
	struct km_sink *sink = km_realloc(NULL, 1, sizeof(*sink));
	FILE *stream;

	*sink = (struct km_sink){ .fd = fd };
	stream = fopencookie(sink, "w", functions);
	if (!stream) {
		free(sink);
		return NULL;
	}
	if (ret)
		*ret = sink;
	return stream;
}

void km_sink_set_mode(FILE *stream, struct km_sink *sink, enum km_sink_mode mode)
{
	if (!sink)
		return;
	fflush(stream);
	sink->mode = mode;
}

void km_sink_pass_colors(FILE *stream, struct km_sink *sink, bool pass)
{
	if (!sink || sink->colors == pass)
		return;
	fflush(stream);
	sink->colors = pass;
}
