// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <malloc.h>
#include "base/checksum.h"
#include "fuzz.h"
#include "mutate.h"
#include "report/document.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Without this reference, the linker would leave the mutator out of the library. libFuzzer does not need it. */
static __attribute__((used)) size_t (*const mutator)(uint8_t *, size_t, size_t, unsigned int) = LLVMFuzzerCustomMutator;

/* A table or a document that exceeds these takes much time and finds nothing new. */
enum { TEXT_ROWS_MAX = 50, JSON_BYTES_MAX = 1 << 20 };

/*
 * A fuzzer renders one input of these. Parsers and models take all: to render takes four fifths of the time, and the
 * renderers' fields are the same for all inputs.
 */
enum { INPUTS_A_RENDERING = 8 };

static bool fuzzing;

static void check_ratio(const struct km_field *field, const void *row)
{
	double value = *(const double *)km_field_at(field, row);
	double least = field->kind == KM_RATIO ? 0 : -1000;

	fuzz_expect(isnan(value) || (value >= least && value <= 1));
}

static void check_row(const struct km_sheet_type *type, const void *row)
{
	const struct km_field *field;

	km_field_each(field, type) {
		if (field->kind == KM_RATIO || field->kind == KM_INDEX)
			check_ratio(field, row);
		if (field->kind == KM_ROWS) {
			const struct km_rows *inner = km_field_at(field, row);

			for (size_t i = 0; i < inner->len; i++)
				check_row(field->rows,
					  (const char *)inner->items + i * field->rows->row_size);
		}
	}
}

static void check_json(struct km_str text, const struct km_sheet *sheet)
{
	json_t *document = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, NULL);
	json_t *rows;

	fuzz_expect(document);
	rows = json_object_get(json_object_get(document, sheet->type->name), "rows");
	fuzz_expect(json_is_array(rows) && json_array_size(rows) == sheet->len);
	json_decref(document);
}

static void check_text(struct km_str text, const struct km_view *view)
{
	json_t *as_utf8 = json_stringn(text.ptr, text.len);
	size_t lines = 0;

	fuzz_expect(as_utf8);
	json_decref(as_utf8);
	for (size_t i = 0; i < text.len; i++) {
		lines += text.ptr[i] == '\n';
		fuzz_expect(text.ptr[i] == '\n' || (unsigned char)text.ptr[i] >= ' ');
		fuzz_expect(text.ptr[i] != 0x7f);
	}
	fuzz_expect(lines >= view->rows_len);
}

static void render(struct fuzz *fuzz, const struct km_sheet *sheet, bool json)
{
	const struct km_view_options options = { .top = KM_UNKNOWN, .all_columns = json };
	const struct km_style style = { .version = "0", .terminal = !(fuzz->text.len % 2), .width = 80 };
	struct km_section section = { .key = sheet->type->name };
	struct km_host host = { 0 };
	const struct km_document document = {
		.host = &host, .problems = &fuzz->problems, .sections = { &section, 1, 1 },
	};
	struct km_str text = { 0 };
	FILE *out = open_memstream((char **)&text.ptr, &text.len);

	fuzz_expect(out && !km_view_init(&section.view, &fuzz->pool, sheet, &options, NULL));
	fuzz_expect(!(json ? km_render_json : km_render_text)(out, &document, &style));
	fclose(out);
	if (!json)
		check_text(text, &section.view);
	else if (text.len <= JSON_BYTES_MAX)
		check_json(text, sheet);
	if (json)
		fwrite(text.ptr, 1, text.len, fuzz->json);
	free((char *)text.ptr);
}

static void check_sum(const struct km_sheet *sheet, const struct km_field *field)
{
	uint64_t sum = sheet->len ? 0 : KM_UNKNOWN;

	for (size_t i = 0; i < sheet->len; i++)
		sum = km_num_add(sum, km_field_number(field, km_sheet_row(sheet, i)));
	fuzz_expect(km_field_number(field, sheet->totals) == sum);
}

