// SPDX-License-Identifier: GPL-2.0-or-later
/* Sentences about limits, areas and pools: failures that do not depend on zones. */
#include "report/failure-sentence.h"
#include "words/say.h"

static const char *limit_name(const struct km_klog_event *event, const struct km_klog_limit *limit)
{
	if (limit == &event->memory_swap)
		return km_say("memory and swap");
	return limit == &event->kernel ? km_say("kernel memory") : km_say("memory");
}

static uint64_t charge_of(const struct km_klog_event *event, const char *name, const char *old_name)
{
	const uint64_t bytes = km_failure_charge(event, name);

	return bytes == KM_UNKNOWN ? km_failure_charge(event, old_name) : bytes;
}

/* What the statistics leave of the usage, much of it where they are cut off; KM_UNKNOWN: the usage is unknown. */
static uint64_t unknown_charge(const struct km_klog_event *event)
{
	const uint64_t parts[] = { km_failure_kernel_charge(event), charge_of(event, "anon", "rss"), charge_of(event, "file", "cache") };
	uint64_t left = km_num_mul(event->memory.usage_kib, 1024);

	for (size_t i = 0; left != KM_UNKNOWN && i < sizeof(parts) / sizeof(*parts); i++)
		left -= km_num_or(parts[i], 0) < left ? km_num_or(parts[i], 0) : left;
	return left;
}

/* The largest counter of the cgroup, as text. */
static struct km_str charged_for(const struct km_failure_case *failed)
{
	static const struct {
		const char *names[2]; /* in cgroup v2 and v1 */
		const char *what;
	} counters[] = {
		{ { "shmem", "shmem" }, KM_SAID("tmpfs and shared memory") },
		{ { "anon", "rss" }, KM_SAID("anonymous memory") },
		{ { "file", "cache" }, KM_SAID("file pages") },
	};
	uint64_t most = km_failure_kernel_charge(failed->event), most_left = unknown_charge(failed->event);
	const char *what = KM_SAID("kernel memory");

	/* without statistics nothing can be compared with kernel memory */
	if (!failed->event->charges.len)
		return KM_STR("");
	if (most == KM_UNKNOWN)
		most = 0;
	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++)
		for (size_t j = 0; j < 2; j++) {
			uint64_t bytes = km_failure_charge(failed->event, counters[i].names[j]);

			if (bytes == KM_UNKNOWN || bytes <= most)
				continue;
			most = bytes;
			what = counters[i].what;
		}
	/* statistics that are cut off: what is missing may be larger */
	if (most_left != KM_UNKNOWN && most_left > most)
		return KM_STR("");
	return most ? km_say_printf(failed->pool, "Largest part: %s, %s.", km_say(what), km_text_size(failed->pool, most))
		    : KM_STR("");
}

struct km_str km_reason_cgroup(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;
	const struct km_klog_limit *limit = km_failure_limit(event);
	struct km_str name = event->memcg.len ? event->memcg : KM_SENTENCE("(not named in the report)"),
		      reached, task;

	if (limit->limit_kib == KM_UNKNOWN && event->memcg.len)
		return km_say_printf(failed->pool, "The memory cgroup %.*s reached its limit. The lines with its usage and "
			      "limit are missing.",
			      KM_STR_ARG(name));
	if (limit->limit_kib == KM_UNKNOWN)
		return KM_SENTENCE("A memory cgroup reached its limit. The report with its name and "
			      "limit is missing.");
	reached = km_say_printf(failed->pool, "The memory cgroup %.*s uses %s of its limit of %s (%s).",
			 KM_STR_ARG(name), km_text_size(failed->pool, km_num_mul(limit->usage_kib, 1024)),
			 km_text_size(failed->pool, km_num_mul(limit->limit_kib, 1024)),
			 limit_name(event, limit));
	task = event->task_memcg.len && !km_str_eq(event->task_memcg, event->memcg)
		       ? km_say_printf(failed->pool, "The victim was in %.*s.", KM_STR_ARG(event->task_memcg))
		       : KM_STR("");
	return km_sentences(failed->pool, km_sentences(failed->pool, reached, task),
			   km_sentences(failed->pool, charged_for(failed),
				       KM_SENTENCE("The machine itself need not be short of memory.")));
}

