// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"
#include "base/units.h"
#include "report/prediction-text.h"
#include "words/say.h"

const char *km_text_size(struct km_pool *pool, uint64_t bytes)
{
	char buf[KM_UNITS_SIZE];

	if (bytes == KM_UNKNOWN)
		return km_say("an unknown amount");
	return km_pool_copy(pool, km_str_from(km_units_bytes(buf, bytes))).ptr;
}

const char *km_text_zone(struct km_pool *pool, const struct km_request_zone *zone)
{
	return km_say_printf(pool, "node %llu %.*s", (unsigned long long)zone->node, KM_STR_ARG(zone->zone)).ptr;
}

const char *km_text_first_zone(struct km_pool *pool, const struct km_request_zone *zone)
{
	return km_say_printf(pool, "Node %llu %.*s", (unsigned long long)zone->node, KM_STR_ARG(zone->zone)).ptr;
}

const char *km_text_excess(struct km_pool *pool, const struct km_request_zone *zone)
{
	const bool sure = zone->available_bytes > 0;

	return km_pool_printf(pool, "%s%s", sure ? "" : km_say("at most "),
			      km_text_size(pool, (uint64_t)(sure ? zone->available_bytes : zone->available_most_bytes))).ptr;
}

struct km_str km_sentences(struct km_pool *pool, struct km_str first, struct km_str second)
{
	if (!first.len || !second.len)
		return first.len ? first : second;
	return km_pool_printf(pool, "%.*s%s%.*s", KM_STR_ARG(first), km_say_gap(), KM_STR_ARG(second));
}

static struct km_str served(struct km_pool *pool, const struct km_request_zone *zone, int64_t left, const char *above)
{
	return km_say_printf(pool, "%s has %s available above %s.", km_text_first_zone(pool, zone),
			      km_text_size(pool, (uint64_t)left), above);
}

/*
 * The zone that comes before the one that serves, and that would fit at the last attempt. The first attempt passes over it.
 */
static const struct km_request_zone *passed_over(const struct km_prediction *prediction)
{
	const struct km_request_zone *rows = prediction->fallback.items;

	for (size_t i = 0; i < prediction->fallback.len && &rows[i] != prediction->decides; i++)
		if (rows[i].reason == KM_VERDICT_OPEN && rows[i].at_once == KM_TRI_NO)
			return &rows[i];
	return NULL;
}

static struct km_str served_at_once(struct km_pool *pool, const struct km_prediction *prediction)
{
	const struct km_request_zone *zone = prediction->decides, *passed = passed_over(prediction);
	const struct km_str text = served(pool, zone, zone->above_low_bytes, km_say("its low watermark"));

	if (prediction->instead)
		return km_sentences(pool, text, km_say_printf(pool, "%s may serve instead: the first attempt takes no block of "
							      "another migrate type from a zone Normal.",
							      km_text_first_zone(pool, prediction->instead)));
	if (!passed)
		return text;
	return km_sentences(pool, text, km_say_printf(pool, "%s comes first, but the first attempt, above the low watermark and "
						      "without reserves, finds nothing there.",
						      km_text_first_zone(pool, passed)));
}

static const char *between(struct km_pool *pool, uint64_t least, uint64_t most)
{
	if (least == most)
		return km_text_size(pool, most);
	if (most == KM_UNKNOWN || least == KM_UNKNOWN)
		return km_say("an unknown amount");
	return km_say_printf(pool, "between %s and %s", km_text_size(pool, least), km_text_size(pool, most)).ptr;
}

/* "16.0 KiB short", of the zone that is closest; at least so much where the reserve is not known exactly. */
static const char *missing(struct km_pool *pool, const struct km_request_zone *zone)
{
	const bool exact = zone->unusable_least_bytes == zone->unusable_bytes;
	const int64_t left = exact ? zone->available_bytes : zone->available_most_bytes;

	if (!left)
		return exact ? km_say("nothing is left") : km_say("nothing is left in the best case");
	return exact ? km_say_printf(pool, "%s short", km_text_size(pool, (uint64_t)-left)).ptr :
		       km_say_printf(pool, "at least %s short", km_text_size(pool, (uint64_t)-left)).ptr;
}