void fuzz_check_figures(const struct km_sheet *sheet)
{
	const struct km_field *field;

	for (size_t i = 0; i < sheet->len; i++)
		check_row(sheet->type, km_sheet_row(sheet, i));
	if (!sheet->totals)
		return;
	check_row(sheet->type, sheet->totals);
	km_field_each(field, sheet->type)
		if (field->flags & KM_SUMMED)
			check_sum(sheet, field);
}

void fuzz_sheet(struct fuzz *fuzz, struct km_sheet sheet)
{
	fuzz_check_figures(&sheet);
	if (fuzz->skips)
		return;
	render(fuzz, &sheet, true);
	if (sheet.len <= TEXT_ROWS_MAX)
		render(fuzz, &sheet, false);
}

void fuzz_sheets(struct fuzz *fuzz, const struct km_sheet *sheets, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (i == fuzz->turn % len)
			fuzz_sheet(fuzz, sheets[i]);
		else
			fuzz_check_figures(&sheets[i]);
}

bool fuzz_has(const struct fuzz *fuzz, struct km_str text)
{
	uintptr_t from = (uintptr_t)fuzz->text.ptr, at = (uintptr_t)text.ptr;

	return !text.ptr ||
	       (at >= from && at + text.len >= at && at + text.len <= from + fuzz->text.len);
}

bool fuzz_copied(const struct fuzz *fuzz, struct km_str text)
{
	return !text.len || (!fuzz_has(fuzz, text) && km_str_find(fuzz->text, text) >= 0);
}

bool fuzz_take_block(struct km_str *rest, struct km_str *block)
{
	const char *begin = rest->ptr;

	if (!km_str_take_line(rest, block))
		return false;
	*block = (struct km_str){ begin, (size_t)(rest->ptr - begin) };
	return true;
}

void fuzz_expect_told(const struct fuzz *fuzz, size_t records, bool (*is_heading)(struct km_str))
{
	const struct km_problem *problem;
	struct km_str rest = fuzz->text, line;
	size_t lines = 0;

	/* a problem of the whole file is about no line */
	km_array_each(problem, &fuzz->problems.list)
		records += problem->line == KM_UNKNOWN ? 0 : 1 + (size_t)problem->more;
	while (km_str_take_line(&rest, &line))
		lines += km_str_trim(line).len && !(is_heading && is_heading(line));
	fuzz_expect(records == lines);
}

/* The page size and the turn follow from the digits only, so that line ends make no difference. */
static size_t count_digits(const char *data, size_t len)
{
	size_t digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += data[i] >= '0' && data[i] <= '9';
	return digits;
}

struct km_str fuzz_run(const char *data, size_t len)
{
	static const uint64_t page_sizes[] = { 4096, 65536, KM_UNKNOWN };
	const size_t digits = count_digits(data, len);
	struct fuzz fuzz = { .page_bytes = page_sizes[digits % 3], .turn = digits / 3 };
	struct km_str json = { 0 };
	char *text = malloc(len);

	fuzz.json = open_memstream((char **)&json.ptr, &json.len);
	fuzz_expect(fuzz.json && (text || !len));
	if (len)
		memcpy(text, data, len);
	fuzz.text = (struct km_str){ text, len };
	fuzz.skips = fuzzing && km_crc32(0, fuzz.text) % INPUTS_A_RENDERING;
	fuzz.parse = (struct km_parse){ .source = KM_STR("/input"), .problems = &fuzz.problems };
	fuzz_one(&fuzz);
	fclose(fuzz.json);
	km_problems_deinit(&fuzz.problems);
	km_pool_deinit(&fuzz.pool);
	free(text);
	return json;
}

/* Memory is kept between inputs: returning it to the kernel and getting it again costs more than many inputs do. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	enum { KEPT_BYTES = 64 << 20 };

	(void)argc, (void)argv;
	fuzzing = true;
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	free((char *)fuzz_run((const char *)data, len).ptr);
	return 0;
}
