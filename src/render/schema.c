// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include "render/schema.h"

static json_t *type_or_null(const char *type)
{
	return json_pack("{s:[s,s]}", "type", type, "null");
}

static json_t *reference(const struct km_sheet_type *type, const char *suffix)
{
	char path[128];

	snprintf(path, sizeof(path), "#/$defs/%s%s", type->name, suffix);
	return json_pack("{s:s}", "$ref", path);
}

static json_t *array_of(json_t *items)
{
	return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *unsigned_or_null(void)
{
	return json_pack("{s:[s,s], s:i}", "type", "number", "null", "minimum", 0);
}

/* Allows each word and null; an open vocabulary allows any text. */
static json_t *words_schema(const struct km_vocabulary *vocabulary)
{
	json_t *words = json_array();
	const struct km_word *word;

	if (vocabulary->open) {
		json_decref(words);
		return type_or_null("string");
	}
	for (; vocabulary; vocabulary = vocabulary->next)
		km_word_each(word, vocabulary)
			json_array_append_new(words, json_string(word->key));
	json_array_append_new(words, json_null());
	return json_pack("{s:o}", "enum", words);
}

static json_t *kind_schema(const struct km_field *field)
{
	switch (field->kind) {
	case KM_TEXT:
		return type_or_null("string");
	case KM_WORD:
		return words_schema(field->words);
	case KM_COUNT:
	case KM_BYTES:
		return unsigned_or_null();
	case KM_DELTA:
	case KM_CHANGE:
		return type_or_null("integer");
	case KM_RATIO:
		return json_pack("{s:[s,s], s:i, s:i}", "type", "number", "null", "minimum", 0,
				 "maximum", 1);
	case KM_INDEX:
		return json_pack("{s:[s,s], s:i, s:i}", "type", "number", "null", "minimum", -1000,
				 "maximum", 1);
	case KM_POINTS:
	case KM_RATE:
	case KM_BYTE_RATE:
	case KM_REAL:
	case KM_SECONDS:
		return type_or_null("number");
	case KM_TRI:
		return type_or_null("boolean");
	case KM_TEXTS:
		return array_of(json_pack("{s:s}", "type", "string"));
	case KM_BYTES_LIST:
		return array_of(unsigned_or_null());
	case KM_PAIRS:
		return json_pack("{s:s, s:o}", "type", "object", "additionalProperties",
				 unsigned_or_null());
	case KM_ROWS:
		return array_of(reference(field->rows, ""));
	}
	return json_object();
}

static json_t *field_schema(const struct km_field *field)
{
	json_t *schema = kind_schema(field);

	json_object_set_new(schema, "description",
			    field->flags & KM_ON_DEMAND ?
				    json_sprintf("%s. %s", field->brief, km_field_on_demand) :
				    json_string(field->brief));
	return schema;
}

static json_t *row_schema(const struct km_sheet_type *type, bool totals)
{
	json_t *properties = json_object();
	const struct km_field *field;

	km_field_each(field, type) {
		bool wanted = totals ? (field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY)) != 0 :
				       !(field->flags & KM_TOTAL_ONLY);

		if (wanted)
			json_object_set_new(properties, field->key, field_schema(field));
	}
	return json_pack("{s:s, s:s, s:o}", "description", type->brief, "type", "object",
			 "properties", properties);
}

static bool has_totals(const struct km_sheet_type *type)
{
	const struct km_field *field;

	km_field_each(field, type)
		if (field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY))
			return true;
	return false;
}

/* Defines the type, its totals, and the types of rows inside its rows, each once. */
static void define(json_t *defs, const struct km_sheet_type *type)
{
	const struct km_field *field;
	char totals[128];

	if (json_object_get(defs, type->name))
		return;
	json_object_set_new(defs, type->name, row_schema(type, false));
	if (has_totals(type)) {
		snprintf(totals, sizeof(totals), "%s_totals", type->name);
		json_object_set_new(defs, totals, row_schema(type, true));
	}
	km_field_each(field, type)
		if (field->kind == KM_ROWS)
			define(defs, field->rows);
}

static json_t *report_schema(const struct km_report *report)
{
	json_t *properties;

	switch (report->shape) {
	case KM_SHAPE_LIST:
		return array_of(reference(report->type, ""));
	case KM_SHAPE_ROW:
		return json_pack("{s:[o,o]}", "anyOf", reference(report->type, ""),
				 json_pack("{s:s}", "type", "null"));
	case KM_SHAPE_SHEET:
		properties = json_pack("{s:o}", "rows", array_of(reference(report->type, "")));
		if (has_totals(report->type))
			json_object_set_new(properties, "totals", reference(report->type, "_totals"));
		return json_pack("{s:s, s:o, s:[s]}", "type", "object", "properties", properties,
				 "required", "rows");
	}
	return NULL;
}

static json_t *group_properties(json_t *properties, const char *group)
{
	json_t *object;

	if (!group)
		return properties;
	object = json_object_get(properties, group);
	if (!object) {
		object = json_pack("{s:s, s:{}}", "type", "object", "properties");
		json_object_set_new(properties, group, object);
	}
	return json_object_get(object, "properties");
}

static json_t *envelope(void)
{
	return json_pack("{s:{s:s, s:{s:{s:s}, s:{s:i}}, s:[s,s]}, s:{s:s, s:{s:s, s:{s:{s:s}, "
			 "s:{s:[s,s]}, s:{s:s}, s:{s:[s,s]}, s:{s:s}}, s:[s,s]}}}",
			 "kmeminfo", "type", "object", "properties", "version", "type", "string",
			 "schema", "const", KM_JSON_SCHEMA, "required", "version", "schema", "unavailable", "type",
			 "array", "items", "type", "object", "properties", "source", "type", "string",
			 "line", "type", "integer", "null", "reason", "type", "string", "hint", "type",
			 "string", "null", "more", "type", "integer", "required", "source", "reason");
}

/* The fields of a comparison of a report: KEY, KEY_before and so on for each field, in rows or in a tree. */
static json_t *changes_schema(const struct km_report *report)
{
	json_t *schema = type_or_null(report->shape == KM_SHAPE_LIST ? "array" : "object");

	json_object_set_new(schema, "description", json_sprintf(
		"what changed of %s: change, and of each number KEY_before, KEY_after, KEY_change, KEY_per_second",
		report->type->name));
	return schema;
}

int km_render_schema(FILE *out, const struct km_report *const *reports)
{
	json_t *properties = envelope(), *defs = json_object(), *schema;
	const struct km_report *const *report;
	int r;

	for (report = reports; *report; report++) {
		define(defs, (*report)->type);
		if (!((*report)->flags & KM_REPORT_TEXT_ONLY))
			json_object_set_new(group_properties(properties, (*report)->group), (*report)->key,
					    report_schema(*report));
		if ((*report)->flags & KM_REPORT_OVER_TIME)
			json_object_set_new(group_properties(properties, "diff"), (*report)->type->name,
					    changes_schema(*report));
	}
	schema = json_pack("{s:s, s:s, s:s, s:[s,s,s], s:o, s:o}", "$schema",
			   "https://json-schema.org/draft/2020-12/schema", "title",
			   "kmeminfo report", "type", "object", "required", "kmeminfo",
			   "host", "unavailable", "properties", properties, "$defs", defs);
	r = json_dumpf(schema, out, JSON_INDENT(1));
	fputc('\n', out);
	json_decref(schema);
	return r || ferror(out) ? -EIO : 0;
}
