// SPDX-License-Identifier: GPL-2.0-or-later
/* What probes report against what the kernel promises and shows. */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <unistd.h>
#include "kmeminfo-uapi.h"
#include "truth-load.h"

#define GFP_KERNEL 0xcc0u /* since 5.1 */
#define GFP_DMA	   0x01u
#define GFP_NOWAIT 0x800u

static int device;

static struct kmeminfo_probe ask(unsigned int api, unsigned long long bytes, unsigned int gfp, unsigned int prepare,
				 unsigned int repeat)
{
	struct kmeminfo_probe probe = { .size = sizeof(probe), .api = api, .bytes = bytes, .gfp = gfp, .node = -1,
					.prepare = prepare, .repeat = repeat };

	if (ioctl(device, KMEMINFO_PROBE, &probe))
		probe.granted = 0;
	return probe;
}

static bool always(const struct kmeminfo_probe *probe, unsigned int fact)
{
	return probe->granted && probe->facts[fact].yes == probe->granted && !probe->facts[fact].no;
}

static bool never(const struct kmeminfo_probe *probe, unsigned int fact)
{
	return probe->granted && !probe->facts[fact].yes && probe->facts[fact].no == probe->granted;
}

/* Whether kmalloc has several caches of a size. */
static bool spread_caches(void)
{
	char *info = slurp("/proc/kmeminfo/info");
	bool spread = strstr(info, "RANDOM_KMALLOC_CACHES value=y") || strstr(info, "KMALLOC_PARTITION_CACHES value=y");

	free(info);
	return spread;
}

static void check_kmalloc(void)
{
	static const unsigned int sizes[] = { 8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192 };
	number min = value_of("/proc/kmeminfo/info", "kmalloc_min_bytes"), bad = 0, wrong_names = 0, named = 0;
	struct kmeminfo_probe probe;
	char *slabinfo = slurp("/proc/slabinfo");

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char name[64];

		if (sizes[i] < min || sizes[i] % min)
			continue;
		probe = ask(KMEMINFO_API_KMALLOC, sizes[i], GFP_KERNEL, 0, 8);
		bad += !always(&probe, KMEMINFO_FACT_LINEAR) || !always(&probe, KMEMINFO_FACT_CONTIGUOUS) ||
		       !always(&probe, KMEMINFO_FACT_SLAB) || probe.usable_bytes != sizes[i] ||
		       probe.object_bytes != sizes[i];
		snprintf(name, sizeof(name), "\n%s ", probe.cache);
		named += probe.cache[0] != 0;
		wrong_names += probe.cache[0] && slabinfo && !strstr(slabinfo, name);
	}
	verdict(!bad, "probes: kmalloc's size classes", "%lld are wrong", bad);
	/* random and partitioned caches have names that the module does not know */
	verdict(!wrong_names && (named || spread_caches()), "probes: kmalloc's caches are in slabinfo",
		"%lld are not, %lld have names", wrong_names, named);
	probe = ask(KMEMINFO_API_KMALLOC, 100, GFP_KERNEL, 0, 8);
	verdict(probe.usable_bytes >= 100 && probe.usable_bytes <= 256 && probe.usable_bytes != 100,
		"probes: 100 bytes are rounded up to a class", "%llu", probe.usable_bytes);
	probe = ask(KMEMINFO_API_KMALLOC, 1 << 20, GFP_KERNEL, 0, 4);
	verdict(always(&probe, KMEMINFO_FACT_LINEAR) && always(&probe, KMEMINFO_FACT_CONTIGUOUS) &&
		never(&probe, KMEMINFO_FACT_SLAB) && never(&probe, KMEMINFO_FACT_VMALLOC) && probe.runs_max == 1,
		"probes: 1 MiB of kmalloc is one run outside of slab", "%u of %u contiguous",
		probe.facts[KMEMINFO_FACT_CONTIGUOUS].yes, probe.granted);
	verdict(probe.facts[KMEMINFO_FACT_FREED].yes > 0, "probes: kfree() gives pages back", "never seen free");
	free(slabinfo);
}

