// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A supportconfig text (supportutils 3.1: supportconfig.rc conf_files, _log_cmd) is a sequence of
 * sections. The tool drops comments and blank lines of the files in them, so a slabinfo has no
 * header. With -A it keeps everything.
 *
 *   #==[ Configuration File ]===========================#
 *   # /proc/buddyinfo
 *   Node 0, zone      DMA      1      0 ...
 *
 *   #==[ Command ]======================================#
 *   # /usr/bin/uname -a
 *   Linux host 5.14.21 ...
 */
#include <string.h>
#include "base/text.h"
#include "source/files.h"
#include "source/text.h"

static bool is_slabinfo(struct km_str line)
{
	return km_str_starts(line, KM_STR("slabinfo - version")) ||
	       km_str_find(line, KM_STR(" : tunables ")) >= 0;
}

static bool after_zone_head(struct km_str line, struct km_str *ret)
{
	uint64_t node;
	struct km_str zone;

	*ret = line;
	return km_str_take_prefix(ret, KM_STR("Node ")) && km_str_take_u64(ret, &node) &&
	       km_str_take_prefix(ret, KM_STR(", zone ")) && km_str_take_word(ret, &zone);
}

static bool is_buddyinfo(struct km_str line)
{
	struct km_str rest;
	uint64_t count;

	return after_zone_head(line, &rest) && km_str_take_number(&rest, &count);
}

static bool is_zoneinfo(struct km_str line)
{
	struct km_str rest;

	return after_zone_head(line, &rest) && !km_str_trim(rest).len;
}

static bool is_pagetypeinfo(struct km_str line)
{
	return km_str_starts(line, KM_STR("Page block order:"));
}

static bool is_vmallocinfo(struct km_str line)
{
	return km_str_starts(line, KM_STR("0x")) && km_str_find(line, KM_STR("-0x")) > 0;
}

static bool is_meminfo(struct km_str line)
{
	return km_str_starts(line, KM_STR("MemTotal:"));
}

static bool is_vmstat(struct km_str line)
{
	return km_str_starts(line, KM_STR("nr_free_pages "));
}

static bool is_supportconfig(struct km_str line)
{
	return km_str_starts(line, KM_STR("#==["));
}

static const struct {
	enum km_file file;
	bool (*is)(struct km_str line);
} texts[] = {
	{ KM_FILE_SUPPORTCONFIG, is_supportconfig },
	{ KM_FILE_SLABINFO, is_slabinfo },
	{ KM_FILE_BUDDYINFO, is_buddyinfo },
	{ KM_FILE_ZONEINFO, is_zoneinfo },
	{ KM_FILE_PAGETYPEINFO, is_pagetypeinfo },
	{ KM_FILE_VMALLOCINFO, is_vmallocinfo },
	{ KM_FILE_MEMINFO, is_meminfo },
	{ KM_FILE_VMSTAT, is_vmstat },
};

const char *km_text_recognise(struct km_str head)
{
	struct km_str line;

	for (size_t lines = 0; lines < KM_TEXT_LINES && km_str_take_line(&head, &line); lines++)
		for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
			if (texts[i].is(km_text_without_prefix(line)))
				return km_files[texts[i].file].path;
	return NULL;
}

/* Converts "# /proc/slabinfo" or "# /usr/bin/uname -a" to a path below the root. */
static bool section_path(struct km_str line, struct km_str *ret)
{
	struct km_str path = km_str_trim(line);

	if (!km_str_take_prefix(&path, KM_STR("# /")))
		return false;
	if (km_str_ends(path, KM_STR("bin/uname -a")))
		path = km_str_from(km_files[KM_FILE_UNAME].path);
	*ret = path;
	return true;
}

/* Adds each file of /proc that a text contains. The entries borrow from the text. */
static void split(struct km_tree *tree, struct km_str text)
{
	struct km_tree_entry *entry = NULL;
	struct km_str line, path;
	bool head = false;

	while (km_str_take_line(&text, &line)) {
		if (is_supportconfig(line)) {
			entry = NULL;
			head = true;
		} else if (head) {
			head = false;
			if (!section_path(line, &path) || km_files_locate(path) != 0)
				continue;
			entry = km_tree_add(tree, path);
			entry->bytes = (struct km_str){ text.ptr, 0 };
		} else if (entry) {
			entry->bytes.len = (size_t)(text.ptr - entry->bytes.ptr);
		}
	}
}

void km_text_expand(struct km_tree *tree)
{
	static const enum km_file files[] = { KM_FILE_SUPPORTCONFIG, KM_FILE_SUPPORTCONFIG_BASE };
	const struct km_tree_entry *entry;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		km_tree_index(tree);
		entry = km_tree_find(tree, km_str_from(km_files[files[i]].path));
		if (entry)
			split(tree, entry->bytes);
	}
	km_tree_index(tree);
}
