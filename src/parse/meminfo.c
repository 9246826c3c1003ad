// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/meminfo (k6.12:fs/proc/meminfo.c meminfo_proc_show): a key, a colon, a number, and kB
 * unless the number counts huge pages. The keys depend on the kernel.
 *
 *   MemTotal:        2010632 kB
 *   HugePages_Total:       0
 */
#include <ctype.h>
#include <string.h>
#include "parse/meminfo.h"

/* In every kernel from 2.6.32 to 7.2, only these numbers are not in kB. */
static bool is_count(struct km_str key)
{
	return km_str_starts(key, KM_STR("HugePages_"));
}

/* Whether the line may be one of the file; a shell prompt after the file is not. */
static bool is_key_text(struct km_str line)
{
	for (size_t i = 0; i < line.len && line.ptr[i] != ':'; i++)
		if (!isalnum((unsigned char)line.ptr[i]) && !strchr("_()", line.ptr[i]))
			return false;
	return line.len;
}

/* ended: a newline ends the line. A truncated file may end within a number. */
static bool parse_entry(struct km_str line, bool ended, struct km_meminfo_entry *entry)
{
	struct km_str unit;

	if (!km_str_take_until(&line, ':', &entry->key))
		return false;
	entry->key = km_str_trim(entry->key);
	if (!entry->key.len || !km_str_take_number(&line, &entry->value))
		return false;
	entry->kb = km_str_take_word(&line, &unit);
	if (!entry->kb)
		return ended;
	return km_str_eq(unit, KM_STR("kB")) && !km_str_trim(line).len;
}

void km_parse_meminfo(struct km_parse *parse, struct km_str text, struct km_meminfo *ret)
{
	const char *end = text.ptr + text.len;
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		struct km_meminfo_entry entry = { 0 };
		bool ended = line.ptr + line.len < end;

		if (!km_str_trim(line).len)
			continue;
		if (parse_entry(line, ended, &entry)) {
			if (km_index_of(&ret->keys, 0, entry.key) < ret->entries.len)
				km_parse_problem(parse, "a second line of this key");
			else
				*km_array_push(&ret->entries) = entry;
			continue;
		}
		ret->cut |= !ended && is_key_text(line);
		km_parse_problem(parse, "not \"KEY: NUMBER\" or \"KEY: NUMBER kB\"");
		if (entry.key.len)
			*km_array_push(&ret->rejected) = entry.key;
	}
}

void km_meminfo_deinit(struct km_meminfo *meminfo)
{
	km_array_deinit(&meminfo->entries);
	km_index_deinit(&meminfo->keys);
	km_array_deinit(&meminfo->rejected);
}

static uint64_t find(const struct km_meminfo *meminfo, struct km_str key, bool kb)
{
	const struct km_meminfo_entry *entry;

	if (!meminfo)
		return KM_UNKNOWN;
	km_array_each(entry, &meminfo->entries)
		if (entry->kb == kb && km_str_eq(entry->key, key))
			return entry->value;
	return KM_UNKNOWN;
}

uint64_t km_meminfo_bytes(const struct km_meminfo *meminfo, struct km_str key)
{
	return km_num_mul(find(meminfo, key, true), 1024);
}

uint64_t km_meminfo_count(const struct km_meminfo *meminfo, struct km_str key)
{
	return find(meminfo, key, false);
}

bool km_meminfo_has(const struct km_meminfo *meminfo, struct km_str key)
{
	return find(meminfo, key, !is_count(key)) != KM_UNKNOWN;
}

bool km_meminfo_was_rejected(const struct km_meminfo *meminfo, struct km_str key)
{
	const struct km_str *rejected;

	if (!meminfo)
		return false;
	km_array_each(rejected, &meminfo->rejected)
		if (km_str_eq(*rejected, key))
			return true;
	return !km_meminfo_has(meminfo, key) && find(meminfo, key, is_count(key)) != KM_UNKNOWN;
}