static void check_vmalloc(void)
{
	struct kmeminfo_probe probe = ask(KMEMINFO_API_VMALLOC, 1 << 20, GFP_KERNEL, KMEMINFO_PREPARE_SCATTER, 4);
	number page = sysconf(_SC_PAGESIZE), pages = (1 << 20) / page;

	verdict(always(&probe, KMEMINFO_FACT_VMALLOC) && never(&probe, KMEMINFO_FACT_LINEAR) &&
		(number)probe.pages == pages && probe.runs_max <= probe.pages && probe.runs_min <= probe.runs_max,
		"probes: vmalloc is in its range and not linear", "%llu pages in %llu runs", probe.pages, probe.runs_max);
	probe = ask(KMEMINFO_API_VMALLOC, 100, GFP_KERNEL, 0, 1);
	agree("probes: vmalloc works in pages", (number)probe.usable_bytes, page, 0);
}

static void check_pages_api(void)
{
	number page = sysconf(_SC_PAGESIZE);
	struct kmeminfo_probe probe = ask(KMEMINFO_API_GET_FREE_PAGES, 3 * (unsigned long long)page, GFP_KERNEL, 0, 4);

	verdict((number)probe.usable_bytes == 4 * page && probe.order == 2 && probe.pages == 4,
		"probes: three pages cost four", "%llu bytes, order %d", probe.usable_bytes, probe.order);
	probe = ask(KMEMINFO_API_GET_FREE_PAGES,
		    (unsigned long long)page << (value_of("/proc/kmeminfo/info", "max_order") + 1), GFP_KERNEL, 0, 1);
	verdict(probe.verdict >= KMEMINFO_LIMIT && !probe.granted, "probes: an order that is too large is not tried",
		"verdict %u: %s", probe.verdict, probe.why);
	probe = ask(KMEMINFO_API_GET_ZEROED_PAGE, 1, GFP_KERNEL, KMEMINFO_PREPARE_DIRTY, 16);
	verdict(always(&probe, KMEMINFO_FACT_ZEROED), "probes: get_zeroed_page() is zero", "%u of %u",
		probe.facts[KMEMINFO_FACT_ZEROED].yes, probe.granted);
	probe = ask(KMEMINFO_API_GET_FREE_PAGES, 1, GFP_KERNEL, KMEMINFO_PREPARE_DIRTY, 64);
	if (!value_of("/proc/kmeminfo/info", "init_on_alloc") && !value_of("/proc/kmeminfo/info", "init_on_free"))
		verdict(probe.facts[KMEMINFO_FACT_ZEROED].no > 0, "probes: __get_free_page() is dirty where nothing clears it",
			"all zero");
	else
		verdict(always(&probe, KMEMINFO_FACT_ZEROED), "probes: __get_free_page() is zero where everything is cleared",
			"%u of %u", probe.facts[KMEMINFO_FACT_ZEROED].yes, probe.granted);
	probe = ask(KMEMINFO_API_DEVM_KZALLOC, 100, GFP_KERNEL, 0, 4);
	verdict(always(&probe, KMEMINFO_FACT_RELEASED), "probes: devm memory goes with its device", "%u of %u",
		probe.facts[KMEMINFO_FACT_RELEASED].yes, probe.granted);
}

/* The index of a zone in info; -1 without one. */
static int zone_index(const char *name)
{
	char *text = slurp("/proc/kmeminfo/info"), *rest = text, *line, is[64];
	int index = -1;

	while (index < 0 && (line = next_line(&rest)))
		if (!strncmp(line, "zone ", 5) && word_text(line, "name", is) && !strcmp(is, name))
			index = (int)word(line, "index");
	free(text);
	return index;
}

/* The highest zone up to an index that has free memory above its high watermark. */
static int best_zone(int highest)
{
	struct pages pages;
	int best = -1;

	if (!pages_read(&pages))
		return -1;
	for (size_t i = 0; i < pages.n; i++) {
		const char *name = strchr(pages.zones[i], ' ') + 1;
		int index = zone_index(name);

		if (index <= highest && index > best &&
		    zoneinfo_of(pages.zones[i], "pages free") > zoneinfo_of(pages.zones[i], "high") + 2000)
			best = index;
	}
	pages_free(&pages);
	return best;
}