/* k4.19:mm/slub.c alloc_slab_page: the kernel does not report a refused charge */
struct km_str km_reason_cgroup_slab(const struct km_failure_case *failed)
{
	return km_say_printf(failed->pool, "The cache belongs to the memory cgroup %.*s, and no report of the page allocator "
		      "precedes this one. Most likely a limit of that group refused the charge for another slab.",
		      KM_STR_ARG(km_failure_cache_owner(failed->event->cache, NULL)));
}

struct km_str km_reason_exceeds(const struct km_failure_case *failed)
{
	uint64_t ram =
		km_num_mul(failed->mem ? failed->mem->ram_pages : KM_UNKNOWN, failed->page_bytes);

	if (ram == KM_UNKNOWN)
		return km_say_printf(failed->pool, "The request of %s exceeds the memory of the machine.",
			      km_text_size(failed->pool, failed->event->size_bytes));
	return km_say_printf(failed->pool, "The request of %s exceeds the memory of the machine, %s.",
		      km_text_size(failed->pool, failed->event->size_bytes), km_text_size(failed->pool, ram));
}

struct km_str km_reason_addresses(const struct km_failure_case *failed)
{
	if (failed->event->size_bytes == KM_UNKNOWN)
		return KM_SENTENCE("The kernel's vmalloc address range has no gap of the requested "
			      "size. Memory was not requested "
			      "yet.");
	return km_say_printf(failed->pool, "The kernel's vmalloc address range has no gap of %s. Memory was not "
		      "requested yet.",
		      km_text_size(failed->pool, failed->event->size_bytes));
}

struct km_str km_reason_too_large(const struct km_failure_case *failed)
{
	/* k6.12:mm/percpu.c pcpu_alloc_noprof */
	if (failed->event->kind == KM_KLOG_PERCPU)
		return KM_SENTENCE("The size exceeds 32 KiB (PCPU_MIN_UNIT_SIZE, 64 KiB with pages of 64 KiB), or the alignment "
			      "exceeds a page. The per-CPU allocator refuses this before it looks for memory.");
	if (km_str_find(failed->event->warning_function, KM_STR("kvmalloc")) >= 0)
		return KM_SENTENCE("The caller requested more than 2 GiB less one byte (INT_MAX) from kvmalloc(), "
			      "which refuses this before it looks for memory.");
	if (km_str_find(failed->event->warning_function, KM_STR("kmalloc_slab")) >= 0)
		return KM_SENTENCE("The size exceeds the largest kmalloc cache. kmalloc() refuses this before it "
			      "looks for memory.");
	return KM_SENTENCE("The order exceeds the maximum of the page allocator, which refuses this before it "
		      "checks any zone. The report does not contain the order.");
}

/* "" where the log does not list the free ranges, or where none is left. */
static struct km_str largest_range(const struct km_failure_case *failed)
{
	uint64_t pages = failed->event->pool_range_pages;

	if (pages == KM_UNKNOWN)
		return KM_STR("");
	return km_say_printf(failed->pool, pages < failed->event->request_pages
						   ? KM_SAID("Its largest free range has %llu pages.")
						   : KM_SAID("Its largest free range has %llu pages, but is not aligned as requested."),
			     (unsigned long long)pages);
}

struct km_str km_reason_area(const struct km_failure_case *failed, bool busy)
{
	const struct km_klog_event *event = failed->event;
	struct km_str area, free;

