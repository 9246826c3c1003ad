// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "render/speech.h"
#include "words/message.h"

struct speech {
	FILE *below;
	struct km_text line; /* a line without its end yet */
};

static void say_line(struct speech *speech)
{
	const struct km_str line = km_text_str(&speech->line);
	struct km_text said = { 0 };
	size_t indent = 0;

	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	km_text_add(&said, (struct km_str){ line.ptr, indent });
	km_say_add_message(&said, km_str_skip(line, indent));
	fwrite(said.ptr, 1, said.len, speech->below);
	km_text_deinit(&said);
	speech->line.len = 0;
}

static ssize_t take(void *cookie, const char *bytes, size_t len)
{
	struct speech *speech = cookie;
	struct km_str rest = { bytes, len }, part;

	while (km_str_take_until(&rest, '\n', &part)) {
		km_text_add(&speech->line, part);
		say_line(speech);
		fputc('\n', speech->below);
	}
	km_text_add(&speech->line, rest);
	return ferror(speech->below) ? 0 : (ssize_t)len;
}

static int end(void *cookie)
{
	struct speech *speech = cookie;
	int r;

	if (speech->line.len)
		say_line(speech);
	r = fclose(speech->below);
	km_text_deinit(&speech->line);
	free(speech);
	return r;
}

FILE *km_speech_open(FILE *below)
{
	const cookie_io_functions_t functions = { .write = take, .close = end };
	struct speech *speech = km_realloc(NULL, 1, sizeof(*speech));
	FILE *stream;

	*speech = (struct speech){ .below = below };
	stream = fopencookie(speech, "w", functions);
	if (!stream)
		free(speech);
	return stream;
}
