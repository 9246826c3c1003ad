// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "parse/logtext.h"

/* Lines that came out, and a sum of all that they say. */
struct output {
	uint64_t lines, last_number, hash;
	FILE *file; /* NULL: only counted */
};

static void add_bytes(struct output *output, struct km_str text)
{
	for (size_t i = 0; i < text.len; i++)
		output->hash = (output->hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
	output->hash = output->hash * 31 + 1;
}

static void take_line(void *data, const struct km_kline *line)
{
	struct output *output = data;

	fuzz_expect(line->text.len > 0 && !memchr(line->text.ptr, '\n', line->text.len));
	fuzz_expect(line->sequence == output->lines + 1);
	/* lines come in the order in which they are in the file */
	fuzz_expect(line->number > 0 && line->number >= output->last_number);
	fuzz_expect(line->level < 8 || line->level == KM_KLINE_NO_LEVEL);
	output->lines++;
	output->last_number = line->number;
	add_bytes(output, line->text);
	add_bytes(output, line->stamp);
	add_bytes(output, line->context);
	if (output->file)
		fprintf(output->file, "%.*s|%.*s\n", KM_STR_ARG(line->context), KM_STR_ARG(line->text));
}

static struct km_logtext_counts read_log(struct km_str text, size_t piece, struct output *output)
{
	struct km_logtext *logtext = km_logtext_begin(take_line, output);
	struct km_logtext_counts facts;

	while (text.len) {
		struct km_str part = { text.ptr, text.len < piece ? text.len : piece };

		km_logtext_push(logtext, part);
		text = km_str_skip(text, part.len);
	}
	km_logtext_end(logtext, &facts);
	return facts;
}

/* How a log is cut into pieces as it is read must not matter. */
void fuzz_one(struct fuzz *fuzz)
{
	const size_t pieces[] = { 1, 7, 4096, 65537 };
	/* in two bytes a character a change of one byte changes all */
	bool wide = fuzz->text.len && (memchr(fuzz->text.ptr, 0, fuzz->text.len) || km_str_starts(fuzz->text, KM_STR("\xff\xfe")) ||
				       km_str_starts(fuzz->text, KM_STR("\xfe\xff")));
	struct output whole = { .file = wide ? NULL : fuzz->json }, parts = { 0 };
	struct km_logtext_counts facts = read_log(fuzz->text, SIZE_MAX, &whole);

	fuzz_expect(facts.passed == whole.lines && whole.last_number <= facts.lines);
	fuzz_expect(!facts.lost || (facts.lost_line > 0 && facts.lost_line <= facts.lines));
	read_log(fuzz->text, pieces[fuzz->text.len > 100000 ? 3 : fuzz->turn % 4], &parts);
	fuzz_expect(parts.hash == whole.hash && parts.lines == whole.lines);
}
