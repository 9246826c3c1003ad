// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <string.h>
#include "render/filter.h"

static void put(struct km_filter *filter, const char *bytes, size_t len, bool ends)
{
	if (filter->one_line || filter->lines)
		fwrite(bytes, 1, len, filter->to);
	if (!ends || filter->one_line)
		return;
	if (!filter->lines) {
		filter->dropped++;
		return;
	}
	fputc('\n', filter->to);
	filter->lines -= filter->lines != UINT64_MAX;
}

/* Flushed at once, because the sink only passes colours for a while. */
static ssize_t filter_write(void *data, const char *bytes, size_t len)
{
	struct km_filter *filter = data;
	size_t left = len;

	while (left) {
		const char *end = memchr(bytes, '\n', left);
		size_t line = end ? (size_t)(end - bytes) : left;

		put(filter, bytes, line, end);
		bytes += line + (end != NULL);
		left -= line + (end != NULL);
	}
	return fflush(filter->to) ? 0 : (ssize_t)len;
}

static int filter_close(void *data)
{
	struct km_filter *filter = data;

	if (filter->one_line)
		fputc('\n', filter->to);
	return fflush(filter->to);
}

FILE *km_filter_open(struct km_filter *filter)
{
	const cookie_io_functions_t functions = { .write = filter_write, .close = filter_close };

	return fopencookie(filter, "w", functions);
}
