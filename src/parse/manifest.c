// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A first line that names the format, then "key value" lines, only ever appended to:
 *
 *   kmeminfo capture 1
 *   version 0.1.0
 *   release 6.12.107+deb13-amd64
 *   page_bytes 4096
 *   missing proc/pagetypeinfo: left out; --all includes it
 *   redacted proc/version: builder of the kernel
 *   file 1c291ca3 5124 proc/slabinfo
 *   names 6b8b4567 212 sys/kernel/slab
 *   checksum 327b23c6
 *
 * "file" has the CRC-32 and the size of a file. "names" has the CRC-32 of the list of names in a
 * directory, and their number. "checksum" has the CRC-32 of all lines above it.
 */
#include <stdio.h>
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
	{ "incomplete", offsetof(struct km_manifest, incomplete) },
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

static bool take_crc(struct km_str *rest, uint32_t *ret)
{
	struct km_str word;
	uint64_t number;

	if (!km_str_take_word(rest, &word) || word.len != 8 || km_str_to_hex(word, &number))
		return false;
	*ret = (uint32_t)number;
	return true;
}

/* Rejects paths that add_value() would change. */
static bool is_path(struct km_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (memchr("\n\r", text.ptr[i], 3))
			return false;
	return text.len > 0;
}

static bool take_checksum(struct km_str value, struct km_checksum *ret)
{
	if (!take_crc(&value, &ret->crc) || !km_str_take_number(&value, &ret->size) ||
	    !km_str_take_prefix(&value, KM_STR(" ")))
		return false;
	ret->path = value;
	return is_path(value);
}

/* Parses a line of one of the lists; false if the key names no list. */
static bool parse_listed(struct km_parse *parse, struct km_str key, struct km_str value,
			 struct km_manifest *ret)
{
	struct km_checksum checksum = { .directory = km_str_eq(key, KM_STR("names")) };
	struct km_manifest_missing missing;

	if (km_str_eq(key, KM_STR("missing")) || km_str_eq(key, KM_STR("redacted"))) {
		if (!take_missing(value, &missing))
			km_parse_problem(parse, "not \"%.*s PATH: REASON\"", KM_STR_ARG(key));
		else if (km_str_eq(key, KM_STR("missing")))
			*km_array_push(&ret->missing) = missing;
		else
			*km_array_push(&ret->redacted) = missing;
		return true;
	}
	if (!checksum.directory && !km_str_eq(key, KM_STR("file")))
		return false;
	if (take_checksum(value, &checksum))
		*km_array_push(&ret->checksums.list) = checksum;
	else
		km_parse_problem(parse, "not \"%.*s CRC SIZE PATH\"", KM_STR_ARG(key));
	return true;
}

static void parse_pair(struct km_parse *parse, struct km_str key, struct km_str value,
		       struct km_manifest *ret)
{
	if (parse_listed(parse, key, value, ret))
		return;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct km_str *text = (struct km_str *)((char *)ret + texts[i].offset);

		if (!text->ptr && km_str_eq(key, km_str_from(texts[i].key)))
			*text = value;
	}
}

/* Whether value is the checksum of all text before key. */
static bool is_checksum(const char *start, struct km_str key, struct km_str value)
{
	uint32_t crc;

	return take_crc(&value, &crc) && !km_str_trim(value).len &&
	       crc == km_crc32(0, (struct km_str){ start, (size_t)(key.ptr - start) });
}

static void give_up(struct km_parse *parse, struct km_manifest *ret)
{
	km_manifest_deinit(ret);
	*ret = (struct km_manifest){ 0 };
	km_parse_problem(parse, "the manifest is damaged or was edited, so kmeminfo does not use it; "
				"an edited one must have no file, names and checksum lines");
}

void km_parse_manifest(struct km_parse *parse, struct km_str text, struct km_manifest *ret)
{
	const char *start = text.ptr;
	struct km_str line, key = { 0 };
	bool whole = false;

	if (!km_parse_first_line(parse, &text, &line) || !km_str_eq(line, KM_STR(HEAD))) {
		km_parse_problem(parse, "does not begin with \"%s\"", HEAD);
		return;
	}
	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len)
			continue;
		if (!km_str_take_until(&line, ' ', &key) || !line.len) {
			km_parse_problem(parse, "not a key and its value");
		} else if (km_str_eq(key, KM_STR("checksum"))) {
			whole = is_checksum(start, key, line) && !km_str_trim(text).len;
			break;
		} else {
			parse_pair(parse, key, line, ret);
		}
	}
	if (km_str_eq(key, KM_STR("checksum")) ? !whole : ret->checksums.list.len)
		give_up(parse, ret);
	km_checksums_sort(&ret->checksums);
}

void km_manifest_deinit(struct km_manifest *manifest)
{
	km_array_deinit(&manifest->missing);
	km_array_deinit(&manifest->redacted);
	km_array_deinit(&manifest->checksums.list);
}

typedef KM_ARRAY(char) bytes;

static void add(bytes *text, struct km_str part)
{
	for (size_t i = 0; i < part.len; i++)
		*km_array_push(text) = part.ptr[i];
}

/* A line end in a value would split its line, and a NUL would end it. */
static void add_value(bytes *text, struct km_str value)
{
	for (size_t i = 0; i < value.len; i++)
		*km_array_push(text) = memchr("\n\r", value.ptr[i], 3) ? '?' : value.ptr[i];
}

static void add_missing(bytes *text, struct km_str key, const struct km_manifest_missing *missing)
{
	add(text, key);
	add_value(text, missing->path);
	add(text, KM_STR(": "));
	add_value(text, missing->reason);
	add(text, KM_STR("\n"));
}

static void add_checksum(bytes *text, const struct km_checksum *checksum)
{
	char head[64];

	snprintf(head, sizeof(head), "%s %08x %llu ", checksum->directory ? "names" : "file",
		 (unsigned int)checksum->crc, (unsigned long long)checksum->size);
	add(text, km_str_from(head));
	add_value(text, checksum->path);
	add(text, KM_STR("\n"));
}

/* Adds the last line of a manifest that lists files. */
static void add_own_checksum(bytes *text)
{
	char line[32];

	snprintf(line, sizeof(line), "checksum %08x\n",
		 (unsigned int)km_crc32(0, (struct km_str){ text->items, text->len }));
	add(text, km_str_from(line));
}

struct km_str km_manifest_text(struct km_pool *pool, struct km_manifest *manifest)
{
	const struct km_manifest_missing *missing;
	const struct km_checksum *checksum;
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
	km_array_each(missing, &manifest->missing)
		add_missing(&text, KM_STR("missing "), missing);
	km_array_each(missing, &manifest->redacted)
		add_missing(&text, KM_STR("redacted "), missing);
	km_checksums_sort(&manifest->checksums);
	km_array_each(checksum, &manifest->checksums.list)
		add_checksum(&text, checksum);
	if (manifest->checksums.list.len)
		add_own_checksum(&text);
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
