// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * procps 3.2 to 4.0: slabtop -o, vmstat -m. free is in pasted-free.c.
 *
 *     OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME
 *   831033 830425  99%    0.19K  39573       21    158292K dentry
 *
 *   Cache                       Num  Total   Size  Pages
 *   dentry                   830425 831033    192     21
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include "base/array.h"
#include "base/num.h"
#include "base/text.h"
#include "source/files.h"
#include "source/pasted-free.h"
#include "source/pasted.h"
#include "source/text.h"

/* Whether a line begins with these words. */
static bool is_heading(struct km_str line, const char *const *words, size_t len)
{
	struct km_str word;

	for (size_t i = 0; i < len; i++)
		if (!km_str_take_word(&line, &word) || !km_str_eq(word, km_str_from(words[i])))
			return false;
	return true;
}

#define HEADING(line, ...)                                                                         \
	is_heading(line, (const char *const[]){ __VA_ARGS__ },                                     \
		   sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static bool is_slabtop(struct km_str line)
{
	return HEADING(line, "OBJS", "ACTIVE", "USE", "OBJ", "SIZE", "SLABS", "OBJ/SLAB", "CACHE", "SIZE", "NAME");
}

static bool is_vmstat(struct km_str line)
{
	return HEADING(line, "Cache", "Num", "Total", "Size", "Pages");
}

/* One line of slabinfo. KM_UNKNOWN becomes "-". */
struct cache {
	struct km_str name;
	uint64_t active, objects, object_bytes, objects_per_slab, pages_per_slab, slabs;
};

static void add_figure(struct km_text *out, uint64_t figure)
{
	if (figure == KM_UNKNOWN)
		km_text_puts(out, " -");
	else
		km_text_printf(out, " %" PRIu64, figure);
}

static void add_cache(struct km_text *out, const struct cache *cache)
{
	km_text_add(out, cache->name);
	add_figure(out, cache->active);
	add_figure(out, cache->objects);
	add_figure(out, cache->object_bytes);
	add_figure(out, cache->objects_per_slab);
	add_figure(out, cache->pages_per_slab);
	km_text_puts(out, " : tunables 0 0 0 : slabdata");
	add_figure(out, cache->slabs);
	add_figure(out, cache->slabs);
	km_text_puts(out, " 0\n");
}

/* Slab sizes are first counted in units of the smallest Linux page. */
enum { UNIT_BYTES = 4096, ORDERS = 11 };

/* Takes "158292K", which is exact. --human rounds, and its other units are not accepted. */
static uint64_t take_kib(struct km_str *rest)
{
	struct km_str word;
	uint64_t kib;

	if (!km_str_take_word(rest, &word) || !km_str_take_u64(&word, &kib) || !km_str_eq(word, KM_STR("K")))
		return KM_UNKNOWN;
	return km_num_mul(kib, 1024);
}

static bool take_slabtop(struct km_str line, struct cache *cache)
{
	struct km_str use, object;
	uint64_t bytes, pages;

	if (!km_str_take_number(&line, &cache->objects) || !km_str_take_number(&line, &cache->active) ||
	    !km_str_take_word(&line, &use) || !km_str_ends(use, KM_STR("%")) || !km_str_take_word(&line, &object) ||
	    !km_str_take_number(&line, &cache->slabs) || !km_str_take_number(&line, &cache->objects_per_slab))
		return false;
	bytes = take_kib(&line);
	pages = bytes == KM_UNKNOWN ? KM_UNKNOWN : bytes / UNIT_BYTES;
	cache->object_bytes = KM_UNKNOWN; /* rounded to a hundredth of a KiB */
	cache->pages_per_slab = pages == KM_UNKNOWN || !cache->slabs || pages % cache->slabs ?
					KM_UNKNOWN : pages / cache->slabs;
	cache->name = km_str_trim(line);
	return cache->name.len;
}

/*
 * The pages of a slab. SLUB puts as many objects as fit into a slab, so only one order holds this
 * number.
 */
static uint64_t pages_for(uint64_t objects, uint64_t object_bytes)
{
	for (unsigned int order = 0; order < ORDERS; order++)
		if (object_bytes && ((uint64_t)UNIT_BYTES << order) / object_bytes == objects)
			return 1ULL << order;
	return KM_UNKNOWN;
}

/*
 * "Pages" is the number of objects per slab (procps:src/vmstat.c slabformat). Slabs of a smaller
 * fallback size hold fewer objects, but look the same.
 */
static bool take_vmstat(struct km_str line, struct cache *cache)
{
	uint64_t *const figures[] = { &cache->objects_per_slab, &cache->object_bytes, &cache->objects, &cache->active };
	struct km_str word;

	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		if (!km_str_take_last_word(&line, &word) || km_str_to_u64(word, figures[i]))
			return false;
	cache->name = km_str_trim(line);
	if (!cache->name.len || !cache->objects_per_slab)
		return false;
	cache->slabs = cache->objects % cache->objects_per_slab ? KM_UNKNOWN :
								  cache->objects / cache->objects_per_slab;
	cache->pages_per_slab = pages_for(cache->objects_per_slab, cache->object_bytes);
	return true;
}

struct caches {
	KM_ARRAY(struct cache) list;
};

/*
 * The number of units in a page. Every kernel has caches with slabs of one page. A short list may
 * contain none of them, a long list always does.
 */
static uint64_t page_units(const struct caches *caches)
{
	enum { MANY = 32 };
	uint64_t least = KM_UNKNOWN;
	const struct cache *cache;

	km_array_each(cache, &caches->list)
		if (cache->pages_per_slab < least)
			least = cache->pages_per_slab;
	return caches->list.len >= MANY && (least == 4 || least == 16) ? least : 1;
}

static void read_caches(struct km_str text, bool (*is)(struct km_str line),
			bool (*take)(struct km_str line, struct cache *cache), struct caches *caches)
{
	struct km_str line;
	bool begun = false;

	while (km_str_take_line(&text, &line)) {
		struct cache cache;

		if (is(line))
			begun = true;
		else if (begun && take(line, &cache))
			*km_array_push(&caches->list) = cache;
	}
}

static void convert_caches(struct km_pool *pool, struct km_str text, bool (*is)(struct km_str line),
			   bool (*take)(struct km_str line, struct cache *cache), struct km_pasted_text *ret)
{
	KM_TEXT_SCOPE out = { 0 };
	struct caches caches = { 0 };
	struct cache *cache;
	uint64_t units;

	read_caches(text, is, take, &caches);
	units = page_units(&caches);
	km_array_each(cache, &caches.list) {
		if (cache->pages_per_slab != KM_UNKNOWN)
			cache->pages_per_slab /= units;
		add_cache(&out, cache);
	}
	km_array_deinit(&caches.list);
	*ret = (struct km_pasted_text){ km_text_keep(&out, pool), units * UNIT_BYTES };
}

static int convert_slabtop(struct km_pool *pool, struct km_str text, struct km_pasted_text *ret, struct km_err *err)
{
	(void)err;
	convert_caches(pool, text, is_slabtop, take_slabtop, ret);
	return 0;
}

static int convert_vmstat(struct km_pool *pool, struct km_str text, struct km_pasted_text *ret, struct km_err *err)
{
	(void)err;
	convert_caches(pool, text, is_vmstat, take_vmstat, ret);
	return 0;
}

static const struct km_pasted programs[] = {
	{ "slabtop", is_slabtop, "proc/slabinfo", convert_slabtop },
	{ "vmstat -m", is_vmstat, "proc/slabinfo", convert_vmstat },
	{ "free", km_free_is_heading, "proc/meminfo", km_free_convert },
};

/* Prompts, command lines and slabtop's summary come before the heading. */
const struct km_pasted *km_pasted_recognise(struct km_str head)
{
	struct km_str line;

	for (size_t lines = 0; lines < KM_TEXT_LINES && km_str_take_line(&head, &line); lines++) {
		line = km_text_without_prefix(line);
		for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
			if (programs[i].is(line))
				return &programs[i];
	}
	return NULL;
}
