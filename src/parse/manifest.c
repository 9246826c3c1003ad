// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A first line that names the format, then "key value" lines, only ever appended to:
 *
 *   kmeminfo capture 1
 *   version 0.1.0
 *   release 6.12.107+deb13-amd64
 *   page_bytes 4096
 *   missing proc/pagetypeinfo: not asked for
 */
#include "parse/manifest.h"

#define HEAD "kmeminfo capture 1"

static const struct {
	const char *key;
	size_t offset;
} texts[] = {
	{ "version", offsetof(struct km_manifest, version) },
	{ "release", offsetof(struct km_manifest, release) },
	{ "machine", offsetof(struct km_manifest, machine) },
	{ "page_bytes", offsetof(struct km_manifest, page_bytes) },
	{ "time", offsetof(struct km_manifest, time) },
	{ "root", offsetof(struct km_manifest, root) },
};

static bool take_missing(struct km_str value, struct km_manifest_missing *ret)
{
	ptrdiff_t end = km_str_find(value, KM_STR(": "));

	if (end < 0)
		return false;
	ret->path = (struct km_str){ value.ptr, (size_t)end };
	ret->reason = km_str_skip(value, (size_t)end + 2);
	return true;
}

static void parse_pair(struct km_parse *parse, struct km_str key, struct km_str value,
		       struct km_manifest *ret)
{
	struct km_manifest_missing missing;

	if (km_str_eq(key, KM_STR("missing"))) {
		if (take_missing(value, &missing))
			*km_array_push(&ret->missing) = missing;
		else
			km_parse_problem(parse, "not \"missing PATH: REASON\"");
		return;
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct km_str *text = (struct km_str *)((char *)ret + texts[i].offset);

		if (!text->ptr && km_str_eq(key, km_str_from(texts[i].key)))
			*text = value;
	}
}

void km_parse_manifest(struct km_parse *parse, struct km_str text, struct km_manifest *ret)
{
	struct km_str line, key;

	if (!km_parse_first_line(parse, &text, &line) || !km_str_eq(line, KM_STR(HEAD))) {
		km_parse_problem(parse, "does not begin with \"%s\"", HEAD);
		return;
	}
	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len)
			continue;
		if (km_str_take_until(&line, ' ', &key) && line.len)
			parse_pair(parse, key, line, ret);
		else
			km_parse_problem(parse, "not a key and its value");
	}
}

void km_manifest_deinit(struct km_manifest *manifest)
{
	km_array_deinit(&manifest->missing);
}

typedef KM_ARRAY(char) bytes;

static void add(bytes *text, struct km_str part)
{
	for (size_t i = 0; i < part.len; i++)
		*km_array_push(text) = part.ptr[i];
}

/* A line end inside a value would make two lines of it; a NUL would be taken for its end. */
static void add_value(bytes *text, struct km_str value)
{
	for (size_t i = 0; i < value.len; i++)
		*km_array_push(text) = memchr("\n\r", value.ptr[i], 3) ? '?' : value.ptr[i];
}

struct km_str km_manifest_text(struct km_pool *pool, const struct km_manifest *manifest)
{
	const struct km_manifest_missing *missing;
	struct km_str copy;
	bytes text = { 0 };

	add(&text, KM_STR(HEAD "\n"));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct km_str *value =
			(const struct km_str *)((const char *)manifest + texts[i].offset);

		if (!value->len)
			continue;
		add(&text, km_str_from(texts[i].key));
		add(&text, KM_STR(" "));
		add_value(&text, *value);
		add(&text, KM_STR("\n"));
	}
	km_array_each(missing, &manifest->missing) {
		add(&text, KM_STR("missing "));
		add_value(&text, missing->path);
		add(&text, KM_STR(": "));
		add_value(&text, missing->reason);
		add(&text, KM_STR("\n"));
	}
	copy = km_pool_copy(pool, (struct km_str){ text.items, text.len });
	km_array_deinit(&text);
	return copy;
}

struct km_str km_manifest_reason(const struct km_manifest *manifest, struct km_str path)
{
	const struct km_manifest_missing *missing;

	km_array_each(missing, &manifest->missing)
		if (km_str_eq(missing->path, path))
			return missing->reason;
	return (struct km_str){ 0 };
}
