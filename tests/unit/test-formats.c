// SPDX-License-Identifier: GPL-2.0-or-later
/* The renderers for programs: exact texts of invented rows. */
#include "unit.h"
#include <stdlib.h>
#include "render/format.h"
#include "row.h"

/* Fields that count since boot, and fields that --top leaves out. */
struct event {
	struct km_str name;
	uint64_t size_bytes, hits, wait_us;
	const struct km_word *state;
};

static const struct km_word states[] = { { .key = "good one" }, { 0 } };
static const struct km_vocabulary vocabulary = { .name = "state", .items = states, .item_size = sizeof(*states) };

static const struct km_field event_fields[] = {
	{ KM_FIELD(struct event, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .brief = "name" },
	{ KM_FIELD(struct event, size_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .brief = "a \\ \"size\"" },
	{ KM_FIELD(struct event, hits, KM_COUNT), .flags = KM_SHOWN | KM_COUNTER, .brief = "hits" },
	{ KM_FIELD(struct event, wait_us, KM_COUNT), .flags = KM_COUNTER, .brief = "wait" },
	{ KM_FIELD(struct event, state, KM_WORD), .words = &vocabulary, .brief = "state" },
	{ 0 }
};

static const struct km_sheet_type event_type = {
	.name = "events", .fields = event_fields, .row_size = sizeof(struct event),
};

/* The document of one sheet in a format, without the header of metrics; the caller frees it. */
static char *render(enum km_format_id format, const struct km_sheet *sheet, uint64_t top, bool headings)
{
	const struct km_view_options options = { .top = top, .all_columns = true, .keep_all = true };
	const struct km_style style = { .version = "1", .no_headings = !headings };
	static const struct km_problems none;
	struct km_section section = { .key = "x" };
	struct km_document document = { .problems = &none };
	struct km_pool pool = { 0 };
	struct km_host host;
	char *text = NULL, *body;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	km_row_init(&km_host_type, &host);
	document.host = &host;
	assert_int_equal(km_view_init(&section.view, &pool, sheet, &options, NULL), 0);
	*km_array_push(&document.sections) = section;
	assert_int_equal(km_formats[format].render(out, &document, &style), 0);
	fclose(out);
	km_array_deinit(&document.sections);
	km_pool_deinit(&pool);
	body = strstr(text, "# HELP kmeminfo_x");
	if (!body)
		return text;
	memmove(text, body, strlen(body) + 1);
	return text;
}

static void is_rendered(enum km_format_id format, const struct km_sheet *sheet, uint64_t top, const char *expected)
{
	char *text = render(format, sheet, top, true);

	assert_string_equal(text, expected);
	free(text);
}

static const struct event events[] = {
	{ KM_STR_INIT("a\"b\\c"), 100, 5, 1500000, &states[0] },
	{ KM_STR_INIT("twice, x"), 20, 6, KM_UNKNOWN, NULL },
	{ KM_STR_INIT("twice, x"), 3, 7, 0, NULL },
};

static const struct km_sheet event_sheet = { &event_type, events, UNIT_COUNT(events), NULL };

static void csv(void **state)
{
	(void)state;
	is_rendered(KM_FORMAT_csv, &event_sheet, KM_UNKNOWN,
		    "name,size_bytes,hits,wait_us,state\r\n"
		    "\"a\"\"b\\c\",100,5,1500000,\"good one\"\r\n"
		    "\"twice, x\",20,6,,\r\n"
		    "\"twice, x\",3,7,0,\r\n");
}

static void raw(void **state)
{
	(void)state;
	is_rendered(KM_FORMAT_raw, &event_sheet, 2,
		    "name size_bytes hits wait_us state\n"
		    "a\"b\\x5cc 100 5 1500000 good\\x20one\n"
		    "twice,\\x20x 20 6 - -\n");
}

static void jsonl(void **state)
{
	char *text = render(KM_FORMAT_jsonl, &event_sheet, 1, true);

	(void)state;
	assert_string_equal(strchr(text, '\n') + 1,
			    "{\"report\":\"x\",\"row\":{\"name\":\"a\\\"b\\\\c\",\"size_bytes\":100,\"hits\":5,"
			    "\"wait_us\":1500000,\"state\":\"good one\"}}\n");
	free(text);
}

/*
 * Levels beyond --top are summed, counters are not cut, equal names get different labels, and times are in
 * seconds.
 */
static void prometheus(void **state)
{
	(void)state;
	is_rendered(KM_FORMAT_prometheus, &event_sheet, 1,
		    "# HELP kmeminfo_x_size_bytes a \\\\ \"size\"\n"
		    "# TYPE kmeminfo_x_size_bytes gauge\n"
		    "kmeminfo_x_size_bytes{name=\"a\\\"b\\\\c\"} 100\n"
		    "# HELP kmeminfo_x_hits_total hits\n"
		    "# TYPE kmeminfo_x_hits_total counter\n"
		    "kmeminfo_x_hits_total{name=\"a\\\"b\\\\c\"} 5\n"
		    "kmeminfo_x_hits_total{name=\"twice, x\"} 6\n"
		    "kmeminfo_x_hits_total{name=\"twice, x\",row=\"2\"} 7\n"
		    "# HELP kmeminfo_x_wait_seconds_total wait\n"
		    "# TYPE kmeminfo_x_wait_seconds_total counter\n"
		    "kmeminfo_x_wait_seconds_total{name=\"a\\\"b\\\\c\"} 1.500000\n"
		    "kmeminfo_x_wait_seconds_total{name=\"twice, x\",row=\"2\"} 0.000000\n"
		    "# HELP kmeminfo_x_state state\n"
		    "# TYPE kmeminfo_x_state gauge\n"
		    "kmeminfo_x_state{name=\"a\\\"b\\\\c\",state=\"good one\"} 1\n"
		    "# HELP kmeminfo_x_rest_rows rows without metrics of their own, which the metrics named rest add up\n"
		    "# TYPE kmeminfo_x_rest_rows gauge\n"
		    "kmeminfo_x_rest_rows 2\n"
		    "# HELP kmeminfo_x_rest_size_bytes a \\\\ \"size\"\n"
		    "# TYPE kmeminfo_x_rest_size_bytes gauge\n"
		    "kmeminfo_x_rest_size_bytes 23\n");
}

static void open_metrics(void **state)
{
	const struct km_sheet sheet = { &event_type, events, 1, NULL };

	(void)state;
	is_rendered(KM_FORMAT_openmetrics, &sheet, KM_UNKNOWN,
		    "# HELP kmeminfo_x_size_bytes a \\\\ \\\"size\\\"\n"
		    "# TYPE kmeminfo_x_size_bytes gauge\n"
		    "# UNIT kmeminfo_x_size_bytes bytes\n"
		    "kmeminfo_x_size_bytes{name=\"a\\\"b\\\\c\"} 100\n"
		    "# HELP kmeminfo_x_hits hits\n"
		    "# TYPE kmeminfo_x_hits counter\n"
		    "kmeminfo_x_hits_total{name=\"a\\\"b\\\\c\"} 5\n"
		    "# HELP kmeminfo_x_wait_seconds wait\n"
		    "# TYPE kmeminfo_x_wait_seconds counter\n"
		    "# UNIT kmeminfo_x_wait_seconds seconds\n"
		    "kmeminfo_x_wait_seconds_total{name=\"a\\\"b\\\\c\"} 1.500000\n"
		    "# HELP kmeminfo_x_state state\n"
		    "# TYPE kmeminfo_x_state gauge\n"
		    "kmeminfo_x_state{name=\"a\\\"b\\\\c\",state=\"good one\"} 1\n"
		    "# EOF\n");
}

/* A sum with an unknown part is unknown, so it is absent. */
static void unknown_rest(void **state)
{
	struct event rows[] = { events[0], events[1] };
	const struct km_sheet sheet = { &event_type, rows, UNIT_COUNT(rows), NULL };
	char *text;

	(void)state;
	rows[1].size_bytes = KM_UNKNOWN;
	text = render(KM_FORMAT_prometheus, &sheet, 1, true);
	assert_non_null(strstr(text, "kmeminfo_x_rest_rows 1\n"));
	assert_null(strstr(text, "rest_size_bytes"));
	free(text);
}

/* Every kind, known and unknown, in every format; rows inside rows, and lists with odd bytes. */
static void every_kind(void **state)
{
	struct km_str odd[] = { KM_STR("\xff\xc3("), KM_STR(""), KM_STR("a\nb") };
	struct km_pair pairs[] = { { KM_STR("one\n"), 1 }, { KM_STR("one\n"), 2 }, { KM_STR("no"), KM_UNKNOWN } };
	uint64_t numbers[] = { 0, UINT64_MAX - 1, KM_UNKNOWN };
	struct row rows[2], child;
	const struct km_sheet sheet = { &row_type, rows, UNIT_COUNT(rows), &rows[0] };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(rows); i++)
		km_row_init(&row_type, &rows[i]);
	km_row_init(&row_type, &child);
	child.name = odd[2];
	child.count = 7;
	rows[1] = (struct row){
		.name = odd[0], .count = UINT64_MAX - 1, .size_bytes = 1, .delta_bytes = -5, .used_ratio = 0.5, .index = -1,
		.change = -1, .points = 0.1, .rate = 1e300, .byte_rate = -2, .seconds = 1e-9, .flag = KM_TRI_YES,
		.aliases = { odd, UNIT_COUNT(odd) }, .list_bytes = { numbers, UNIT_COUNT(numbers) },
		.counters = { pairs, UNIT_COUNT(pairs) }, .children = { &child, 1 },
	};
	/* formats for people have tests of their own, and need phrases that these fields lack */
	for (size_t format = 0; km_formats[format].word; format++) {
		if (!km_format_is_for_programs(&km_formats[format]))
			continue;
		free(render((enum km_format_id)format, &sheet, KM_UNKNOWN, true));
		free(render((enum km_format_id)format, &sheet, 0, false));
	}
}

static void words(void **state)
{
	(void)state;
	for (size_t i = 0; i < KM_FORMATS; i++)
		assert_string_equal(km_formats[i].word, km_format_words[i]);
	assert_null(km_formats[KM_FORMATS].word);
	assert_null(km_format_words[KM_FORMATS]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv),	       cmocka_unit_test(raw),	       cmocka_unit_test(jsonl),
		cmocka_unit_test(prometheus),  cmocka_unit_test(open_metrics), cmocka_unit_test(unknown_rest),
		cmocka_unit_test(every_kind),  cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
