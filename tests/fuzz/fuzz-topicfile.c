// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "parse/topicfile.h"

/* The lines of a value lie in the value, in order. None is empty, except a line " .". */
static size_t count_lines(const struct km_topicfile_field *field)
{
	struct km_str value = field->value, line;
	size_t lines = 0;

	while (km_topicfile_take_line(&value, &line)) {
		fuzz_expect(!line.len || (line.ptr >= field->value.ptr &&
					  line.ptr + line.len <= field->value.ptr + field->value.len));
		lines++;
	}
	return lines;
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_topicfile file = { 0 };
	const struct km_topicfile_field *field;
	size_t lines = 0;

	km_parse_topicfile(&fuzz->parse, fuzz->text, &file);
	km_array_each(field, &file.fields) {
		fuzz_expect(field->name.len && fuzz_has(fuzz, field->name) && fuzz_has(fuzz, field->value));
		lines += count_lines(field);
	}
	fuzz_expect(lines <= fuzz->parse.line);
	fuzz_expect(!file.fields.len ||
		    km_topicfile_value(&file, file.fields.items[0].name).ptr == file.fields.items[0].value.ptr);
	km_topicfile_deinit(&file);
}
