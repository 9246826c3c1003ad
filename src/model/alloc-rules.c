// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The releases that brought each change of mm/page_alloc.c. Sources: gfp_to_alloc_flags(),
 * __zone_watermark_ok(), __zone_watermark_unusable_free() and rmqueue_buddy() of 6.1.192, 6.12.117 and 7.2;
 * the announcements of the stable releases; and the behaviour of a 5.10.223 guest (tests/vm/RESULTS.md).
 */
#include "model/alloc-rules.h"
#include "parse/version.h"

enum { BACKPORTS = 6, RULES = 7 };

struct change {
	size_t offset;     /* of the member in struct km_alloc_rules */
	uint64_t mainline; /* the first release with the change */
	struct {
		uint64_t series, sublevel; /* sublevel KM_UNKNOWN: an unknown stable release of the series */
	} backports[BACKPORTS];
};

#define RULE(member) offsetof(struct km_alloc_rules, member)

static const struct change changes[RULES] = {
	{ RULE(one_watermark), KM_RELEASE(4, 4), { { 0 } } },
	{ RULE(min_reserve), KM_RELEASE(6, 3),
	  { { KM_RELEASE(5, 15), 171 }, { KM_RELEASE(6, 1), 116 } } },
	{ RULE(highatomic_last), KM_RELEASE(6, 12),
	  { { KM_RELEASE(5, 15), 171 }, { KM_RELEASE(6, 1), 116 }, { KM_RELEASE(6, 6), 60 },
	    { KM_RELEASE(6, 11), 7 } } },
	{ RULE(highatomic_high), KM_RELEASE(6, 18),
	  { { KM_RELEASE(5, 15), 195 }, { KM_RELEASE(6, 1), 157 }, { KM_RELEASE(6, 6), 113 },
	    { KM_RELEASE(6, 12), 54 }, { KM_RELEASE(6, 17), 4 } } },
	{ RULE(highatomic_free), KM_RELEASE(6, 12), { { KM_RELEASE(6, 11), KM_UNKNOWN } } },
	{ RULE(highatomic_percent), KM_RELEASE(6, 8), { { 0 } } },
	{ RULE(boost_high), KM_RELEASE(6, 3), { { 0 } } },
};

/*
 * The first series that got one of these changes late. Older series never got it, not even from distributors.
 * From here on a kernel with an unknown stable release may have it.
 */
#define FIRST_BACKPORT KM_RELEASE(5, 14)

static enum km_tri applies(const struct change *change, uint64_t release, uint64_t sublevel)
{
	if (release == KM_UNKNOWN)
		return KM_TRI_UNKNOWN;
	if (release >= change->mainline)
		return KM_TRI_YES;
	if (release < FIRST_BACKPORT || !change->backports[0].series)
		return KM_TRI_NO;
	if (sublevel == KM_UNKNOWN)
		return KM_TRI_UNKNOWN;
	for (size_t i = 0; i < BACKPORTS; i++) {
		if (change->backports[i].series != release)
			continue;
		if (change->backports[i].sublevel == KM_UNKNOWN)
			return KM_TRI_UNKNOWN;
		return sublevel >= change->backports[i].sublevel ? KM_TRI_YES : KM_TRI_NO;
	}
	return KM_TRI_NO;
}

static enum km_tri *rule_at(struct km_alloc_rules *rules, size_t rule)
{
	return (enum km_tri *)((char *)rules + changes[rule].offset);
}

struct km_alloc_rules km_alloc_rules_of(uint64_t release, uint64_t sublevel)
{
	struct km_alloc_rules rules;

	for (size_t i = 0; i < RULES; i++)
		*rule_at(&rules, i) = applies(&changes[i], release, sublevel);
	return rules;
}

void km_alloc_rules_each(const struct km_alloc_rules *rules,
			 void (*what)(void *data, const struct km_alloc_rules *rules), void *data)
{
	for (unsigned int bits = 0; bits < 1u << RULES; bits++) {
		struct km_alloc_rules one = *rules;
		bool is_new = true;

		for (size_t i = 0; i < RULES; i++) {
			enum km_tri *rule = rule_at(&one, i);

			/* a known rule has only one state: skip the other half of the combinations */
			is_new &= *rule == KM_TRI_UNKNOWN || !(bits >> i & 1);
			if (*rule == KM_TRI_UNKNOWN)
				*rule = bits >> i & 1 ? KM_TRI_YES : KM_TRI_NO;
		}
		if (is_new)
			what(data, &one);
	}
}
