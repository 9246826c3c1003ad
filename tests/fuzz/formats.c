// SPDX-License-Identifier: GPL-2.0-or-later
/* Properties that the output of each renderer must have, whatever names it contains. */
#include <jansson.h>
#include "fuzz.h"
#include "formats.h"

enum { DEPTH_MAX = 64, NAME_MAX_BYTES = 16 };

static bool is_valid(struct km_str text)
{
	json_t *string = json_stringn(text.ptr ? text.ptr : "", text.len);

	json_decref(string);
	return string;
}

/* True for the end of a line, and for characters that are not control characters. */
static bool is_plain(char c)
{
	return c == '\n' || ((unsigned char)c >= ' ' && c != 0x7f);
}

static void check_text(struct km_str text)
{
	fuzz_expect(is_valid(text));
	for (size_t i = 0; i < text.len; i++)
		fuzz_expect(is_plain(text.ptr[i]));
}

static void check_json(struct km_str text)
{
	json_error_t error;
	json_t *document = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);

	if (!document)
		fprintf(stderr, "%s: %.*s\n", error.text, KM_STR_ARG(text));
	fuzz_expect(document);
	json_decref(document);
}

static void check_jsonl(struct km_str text)
{
	struct km_str line;

	while (km_str_take_line(&text, &line))
		check_json(line);
}

/* The number of fields of a record, which may contain line ends inside quotes; 0 at the end. */
static size_t take_record(struct km_str *rest)
{
	size_t fields = 1, i = 0;
	bool quoted = false;

	if (!rest->len)
		return 0;
	for (; i < rest->len && (quoted || rest->ptr[i] != '\n'); i++) {
		if (rest->ptr[i] == '"')
			quoted = !quoted;
		else if (!quoted && rest->ptr[i] == ',')
			fields++;
	}
	fuzz_expect(!quoted && i < rest->len);
	*rest = km_str_skip(*rest, i + 1);
	return fields;
}

static void check_csv(struct km_str text)
{
	const size_t columns = take_record(&text);
	size_t fields;

	while ((fields = take_record(&text)))
		fuzz_expect(fields == columns);
}

static bool is_name(char c, bool first)
{
	return c == '_' || c == ':' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
}

static void take_name(struct km_str *rest)
{
	size_t len = 0;

	while (len < rest->len && is_name(rest->ptr[len], !len))
		len++;
	fuzz_expect(len);
	*rest = km_str_skip(*rest, len);
}

/* {name="value",...}: in values only \\, \" and \n are escapes. */
static void take_labels(struct km_str *rest)
{
	if (!km_str_take_prefix(rest, KM_STR("{")))
		return;
	do {
		take_name(rest);
		fuzz_expect(km_str_take_prefix(rest, KM_STR("=\"")));
		while (rest->len && *rest->ptr != '"') {
			const bool escape = *rest->ptr == '\\';

			fuzz_expect(!escape || (rest->len > 1 && strchr("\\\"n", rest->ptr[1]) && rest->ptr[1]));
			*rest = km_str_skip(*rest, escape ? 2 : 1);
		}
		fuzz_expect(km_str_take_prefix(rest, KM_STR("\"")));
	} while (km_str_take_prefix(rest, KM_STR(",")));
	fuzz_expect(km_str_take_prefix(rest, KM_STR("}")));
}

static void check_sample(struct km_str line)
{
	char number[64], *end;

	take_name(&line);
	take_labels(&line);
	fuzz_expect(km_str_take_prefix(&line, KM_STR(" ")) && line.len && line.len < sizeof(number));
	memcpy(number, line.ptr, line.len);
	number[line.len] = '\0';
	strtod(number, &end);
	fuzz_expect(end != number && !*end);
}

static void check_metrics(struct km_str text)
{
	struct km_str line;

	fuzz_expect(is_valid(text));
	while (km_str_take_line(&text, &line))
		if (!km_str_starts(line, KM_STR("#")))
			check_sample(line);
		else
			fuzz_expect(km_str_starts(line, KM_STR("# HELP ")) || km_str_starts(line, KM_STR("# TYPE ")) ||
				    km_str_starts(line, KM_STR("# UNIT ")) || (km_str_eq(line, KM_STR("# EOF")) && !text.len));
}

struct tags {
	struct km_str rest;
	char names[DEPTH_MAX][NAME_MAX_BYTES];
	size_t depth;
};

static void take_tag_name(struct tags *tags, char name[static NAME_MAX_BYTES])
{
	size_t len = 0;

	while (len < tags->rest.len && len < NAME_MAX_BYTES - 1 && (is_name(tags->rest.ptr[len], !len)))
		len++;
	fuzz_expect(len);
	memcpy(name, tags->rest.ptr, len);
	name[len] = '\0';
	tags->rest = km_str_skip(tags->rest, len);
}

