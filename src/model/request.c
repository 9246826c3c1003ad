// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/request.h"

struct km_str km_zone_rank_name(enum km_zone_rank rank)
{
	return rank == KM_ZONE_DEVICE ? KM_STR("Device") : km_gfp_zone_name((enum km_gfp_zone)rank);
}

enum km_zone_rank km_zone_rank_of(struct km_str name)
{
	for (unsigned int i = 0; i < KM_ZONE_RANKS; i++)
		if (km_str_eq(km_zone_rank_name((enum km_zone_rank)i), name))
			return (enum km_zone_rank)i;
	return KM_ZONE_RANKS;
}

/*
 * The numbers behind names that a kernel printed. A report that is cut off before its release is
 * tried with a table of each of the two ways in which reserves were given out.
 */
static bool encode(struct km_pool *pool, struct km_str names, struct km_str text, uint64_t *release,
		   struct km_gfp_kernel *kernel, uint32_t *ret)
{
	const uint64_t releases[] = { *release, KM_UNKNOWN, KM_RELEASE(5, 10), KM_RELEASE(4, 9) };

	for (size_t i = 0; i < sizeof(releases) / sizeof(*releases); i++) {
		if (!i && text.len)
			km_gfp_of_kernel(pool, text, NULL, NULL, kernel);
		else
			km_gfp_of_release(pool, releases[i], NULL, NULL, kernel);
		if (km_gfp_encode(&kernel->variants[0], names, ret, NULL))
			continue;
		*release = kernel->release;
		return true;
	}
	return false;
}

/*
 * To 6.2 the reserves are __GFP_ATOMIC's. 6.1 got the later rules in an update, but kept the flag, so
 * that for the flags which it has both come to the same (k5.10, k6.1, k6.12:mm/page_alloc.c
 * __zone_watermark_unusable_free, zone_watermark_fast).
 */
static void set_reserves(struct km_request *request, const struct km_gfp *gfp, uint64_t release,
			 uint32_t mask)
{
	bool high = mask & km_gfp_bits(gfp, "__GFP_HIGH");
	bool atomic = mask & km_gfp_bits(gfp, "__GFP_ATOMIC");
	bool never = mask & km_gfp_bits(gfp, "__GFP_NOMEMALLOC");

	request->unboosted = release < KM_RELEASE(6, 3) ? atomic : high;
	request->spares_highatomic = release < KM_RELEASE(6, 1) ?
		atomic && !never : high || (!request->facts.sleeps && !never);
	/* k6.12:mm/page_alloc.c rmqueue_buddy; some stable updates of older kernels have it as well */
	request->single_highatomic = release >= KM_RELEASE(6, 12) && release != KM_UNKNOWN &&
				     !request->facts.sleeps && !never;
	/* k4.3:mm/page_alloc.c __zone_watermark_ok */
	request->per_order = release < KM_RELEASE(4, 4);
}

struct km_request km_request_from(const struct km_gfp *gfp, uint64_t release, uint32_t mask)
{
	struct km_request request = {
		.known = true,
		.this_node = mask & km_gfp_bits(gfp, "__GFP_THISNODE"),
		.hardwall = mask & km_gfp_bits(gfp, "__GFP_HARDWALL"),
	};

	km_gfp_meaning(gfp, release, mask, &request.facts);
	set_reserves(&request, gfp, release, mask);
	/* contradicting zones: no worse than what the kernel itself makes of them */
	request.zone = request.facts.zone == KM_GFP_ZONE_BAD ? KM_ZONE_NORMAL :
							       (enum km_zone_rank)request.facts.zone;
	return request;
}

struct km_request km_request_of(struct km_pool *pool, struct km_str names, uint64_t mask,
				struct km_str release)
{
	const struct km_request unknown = { .order = KM_UNKNOWN };
	uint64_t number = km_parse_release(release);
	struct km_gfp_kernel kernel;
	uint32_t flags;

	if (names.ptr && encode(pool, names, release, &number, &kernel, &flags))
		return km_request_from(&kernel.variants[0], number, flags);
	if (mask > UINT32_MAX || number == KM_UNKNOWN)
		return unknown;
	km_gfp_of_kernel(pool, release, NULL, NULL, &kernel);
	/* a number means other flags elsewhere */
	if (kernel.way == KM_GFP_NONE || (kernel.way == KM_GFP_UNVERIFIED && !kernel.vendor.ptr))
		return unknown;
	return km_request_from(&kernel.variants[0], number, (uint32_t)mask);
}
