// SPDX-License-Identifier: GPL-2.0-or-later
/* The output of the JSON renderer, parsed by jansson. */
#include <errno.h>
#include <jansson.h>
#include "unit.h"
#include "report/document.h"
#include "row.h"

static const struct km_style style = { .version = "1 \"x\"" };

/* The text of a document with these sections; the caller frees it. */
static char *render_text(struct km_document document)
{
	static const struct km_problems none;
	struct km_host host;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	km_row_init(&km_host_type, &host);
	document.host = &host;
	if (!document.problems)
		document.problems = &none;
	assert_int_equal(km_render_json(out, &document, &style), 0);
	fclose(out);
	return text;
}

/* The same, parsed; the caller releases it. jansson reads no integer above 2^63 - 1. */
static json_t *render(struct km_document document)
{
	char *text = render_text(document);
	json_error_t error;
	json_t *parsed = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!parsed)
		fail_msg("%s at %d of %.200s", error.text, error.position, text);
	free(text);
	return parsed;
}

static json_t *render_sheet(const struct km_sheet *sheet, const char *columns)
{
	const struct km_view_options options = { .columns = columns, .top = KM_UNKNOWN,
						 .all_columns = true };
	struct km_section section = { .key = "rows" };
	struct km_pool pool = { 0 };
	json_t *parsed, *rows;

	assert_int_equal(km_view_init(&section.view, &pool, sheet, &options, NULL), 0);
	parsed = render((struct km_document){ .sections = { &section, 1, 1 } });
	rows = json_incref(json_object_get(parsed, "rows"));
	json_decref(parsed);
	km_pool_deinit(&pool);
	return rows;
}

/* One member of a row, parsed; the caller releases it. */
static json_t *member(const struct row *row, const char *key)
{
	const struct km_sheet sheet = { &row_type, row, 1, NULL };
	json_t *rendered = render_sheet(&sheet, NULL), *value;

	value = json_incref(json_object_get(json_array_get(json_object_get(rendered, "rows"), 0), key));
	json_decref(rendered);
	assert_non_null(value);
	return value;
}

static struct row blank(void)
{
	struct row row;

	km_row_init(&row_type, &row);
	return row;
}

static void unknown(void **state)
{
	const struct row row = blank();
	const struct km_field *field;

	(void)state;
	km_field_each(field, &row_type) {
		json_t *value;

		if (field->flags & KM_TOTAL_ONLY)
			continue;
		value = member(&row, field->key);
		if (field->kind == KM_PAIRS)
			assert_true(json_is_object(value) && !json_object_size(value));
		else if (field->kind == KM_TEXTS || field->kind == KM_BYTES_LIST ||
			 field->kind == KM_ROWS)
			assert_true(json_is_array(value) && !json_array_size(value));
		else
			assert_true(json_is_null(value));
		json_decref(value);
	}
}

#define ODD "\xef\xbf\xbd"

