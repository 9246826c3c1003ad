// SPDX-License-Identifier: GPL-2.0-or-later
/* The files of the helper module. The first line says which one it is. */
#include "fuzz.h"
#include "model/gfp.h"
#include "model/pageclass.h"
#include "model/probe.h"

static bool first_line_is_blank(struct km_str text)
{
	struct km_str line;

	return !km_str_take_line(&text, &line) || !km_str_trim(line).len;
}

/* The first line is the heading or a problem, even when there is none. */
static void check_told(const struct fuzz *fuzz, const struct km_module_file *module_file)
{
	fuzz_expect(module_file->name.ptr || module_file->version == KM_UNKNOWN);
	fuzz_expect(module_file->name.ptr || fuzz->problems.list.len);
	fuzz_expect_told(fuzz, module_file->lines.len + (module_file->name.ptr ? 1 : 0) -
				       first_line_is_blank(fuzz->text), NULL);
}

static void check_lines(const struct fuzz *fuzz, const struct km_module_file *module_file)
{
	const struct km_module_file_line *line;

	km_array_each(line, &module_file->lines) {
		fuzz_expect(line->key.len && fuzz_has(fuzz, line->key) && line->len);
		for (size_t i = 0; i < line->len; i++)
			fuzz_expect(fuzz_has(fuzz, line->words[i].value) &&
				    (!line->words[i].name.len || fuzz_has(fuzz, line->words[i].name)));
		fuzz_expect(km_str_eq(km_module_file_text(line, line->words->name), line->words->value));
	}
}

/* Whether the name has only characters that the kernel's names have. Other text may be parsed differently. */
static bool is_plain(struct km_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] != '_' && (name.ptr[i] < 'A' || name.ptr[i] > 'Z'))
			return false;
	return km_str_starts(name, KM_STR("GFP_")) || (name.len > 6 && km_str_starts(name, KM_STR("__GFP_")));
}

/* The name of a flag is encoded to the flag's own bits. */
static struct km_sheet check_flags(struct fuzz *fuzz, const struct km_module_file *module_file)
{
	const struct km_sheet sheet = km_flags_derive(&fuzz->pool, module_file);
	struct km_gfp gfp;
	uint32_t bits;

	km_gfp_of_flags(&fuzz->pool, &sheet, &gfp);
	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_flags *row = km_sheet_row(&sheet, i), *first = km_flags_find(&sheet, row->name);

		fuzz_expect(first && first <= row);
		if (first == row && km_gfp_find(&gfp, row->name) == &gfp.flags[i] && is_plain(row->name))
			fuzz_expect(!km_gfp_encode(&gfp, row->name, &bits, NULL) &&
				    bits == km_num_or(row->number, 0));
	}
	return sheet;
}

static struct km_sheet check_classes(struct fuzz *fuzz, const struct km_module_file *module_file)
{
	const struct km_sheet sheet = km_pageclass_derive(&fuzz->pool, module_file, fuzz->page_bytes);

	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_pageclass *row = km_sheet_row(&sheet, i);
		const struct km_pageclass_zone *zones = row->zones.items;
		uint64_t pages = 0;

		for (size_t j = 0; j < row->zones.len; j++)
			pages = km_num_add(pages, zones[j].pages);
		fuzz_expect(pages == row->pages);
		fuzz_expect(km_pageclass_bytes(&sheet, km_word_str(row->class)) == row->size_bytes);
	}
	return sheet;
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_module_file module_file = { 0 };
	struct km_sheet sheets[2];

	km_parse_module_file(&fuzz->parse, fuzz->text, &module_file);
	check_told(fuzz, &module_file);
	check_lines(fuzz, &module_file);
	fuzz_expect(fuzz_has(fuzz, km_module_file_value(&module_file, KM_STR("module_version"))));
	for (uint64_t index = 0; index < 3; index++)
		fuzz_expect(fuzz_has(fuzz, km_probe_zone_name(&module_file, index)));
	sheets[0] = check_flags(fuzz, &module_file);
	sheets[1] = check_classes(fuzz, &module_file);
	fuzz_sheets(fuzz, sheets, 2);
	km_module_file_deinit(&module_file);
}
