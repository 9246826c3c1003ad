// SPDX-License-Identifier: GPL-2.0-or-later
/* Claims about GFP flags. */
#include <stdio.h>
#include "model/gfp.h"
#include "report/claim-test.h"

/* The zone that served most pages of a probe. */
static struct km_str zone_served(const struct km_claim_prober *prober, const struct kmeminfo_probe *probe)
{
	size_t best = 0;

	for (size_t i = 1; i < sizeof(probe->zone_pages) / sizeof(*probe->zone_pages); i++)
		if (probe->zone_pages[i] > probe->zone_pages[best])
			best = i;
	return km_probe_zone_name(prober->info, best);
}

struct km_claim_result km_claim_flags_how(const struct km_claim_prober *prober)
{
	return CHECKED(km_claim_flag(prober, "__GFP_DIRECT_RECLAIM") && km_claim_flag(prober, "__GFP_IO") && km_claim_flag(prober, "__GFP_FS"),
		       "__GFP_DIRECT_RECLAIM 0x%x, __GFP_KSWAPD_RECLAIM 0x%x, __GFP_IO 0x%x, __GFP_FS 0x%x",
		       km_claim_flag(prober, "__GFP_DIRECT_RECLAIM"), km_claim_flag(prober, "__GFP_KSWAPD_RECLAIM"),
		       km_claim_flag(prober, "__GFP_IO"), km_claim_flag(prober, "__GFP_FS"));
}

/* Pages of a probe in zones above the highest zone that its flags allow. */
static uint64_t pages_beyond(const struct kmeminfo_probe *probe)
{
	uint64_t pages = 0;

	for (size_t i = 0; i < sizeof(probe->zone_pages) / sizeof(*probe->zone_pages); i++)
		if (probe->want_zone >= 0 && i > (size_t)probe->want_zone)
			pages += probe->zone_pages[i];
	return pages;
}

struct km_claim_result km_claim_flags_where(const struct km_claim_prober *prober)
{
	static const char *const masks[] = { "GFP_DMA", "GFP_DMA32", "GFP_KERNEL", "GFP_HIGHUSER",
					     "GFP_HIGHUSER_MOVABLE" };
	char text[256] = "";
	struct km_str zone, first = { 0 };
	size_t len = 0, served = 0;
	bool differ = false;

	for (size_t i = 0; i < sizeof(masks) / sizeof(*masks); i++) {
		struct kmeminfo_probe probe =
			km_claim_probe(prober, KMEMINFO_API_ALLOC_PAGES, prober->page_bytes, masks[i], 0, 8);

		if (pages_beyond(&probe))
			return RESULT(KM_CLAIM_FALSE, "%s: %llu pages came from zones that it excludes",
				      masks[i], U(pages_beyond(&probe)));
		zone = zone_served(prober, &probe);

		if (!probe.granted || len >= sizeof(text))
			continue;
		first = served++ ? first : zone;
		differ = differ || !km_str_eq(first, zone);
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s: %.*s",
					len ? ", " : "", masks[i], KM_STR_ARG(zone));
	}
	if (!served)
		return RESULT(KM_CLAIM_UNTESTABLE, "no page was granted");
	return RESULT(differ ? KM_CLAIM_HOLDS : KM_CLAIM_UNTESTABLE, "%s%s", differ ? "" : km_say("all from the same zone: "), text);
}

struct km_claim_result km_claim_flags_type(const struct km_claim_prober *prober)
{
	const struct km_flags *kernel = km_flags_find(prober->flags, KM_STR("GFP_KERNEL"));

	if (!kernel)
		return RESULT(KM_CLAIM_UNTESTABLE, "the module does not report GFP_KERNEL");
	return RESULT(KM_CLAIM_HOLDS, "ready-made combinations of the other two: GFP_KERNEL is %.*s",
		      KM_STR_ARG(kernel->bits));
}

/* The definitions in the notes. They were valid from 4.15 to 6.2. */
struct km_claim_result km_claim_gfp_table(const struct km_claim_prober *prober)
{
	static const struct {
		const char *name, *bits;
	} notes[] = {
		{ "GFP_ATOMIC", "__GFP_HIGH|__GFP_ATOMIC|__GFP_KSWAPD_RECLAIM" },
		{ "GFP_KERNEL", "__GFP_RECLAIM|__GFP_IO|__GFP_FS" },
		{ "GFP_KERNEL_ACCOUNT", "GFP_KERNEL|__GFP_ACCOUNT" },
		{ "GFP_NOWAIT", "__GFP_KSWAPD_RECLAIM" },
		{ "GFP_NOIO", "__GFP_RECLAIM" },
		{ "GFP_NOFS", "__GFP_RECLAIM|__GFP_IO" },
		{ "GFP_USER", "__GFP_RECLAIM|__GFP_IO|__GFP_FS|__GFP_HARDWALL" },
		{ "GFP_DMA", "__GFP_DMA" },
		{ "GFP_DMA32", "__GFP_DMA32" },
		{ "GFP_HIGHUSER", "GFP_USER|__GFP_HIGHMEM" },
		{ "GFP_HIGHUSER_MOVABLE", "GFP_HIGHUSER|__GFP_MOVABLE" },
		{ "GFP_TRANSHUGE_LIGHT",
		  "GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_NOMEMALLOC|__GFP_NOWARN|~__GFP_RECLAIM" },
		{ "GFP_TRANSHUGE", "GFP_TRANSHUGE_LIGHT|__GFP_DIRECT_RECLAIM" },
		{ "GFP_MOVABLE_MASK", "__GFP_RECLAIMABLE|__GFP_MOVABLE" },
	};
	size_t len = 0, equal = 0, n = sizeof(notes) / sizeof(*notes);
	char other[256] = "";
	struct km_gfp gfp;