static void texts(void **state)
{
	static const struct {
		struct km_str text;
		const char *expected;
	} cases[] = {
		{ KM_STR_INIT(""), "" },
		{ KM_STR_INIT("a \"quoted\" \\ name"), "a \"quoted\" \\ name" },
		{ KM_STR_INIT("</script>"), "</script>" },
		{ KM_STR_INIT("a\nb\tc\x1b[31m\x7f"), "a" ODD "b" ODD "c" ODD "[31m" ODD },
		{ KM_STR_INIT("a\0b"), "a" ODD "b" },
		{ KM_STR_INIT("\xff\xfe"), ODD ODD },
		{ KM_STR_INIT("\xc0\xaf"), ODD ODD },             /* overlong */
		{ KM_STR_INIT("\xed\xa0\x80"), ODD ODD ODD },     /* half of a surrogate pair */
		{ KM_STR_INIT("\xf4\x90\x80\x80"), ODD ODD ODD ODD }, /* past U+10FFFF */
		{ KM_STR_INIT("cut \xe2\x82"), "cut " ODD ODD },
		{ KM_STR_INIT("\xc2\x85"), ODD },                 /* a control character of Latin-1 */
		{ KM_STR_INIT("\xe2\x80\xa8"), "\xe2\x80\xa8" },  /* U+2028, a line's end in JavaScript */
		{ KM_STR_INIT("\xf4\x8f\xbf\xbf"), "\xf4\x8f\xbf\xbf" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct km_str pair[2] = { cases[i].text, KM_STR("x") };
		struct row row = blank();
		json_t *name, *aliases;

		row.name = cases[i].text;
		row.aliases = (struct km_texts){ pair, 2 };
		name = member(&row, "name");
		aliases = member(&row, "aliases");
		assert_string_equal(json_string_value(name), cases[i].expected);
		assert_int_equal(json_array_size(aliases), 2);
		assert_string_equal(json_string_value(json_array_get(aliases, 0)), cases[i].expected);
		json_decref(name);
		json_decref(aliases);
	}
}

/* Longer than the buffer. */
static void long_text(void **state)
{
	static char bytes[200000];
	struct row row = blank();
	json_t *name;

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	row.name = (struct km_str){ bytes, sizeof(bytes) };
	name = member(&row, "name");
	assert_int_equal(json_string_length(name), sizeof(bytes));
	json_decref(name);
}

static void numbers(void **state)
{
	static const uint64_t whole[] = { 0, 9, 10, 4096, INT64_MAX };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(whole); i++) {
		struct row row = blank();
		json_t *count;

		row.count = whole[i];
		count = member(&row, "count");
		assert_true(json_is_integer(count));
		assert_int_equal(json_integer_value(count), whole[i]);
		json_decref(count);
	}
}

#define FIRST "9223372036854775808" /* 2^63 */
#define LAST  "18446744073709551614"

/* Each digit, wherever the number stands, and beside texts that look like what stands for it inside. */
static void wide_numbers(void **state)
{
	static const char expected[] =
		"{\"name\":\"-" FIRST "\",\"count\":" LAST ",\"size_bytes\":9223372036854775807,"
		"\"delta_bytes\":-9223372036854775807,\"aliases\":[\",-" FIRST "\",\"\\\"-" FIRST "\"],"
		"\"list_bytes\":[" FIRST ",null," LAST "],"
		"\"counters\":{\"a\":" LAST ",\"b\":" FIRST "},"
		"\"children\":[{\"name\":null,\"count\":" FIRST ",";
	const struct km_view_options options = {
		.columns = "name,count,size_bytes,delta_bytes,aliases,list_bytes,counters,children",
		.top = KM_UNKNOWN,
	};
	struct km_str aliases[] = { KM_STR(",-" FIRST), KM_STR("\"-" FIRST) };
	uint64_t list[] = { 1ULL << 63, KM_UNKNOWN, UINT64_MAX - 1 };
	/* the last of two counts, where the first one stands */
	struct km_pair pairs[] = { { KM_STR("a"), 1ULL << 63 }, { KM_STR("b"), 1ULL << 63 },
				   { KM_STR("a"), UINT64_MAX - 1 } };
	struct row row = blank(), child = blank(), rows[3];
	const struct km_sheet sheet = { &row_type, rows, 3, NULL };
	struct km_section section = { .key = "rows" };
	struct km_pool pool = { 0 };
	char *text, *at;

	(void)state;
	child.count = 1ULL << 63;
	row.name = KM_STR("-" FIRST);
	row.count = UINT64_MAX - 1;
	row.size_bytes = INT64_MAX;
	row.delta_bytes = -INT64_MAX;
	row.aliases = (struct km_texts){ aliases, UNIT_COUNT(aliases) };
	row.list_bytes = (struct km_numbers){ list, UNIT_COUNT(list) };
	row.counters = (struct km_pairs){ pairs, UNIT_COUNT(pairs) };
	row.children = (struct km_rows){ &child, 1 };
	rows[0] = rows[1] = rows[2] = row;
	assert_int_equal(km_view_init(&section.view, &pool, &sheet, &options, NULL), 0);
	text = at = render_text((struct km_document){ .sections = { &section, 1, 1 } });
	for (size_t i = 0; i < 3; i++, at++)
		if (!(at = strstr(at, expected)))
			fail_msg("%s", text);
	free(text);
	km_pool_deinit(&pool);
}

