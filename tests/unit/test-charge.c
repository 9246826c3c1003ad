// SPDX-License-Identifier: GPL-2.0-or-later
/* Expected: k5.10 and k6.12 mm/memcontrol.c try_charge, try_charge_memcg, __memcg_kmem_charge. */
#include "model/charge.h"
#include "unit.h"

enum { KIB = 1024, PAGE = 4096, MIB = 1024 * KIB };

struct fixture {
	struct km_pool pool;
	struct km_gfp_kernel kernel;
	struct km_gfp_meaning facts;
	struct km_cgroup_limit limit[3];
	struct km_cgroup_limits limits;
	struct km_api_request asked;
	struct km_charge_query query;
};

/* A cgroup /box/in with 100 KiB left of 1 MiB, below /box with 50 MiB left. */
static void init(struct fixture *f, uint64_t release)
{
	*f = (struct fixture){ 0 };
	km_gfp_of_release(&f->pool, release, NULL, NULL, &f->kernel);
	f->kernel.rules = km_alloc_rules_of(release, 200);
	f->limit[0] = (struct km_cgroup_limit){ KM_STR("/box/in"), "memory.max", KM_CGROUP_MAX, MIB, MIB - 100 * KIB };
	f->limit[1] = (struct km_cgroup_limit){ KM_STR("/box"), "memory.max", KM_CGROUP_MAX, 100 * MIB, 50 * MIB };
	f->limits = (struct km_cgroup_limits){ .known = KM_TRI_YES, .limits = { f->limit, 2 } };
	f->asked.way = KM_API_BLOCK;
}

static struct km_charge charge(struct fixture *f, const char *flags, uint64_t bytes)
{
	uint32_t mask;

	assert_int_equal(km_gfp_encode(f->kernel.variants, km_str_from(flags), &mask, NULL), 0);
	km_gfp_meaning(f->kernel.variants, &f->kernel.rules, mask, &f->facts);
	f->query = (struct km_charge_query){ .gfp = f->kernel.variants, .release = f->kernel.release, .page_bytes = PAGE,
					     .mask = mask, .facts = &f->facts, .asked = &f->asked, .bytes = bytes };
	return km_charge_of(&f->limits, &f->query);
}

static void judges_requests(void **state)
{
	static const struct {
		uint64_t release;
		const char *flags;
		uint64_t bytes;
		enum km_tri charged, answer;
		bool forced, never;
	} cases[] = {
		{ KM_RELEASE(6, 12), "GFP_KERNEL", 64 * MIB, KM_TRI_NO, KM_TRI_YES, false, false },
		{ KM_RELEASE(6, 12), "GFP_KERNEL_ACCOUNT", 100 * KIB, KM_TRI_YES, KM_TRI_YES, false, false },
		{ KM_RELEASE(6, 12), "GFP_KERNEL_ACCOUNT", 100 * KIB + 1, KM_TRI_YES, KM_TRI_UNKNOWN, false, false },
		{ KM_RELEASE(6, 12), "GFP_KERNEL_ACCOUNT", MIB + 1, KM_TRI_YES, KM_TRI_NO, false, true },
		/* up to 64 pages may be in the CPU's stock */
		{ KM_RELEASE(6, 12), "GFP_NOWAIT|__GFP_ACCOUNT", 256 * KIB, KM_TRI_YES, KM_TRI_UNKNOWN, false, false },
		{ KM_RELEASE(6, 12), "GFP_NOWAIT|__GFP_ACCOUNT", 257 * KIB, KM_TRI_YES, KM_TRI_NO, false, false },
		{ KM_RELEASE(6, 12), "GFP_ATOMIC|__GFP_ACCOUNT", 512 * KIB, KM_TRI_YES, KM_TRI_YES, true, false },
		{ KM_RELEASE(6, 12), "GFP_KERNEL_ACCOUNT|__GFP_NOFAIL", 2 * MIB, KM_TRI_YES, KM_TRI_YES, true, false },
		{ KM_RELEASE(6, 12), "GFP_HIGHUSER_MOVABLE", 2 * MIB, KM_TRI_UNKNOWN, KM_TRI_UNKNOWN, false, true },
		{ KM_RELEASE(6, 12), "GFP_HIGHUSER_MOVABLE", PAGE, KM_TRI_UNKNOWN, KM_TRI_YES, false, false },
		/* __GFP_HIGH without __GFP_ATOMIC: 5.18 began */
		{ KM_RELEASE(5, 10), "GFP_ATOMIC|__GFP_ACCOUNT", 512 * KIB, KM_TRI_YES, KM_TRI_YES, true, false },
		{ KM_RELEASE(5, 10), "GFP_NOWAIT|__GFP_HIGH|__GFP_ACCOUNT", 512 * KIB, KM_TRI_YES, KM_TRI_NO, false, false },
		{ KM_RELEASE(6, 1), "GFP_NOWAIT|__GFP_HIGH|__GFP_ACCOUNT", 512 * KIB, KM_TRI_YES, KM_TRI_YES, true, false },
		{ KM_RELEASE(4, 19), "GFP_ATOMIC|__GFP_ACCOUNT", 512 * KIB, KM_TRI_YES, KM_TRI_UNKNOWN, false, false },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct fixture f;
		struct km_charge found;

		init(&f, cases[i].release);
		found = charge(&f, cases[i].flags, cases[i].bytes);
		if (found.charged != cases[i].charged || found.answer != cases[i].answer || found.forced != cases[i].forced ||
		    found.never != cases[i].never)
			fail_msg("case %zu: charged %d, answer %d, forced %d, never %d", i, found.charged, found.answer,
				 found.forced, found.never);
		km_pool_deinit(&f.pool);
	}
}

