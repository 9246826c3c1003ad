// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON through jansson, one row at a time. This file writes the text between rows; jansson builds and dumps
 * everything else. The rows of a sheet share one object, whose values are replaced, because making and
 * freeing keys for each row would take half of the time. With jansson 2.14 this takes about 0.6 of the CPU
 * time of a loop that builds and dumps a new object for each row.
 */
#include <errno.h>
#include "report/document.h"
#include "render/json-rows.h"
#include "render/json-value.h"

/* The object of a view's rows, and the position of each field's value in it. */
struct row {
	json_t *object;
	void **places;
};

/* view->fields is NULL-terminated: km_view_init() leaves room and the pool zeroes it. */
static void row_init(struct row *row, const struct km_view *view)
{
	row->object = json_object();
	row->places = km_realloc(NULL, view->fields_len, sizeof(*row->places));
	for (size_t i = 0; i < view->fields_len; i++)
		json_object_set_new_nocheck(row->object, view->fields[i]->key, json_null());
	/* positions move while the object grows */
	for (size_t i = 0; i < view->fields_len; i++)
		row->places[i] = json_object_iter_at(row->object, view->fields[i]->key);
}

static void row_deinit(struct row *row)
{
	json_decref(row->object);
	free(row->places);
}

/* Most values are numbers. They reuse the integer of the row before. */
static bool set_number(json_t *old, const struct km_field *field, const void *row)
{
	if ((field->kind != KM_COUNT && field->kind != KM_BYTES) || !json_is_integer(old) ||
	    km_field_number(field, row) > INT64_MAX)
		return false;
	return !json_integer_set(old, (json_int_t)km_field_number(field, row));
}

static void dump_row(struct km_json_out *out, const struct km_view *view, const struct row *row, size_t i)
{
	const void *from = km_view_row(view, i);

	for (size_t at = 0; at < view->fields_len; at++) {
		const struct km_field *field = view->fields[at];

		if (!set_number(json_object_iter_value(row->places[at]), field, from))
			json_object_iter_set_new(row->object, row->places[at], km_json_value(out, field, from));
	}
	km_json_dump(out, row->object);
}

static void dump_rows(struct km_json_out *out, const struct km_view *view)
{
	struct row row;

	km_json_put(out, "[");
	row_init(&row, view);
	for (size_t i = 0; i < view->rows_len; i++) {
		km_json_put(out, i ? ",\n" : "\n");
		dump_row(out, view, &row, i);
	}
	row_deinit(&row);
	km_json_put(out, "]");
}

static void dump_section(struct km_json_out *out, const struct km_section *section)
{
	const struct km_view *view = &section->view;
	struct row row;

	switch (section->shape) {
	case KM_SHAPE_LIST:
		dump_rows(out, view);
		break;
	case KM_SHAPE_ROW:
		if (!view->rows_len) {
			km_json_put(out, "null");
			break;
		}
		row_init(&row, view);
		dump_row(out, view, &row, 0);
		row_deinit(&row);
		break;
	case KM_SHAPE_SHEET:
		km_json_put(out, "{\"rows\":");
		dump_rows(out, view);
		if (view->sheet->totals) {
			km_json_put(out, ",\n\"totals\":");
			km_json_dump_new(out, km_json_object(out, view->sheet->type, km_json_of_totals, view->sheet->totals));
		}
		km_json_put(out, "}");
		break;
	}
}

static json_t *problem_object(struct km_json_out *out, const struct km_problem *problem)
{
	json_t *members = json_object();

	json_object_set_new_nocheck(members, "source", km_json_text(out, problem->source));
	json_object_set_new_nocheck(members, "line", km_json_number(out, problem->line));
	json_object_set_new_nocheck(members, "reason", km_json_text(out, problem->reason));
	json_object_set_new_nocheck(members, "hint", km_json_text(out, problem->hint));
	json_object_set_new_nocheck(members, "more", km_json_number(out, problem->more));
	return members;
}

static void dump_program(struct km_json_out *out, const struct km_style *style)
{
	km_json_put(out, "{\"kmeminfo\":");
	km_json_dump_new(out, json_pack("{s:s, s:i}", "version", style->version, "schema", KM_JSON_SCHEMA));
}

/* Dumps the machine, and its unavailable data. */
static void dump_machine(struct km_json_out *out, const struct km_document *document, const char *separator)
{
	json_t *list = json_array();
	const struct km_problem *problem;

	km_json_put_key(out, separator, "host");
	km_json_dump_new(out, km_json_object(out, &km_host_type, km_json_of_row, document->host));
	km_array_each(problem, &document->problems->list)
		json_array_append_new(list, problem_object(out, problem));
	km_json_put_key(out, separator, "unavailable");
	km_json_dump_new(out, list);
}

