// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The format of Debian's control files, with comments:
 *
 *   Group: allocator
 *   # a comment
 *   Gives: memory of the size class, and
 *    a second line of the same paragraph.
 *    .
 *    Another paragraph.
 */
#include "parse/topicfile.h"
#include "base/index.h"

static bool is_name(struct km_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (i && c >= '0' && c <= '9') ||
		      (i && c == '-')))
			return false;
	}
	return name.len;
}

static bool is_comment(struct km_str line)
{
	return line.len && *line.ptr == '#';
}

static void parse_field(struct km_parse *parse, struct km_str line, struct km_index *names,
			struct km_topicfile *ret)
{
	struct km_str name;
	size_t known;

	if (!km_str_take_until(&line, ':', &name) || !is_name(name)) {
		km_parse_problem(parse, "neither \"Name: value\" nor a continuation line");
		return;
	}
	known = names->keys.len;
	if (km_index_of(names, 0, name) < known)
		km_parse_problem(parse, "%.*s occurs twice", KM_STR_ARG(name));
	*km_array_push(&ret->fields) = (struct km_topicfile_field){ name, line };
}

/* The value then reaches to the end of this line. */
static void continue_field(struct km_parse *parse, struct km_str line, struct km_topicfile *ret)
{
	struct km_topicfile_field *field;

	if (!ret->fields.len) {
		km_parse_problem(parse, "a continuation line before the first field");
		return;
	}
	field = &ret->fields.items[ret->fields.len - 1];
	field->value.len = (size_t)(line.ptr + line.len - field->value.ptr);
}

void km_parse_topicfile(struct km_parse *parse, struct km_str text, struct km_topicfile *ret)
{
	struct km_index names = { 0 };
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		if (is_comment(line))
			continue;
		if (!km_str_trim(line).len)
			km_parse_problem(parse, "an empty line: \" .\" separates paragraphs");
		else if (*line.ptr == ' ' || *line.ptr == '\t')
			continue_field(parse, line, ret);
		else
			parse_field(parse, line, &names, ret);
	}
	km_index_deinit(&names);
}

void km_topicfile_deinit(struct km_topicfile *topicfile)
{
	km_array_deinit(&topicfile->fields);
}

struct km_str km_topicfile_value(const struct km_topicfile *topicfile, struct km_str name)
{
	const struct km_topicfile_field *field;

	km_array_each(field, &topicfile->fields)
		if (km_str_eq(field->name, name))
			return field->value;
	return (struct km_str){ 0 };
}

bool km_topicfile_take_line(struct km_str *value, struct km_str *line)
{
	do {
		if (!km_str_take_line(value, line))
			return false;
	} while (is_comment(*line) || !km_str_trim(*line).len);
	*line = km_str_trim(*line);
	if (km_str_eq(*line, KM_STR(".")))
		*line = KM_STR("");
	return true;
}
