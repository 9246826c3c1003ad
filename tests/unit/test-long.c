// SPDX-License-Identifier: GPL-2.0-or-later
/* Tables of many rows are what libsmartcols makes of the same rows, byte by byte. */
#include "unit.h"
#include "render/long.h"
#include "row.h"

enum { ROWS = KM_LONG_ROWS + 7 };

static const char columns[] = "name,count,size_bytes,delta_bytes,used_ratio,index,flag,aliases,children";

static struct row rows[ROWS + 1];

/* Widths of all sorts: the largest value of each column is anywhere. */
static void set_up_rows(void)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz+0x/_.";
	static struct km_str aliases[3] = { KM_STR_INIT("one"), KM_STR_INIT("two"), KM_STR_INIT("three") };
	unsigned int chance = 7;

	for (size_t i = 0; i < ROWS + 1; i++) {
		km_row_init(&row_type, &rows[i]);
		chance = chance * 1103515245 + 12345;
		if (i % 11)
			rows[i].name = (struct km_str){ letters, chance >> 16 & 31 };
		if (i % 3)
			rows[i].count = (uint64_t)chance * chance >> (chance >> 16 & 63);
		rows[i].size_bytes = i % 5 ? (uint64_t)chance << (i % 34) : KM_UNKNOWN;
		rows[i].delta_bytes = ((int64_t)chance - INT32_MAX) * (int64_t)(i % 100000);
		rows[i].used_ratio = (double)(chance % 1001) / 1000;
		rows[i].index = (double)(chance % 2001) / 1000 - 1;
		rows[i].flag = (enum km_tri)(i % 3);
		rows[i].aliases = (struct km_texts){ aliases, i % 4 };
	}
}

static char *render(const struct km_sheet *sheet, const char *shown, struct km_style style, bool text)
{
	const struct km_view_options options = { .columns = shown, .top = KM_UNKNOWN };
	struct km_section section = { .key = "rows" };
	struct km_pool pool = { 0 };
	char *ret = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&ret, &len);

	assert_int_equal(km_view_init(&section.view, &pool, sheet, &options, NULL), 0);
	if (text)
		assert_int_equal(km_render_text(out, &(struct km_document){ .sections = { &section, 1, 1 } },
						&style), 0);
	else
		assert_true(km_long_print(out, &section.view, &style));
	fclose(out);
	km_pool_deinit(&pool);
	return ret;
}

/* A row that is not ASCII makes libsmartcols print them all: what is above it has to be the same. */
static void same_as_libsmartcols(void **state)
{
	static const struct km_style styles[] = { { .exact = false }, { .exact = true }, { .no_headings = true } };
	static const char *const shown[] = { columns, "size_bytes,name", "name", "count", "name,aliases" };

	(void)state;
	set_up_rows();
	rows[ROWS].name = KM_STR("\xc3\xa9");
	for (size_t i = 0; i < UNIT_COUNT(styles); i++)
		for (size_t j = 0; j < UNIT_COUNT(shown); j++) {
			const struct km_sheet plain = { &row_type, rows, ROWS, NULL },
					      odd = { &row_type, rows, ROWS + 1, NULL };
			char *ours = render(&plain, shown[j], styles[i], false);
			char *theirs = render(&odd, shown[j], styles[i], true);

			/* the last row may widen no column but that of lists */
			rows[ROWS].count = rows[0].count;
			if (!strstr(shown[j], "name"))
				theirs[strlen(ours)] = '\0';
			if (strncmp(ours, theirs, strlen(ours)))
				fail_msg("%s, style %zu", shown[j], i);
			free(ours);
			free(theirs);
		}
}

static void totals(void **state)
{
	const struct km_style style = { 0 };
	struct row sum = { .count = 123456789012, .size_bytes = 1 };
	const struct km_sheet sheet = { &row_type, rows, ROWS, &sum };
	struct km_sheet few = { &row_type, rows, 1, &sum };
	char *ours, *theirs, *last;

	(void)state;
	set_up_rows();
	for (size_t i = 0; i < ROWS; i++)
		rows[i] = rows[1];
	ours = render(&sheet, columns, style, false);
	theirs = render(&few, columns, style, true);
	last = strstr(ours, "\ntotal");
	assert_non_null(last);
	/* libsmartcols leaves blanks behind the last cell that is not empty, as ours does */
	assert_non_null(strstr(theirs, "\ntotal"));
	*strchr(strstr(theirs, "\ntotal") + 1, '\n') = '\0';
	last[strlen(last) - 1] = '\0';
	assert_string_equal(last, strstr(theirs, "\ntotal"));
	free(ours);
	free(theirs);
}

/* What takes more than two widths and two passes is left to libsmartcols. */
static void refused(void **state)
{
	const struct km_view_options options = { .top = KM_UNKNOWN };
	const struct km_sheet sheet = { &row_type, rows, ROWS, NULL }, few = { &row_type, rows, 5, NULL };
	struct km_pool pool = { 0 };
	struct km_view view;

	(void)state;
	set_up_rows();
	assert_int_equal(km_view_init(&view, &pool, &sheet, &options, NULL), 0);
	assert_false(km_long_print(stderr, &view, &(struct km_style){ .terminal = true, .width = 80 }));
	rows[ROWS / 2].name = KM_STR("a\033[31m");
	assert_false(km_long_print(stderr, &view, &(struct km_style){ 0 }));
	rows[ROWS / 2].name = KM_STR("a\x7f 234567890");
	assert_false(km_long_print(stderr, &view, &(struct km_style){ 0 }));
	assert_int_equal(km_view_init(&view, &pool, &few, &options, NULL), 0);
	assert_false(km_long_print(stderr, &view, &(struct km_style){ 0 }));
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_as_libsmartcols),
		cmocka_unit_test(totals),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
