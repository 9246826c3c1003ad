// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/array.h"
#include "parse/logtext.h"

struct km_logtext {
	km_logtext_sink *sink;
	void *data;
	struct km_logtext_facts facts;
	KM_ARRAY(char) partial; /* the beginning of a line whose end was not pushed yet */
};

struct km_logtext *km_logtext_begin(km_logtext_sink *sink, void *data)
{
	struct km_logtext *logtext = km_realloc(NULL, 1, sizeof(*logtext));

	*logtext = (struct km_logtext){ .sink = sink, .data = data };
	return logtext;
}

static void take_line(struct km_logtext *logtext, struct km_str line)
{
	struct km_kline kline;

	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	km_kline_split(line, &kline);
	kline.number = ++logtext->facts.lines;
	logtext->facts.kernel_lines += kline.stamp.ptr != NULL;
	logtext->sink(logtext->data, &kline);
}

static void keep(struct km_logtext *logtext, struct km_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		*km_array_push(&logtext->partial) = bytes.ptr[i];
}

static void take_partial(struct km_logtext *logtext)
{
	take_line(logtext, (struct km_str){ logtext->partial.items, logtext->partial.len });
	logtext->partial.len = 0;
}

void km_logtext_push(struct km_logtext *logtext, struct km_str bytes)
{
	struct km_str line;

	while (km_str_take_until(&bytes, '\n', &line)) {
		if (logtext->partial.len) {
			keep(logtext, line);
			take_partial(logtext);
		} else {
			take_line(logtext, line);
		}
	}
	keep(logtext, bytes);
}

void km_logtext_end(struct km_logtext *logtext, struct km_logtext_facts *ret)
{
	if (logtext->partial.len)
		take_partial(logtext);
	if (ret)
		*ret = logtext->facts;
	km_array_deinit(&logtext->partial);
	free(logtext);
}