	if (km_failure_is_atomic_percpu(event))
		return KM_SENTENCE("The request may not sleep, so it depends on per-CPU pages that are already populated. None of "
			      "them has room for it.");
	if (event->kind == KM_KLOG_PERCPU)
		return KM_SENTENCE("The per-CPU chunk that is reserved for modules has no room for the "
			      "variable.");
	area = event->pool.len ? km_say_printf(failed->pool, "The CMA area %.*s", KM_STR_ARG(event->pool))
			       : KM_SENTENCE("A CMA area");
	free = event->pool_pages == KM_UNKNOWN ? KM_STR("")
					       : km_say_printf(failed->pool, "%llu of its %llu pages are free.",
							(unsigned long long)event->pool_free_pages,
							(unsigned long long)event->pool_pages);
	return km_sentences(
		failed->pool,
		km_say_printf(failed->pool, busy ? KM_SAID("%.*s could not serve %llu contiguous pages: pages in the way are in "
						   "use and could not be moved (-EBUSY).")
					 : KM_SAID("%.*s has no free range of %llu contiguous pages."),
		       KM_STR_ARG(area), (unsigned long long)event->request_pages),
		km_sentences(failed->pool, busy ? KM_STR("") : largest_range(failed), free));
}

/* k6.12:include/linux/swiotlb.h: a transfer gets at most IO_TLB_SEGSIZE slots of 2 KiB */
bool km_failure_is_long_transfer(const struct km_klog_event *event)
{
	enum { TRANSFER_MOST = 256 * 1024 };

	return event->size_bytes != KM_UNKNOWN && event->size_bytes > TRANSFER_MOST;
}

struct km_str km_reason_bounce(const struct km_failure_case *failed)
{
	enum { SLOT = 2048 };
	const struct km_klog_event *event = failed->event;
	uint64_t bytes = event->size_bytes, total = event->pool_pages,
		 free = event->pool_free_pages;

	if (km_failure_is_long_transfer(failed->event))
		return km_say_printf(failed->pool, "The device wants to transfer %s at once. The bounce buffer serves "
			      "at most 256 KiB, however "
			      "much of it is free.",
			      km_text_size(failed->pool, bytes));
	if (total == 0)
		return KM_SENTENCE("The machine has no bounce buffer.");
	if (total == KM_UNKNOWN || free == KM_UNKNOWN)
		return km_say_printf(failed->pool, "The bounce buffer has no free range of %s.",
			      km_text_size(failed->pool, bytes));
	return km_say_printf(failed->pool, "The bounce buffer has no free range of %s: %s of %s is free%s.",
		      km_text_size(failed->pool, bytes), km_text_size(failed->pool, km_num_mul(free, SLOT)),
		      km_text_size(failed->pool, km_num_mul(total, SLOT)),
		      free * SLOT >= bytes ? km_say(", in smaller pieces or beyond what the device reaches")
					   : "");
}

struct km_str km_reason_few_huge_pages(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;

	struct km_str got = km_say_printf(failed->pool, "The pool got %llu of %llu huge pages of %.*s. The kernel does not say "
					  "whether memory was missing or "
					  "contiguous memory.",
					  (unsigned long long)event->got_pages,
					  (unsigned long long)event->request_pages, KM_STR_ARG(event->pool));

	if (!event->nodemask.len)
		return got;
	return km_sentences(failed->pool, got,
			    km_say_printf(failed->pool, "The pages had to come from node %.*s.", KM_STR_ARG(event->nodemask)));
}

struct km_str km_reason_no_fail(const struct km_failure_case *failed)
{
	return km_say_printf(failed->pool, "Line %llu of mm/page_alloc.c is not the check of the order. Most likely a "
		      "request with __GFP_NOFAIL came "
		      "where the kernel cannot guarantee it: for more than two pages, without "
		      "sleeping, or while reclaiming.",
		      (unsigned long long)failed->event->warning_line);
}

struct km_str km_reason_warning(const struct km_failure_case *failed)
{
	return km_say_printf(failed->pool, "mm/page_alloc.c warns about an order above the maximum and about "
		      "__GFP_NOFAIL where it cannot be served. "
		      "Which one line %llu is depends on the kernel, and this one is not known.",
		      (unsigned long long)failed->event->warning_line);
}