	km_gfp_of_flags(prober->pool, prober->flags, &gfp);
	for (size_t i = 0; i < n; i++) {
		uint32_t bits;

		if (!km_gfp_encode(&gfp, km_str_from(notes[i].bits), &bits, NULL) &&
		    bits == km_claim_flag(prober, notes[i].name))
			equal++;
		else if (len < sizeof(other))
			len += (size_t)snprintf(other + len, sizeof(other) - len, "%s%s",
						len ? ", " : "", notes[i].name);
	}
	if (equal == n)
		return RESULT(KM_CLAIM_HOLDS, "all %zu are the same here", n);
	return RESULT(KM_CLAIM_NO_LONGER, "%zu of %zu are the same here; different: %s", equal, n, other);
}

struct km_claim_result km_claim_gfp_old_kernel(const struct km_claim_prober *prober)
{
	const struct km_flags *kernel = km_flags_find(prober->flags, KM_STR("GFP_KERNEL"));

	return RESULT(KM_CLAIM_NO_LONGER, "__GFP_WAIT became __GFP_RECLAIM in 4.4; here GFP_KERNEL is %.*s",
		      KM_STR_ARG(kernel ? kernel->bits : KM_STR("-")));
}

/* Checks whether a combination may sleep, do I/O and call file systems, as claimed. */
static struct km_claim_result behaves(const struct km_claim_prober *prober, const char *name, enum km_tri sleep,
			     enum km_tri io, enum km_tri fs)
{
	const struct km_flags *row = km_flags_find(prober->flags, km_str_from(name));
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_KMALLOC, 64, name, 0, 4);
	bool good;

	if (!row)
		return RESULT(KM_CLAIM_UNTESTABLE, "this kernel has no %s", name);
	good = (sleep == KM_TRI_UNKNOWN || row->block == sleep) &&
	       (io == KM_TRI_UNKNOWN || row->io == io) && (fs == KM_TRI_UNKNOWN || row->fs == fs);
	return CHECKED(good, "%.*s: sleeps %s, I/O %s, file systems %s; kmalloc with it: %u of 4 succeeded",
		       KM_STR_ARG(row->value), row->block == KM_TRI_YES ? "yes" : "no",
		       row->io == KM_TRI_YES ? "yes" : "no", row->fs == KM_TRI_YES ? "yes" : "no",
		       probe.granted);
}

struct km_claim_result km_claim_atomic(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_ATOMIC", KM_TRI_NO, KM_TRI_NO, KM_TRI_NO);
}

struct km_claim_result km_claim_noio(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_NOIO", KM_TRI_YES, KM_TRI_NO, KM_TRI_NO);
}

struct km_claim_result km_claim_nofs(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_NOFS", KM_TRI_YES, KM_TRI_YES, KM_TRI_NO);
}

struct km_claim_result km_claim_kernel(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_KERNEL", KM_TRI_YES, KM_TRI_YES, KM_TRI_YES);
}

struct km_claim_result km_claim_user(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_USER", KM_TRI_YES, KM_TRI_UNKNOWN, KM_TRI_UNKNOWN);
}

struct km_claim_result km_claim_highuser(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe =
		km_claim_probe(prober, KMEMINFO_API_ALLOC_PAGES, prober->page_bytes, "GFP_HIGHUSER", 0, 8);
	struct km_str zone = zone_served(prober, &probe);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	if (!km_str_eq(zone, KM_STR("HighMem")))
		return RESULT(KM_CLAIM_FALSE, "served from %.*s: high memory is only preferred, and "
					   "there is none or none is free", KM_STR_ARG(zone));
	return RESULT(KM_CLAIM_HOLDS, "served from HighMem while it has pages");
}

struct km_claim_result km_claim_dma(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_KMALLOC, 100, "GFP_DMA", 0, 4);
	struct km_str zone = zone_served(prober, &probe);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(km_str_eq(zone, KM_STR("DMA")) && km_claim_yes(&probe, KMEMINFO_FACT_CONTIGUOUS),
		       "kmalloc came from %.*s (%s), contiguous; drivers should use the DMA API",
		       KM_STR_ARG(zone), *probe.cache ? probe.cache : km_say("no cache"));
}

struct km_claim_result km_claim_dma32_kmalloc(const struct km_claim_prober *prober)
{
	return RESULT(KM_CLAIM_FALSE, "there are no such caches: kmalloc drops the flag with a warning, so the probe "
				   "refuses it (GFP_SLAB_BUG_MASK, mm/slab.h)");
}
