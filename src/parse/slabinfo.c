// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/slabinfo (k6.12:mm/slab_common.c slabinfo_show, version 2.1), one line per cache:
 *
 *   NAME ACTIVE_OBJS NUM_OBJS OBJSIZE OBJPERSLAB PAGESPERSLAB
 *       : tunables LIMIT BATCHCOUNT SHAREDFACTOR : slabdata ACTIVE_SLABS NUM_SLABS SHAREDAVAIL
 *
 * SLAB (until 6.7) may add " : globalstat ..." and " : cpustat ...". A name may contain any
 * characters, so the parser takes the numbers from " : tunables" backwards.
 */
#include "parse/slabinfo.h"

/*
 * The offset of the first or the last " : MARK"; -1 if there is none. A line has few colons, so the
 * search looks for those.
 */
static ptrdiff_t find_mark(struct km_str line, struct km_str mark, bool last)
{
	const char *at = line.ptr, *end = line.ptr + line.len;
	ptrdiff_t found = -1;

	while (at < end && (found < 0 || last) && (at = memchr(at, ':', (size_t)(end - at)))) {
		if (at > line.ptr && km_str_starts((struct km_str){ at - 1, (size_t)(end - at) + 1 }, mark))
			found = at - 1 - line.ptr;
		at++;
	}
	return found;
}

/* Finds the last " : tunables", because a name may contain that, too. */
static ptrdiff_t find_tunables(struct km_str line)
{
	return find_mark(line, KM_STR(" : tunables"), true);
}

/* A number, or "-" if another program's output lacks it. */
static bool to_counter(struct km_str word, uint64_t *ret)
{
	*ret = KM_UNKNOWN;
	return km_str_eq(word, KM_STR("-")) || !km_str_to_u64(word, ret);
}

/* Takes the five numbers before " : tunables", the last one first. */
static bool take_counters(struct km_str *rest, struct km_slabinfo_cache *cache)
{
	uint64_t *const counters[] = { &cache->pagesperslab, &cache->objperslab, &cache->objsize,
				       &cache->num_objs, &cache->active_objs };
	struct km_str word;

	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++)
		if (!km_str_take_last_word(rest, &word) || !to_counter(word, counters[i]))
			return false;
	return true;
}

static bool take_slabdata(struct km_str rest, struct km_slabinfo_cache *cache)
{
	static const struct km_str mark = KM_STR_INIT(" : slabdata");
	uint64_t *const counters[] = { &cache->active_slabs, &cache->num_slabs, &cache->sharedavail };
	ptrdiff_t at = find_mark(rest, mark, false);
	struct km_str word;

	if (at < 0)
		return false;
	rest = km_str_skip(rest, (size_t)at + mark.len);
	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++)
		if (!km_str_take_word(&rest, &word) || !to_counter(word, counters[i]))
			return false;
	return true;
}

static bool parse_cache(struct km_str line, ptrdiff_t tunables, struct km_slabinfo_cache *cache)
{
	struct km_str rest = { line.ptr, (size_t)tunables };

	if (!take_slabdata(km_str_skip(line, (size_t)tunables), cache) ||
	    !take_counters(&rest, cache))
		return false;
	cache->name = km_str_trim(rest);
	return cache->name.len > 0;
}

#define VERSION "slabinfo - version:"

/*
 * "slabinfo - version: 2.1", for SLAB followed by " (statistics)". More text would make it a cache.
 */
static bool is_version(struct km_str line)
{
	struct km_str word;

	if (!km_str_take_prefix(&line, KM_STR(VERSION)))
		return false;
	for (size_t words = 0; words < 2; words++)
		km_str_take_word(&line, &word);
	return !km_str_trim(line).len;
}

/* Some capture tools drop the header (all lines that begin with #) and blank lines. */
static bool is_heading(struct km_str line)
{
	return !km_str_trim(line).len || *line.ptr == '#' || is_version(line);
}

void km_parse_slabinfo(struct km_parse *parse, struct km_str text, struct km_slabinfo *ret)
{
	struct km_str line;

	while (km_parse_line(parse, &text, &line)) {
		struct km_slabinfo_cache cache, *kept;
		ptrdiff_t tunables;

		if (is_heading(line))
			continue;
		tunables = km_str_starts(line, KM_STR(VERSION)) ? -1 : find_tunables(line);
		if (tunables < 0) {
			km_parse_problem(parse, "no \" : tunables\": not a cache of slabinfo 2.x");
			continue;
		}
		if (!parse_cache(line, tunables, &cache)) {
			km_parse_problem(parse, "not NAME, five numbers, and three of slabdata");
			continue;
		}
		kept = km_array_push(&ret->caches);
		*kept = cache;
		kept->name = km_pool_copy(&ret->pool, cache.name);
	}
}

void km_slabinfo_deinit(struct km_slabinfo *slabinfo)
{
	km_array_deinit(&slabinfo->caches);
	km_pool_deinit(&slabinfo->pool);
}