static struct km_str shortage(struct km_pool *pool, const struct km_request_zone *zone, bool high_watermark)
{
	if (zone->available_bytes == KM_UNKNOWN_DELTA && zone->available_most_bytes == KM_UNKNOWN_DELTA)
		return KM_SENTENCE("The files read name no zone that could serve the request.");
	if (zone->available_bytes == KM_UNKNOWN_DELTA)
		return km_say_printf(pool,
				     "No zone that the request may use exceeds its watermark and reserve. Closest is %s: %s free, "
				     "at least %s short.", km_text_zone(pool, zone),
				     km_text_size(pool, zone->free_bytes),
				     km_text_size(pool, (uint64_t)-zone->available_most_bytes));
	return km_say_printf(pool,
			      "No zone that the request may use exceeds its watermark and reserve. Closest is %s: %s free, "
			      "minus %s unusable for this request, minus %s that must remain free (%s of the %s, "
			      "%s of lowmem reserve): %s.",
			      km_text_zone(pool, zone), km_text_size(pool, zone->free_bytes),
			      between(pool, zone->unusable_least_bytes, zone->unusable_bytes),
			      km_text_size(pool, km_num_add(zone->watermark_bytes, zone->lowmem_reserve_bytes)),
			      km_text_size(pool, zone->watermark_bytes),
			      high_watermark ? km_say("high watermark") : km_say("min watermark"),
			      km_text_size(pool, zone->lowmem_reserve_bytes), missing(pool, zone));
}

/* A zone that may serve, and the figure that is not known exactly. */
static struct km_str unsure(struct km_pool *pool, const struct km_request_zone *zone, uint64_t bytes)
{
	const bool short_of_block = bytes != KM_UNKNOWN && !(zone->largest_least_bytes >= bytes);

	if (zone->available_bytes > 0 && short_of_block)
		return km_say_printf(pool, "%s may serve the request: the largest block that this request may use has %s.",
				     km_text_first_zone(pool, zone),
				     between(pool, zone->largest_least_bytes, zone->largest_bytes));
	return km_say_printf(pool, "%s may serve the request: %s free, minus %s unusable for this request, minus %s that must remain "
			     "free.", km_text_first_zone(pool, zone), km_text_size(pool, zone->free_bytes),
			     between(pool, zone->unusable_least_bytes, zone->unusable_bytes),
			     km_text_size(pool, km_num_add(zone->watermark_bytes, zone->lowmem_reserve_bytes)));
}

/* " Largest by type: Unmovable 32.0 KiB, Movable 16.0 KiB."; empty where types are not reported. */
static struct km_str by_type(struct km_pool *pool, const struct km_pairs *largest)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < largest->len; i++)
		km_text_printf(&text, "%s%.*s %s", i ? km_say_comma() : km_say(" Largest by type: "),
			       KM_STR_ARG(largest->items[i].name), km_text_size(pool, largest->items[i].value));
	if (text.len)
		km_text_puts(&text, km_say("."));
	return km_text_keep(&text, pool);
}

static struct km_str fragmentation(struct km_pool *pool, const struct km_request_zone *zone, uint64_t bytes)
{
	if (zone->reason == KM_VERDICT_ORDER_WATERMARK)
		return km_say_printf(pool,
				     "The request needs %s of contiguous memory. %s has %s free, %s above its watermark, but too "
				     "little of it in blocks of that size and larger: up to 4.3 the kernel reserves some of "
				     "them.", km_text_size(pool, bytes), km_text_first_zone(pool, zone),
				     km_text_size(pool, zone->free_bytes), km_text_excess(pool, zone));
	return km_say_printf(pool,
			      "The request needs %s of contiguous memory. %s has %s free, %s above its watermark, but the "
			      "largest block this request may use is %s%s%.*s%s.%.*s",
			      km_text_size(pool, bytes), km_text_first_zone(pool, zone),
			      km_text_size(pool, zone->free_bytes), km_text_excess(pool, zone),
			      km_text_size(pool, zone->largest_bytes),
			      zone->types.len ? km_say(" (larger blocks are of the types ") : "", KM_STR_ARG(zone->types),
			      zone->types.len ? ")" : "", KM_STR_ARG(by_type(pool, &zone->largest_by_type)));
}

struct km_str km_prediction_reason(struct km_pool *pool, const struct km_prediction *prediction)
{
	const struct km_request_zone *zone = prediction->decides;

	switch (prediction->basis) {
	case KM_PREDICTION_ABOVE_LOW:
		return served_at_once(pool, prediction);
	case KM_PREDICTION_ABOVE_MIN:
		return served(pool, zone, zone->available_bytes,
			      km_say("the part of its min watermark that this request must leave free"));
	case KM_PREDICTION_SHORTAGE:
		return shortage(pool, zone, prediction->high_watermark);
	case KM_PREDICTION_FRAGMENTATION:
		return fragmentation(pool, zone, prediction->request_bytes);
	case KM_PREDICTION_UNSURE:
		return unsure(pool, zone, prediction->request_bytes);
	case KM_PREDICTION_NOWHERE:
		return KM_SENTENCE("The request is bound to its node (__GFP_THISNODE), and that node has no zone for it.");
	case KM_PREDICTION_NO_BASIS:
		break;
	}
	return (struct km_str){ 0 };
}
