// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A zoneinfo, with lines before it that begin with "gfp ", "order ", "release " and "node ": what a request finds in
 * these zones, and what is predicted of it. Lines "buddy " in between make up a buddyinfo.
 */
#include "fuzz.h"
#include "model/prediction.h"
#include "parse/zoneinfo.h"

struct input {
	struct km_str mask, release;
	uint64_t order, node;
	char *zoneinfo, *buddyinfo;
	size_t zoneinfo_len, buddyinfo_len;
};

static void add(char *text, size_t *len, struct km_str line)
{
	memcpy(text + *len, line.ptr, line.len);
	text[*len + line.len] = '\n';
	*len += line.len + 1;
}

static void take(struct fuzz *fuzz, struct input *input)
{
	struct km_str rest = fuzz->text, line;

	input->zoneinfo = km_pool_alloc(&fuzz->pool, fuzz->text.len + 1, 1);
	input->buddyinfo = km_pool_alloc(&fuzz->pool, fuzz->text.len + 1, 1);
	while (km_str_take_line(&rest, &line)) {
		if (km_str_take_prefix(&line, KM_STR("gfp ")))
			input->mask = line;
		else if (km_str_take_prefix(&line, KM_STR("release ")))
			input->release = line;
		else if (km_str_take_prefix(&line, KM_STR("order ")))
			km_str_take_u64(&line, &input->order);
		else if (km_str_take_prefix(&line, KM_STR("node ")))
			km_str_take_u64(&line, &input->node);
		else if (km_str_take_prefix(&line, KM_STR("buddy ")))
			add(input->buddyinfo, &input->buddyinfo_len, line);
		else
			add(input->zoneinfo, &input->zoneinfo_len, line);
	}
}

/* The figures of every row add up, and no verdict contradicts them. */
static void check_zone(const struct km_request_zone *zone, uint64_t order, uint64_t page_bytes)
{
	const uint64_t less = km_num_add(zone->unusable_bytes,
					 km_num_add(zone->watermark_bytes, zone->lowmem_reserve_bytes));

	fuzz_expect(km_word_str(zone->verdict).len);
	if (zone->available_bytes != KM_UNKNOWN_DELTA)
		fuzz_expect(zone->available_bytes == km_num_delta(zone->free_bytes, less));
	if (zone->available_bytes != KM_UNKNOWN_DELTA && zone->available_most_bytes != KM_UNKNOWN_DELTA)
		fuzz_expect(zone->available_bytes <= zone->available_most_bytes);
	if (zone->reason == KM_VERDICT_OPEN)
		fuzz_expect(zone->available_bytes > 0);
	if (zone->reason == KM_VERDICT_OPEN && order && order < 32)
		fuzz_expect(zone->largest_least_bytes >= page_bytes << order);
	if (zone->reason == KM_VERDICT_BELOW_WATERMARK)
		fuzz_expect(zone->available_most_bytes <= 0);
	if (zone->largest_bytes != KM_UNKNOWN && zone->largest_least_bytes != KM_UNKNOWN)
		fuzz_expect(zone->largest_least_bytes <= zone->largest_bytes);
}

static void check_prediction(const struct km_prediction *prediction, const struct km_request *request,
			     const struct km_request_zones *zones)
{
	fuzz_expect(km_word_str(prediction->word).len && (prediction->zone.ptr != NULL || prediction->node == KM_UNKNOWN));
	if (prediction->verdict <= KM_PREDICTION_SERVED)
		fuzz_expect(prediction->answer == KM_TRI_YES);
	if (prediction->verdict == KM_PREDICTION_REFUSED || prediction->verdict == KM_PREDICTION_TOO_LARGE)
		fuzz_expect(prediction->answer == KM_TRI_NO);
	if (prediction->verdict == KM_PREDICTION_REFUSED)
		fuzz_expect(!request->facts.sleeps && !zones->count[KM_VERDICT_OPEN]);
	/*
	 * a request that only has to stay above the min watermark succeeds if a zone is open, unless it is
	 * limited to one node
	 */
	if (zones->count[KM_VERDICT_OPEN] && !request->this_node && prediction->verdict != KM_PREDICTION_TOO_LARGE)
		fuzz_expect(prediction->answer == KM_TRI_YES || request->facts.zone == KM_GFP_ZONE_BAD);
}

static void check(struct fuzz *fuzz, const struct km_supply *supply, const struct km_request *request)
{
	const struct km_prediction prediction = km_prediction_of(&fuzz->pool, supply, request);
	const struct km_request_zones zones = prediction.zones;
	const struct km_rows rows = prediction.fallback;

	fuzz_expect(rows.len <= zones.len && zones.len <= supply->zones.len);
	for (size_t i = 0; i < zones.len; i++)
		check_zone(&zones.rows[i], request->order, supply->page_bytes);
	check_prediction(&prediction, request, &zones);
	fuzz_sheet(fuzz, (struct km_sheet){ &km_request_zone_type, rows.items, rows.len, NULL });
}

void fuzz_one(struct fuzz *fuzz)
{
	struct input input = { .release = KM_STR_INIT("6.12.107"), .node = KM_UNKNOWN };
	struct km_zoneinfo zoneinfo = { 0 };
	struct km_buddyinfo buddyinfo = { 0 };
	struct km_supply supply = { .page_bytes = 4096, .nodes = &input.node, .nodes_len = 1 };
	struct km_gfp_kernel kernel;
	struct km_request request;
	uint32_t mask;

	take(fuzz, &input);
	km_gfp_of_kernel(&fuzz->pool, input.release, NULL, NULL, &kernel);
	if (!km_gfp_encode(&kernel.variants[0], input.mask, &mask, NULL)) {
		km_parse_zoneinfo(&fuzz->parse, (struct km_str){ input.zoneinfo, input.zoneinfo_len }, &zoneinfo);
		km_parse_buddyinfo(&fuzz->parse, (struct km_str){ input.buddyinfo, input.buddyinfo_len }, &buddyinfo);
		supply.zones = km_zone_derive(&fuzz->pool, &zoneinfo, supply.page_bytes, true);
		supply.buddyinfo = input.buddyinfo_len ? &buddyinfo : NULL;
		supply.pageblock_bytes = fuzz->turn % 2 ? 2 << 20 : 0;
		kernel.rules = km_alloc_rules_of(km_parse_release(input.release), km_parse_sublevel(input.release));
		request = km_request_from(&kernel.variants[0], &kernel.rules, mask);
		request.order = input.order;
		request.node = input.node;
		check(fuzz, &supply, &request);
	}
	km_zoneinfo_deinit(&zoneinfo);
	km_buddyinfo_deinit(&buddyinfo);
}