/* The report names the limit that decides: an ancestor's, if no reclaim can help there. */
static void names_the_limit(void **state)
{
	struct fixture f;

	(void)state;
	init(&f, KM_RELEASE(6, 12));
	assert_str(charge(&f, "GFP_KERNEL_ACCOUNT", 128 * KIB).limit->cgroup, "/box/in");
	assert_ptr_equal(km_charge_tightest(&f.limits), &f.limit[0]);
	f.limit[1].limit_bytes = f.limit[1].used_bytes = 64 * KIB;
	assert_str(charge(&f, "GFP_KERNEL_ACCOUNT", 128 * KIB).limit->cgroup, "/box");
	f.limit[2] = (struct km_cgroup_limit){ KM_STR("/box/in"), "memory.high", KM_CGROUP_HIGH, PAGE, PAGE };
	f.limits.limits.len = 3;
	assert_ptr_equal(charge(&f, "GFP_KERNEL_ACCOUNT", PAGE).high, &f.limit[2]);
	assert_ptr_equal(charge(&f, "GFP_KERNEL", PAGE).high, NULL);
	km_pool_deinit(&f.pool);
}

/* The limit of kernel memory in v1 lets only __GFP_NOFAIL through. */
static void knows_kernel_limits(void **state)
{
	struct fixture f;

	(void)state;
	init(&f, KM_RELEASE(5, 10));
	f.limit[0].kind = KM_CGROUP_KERNEL;
	assert_int_equal(charge(&f, "GFP_ATOMIC|__GFP_ACCOUNT", 512 * KIB).answer, KM_TRI_NO);
	assert_int_equal(charge(&f, "GFP_KERNEL_ACCOUNT|__GFP_NOFAIL", 512 * KIB).answer, KM_TRI_YES);
	f.limits.no_kernel = true;
	assert_int_equal(charge(&f, "GFP_ATOMIC|__GFP_ACCOUNT", 512 * KIB).charged, KM_TRI_NO);
	km_pool_deinit(&f.pool);
}

/* A limit that could not be read is not taken as infinite. */
static void admits_what_it_does_not_know(void **state)
{
	struct fixture f;

	(void)state;
	init(&f, KM_RELEASE(6, 12));
	f.limits = (struct km_cgroup_limits){ .known = KM_TRI_UNKNOWN };
	assert_int_equal(charge(&f, "GFP_KERNEL_ACCOUNT", PAGE).answer, KM_TRI_UNKNOWN);
	assert_int_equal(charge(&f, "GFP_KERNEL", PAGE).answer, KM_TRI_YES);
	assert_int_equal(charge(&f, "GFP_ATOMIC|__GFP_ACCOUNT", PAGE).answer, KM_TRI_YES);
	km_pool_deinit(&f.pool);
	init(&f, KM_RELEASE(6, 12));
	f.limit[0].used_bytes = KM_UNKNOWN;
	assert_int_equal(charge(&f, "GFP_KERNEL_ACCOUNT", 2 * MIB).answer, KM_TRI_NO);
	km_pool_deinit(&f.pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_requests), cmocka_unit_test(names_the_limit),
		cmocka_unit_test(knows_kernel_limits), cmocka_unit_test(admits_what_it_does_not_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