/* Attributes up to the ">": each value is quoted, and no byte in it ends it or begins a tag. */
static void take_attributes(struct tags *tags)
{
	struct km_str *rest = &tags->rest;

	while (rest->len && *rest->ptr != '>') {
		if (km_str_take_prefix(rest, KM_STR("=\""))) {
			while (rest->len && *rest->ptr != '"') {
				fuzz_expect(*rest->ptr != '<' && *rest->ptr != '>' && is_plain(*rest->ptr));
				*rest = km_str_skip(*rest, 1);
			}
		} else {
			fuzz_expect(strchr(" \n-/", *rest->ptr) || is_name(*rest->ptr, false));
		}
		fuzz_expect(rest->len);
		*rest = km_str_skip(*rest, 1);
	}
	fuzz_expect(km_str_take_prefix(rest, KM_STR(">")));
}

static bool is_void(const char *name)
{
	static const char *const names[] = { "meta", "br", "hr", "col", "link", "input", "rect", "path", "img", "wbr" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* Script and style are the program's own: their bytes end with the tag, and contain no text of a machine. */
static void skip_raw(struct tags *tags, const char *end)
{
	ptrdiff_t at = km_str_find(tags->rest, km_str_from(end));

	fuzz_expect(at >= 0);
	tags->rest = km_str_skip(tags->rest, (size_t)at);
}

static void open_tag(struct tags *tags)
{
	char name[NAME_MAX_BYTES];
	bool closed;

	take_tag_name(tags, name);
	take_attributes(tags);
	closed = tags->rest.ptr[-2] == '/';
	if (is_void(name) || closed)
		return;
	fuzz_expect(tags->depth < DEPTH_MAX);
	memcpy(tags->names[tags->depth++], name, sizeof(name));
	if (!strcmp(name, "script"))
		skip_raw(tags, "</script>");
	else if (!strcmp(name, "style"))
		skip_raw(tags, "</style>");
}

static void close_tag(struct tags *tags)
{
	char name[NAME_MAX_BYTES];

	take_tag_name(tags, name);
	fuzz_expect(km_str_take_prefix(&tags->rest, KM_STR(">")));
	fuzz_expect(tags->depth && !strcmp(tags->names[--tags->depth], name));
}

/* "&" begins an entity, and nothing else. */
static void check_entity(struct km_str rest)
{
	static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#", "&nbsp;" };

	bool known = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		known = known || km_str_starts(rest, km_str_from(names[i]));
	fuzz_expect(known);
}

/* The text up to the next tag. */
static void take_plain(struct km_str *rest)
{
	const char *tag = memchr(rest->ptr, '<', rest->len);
	const size_t len = tag ? (size_t)(tag - rest->ptr) : rest->len;

	for (size_t i = 0; i < len; i++) {
		fuzz_expect(is_plain(rest->ptr[i]));
		if (rest->ptr[i] == '&')
			check_entity(km_str_skip(*rest, i));
	}
	*rest = km_str_skip(*rest, len);
}

/* Every opened tag is closed, in the order of a tree, so no name of a machine became a tag. */
static void check_html(struct km_str text)
{
	struct tags tags = { .rest = text };

	fuzz_expect(is_valid(text));
	while (tags.rest.len) {
		if (km_str_take_prefix(&tags.rest, KM_STR("<!"))) {
			skip_raw(&tags, ">");
		} else if (km_str_take_prefix(&tags.rest, KM_STR("</"))) {
			close_tag(&tags);
		} else if (km_str_take_prefix(&tags.rest, KM_STR("<"))) {
			open_tag(&tags);
		} else {
			take_plain(&tags.rest);
		}
	}
	fuzz_expect(!tags.depth);
}

const struct fuzz_format fuzz_formats[] = {
	[FUZZ_JSON] = { "json", km_render_json, check_json, false },
	[FUZZ_TEXT] = { "text", km_render_text, check_text, false },
	[FUZZ_CSV] = { "csv", km_render_csv, check_csv, true },
	[FUZZ_JSONL] = { "jsonl", km_render_jsonl, check_jsonl, false },
	[FUZZ_OPENMETRICS] = { "openmetrics", km_render_openmetrics, check_metrics, false },
	[FUZZ_PROMETHEUS] = { "prometheus", km_render_prometheus, check_metrics, false },
	[FUZZ_HTML] = { "html", km_render_html, check_html, false },
	[FUZZ_FORMATS] = { NULL, NULL, NULL, false },
};

size_t fuzz_render(const struct km_document *document, const struct fuzz_format *format, bool terminal)
{
	const struct km_style style = { .version = "0", .terminal = terminal, .width = 80, .utf8 = true };
	struct km_str text = { 0 };
	FILE *out = open_memstream((char **)&text.ptr, &text.len);
	const size_t sections = document->sections.len;

	if (out && !(format->one_table && (sections != 1 || document->sections.items[0].text.ptr)) &&
	    !format->render(out, document, &style)) {
		fflush(out);
		format->check(text);
	}
	fclose(out);
	free((char *)text.ptr);
	return text.len;
}