/* Begins a row whose members are separated: one per line, or all on one line. */
static void dump_head(struct km_json_out *out, const struct km_document *document,
		      const struct km_style *style, const char *separator)
{
	dump_program(out, style);
	dump_machine(out, document, separator);
}

static int finish(struct km_json_out *out)
{
	km_json_flush(out);
	km_json_deinit(out);
	return out->failed || ferror(out->file) ? -EIO : 0;
}

static bool same_group(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Dumps the sections; those of a group are inside an object. */
static void dump_sections(struct km_json_out *out, const struct km_document *document)
{
	const char *group = NULL;
	const struct km_section *section;
	bool first = true;

	km_array_each(section, &document->sections) {
		if (!section->key)
			continue;
		if (!same_group(group, section->group)) {
			km_json_put(out, group ? "}" : "");
			group = section->group;
			first = group != NULL;
			if (group)
				km_json_put_key(out, ",\n", group);
			km_json_put(out, group ? "{" : "");
		}
		km_json_put_key(out, group && first ? "\n" : ",\n", section->key);
		dump_section(out, section);
		first = false;
	}
	km_json_put(out, group ? "}}\n" : "}\n");
}

int km_render_json(FILE *file, const struct km_document *document, const struct km_style *style)
{
	struct km_json_out out = { .file = file };

	dump_head(&out, document, style, ",\n");
	dump_sections(&out, document);
	return finish(&out);
}

/* {"report":"slab","row":{...}} */
static void begin_line(struct km_json_out *out, const struct km_section *section, const char *what)
{
	km_json_put_key(out, "{", "report");
	km_json_put(out, "\"");
	km_json_put(out, section->key);
	km_json_put_key(out, "\",", what);
}

static void dump_lines(struct km_json_out *out, const struct km_section *section)
{
	const struct km_view *view = &section->view;
	struct row row;

	row_init(&row, view);
	for (size_t i = 0; i < view->rows_len; i++) {
		begin_line(out, section, "row");
		dump_row(out, view, &row, i);
		km_json_put(out, "}\n");
	}
	row_deinit(&row);
	if (!view->sheet->totals)
		return;
	begin_line(out, section, "totals");
	km_json_dump_new(out, km_json_object(out, view->sheet->type, km_json_of_totals, view->sheet->totals));
	km_json_put(out, "}\n");
}

int km_render_jsonl(FILE *file, const struct km_document *document, const struct km_style *style)
{
	struct km_json_out out = { .file = file };
	const struct km_section *section;

	dump_head(&out, document, style, ",");
	km_json_put(&out, "}\n");
	km_array_each(section, &document->sections)
		if (section->key)
			dump_lines(&out, section);
	return finish(&out);
}

struct km_json_rows {
	struct km_json_out out;
	const struct km_style *style;
	bool lines, more;
};

struct km_json_rows *km_json_rows_begin(FILE *file, const char *key, bool lines, const struct km_style *style)
{
	struct km_json_rows *rows = km_realloc(NULL, 1, sizeof(*rows));

	*rows = (struct km_json_rows){ .out = { .file = file }, .style = style, .lines = lines };
	if (lines)
		return rows;
	dump_program(&rows->out, style);
	km_json_put_key(&rows->out, ",\n", key);
	km_json_put(&rows->out, "{\"rows\":[");
	return rows;
}

void km_json_rows_add(struct km_json_rows *rows, const struct km_section *section)
{
	struct row row;

	if (rows->lines) {
		dump_lines(&rows->out, section);
	} else {
		row_init(&row, &section->view);
		for (size_t i = 0; i < section->view.rows_len; i++) {
			km_json_put(&rows->out, rows->more ? ",\n" : "\n");
			dump_row(&rows->out, &section->view, &row, i);
			rows->more = true;
		}
		row_deinit(&row);
	}
	km_json_flush(&rows->out);
}

int km_json_rows_end(struct km_json_rows *rows, const struct km_document *document)
{
	int r;

	if (rows->lines) {
		dump_head(&rows->out, document, rows->style, ",");
	} else {
		km_json_put(&rows->out, "]}");
		dump_machine(&rows->out, document, ",\n");
	}
	km_json_put(&rows->out, "}\n");
	r = finish(&rows->out);
	free(rows);
	return r;
}
