// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"
#include "base/units.h"
#include "model/command-usage.h"
#include "model/slab.h"
#include "model/zone.h"
#include "report/account-text.h"
#include "words/say.h"

struct km_str km_account_suspects_text(struct km_pool *pool, const struct km_account_suspects *suspects)
{
	struct km_text text = { 0 };
	char buf[KM_UNITS_SIZE];

	km_text_join(&text, suspects->modules.items, suspects->modules.len, km_say_comma());
	if (suspects->cma_bytes) {
		km_text_separate(&text, km_say_comma());
		km_say_add(&text, "CMA users (at most %s)", km_units_bytes(buf, suspects->cma_bytes));
	}
	return km_text_keep_some(&text, pool);
}

struct km_str km_account_missing_text(struct km_pool *pool, const struct km_account_missing *missing, size_t most)
{
	const struct km_texts *keys = &missing->keys;
	struct km_text text = { 0 };

	if (missing->foreign)
		return KM_SENTENCE("memory that the kernel uses for this container");
	for (size_t i = 0; i < keys->len && i < most; i++) {
		const bool vmalloc = missing->vmalloc && km_str_eq(keys->items[i], KM_STR("VmallocUsed"));
		const struct km_str shown = vmalloc ? KM_SENTENCE("vmalloc (/proc/vmallocinfo has it)") : keys->items[i];

		km_text_join(&text, &shown, 1, km_say_comma());
	}
	if (keys->len > most)
		km_say_add(&text, " and %zu more", keys->len - most);
	return km_text_keep_some(&text, pool);
}

static const char *size(char buf[static KM_UNITS_SIZE], uint64_t bytes)
{
	return km_units_bytes(buf, bytes);
}

static const struct km_slab *largest_of(const struct km_sheet *slab, bool any, enum km_tri reclaimable)
{
	const struct km_slab *largest = NULL;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if ((any || row->reclaimable == reclaimable) && row->size_bytes != KM_UNKNOWN &&
		    (!largest || row->size_bytes > largest->size_bytes))
			largest = row;
	}
	return largest;
}

static struct km_str cache_text(struct km_pool *pool, const struct km_slab *largest)
{
	char buf[KM_UNITS_SIZE];

	if (!largest)
		return (struct km_str){ 0 };
	return km_say_printf(pool, "largest: %.*s %s", KM_STR_ARG(largest->name),
			      size(buf, largest->size_bytes));
}

/* The largest cache of a kind; none if a larger cache of unknown kind may belong to it. */
static struct km_str largest_cache(struct km_pool *pool, const struct km_sheet *slab, enum km_tri reclaimable)
{
	const struct km_slab *largest = largest_of(slab, false, reclaimable);
	const struct km_slab *unknown = largest_of(slab, false, KM_TRI_UNKNOWN);

	if (largest && unknown && unknown->size_bytes > largest->size_bytes)
		return (struct km_str){ 0 };
	return cache_text(pool, largest);
}

/* The largest of all caches, if a kind is unknown. */
static struct km_str largest_of_all(struct km_pool *pool, const struct km_sheet *slab)
{
	if (!largest_of(slab, false, KM_TRI_UNKNOWN))
		return (struct km_str){ 0 };
	return cache_text(pool, largest_of(slab, true, KM_TRI_UNKNOWN));
}

static struct km_str largest_command(struct km_pool *pool, const struct km_sheet *commands)
{
	const struct km_command_usage *largest = NULL;
	char buf[KM_UNITS_SIZE];

	for (size_t i = 0; i < commands->len; i++) {
		const struct km_command_usage *row = km_sheet_row(commands, i);

		if (row->anonymous_bytes != KM_UNKNOWN &&
		    (!largest || row->anonymous_bytes > largest->anonymous_bytes))
			largest = row;
	}
	if (!largest)
		return (struct km_str){ 0 };
	return km_say_printf(pool, "largest: %.*s %s", KM_STR_ARG(largest->command),
			      size(buf, largest->anonymous_bytes));
}

/* A format with a size, if the size is known and not 0. */
static struct km_str note_size(struct km_pool *pool, uint64_t bytes, const char *format)
{
	char buf[KM_UNITS_SIZE];

	if (!bytes || bytes == KM_UNKNOWN)
		return (struct km_str){ 0 };
	return km_say_printf(pool, format, size(buf, bytes));
}

struct km_str km_account_line_text(struct km_pool *pool, const struct km_finding_input *facts, bool large,
				   const char *before)
{
	const struct km_caller *row = km_caller_largest(&facts->callers, facts->page_bytes, large);
	char buf[KM_UNITS_SIZE];

	if (!row)
		return (struct km_str){ 0 };
	return km_pool_printf(pool, "%s%.*s (%.*s) %s", before, KM_STR_ARG(row->place), KM_STR_ARG(row->caller),
			      size(buf, row->size_bytes));
}

static struct km_str or_else(struct km_str text, const char *otherwise)
{
	return text.ptr ? text : km_str_from(otherwise);
}

/*
 * Memory in the zones that the page allocator does not manage, without the part of it in MemTotal ("in no
 * zone").
 */
