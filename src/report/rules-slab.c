// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about slab caches and large requests of kmalloc(). */
#include "report/account-text.h"
#include "report/rule.h"
#include "model/slab-names.h"
#include "words/say.h"

#define MEMINFO KM_NEEDS(KM_FILE_MEMINFO)
#define SLABINFO KM_NEEDS(KM_FILE_SLABINFO)
#define ALLOCINFO KM_NEEDS(KM_FILE_ALLOCINFO)

#define SLAB_PERCENT      10
#define CACHE_PERCENT     5
#define KMALLOC_PERCENT   5
#define IDLE_PERCENT      1
#define IDLE_WARNING      5
#define IDLE_USED_PERCENT 50

static const char *largest_line(struct km_rule_context *context, bool large)
{
	const struct km_str line = km_account_line_text(
		context->pool, context->facts, large,
		large ? km_say("; the source line that holds most in such blocks is ") :
			km_say("; the source line that holds most in objects is "));

	return line.ptr ? line.ptr : "";
}

/* The largest cache that is not known to be reclaimable; NULL: none. */
static const struct km_slab *find_largest(const struct km_rule_context *context)
{
	const struct km_sheet *slab = &context->facts->slab;
	const struct km_slab *largest = NULL;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if (row->size_bytes != KM_UNKNOWN && row->reclaimable != KM_TRI_YES &&
		    (!largest || row->size_bytes > largest->size_bytes))
			largest = row;
	}
	return largest;
}

/* Whether kmalloc() requests outside caches hold more than any cache. */
static bool is_mostly_large(const struct km_rule_context *context)
{
	const uint64_t large = km_rule_part(context, KM_ACCOUNT_LARGE_KMALLOC);
	const struct km_slab *largest = find_largest(context);

	return large != KM_UNKNOWN && large > (largest ? largest->size_bytes : 0);
}

/*
 * "; its largest cache is NAME with SIZE"; a cache of unknown kind may be reclaimable. If kmalloc() requests
 * outside caches hold more than any cache, names them instead.
 */
static const char *largest_cache(struct km_rule_context *context)
{
	const struct km_slab *largest = find_largest(context);

	if (is_mostly_large(context))
		return km_say_printf(context->pool, "; %s of it are kmalloc() requests of more than two pages, which are "
				     "in no cache%s", km_rule_size(context, km_rule_part(context, KM_ACCOUNT_LARGE_KMALLOC)),
				     largest_line(context, true)).ptr;
	if (!largest)
		return "";
	return km_say_printf(context->pool, "; %s is %.*s with %s%s",
			      largest->reclaimable == KM_TRI_NO ? km_say("its largest cache") :
								  km_say("the largest cache that may be part of it"),
			      KM_STR_ARG(largest->name), km_rule_size(context, largest->size_bytes),
			      largest_line(context, false)).ptr;
}

static void slab_large(struct km_rule_context *context)
{
	uint64_t slab = km_rule_meminfo(context, "SUnreclaim"), total = km_rule_total(context);

	if (km_rule_measure_share(context, slab, total))
		km_rule_say(context, KM_RULE_MACHINE, slab, "unreclaimable slab is %s, %s of the memory%s",
			      km_rule_size(context, slab), km_rule_share(context, slab, total),
			      largest_cache(context));
}

static void kmalloc_large(struct km_rule_context *context)
{
	uint64_t bytes = km_rule_part(context, KM_ACCOUNT_LARGE_KMALLOC);

	if (km_rule_measure_share(context, bytes, km_rule_total(context)) &&
	    !(km_rule_is_found(context, "slab-unreclaimable-large") && is_mostly_large(context)))
		km_rule_say(context, KM_RULE_MACHINE, bytes, "kmalloc() requests of more than two pages "
						     "use %s%s",
			      km_rule_size(context, bytes), largest_line(context, true));
}

