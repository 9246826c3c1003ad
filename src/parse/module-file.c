// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/kmeminfo/NAME (module/main.c describes the grammar):
 *
 *   kmeminfo-pages 1
 *   KEY VALUE
 *   KEY name=value name=value ...
 *
 * A value has no blanks; "-" is an unknown value.
 */
#include "parse/module-file.h"

static void parse_heading(struct km_parse *parse, struct km_str line, struct km_module_file *ret)
{
	struct km_str name;

	uint64_t version;

	if (!km_str_take_prefix(&line, KM_STR("kmeminfo-")) || !km_str_take_word(&line, &name) ||
	    !km_str_take_number(&line, &version) || km_str_trim(line).len) {
		km_parse_problem(parse, "no \"kmeminfo-NAME VERSION\" in the first line");
		return;
	}
	ret->name = name;
	ret->version = version;
}

static size_t count_words(struct km_str rest)
{
	struct km_str word;
	size_t len = 0;

	while (km_str_take_word(&rest, &word))
		len++;
	return len;
}

static void parse_words(struct km_str rest, struct km_module_file *ret, struct km_module_file_line *line)
{
	struct km_module_file_word *words = km_pool_alloc(&ret->pool, count_words(rest), sizeof(*words));
	struct km_str word;

	while (km_str_take_word(&rest, &word)) {
		struct km_module_file_word *kept = &words[line->len++];

		if (!km_str_take_until(&word, '=', &kept->name))
			kept->name = KM_STR("");
		kept->value = word;
	}
	line->words = words;
}

void km_parse_module_file(struct km_parse *parse, struct km_str text, struct km_module_file *ret)
{
	struct km_str line = { 0 }, key;

	ret->version = KM_UNKNOWN;
	km_parse_first_line(parse, &text, &line);
	parse_heading(parse, line, ret);
	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_take_word(&line, &key))
			continue;
		if (!km_str_trim(line).len) {
			km_parse_problem(parse, "a key without a value");
			continue;
		}
		/* two names that only differ after a NUL would look the same */
		if (memchr(line.ptr, 0, line.len)) {
			km_parse_problem(parse, "a NUL byte in a value");
			continue;
		}
		struct km_module_file_line *kept = km_array_push(&ret->lines);

		kept->key = key;
		parse_words(line, ret, kept);
	}
}

void km_module_file_deinit(struct km_module_file *module_file)
{
	km_array_deinit(&module_file->lines);
	km_pool_deinit(&module_file->pool);
}

struct km_str km_module_file_text(const struct km_module_file_line *line, struct km_str name)
{
	for (size_t i = 0; i < line->len; i++)
		if (km_str_eq(line->words[i].name, name))
			return line->words[i].value;
	return (struct km_str){ 0 };
}

static uint64_t number_of(struct km_str text)
{
	uint64_t number;
	int r;

	if (!text.ptr)
		return KM_UNKNOWN;
	r = km_str_take_prefix(&text, KM_STR("0x")) ? km_str_to_hex(text, &number) :
						      km_str_to_u64(text, &number);
	return r ? KM_UNKNOWN : number;
}

uint64_t km_module_file_number(const struct km_module_file_line *line, struct km_str name)
{
	return number_of(km_module_file_text(line, name));
}

struct km_str km_module_file_value(const struct km_module_file *module_file, struct km_str key)
{
	const struct km_module_file_line *line;

	if (module_file)
		km_array_each(line, &module_file->lines)
			if (km_str_eq(line->key, key))
				return km_module_file_text(line, KM_STR(""));
	return (struct km_str){ 0 };
}

uint64_t km_module_file_value_number(const struct km_module_file *module_file, struct km_str key)
{
	return number_of(km_module_file_value(module_file, key));
}