static uint64_t reserved_bytes(const struct km_summary *summary)
{
	const uint64_t reserved = km_sheet_member_sum(&summary->finding_input.zones,
						      offsetof(struct km_zone, reserved_bytes));
	const uint64_t beyond = km_num_sub(km_account_bytes(&summary->account, KM_ACCOUNT_TOTAL),
					   summary->account_input.managed_bytes);

	if (beyond == KM_UNKNOWN || reserved == KM_UNKNOWN)
		return reserved;
	return reserved > beyond ? reserved - beyond : 0;
}

static void collect_notes(struct km_pool *pool, const struct km_summary *summary,
			  struct km_str notes[static KM_ACCOUNT_PARTS])
{
	const struct km_finding_input *facts = &summary->finding_input;
	const struct km_command_usage *commands = summary->commands.totals;
	struct km_str balloon;

	if (summary->account_input.foreign) {
		notes[KM_ACCOUNT_TOTAL] = KM_SENTENCE("of a container; zones and slab are the host's");
		return;
	}

	notes[KM_ACCOUNT_TOTAL] = note_size(pool, reserved_bytes(summary), KM_SAID("%s more is not managed"));
	notes[KM_ACCOUNT_FREE_PER_CPU] = KM_SENTENCE("not in MemFree");
	notes[KM_ACCOUNT_ANONYMOUS] = largest_command(pool, &summary->commands);
	notes[KM_ACCOUNT_SLAB] = largest_of_all(pool, &facts->slab);
	notes[KM_ACCOUNT_SLAB_RECLAIMABLE] = largest_cache(pool, &facts->slab, KM_TRI_YES);
	notes[KM_ACCOUNT_SLAB_UNRECLAIMABLE] = largest_cache(pool, &facts->slab, KM_TRI_NO);
	notes[KM_ACCOUNT_SLAB_CACHES] = km_account_line_text(pool, facts, false, km_say("largest line: "));
	notes[KM_ACCOUNT_LARGE_KMALLOC] =
		or_else(km_account_line_text(pool, facts, true, km_say("in no cache; largest line: ")),
			km_say("in no cache"));
	if (commands)
		notes[KM_ACCOUNT_VMALLOC_STACKS] = notes[KM_ACCOUNT_STACKS] =
			km_say_printf(pool, "%llu threads", (unsigned long long)commands->threads);
	notes[KM_ACCOUNT_UNACCOUNTED] = note_size(pool, summary->counted_bytes, KM_SAID("page by page %s"));
	if (!notes[KM_ACCOUNT_UNACCOUNTED].ptr)
		notes[KM_ACCOUNT_UNACCOUNTED] = summary->module ?
			KM_SENTENCE("`kmeminfo summary --pages` splits this") :
			KM_SENTENCE("the helper module can split this");
	if (facts->suspects.ptr && summary->counted_bytes == KM_UNKNOWN)
		notes[KM_ACCOUNT_UNACCOUNTED] =
			km_say_printf(pool, "may belong to %.*s", KM_STR_ARG(facts->suspects));
	balloon = note_size(pool, km_account_balloon(facts->meminfo, facts->vmstat, facts->page_bytes), 
			    KM_SAID("a balloon has %s, in here or outside the total"));
	if (balloon.ptr)
		notes[KM_ACCOUNT_UNACCOUNTED] = balloon;
}

/* The words of km_certainties in notes: KM_AT_MOST to KM_AT_LEAST. */
static const char *const bounds[] = { KM_SAID("at most"), KM_SAID("estimate"), KM_SAID("at least") };

static struct km_str note_of(struct km_pool *pool, const struct km_account *row, struct km_str given)
{
	const bool bound = row->certainty <= &km_certainties[KM_AT_LEAST] && row->bytes;
	const struct km_str word = bound ? KM_SENTENCE(bounds[row->certainty - km_certainties]) : (struct km_str){ 0 };
	char reported[KM_UNITS_SIZE];

	if (row->reported_bytes != KM_UNKNOWN && row->reported_bytes != row->bytes)
		return km_say_printf(pool, "%s reported, more than the part above has left",
				      km_units_bytes(reported, row->reported_bytes));
	if (bound && given.len)
		return km_pool_printf(pool, "%.*s%s%.*s", KM_STR_ARG(word), km_say("; "), KM_STR_ARG(given));
	return bound ? word : given.ptr ? given : KM_STR("");
}

void km_account_set_notes(struct km_pool *pool, const struct km_str *notes, struct km_account_tree *tree)
{
	enum { SHOWN = 3 };

	for (unsigned int id = 0; id < KM_ACCOUNT_PARTS; id++) {
		struct km_account *row = tree->parts[id];
		struct km_str note = notes ? notes[id] : (struct km_str){ 0 };

		if (!row)
			continue;
		row->label = km_say_in(km_say_language_now(), row->label);
		if (id == KM_ACCOUNT_UNACCOUNTED && km_account_is_missing(&tree->missing))
			note = km_say_printf(pool, "unknown: %.*s",
					      KM_STR_ARG(km_account_missing_text(pool, &tree->missing, SHOWN)));
		else if (id == KM_ACCOUNT_UNACCOUNTED && !row->bytes)
			note = (struct km_str){ 0 };
		row->note = note_of(pool, row, note);
	}
}

void km_account_explain(struct km_pool *pool, const struct km_summary *summary, struct km_account_tree *tree)
{
	struct km_str notes[KM_ACCOUNT_PARTS] = { { 0 } };

	collect_notes(pool, summary, notes);
	km_account_set_notes(pool, notes, tree);
}
