// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A sos report contains no /sys/kernel/slab, only the output of ls for it. The file's name includes
 * the options: ls_-lt_.sys.kernel.slab, ls_-alhZ_.sys.kernel.slab (sos 4:
 * report/plugins/kernel.py). The options decide which columns there are; the name always comes
 * after the time.
 *
 *   total 0
 *   drwxr-xr-x. 2 root root 0 Jun  3 09:14 :0000064
 *   lrwxrwxrwx. 1 root root 0 Jun  3 09:14 ext4_inode_cache -> :a-0001128
 */
#include <errno.h>
#include "base/array.h"
#include "source/backend.h"
#include "source/files.h"
#include "source/sos.h"

static bool is_month(struct km_str word)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	ptrdiff_t at = word.len == 3 ? km_str_find(km_str_from(months), word) : -1;

	return at >= 0 && at % 3 == 0;
}

/*
 * Takes everything up to the date and the date: "Jun  3 09:14", "Jun  3  2024", or "2024-06-03
 * 09:14".
 */
static bool take_date(struct km_str *rest)
{
	struct km_str word, time;

	while (km_str_take_word(rest, &word)) {
		if (is_month(word))
			return km_str_take_word(rest, &word) && km_str_take_word(rest, &time);
		if (word.len == 10 && word.ptr[4] == '-' && word.ptr[7] == '-')
			return km_str_take_word(rest, &time);
	}
	return false;
}

/* False if the line names no cache: the total, "." and "..", damaged lines. */
static bool parse_line(struct km_str line, struct km_entry *ret)
{
	const struct km_str arrow = KM_STR(" -> ");
	bool link = km_str_starts(line, KM_STR("l"));
	ptrdiff_t at;

	if ((!link && !km_str_starts(line, KM_STR("d"))) || !take_date(&line) || line.len < 2)
		return false;
	*ret = (struct km_entry){ .name = km_str_skip(line, 1) };
	at = km_str_find(ret->name, arrow);
	if (link && at < 0)
		return false;
	if (link) {
		ret->target = km_str_skip(ret->name, (size_t)at + arrow.len);
		ret->name.len = (size_t)at;
	}
	return ret->name.len && !km_str_eq(ret->name, KM_STR(".")) &&
	       !km_str_eq(ret->name, KM_STR(".."));
}

static int read_listing(struct km_source *source, struct km_str *ret, struct km_err *err)
{
	const char *folder = km_files[KM_FILE_SLAB_LISTING].path;
	struct km_entries files;
	int r;

	r = source->backend->list(source, folder, &files, err);
	if (r)
		return r;
	for (size_t i = 0; i < files.len; i++) {
		const struct km_str name = files.items[i].name;

		if (km_str_starts(name, KM_STR("ls_")) &&
		    km_str_ends(name, KM_STR("sys.kernel.slab")))
			return source->backend->read(
				source,
				km_pool_printf(&source->pool, "%s/%.*s", folder, KM_STR_ARG(name)).ptr,
				ret, err);
	}
	return -ENOENT;
}

int km_sos_list_slab(struct km_source *source, struct km_entries *ret, struct km_err *err)
{
	KM_ARRAY(struct km_entry) entries = { 0 };
	struct km_str text, line;
	struct km_entry entry;
	int r;

	r = read_listing(source, &text, err);
	if (r)
		return r;
	while (km_str_take_line(&text, &line))
		if (parse_line(line, &entry))
			*km_array_push(&entries) = entry;
	km_entries_keep(source, entries.items, entries.len, ret);
	km_array_deinit(&entries);
	return 0;
}