static void slab_idle(struct km_rule_context *context)
{
	const struct km_sheet *slab = &context->facts->slab;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);
		const bool busy = !(row->used_ratio * 100 < IDLE_USED_PERCENT);

		/* one that uses half of its memory counts as not idle */
		if (isnan(row->used_ratio))
			continue;
		if (km_rule_measure(context, busy ? KM_RULE_MACHINE : row->name,
				    busy ? 0 : km_rule_percent(row->idle_bytes, km_rule_total(context))))
			km_rule_say(context, row->name, row->idle_bytes,
				      "the cache holds %s and uses at most %s",
				      km_rule_size(context, row->size_bytes),
				      km_rule_size(context, row->used_bytes));
	}
}

/*
 * A cache of unknown kind is one of them where it exceeds all reclaimable slab. That of another kind is the file
 * system's cache, which may well be large. The largest is measured and not named twice.
 */
static void cache_large(struct km_rule_context *context)
{
	const bool is_named = km_rule_is_found(context, "slab-unreclaimable-large") && !is_mostly_large(context);
	const struct km_slab *named = is_named ? find_largest(context) : NULL;
	const struct km_sheet *slab = &context->facts->slab;
	const uint64_t reclaimable = km_rule_meminfo(context, "SReclaimable");

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if (row->reclaimable == KM_TRI_YES || row->size_bytes == KM_UNKNOWN)
			continue;
		if (row->reclaimable == KM_TRI_UNKNOWN && !(reclaimable != KM_UNKNOWN && row->size_bytes > reclaimable))
			continue;
		if (km_rule_measure(context, row->name, km_rule_percent(row->size_bytes, km_rule_total(context))) && row != named)
			km_rule_say(context, row->name, row->size_bytes, "the cache holds %s, %s of the memory",
				      km_rule_size(context, row->size_bytes),
				      km_rule_share(context, row->size_bytes, km_rule_total(context)));
	}
	if (slab->len && !context->run->measured)
		km_rule_absent(context, "no cache is known to be unreclaimable");
}

/*
 * An object of a kmalloc cache is its class, exactly, unless red zones, tracking or KASAN add to it
 * (k6.12:mm/slub.c calculate_sizes): they do so in the other caches, too.
 */
static void slab_debugging(struct km_rule_context *context)
{
	const struct km_sheet *slab = &context->facts->slab;
	const struct km_slab *found = NULL;
	uint64_t added = 0;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);
		uint64_t class = km_slab_class_bytes(row->name);

		/* classes between the powers of two may be rounded up to a cache line */
		if (class == KM_UNKNOWN || class & (class - 1) || row->object_bytes == KM_UNKNOWN ||
		    row->object_bytes <= class)
			continue;
		added += km_num_or(km_num_mul(row->objects, row->object_bytes - class), 0);
		if (!found || row->size_bytes > found->size_bytes)
			found = row;
	}
	if (!found) {
		if (slab->len)
			km_rule_measure_number(context, 0);
	} else if (km_rule_measure_number(context, added)) {
		km_rule_say(context, KM_RULE_MACHINE, added,
			      "slab debugging makes objects larger: one of %.*s takes %s; %s of the kmalloc caches are "
			      "debugging data",
			      KM_STR_ARG(found->name), km_rule_size(context, found->object_bytes),
			      km_rule_size(context, added));
	}
}

