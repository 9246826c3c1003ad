// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rules of k6.12:mm/memcontrol.c try_charge_memcg, and of 5.10 for v1's limit of kernel memory
 * (obj_cgroup_charge_pages). Each CPU has a stock of pages that were charged in advance. The kernel uses it
 * first, and no file reports it.
 */
#include "model/charge.h"
#include "parse/version.h"

/* MEMCG_CHARGE_BATCH, the most that a stock has. Older kernels have 32. */
enum { STOCK_PAGES = 64 };

uint64_t km_charge_left(const struct km_cgroup_limit *limit)
{
	if (limit->used_bytes != KM_UNKNOWN && limit->used_bytes > limit->limit_bytes)
		return 0;
	return km_num_sub(limit->limit_bytes, limit->used_bytes);
}

const struct km_cgroup_limit *km_charge_tightest(const struct km_cgroup_limits *limits)
{
	const struct km_cgroup_limit *rows = limits->limits.items, *least = NULL;

	/* KM_UNKNOWN is the largest number, so a limit with unknown usage comes last */
	for (size_t i = 0; i < limits->limits.len; i++)
		if (rows[i].kind != KM_CGROUP_HIGH && (!least || km_charge_left(&rows[i]) < km_charge_left(least)))
			least = &rows[i];
	return least;
}

static bool has(const struct km_charge_query *query, const char *flag)
{
	return query->mask & km_gfp_bits(query->gfp, flag);
}

/*
 * Whether the request is charged. Requests in an interrupt are not, unless the code names a cgroup. Code that
 * requests user memory or page cache charges it itself, mostly with GFP_HIGHUSER_MOVABLE. The flag
 * SLAB_ACCOUNT of a cache charges its objects. So the mask alone does not decide.
 */
static enum km_tri is_charged(const struct km_cgroup_limits *limits, const struct km_charge_query *query)
{
	if (query->interrupt)
		return KM_TRI_NO;
	if (has(query, "__GFP_ACCOUNT"))
		return limits->no_kernel ? KM_TRI_NO : KM_TRI_YES;
	if (query->facts->movable && has(query, "__GFP_HARDWALL"))
		return KM_TRI_UNKNOWN;
	return query->object && !limits->no_kernel ? KM_TRI_UNKNOWN : KM_TRI_NO;
}

/*
 * Whether the kernel ignores the limit for the request. 5.4 began to do so for __GFP_ATOMIC. 5.18 does it for
 * __GFP_HIGH, which is part of GFP_ATOMIC, too.
 */
static enum km_tri is_forced(const struct km_charge_query *query, const struct km_cgroup_limit *limit)
{
	if (has(query, "__GFP_NOFAIL"))
		return KM_TRI_YES;
	if (limit->kind == KM_CGROUP_KERNEL || !has(query, "__GFP_HIGH"))
		return KM_TRI_NO;
	if (query->release != KM_UNKNOWN && query->release >= KM_RELEASE(5, 18))
		return KM_TRI_YES;
	if (!has(query, "__GFP_ATOMIC"))
		return query->release == KM_UNKNOWN ? KM_TRI_UNKNOWN : KM_TRI_NO;
	return query->release != KM_UNKNOWN && query->release >= KM_RELEASE(5, 4) ? KM_TRI_YES : KM_TRI_UNKNOWN;
}

/* Whether the kernel allows a request that exceeds the limit. */
static enum km_tri passes(const struct km_charge_query *query, const struct km_charge *charge,
			  const struct km_cgroup_limit *limit)
{
	const uint64_t left = km_charge_left(limit);
	const uint64_t stock = km_num_mul(STOCK_PAGES, query->page_bytes);
	const bool one = query->asked->way == KM_API_BLOCK && query->held < 2;
	const enum km_tri forced = is_forced(query, limit);

	if (forced != KM_TRI_NO)
		return forced;
	if (charge->bytes > limit->limit_bytes)
		return KM_TRI_NO;
	if (query->facts->sleeps || left == KM_UNKNOWN)
		return KM_TRI_UNKNOWN;
	/* one block comes from a stock as a whole, or not at all */
	return charge->bytes > (one ? stock : km_num_add(left, stock)) ? KM_TRI_NO : KM_TRI_UNKNOWN;
}

static bool exceeds(const struct km_charge *charge, const struct km_cgroup_limit *limit)
{
	const uint64_t left = km_charge_left(limit);

	return charge->bytes != KM_UNKNOWN && (left == KM_UNKNOWN ? charge->bytes > limit->limit_bytes : charge->bytes > left);
}

/* Which of two exceeded limits decides: no before unknown before forced, then the one with less left. */
static bool is_worse(const struct km_charge *charge, enum km_tri answer, const struct km_cgroup_limit *limit)
{
	if (!charge->limit || answer == charge->answer)
		return !charge->limit || km_charge_left(limit) < km_charge_left(charge->limit);
	return answer == KM_TRI_NO || charge->answer == KM_TRI_YES;
}

/* Whether a limit that could not be read may stop a charged request. */
static bool may_be_hidden(const struct km_cgroup_limits *limits, const struct km_charge_query *query,
			  const struct km_charge *charge)
{
	const struct km_cgroup_limit any = { .kind = KM_CGROUP_MAX };

	return limits->known == KM_TRI_UNKNOWN && charge->charged == KM_TRI_YES && charge->answer == KM_TRI_YES &&
	       is_forced(query, &any) != KM_TRI_YES;
}

/* An object is charged by its bytes, but the kernel charges whole pages for them. */
static uint64_t charged_bytes(const struct km_charge_query *query)
{
	const uint64_t bytes = km_num_mul(query->bytes, query->held ? query->held : 1);

	if (bytes == KM_UNKNOWN || query->page_bytes == KM_UNKNOWN)
		return KM_UNKNOWN;
	return km_num_mul(bytes / query->page_bytes + !!(bytes % query->page_bytes), query->page_bytes);
}

struct km_charge km_charge_of(const struct km_cgroup_limits *limits, const struct km_charge_query *query)
{
	const struct km_cgroup_limit *rows = limits->limits.items;
	struct km_charge charge = { .charged = is_charged(limits, query), .bytes = charged_bytes(query),
				    .answer = KM_TRI_YES };

	if (charge.charged == KM_TRI_NO)
		return charge;
	for (size_t i = 0; i < limits->limits.len; i++) {
		enum km_tri answer;

		if (!exceeds(&charge, &rows[i]))
			continue;
		if (rows[i].kind == KM_CGROUP_HIGH) {
			charge.high = charge.high ? charge.high : &rows[i];
			continue;
		}
		answer = passes(query, &charge, &rows[i]);
		if (!is_worse(&charge, answer, &rows[i]))
			continue;
		charge.limit = &rows[i];
		charge.answer = answer;
	}
	charge.forced = charge.limit && charge.answer == KM_TRI_YES;
	charge.never = charge.limit && charge.answer == KM_TRI_NO && charge.bytes > charge.limit->limit_bytes;
	/* if the charge is unknown, its failure is unknown, too */
	if ((charge.charged == KM_TRI_UNKNOWN && charge.limit && !charge.forced) || may_be_hidden(limits, query, &charge))
		charge.answer = KM_TRI_UNKNOWN;
	return charge;
}
