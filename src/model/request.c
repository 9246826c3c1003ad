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
 * Parses the names that a kernel printed. If a report is truncated before its release, one table is tried for
 * each of the two rules for reserves.
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

struct km_request km_request_from(const struct km_gfp *gfp, const struct km_alloc_rules *rules, uint32_t mask)
{
	struct km_request request = {
		.known = true,
		.rules = *rules,
		.node = KM_UNKNOWN,
		.this_node = mask & km_gfp_bits(gfp, "__GFP_THISNODE"),
		.no_retry = mask & km_gfp_bits(gfp, "__GFP_NORETRY"),
		.may_fail = mask & km_gfp_bits(gfp, "__GFP_RETRY_MAYFAIL"),
		.no_fail = mask & km_gfp_bits(gfp, "__GFP_NOFAIL"),
		.hardwall = mask & km_gfp_bits(gfp, "__GFP_HARDWALL"),
	};

	km_gfp_meaning(gfp, rules, mask, &request.facts);
	request.per_order = rules->one_watermark == KM_TRI_NO;
	/* the kernel does not resolve contradictory zone modifiers either */
	request.zone = request.facts.zone == KM_GFP_ZONE_BAD ? KM_ZONE_NORMAL :
							       (enum km_zone_rank)request.facts.zone;
	return request;
}

struct km_request km_request_of(struct km_pool *pool, struct km_str names, uint64_t mask,
				struct km_str release)
{
	const struct km_request unknown = { .order = KM_UNKNOWN, .node = KM_UNKNOWN };
	uint64_t number = km_parse_release(release);
	struct km_alloc_rules rules;
	struct km_gfp_kernel kernel;
	struct km_request request;
	uint32_t flags;

	if (names.ptr && encode(pool, names, release, &number, &kernel, &flags)) {
		rules = km_alloc_rules_of(number, km_parse_sublevel(release));
		return km_request_from(&kernel.variants[0], &rules, flags);
	}
	if (mask > UINT32_MAX || number == KM_UNKNOWN)
		return unknown;
	km_gfp_of_kernel(pool, release, NULL, NULL, &kernel);
	/* the same number means other flags in other kernels */
	if (kernel.way == KM_GFP_NONE || (kernel.way == KM_GFP_UNVERIFIED && !kernel.vendor.ptr))
		return unknown;
	rules = km_alloc_rules_of(number, km_parse_sublevel(release));
	request = km_request_from(&kernel.variants[0], &rules, (uint32_t)mask);
	request.names = km_gfp_name(pool, &kernel.variants[0], (uint32_t)mask);
	return request;
}