const struct km_rule km_slab_rules[] = {
	{ .word.key = "slab-unreclaimable-large", .look = slab_large,
	  .figure = KM_SAID("SUnreclaim, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO, .useful = SLABINFO | ALLOCINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(SLAB_PERCENT),
	  .command = "kmeminfo slab --top 10",
	  .word.brief = "unreclaimable slab is a large part of the memory",
	  .word.explain =
		"More than " KM_PERCENT_OF(SLAB_PERCENT) " of the total. Some machines need it "
		"(many connections, many containers). Growth without end is a leak in the kernel "
		"or a module. `kmeminfo slab` names the cache. For a kmalloc cache, the helper "
		"module or slub_debug=U on the boot command line shows the caller.",
	  .word.origin = "/proc/meminfo SUnreclaim" },
	{ .word.key = "large-kmalloc-large", .look = kmalloc_large,
	  .figure = KM_SAID("large kmalloc() requests, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO | SLABINFO,
	  .useful = ALLOCINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(KMALLOC_PERCENT),
	  .command = "kmeminfo callers --where 'mean_bytes>8K' --top 10",
	  .word.brief = "large requests of kmalloc() are a large part of the memory",
	  .word.explain =
		"More than " KM_PERCENT_OF(KMALLOC_PERCENT) " of the total. They are in no cache, "
		"so slabtop and similar tools do not show them. allocinfo, page_owner or tracing "
		"of the event kmem:kmalloc shows which part of the kernel requested them: "
		"`kmeminfo explain finding-callers`.",
	  .word.origin = "/proc/meminfo Slab - /proc/slabinfo" },
	{ .word.key = "cache-large", .look = cache_large,
	  .figure = KM_SAID("memory of an unreclaimable cache, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO | SLABINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(CACHE_PERCENT),
	  .command = "kmeminfo slab --sort size_bytes",
	  .word.brief = "one slab cache is a large part of the memory",
	  .word.explain =
		"A single unreclaimable cache holds more than " KM_PERCENT_OF(CACHE_PERCENT) " of "
		"the total. Two readings some time apart show whether it grows. Growth without "
		"end is a leak in the part of the kernel that owns the cache. For a kmalloc "
		"cache, slub_debug=U on the boot command line shows the caller.",
	  .word.origin = "/proc/slabinfo, /proc/meminfo SReclaimable" },
	{ .word.key = "slab-debugging", .look = slab_debugging,
	  .figure = KM_SAID("debugging data in the kmalloc caches"),
	  .unit = KM_RULE_BYTES, .flags = KM_RULE_HOST, .files = SLABINFO,
	  .ranges[KM_NOTE] = "0",
	  .command = "kmeminfo slab -o name,object_bytes,payload_bytes,padding_bytes --top 10",
	  .word.brief = "debugging makes the objects of slab caches larger",
	  .word.explain =
		"The kernel was booted with slab_debug (slub_debug), or built with "
		"CONFIG_SLUB_DEBUG_ON or KASAN: red zones and records of who allocated an object "
		"stand beside it. Small objects may need several times their memory, and no "
		"caches are merged. The sizes of the caches are right, but they are not what the "
		"same work needs without debugging.",
	  .word.origin = "/proc/slabinfo objsize of the kmalloc caches whose class is a power of two" },
	{ .word.key = "slab-idle", .look = slab_idle,
	  .figure = KM_SAID("unused memory of a cache that uses less than half of its own, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO | SLABINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(IDLE_PERCENT), .ranges[KM_WARNING] = KM_ABOVE(IDLE_WARNING),
	  .command = "kmeminfo slab --sort idle_bytes --top 10",
	  .word.brief = "a slab cache holds much more than it uses",
	  .word.explain =
		"A cache that uses less than " KM_PERCENT_OF(IDLE_USED_PERCENT) " of its memory, "
		"and whose unused part is more than " KM_PERCENT_OF(IDLE_PERCENT) " of the total; "
		"above " KM_PERCENT_OF(IDLE_WARNING) " this is a warning. Objects were freed, but "
		"some are left in each slab, so the slabs cannot be freed. The memory is reused "
		"when the cache grows. Writing 1 to /sys/kernel/slab/NAME/shrink frees empty "
		"slabs and sorts the others. For dentries and inodes, writing 2 to "
		"/proc/sys/vm/drop_caches frees more.",
	  .word.origin = "/proc/slabinfo" },
	{ .look = NULL }
};