static void check_place(void)
{
	int normal = zone_index("Normal"), dma = zone_index("DMA"), best = best_zone(normal);
	number page = sysconf(_SC_PAGESIZE), nodes = 0, beyond = 0;
	struct kmeminfo_probe probe = ask(KMEMINFO_API_ALLOC_PAGES, (unsigned long long)page, GFP_KERNEL, 0, 32);

	for (int i = 0; i < 8; i++)
		beyond += i > normal ? (number)probe.zone_pages[i] : 0;
	for (int i = 0; i < 16; i++)
		nodes += (number)probe.node_pages[i];
	verdict(probe.granted == 32 && probe.want_zone == normal && !beyond, "probes: GFP_KERNEL stays below its zone",
		"wants %d, %lld pages beyond", probe.want_zone, beyond);
	/* a second node has its own zones */
	verdict(best >= 0 && probe.zone_pages[best] >= 24, "probes: GFP_KERNEL takes the highest zone that has memory",
		"%llu of %u pages from zone %d", best >= 0 ? probe.zone_pages[best] : 0, probe.granted, best);
	agree("probes: every page is on a node", nodes, probe.granted, 0);
	if (dma < 0) {
		skip("probes: GFP_DMA takes zone DMA", "there is none");
		return;
	}
	probe = ask(KMEMINFO_API_ALLOC_PAGES, (unsigned long long)page, GFP_KERNEL | GFP_DMA, 0, 8);
	agree("probes: GFP_DMA takes zone DMA", (number)probe.zone_pages[dma], 8, 0);
}

/* kvmalloc does not go through the flags that vmalloc takes, of which newer kernels have a list. */
static void check_kvmalloc(void)
{
	char zone[64];
	unsigned int mayfail = (unsigned int)gfp_value("__GFP_RETRY_MAYFAIL", zone);
	struct kmeminfo_probe probe = ask(KMEMINFO_API_KVMALLOC, 256 << 10, GFP_KERNEL | mayfail, 0, 4);

	verdict(probe.verdict == KMEMINFO_GRANTED && probe.granted == 4, "probes: kvmalloc takes __GFP_RETRY_MAYFAIL",
		"verdict %u: %s", probe.verdict, probe.why);
}

/* Whether the kernel itself warns about a flag that vmalloc is given; false without the module for tests. */
static bool vmalloc_warns(const char *step)
{
	static char log[1 << 20];
	int before = klogctl(3 /* SYSLOG_ACTION_READ_ALL */, log, sizeof(log) - 1), after;

	if (before < 0 || !write_text("/sys/module/kmfail/parameters/run", step))
		return false;
	after = klogctl(3, log, sizeof(log) - 1);
	log[after < 0 ? 0 : after] = 0;
	return after > before && strstr(log + before, "Unexpected gfp");
}

/* The list of flags that newer kernels have for vmalloc is in no header, so the module must know it. */
static void check_vmalloc_flags(void)
{
	char zone[64];
	unsigned int mayfail = (unsigned int)gfp_value("__GFP_RETRY_MAYFAIL", zone);
	struct kmeminfo_probe probe = ask(KMEMINFO_API_VMALLOC, 64 << 10, GFP_KERNEL | mayfail, 0, 4);

	verdict(probe.granted == 4 || (probe.reason == KMEMINFO_REASON_VMALLOC_FLAG && vmalloc_warns("vmalloc 1 kernel+mayfail")),
		"probes: vmalloc refuses __GFP_RETRY_MAYFAIL only where the kernel warns", "verdict %u: %s", probe.verdict,
		probe.why);
}

/* A probe may take no zone below its high watermark, and may always take a few pages without waiting. */
static void check_bound(void)
{
	number page = sysconf(_SC_PAGESIZE), managed = zoneinfo_of("0 DMA", "managed");
	struct kmeminfo_probe probe;

	if (managed > 0 && managed < 8192) {
		probe = ask(KMEMINFO_API_ALLOC_PAGES, (unsigned long long)page, GFP_KERNEL | GFP_DMA,
			    KMEMINFO_PREPARE_HOLD, (unsigned int)(managed > 1024 ? 1024 : managed));
		verdict(probe.verdict == KMEMINFO_GRANTED || probe.verdict == KMEMINFO_REFUSED,
			"probes: part of zone DMA may be taken", "verdict %u: %s", probe.verdict, probe.why);
		probe = ask(KMEMINFO_API_ALLOC_PAGES, (unsigned long long)(page * managed / 1024 + page),
			    GFP_KERNEL | GFP_DMA, KMEMINFO_PREPARE_HOLD, 1024);
		verdict(probe.verdict == KMEMINFO_REFUSED && probe.reason == KMEMINFO_REASON_SHARE,
			"probes: all of zone DMA may not", "verdict %u: %s", probe.verdict, probe.why);
	}
	probe = ask(KMEMINFO_API_ALLOC_PAGES, (unsigned long long)page, GFP_NOWAIT, 0, 1);
	verdict(probe.verdict == KMEMINFO_GRANTED || probe.verdict == KMEMINFO_DENIED,
		"probes: one page without waiting is always tried", "verdict %u: %s", probe.verdict, probe.why);
	verdict((probe.gfp_used & GFP_NOWAIT) == GFP_NOWAIT, "probes: the flags used hold those asked", "%#x", probe.gfp_used);
}