static void signs_and_parts(void **state)
{
	static const double none[] = { NAN, INFINITY, -INFINITY };
	struct row row = blank();
	json_t *value;

	(void)state;
	row.delta_bytes = INT64_MAX;
	value = member(&row, "delta_bytes");
	assert_int_equal(json_integer_value(value), INT64_MAX);
	json_decref(value);
	row.delta_bytes = -1;
	value = member(&row, "delta_bytes");
	assert_int_equal(json_integer_value(value), -1);
	json_decref(value);
	row.used_ratio = 1.0 / 3;
	value = member(&row, "used_ratio");
	assert_float_equal(json_real_value(value), 0.333333, 1e-9);
	json_decref(value);
	row.index = -1;
	value = member(&row, "index");
	assert_true(json_is_real(value));
	json_decref(value);
	for (size_t i = 0; i < UNIT_COUNT(none); i++) {
		row.used_ratio = none[i];
		value = member(&row, "used_ratio");
		assert_true(json_is_null(value));
		json_decref(value);
	}
	row.flag = KM_TRI_NO;
	value = member(&row, "flag");
	assert_true(json_is_false(value));
	json_decref(value);
}

/* The kernel's own names: any bytes, and a name may occur twice. */
static void counters(void **state)
{
	struct km_pair pairs[] = {
		{ KM_STR("nr_free"), 7 },
		{ KM_STR("\"odd\"\xff"), KM_UNKNOWN },
		{ KM_STR("nr_free"), 8 },
		{ KM_STR(""), 0 },
	};
	struct row row = blank();
	json_t *value;

	(void)state;
	row.counters = (struct km_pairs){ pairs, UNIT_COUNT(pairs) };
	value = member(&row, "counters");
	assert_int_equal(json_object_size(value), 3);
	assert_int_equal(json_integer_value(json_object_get(value, "nr_free")), 8);
	assert_true(json_is_null(json_object_get(value, "\"odd\"" ODD)));
	assert_int_equal(json_integer_value(json_object_get(value, "")), 0);
	json_decref(value);
}

static void rows_inside(void **state)
{
	struct row grandchild = blank(), children[2] = { blank(), blank() }, row = blank();
	json_t *list, *inner;

	(void)state;
	grandchild.count = 3;
	children[1].children = (struct km_rows){ &grandchild, 1 };
	row.children = (struct km_rows){ children, 2 };
	list = member(&row, "children");
	assert_int_equal(json_array_size(list), 2);
	inner = json_array_get(json_object_get(json_array_get(list, 1), "children"), 0);
	assert_int_equal(json_integer_value(json_object_get(inner, "count")), 3);
	/* what means something in totals only */
	assert_null(json_object_get(inner, "gap_bytes"));
	json_decref(list);
}

static void sheets(void **state)
{
	struct row rows[2] = { blank(), blank() }, totals = blank();
	const struct km_sheet sheet = { &row_type, rows, 2, &totals }, empty = { &row_type, NULL, 0, NULL };
	json_t *rendered, *first;

	(void)state;
	rows[0].count = 1;
	totals.gap_bytes = 5;
	rendered = render_sheet(&sheet, "count,name");
	first = json_array_get(json_object_get(rendered, "rows"), 0);
	assert_int_equal(json_object_size(first), 2);
	assert_int_equal(json_integer_value(json_object_get(first, "count")), 1);
	first = json_object_get(rendered, "totals");
	assert_int_equal(json_integer_value(json_object_get(first, "gap_bytes")), 5);
	assert_null(json_object_get(first, "name"));
	json_decref(rendered);
	rendered = render_sheet(&empty, NULL);
	assert_int_equal(json_array_size(json_object_get(rendered, "rows")), 0);
	assert_null(json_object_get(rendered, "totals"));
	json_decref(rendered);
}