static void check_latency(void)
{
	struct kmeminfo_probe probe = ask(KMEMINFO_API_KMALLOC, 4096, GFP_KERNEL, 0, 500);
	number calls = 0;

	for (int i = 0; i < 32; i++)
		calls += probe.alloc.log2[i];
	verdict(probe.alloc.min_ns <= probe.alloc.median_ns && probe.alloc.median_ns <= probe.alloc.p99_ns &&
		probe.alloc.p99_ns <= probe.alloc.max_ns && probe.alloc.min_ns < probe.alloc.max_ns &&
		probe.alloc.median_ns * 2 < probe.alloc.max_ns + probe.alloc.median_ns, "probes: latencies are in order",
		"%llu %llu %llu %llu", probe.alloc.min_ns, probe.alloc.median_ns, probe.alloc.p99_ns, probe.alloc.max_ns);
	agree("probes: the buckets hold every call", calls, probe.granted, 0);
}

/* The shadow of KASAN for vmalloc areas is freed long after them (kasan_release_vmalloc(), k6.12:mm/kasan/shadow.c). */
static number leak_slack(void)
{
	char *info = slurp("/proc/kmeminfo/info");
	number slack = info && strstr(info, "name=KASAN value=y") ? 8192 : 900;

	free(info);
	return slack;
}

/* kmemleak does not see pages: free memory does. */
static void check_leaks(void)
{
	static const unsigned int apis[] = { KMEMINFO_API_GET_FREE_PAGES, KMEMINFO_API_ALLOC_PAGES, KMEMINFO_API_KMALLOC,
					     KMEMINFO_API_VMALLOC, KMEMINFO_API_KVMALLOC, KMEMINFO_API_ALLOC_PERCPU,
					     KMEMINFO_API_DMA_ALLOC_COHERENT, KMEMINFO_API_KMEM_CACHE_ALLOC };
	number page = sysconf(_SC_PAGESIZE), slack = leak_slack();

	for (size_t i = 0; i < sizeof(apis) / sizeof(*apis); i++) {
		unsigned long long bytes = apis[i] == KMEMINFO_API_ALLOC_PERCPU || apis[i] == KMEMINFO_API_KMEM_CACHE_ALLOC ?
					   1024 : 4 * (unsigned long long)page;
		static const char *const names[] = { "kmalloc", "kzalloc", "kvmalloc", "vmalloc", "vzalloc",
			"__get_free_pages", "get_zeroed_page", "alloc_pages", "kmem_cache_alloc", "alloc_percpu",
			"devm_kzalloc", "dma_alloc_coherent" };
		number before, after;
		char name[96];

		ask(apis[i], bytes, GFP_KERNEL, 0, 1024);
		before = value_of("/proc/meminfo", "MemFree") * 1024 / page;
		ask(apis[i], bytes, GFP_KERNEL, 0, 1024);
		ask(apis[i], bytes, GFP_KERNEL, KMEMINFO_PREPARE_DIRTY, 1024);
		after = value_of("/proc/meminfo", "MemFree") * 1024 / page;
		snprintf(name, sizeof(name), "probes: 2,048 of %s leave no page behind", names[apis[i]]);
		verdict(before - after < slack, name, "%lld pages less are free", before - after);
	}
}

void check_probes(void)
{
	device = open("/dev/kmeminfo", O_RDONLY);
	if (device < 0) {
		verdict(false, "probes: the device opens", "not");
		return;
	}
	check_kmalloc();
	check_vmalloc();
	check_pages_api();
	check_place();
	check_bound();
	check_kvmalloc();
	check_vmalloc_flags();
	check_latency();
	check_leaks();
	close(device);
}