/* A list and a single row in a group; a section for the text alone is left out. */
static void groups(void **state)
{
	static const struct km_view_options all = { .top = KM_UNKNOWN, .all_columns = true };
	struct row rows[2] = { blank(), blank() };
	const struct km_sheet sheet = { &row_type, rows, 2, NULL }, empty = { &row_type, NULL, 0, NULL };
	struct km_section sections[] = {
		{ .key = NULL, .text = KM_STR("not JSON") },
		{ .key = "list", .group = "group", .shape = KM_SHAPE_LIST },
		{ .key = "row", .group = "group", .shape = KM_SHAPE_ROW },
		{ .key = "nothing", .group = "group", .shape = KM_SHAPE_ROW },
	};
	struct km_pool pool = { 0 };
	json_t *parsed, *group;

	(void)state;
	for (size_t i = 1; i < UNIT_COUNT(sections); i++)
		assert_int_equal(km_view_init(&sections[i].view, &pool, i == 3 ? &empty : &sheet, &all, NULL),
				 0);
	parsed = render((struct km_document){ .sections = { sections, UNIT_COUNT(sections), 0 } });
	group = json_object_get(parsed, "group");
	assert_int_equal(json_object_size(group), 3);
	assert_int_equal(json_array_size(json_object_get(group, "list")), 2);
	assert_true(json_is_object(json_object_get(group, "row")));
	assert_true(json_is_null(json_object_get(group, "nothing")));
	json_decref(parsed);
	km_pool_deinit(&pool);
}

static void head(void **state)
{
	struct km_problems problems = { 0 };
	json_t *parsed, *first, *second;

	(void)state;
	km_problem_line(&problems, KM_STR("/proc/x"), 3, "not a \"row\" of %s", "\xff");
	km_problem_source(&problems, KM_STR("/proc/y"), "be root", "refused");
	parsed = render((struct km_document){ .problems = &problems });
	assert_string_equal(json_string_value(json_object_get(json_object_get(parsed, "kmeminfo"), "version")),
			    style.version);
	first = json_array_get(json_object_get(parsed, "unavailable"), 0);
	second = json_array_get(json_object_get(parsed, "unavailable"), 1);
	assert_int_equal(json_integer_value(json_object_get(first, "line")), 3);
	assert_string_equal(json_string_value(json_object_get(first, "reason")), "not a \"row\" of " ODD);
	assert_true(json_is_null(json_object_get(first, "hint")));
	assert_true(json_is_null(json_object_get(second, "line")));
	assert_string_equal(json_string_value(json_object_get(second, "hint")), "be root");
	assert_true(json_is_null(json_object_get(json_object_get(parsed, "host"), "page_bytes")));
	json_decref(parsed);
	km_problems_deinit(&problems);
}

static void full_disk(void **state)
{
	static const struct km_problems none;
	static const struct km_host host;
	const struct km_document document = { .problems = &none, .host = &host };
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(km_render_json(full, &document, &style), -EIO);
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown),
		cmocka_unit_test(texts),
		cmocka_unit_test(long_text),
		cmocka_unit_test(numbers),
		cmocka_unit_test(wide_numbers),
		cmocka_unit_test(signs_and_parts),
		cmocka_unit_test(counters),
		cmocka_unit_test(rows_inside),
		cmocka_unit_test(sheets),
		cmocka_unit_test(groups),
		cmocka_unit_test(head),
		cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
