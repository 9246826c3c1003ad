// SPDX-License-Identifier: GPL-2.0-or-later
/* Sentences about zones that did not serve a request. */
#include "base/text.h"
#include "report/failure-sentence.h"
#include "words/say.h"

/* Types of free blocks that this request may not use. */
struct km_str km_reason_reserved(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = km_failure_zone_without(failed, KM_CAUSE_RESERVED);

	if (!zone)
		zone = failed->zones.fullest;
	if (zone->reason != KM_VERDICT_BELOW_WATERMARK)
		return km_say_printf(failed->pool, "%s has %s free, but only in blocks of types that this request may "
			      "not use (%.*s).",
			      km_text_first_zone(failed->pool, zone), km_text_size(failed->pool, zone->free_bytes),
			      KM_STR_ARG(zone->types));
	return km_say_printf(failed->pool, "No zone that the request may use exceeds its watermark and reserve. One has "
		      "enough, but in blocks of the "
		      "highatomic reserve or CMA, which this request may not use: %.*s.",
		      KM_STR_ARG(km_reason_arithmetic(failed, zone)));
}

/* What the flags allow, because no report shows whether compaction was tried. */
static const char *compaction(const struct km_failure_case *failed)
{
	uint64_t release = km_parse_release(failed->release);

	if (!failed->request.order)
		return "";
	if (!failed->request.facts.sleeps)
		return km_say(" The request may not sleep, so the kernel does not compact memory for it.");
	if (!failed->request.facts.io)
		return km_say(" The request may not start I/O, so the kernel does not compact memory for it.");
	if (release < KM_RELEASE(2, 6))
		return "";
	return km_say(" The request allows compaction; it was deferred, or found nothing that it could move.");
}

/* " Largest by type: Unmovable 32.0 KiB, Movable 16.0 KiB."; empty if types are not reported. */
static struct km_str by_type(const struct km_failure_case *failed, const struct km_pairs *pairs)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < pairs->len; i++)
		km_text_printf(&text, "%s%.*s %s", i ? km_say_comma() : km_say(" Largest by type: "),
			       KM_STR_ARG(pairs->items[i].name), km_text_size(failed->pool, pairs->items[i].value));
	if (text.len)
		km_text_puts(&text, km_say("."));
	return km_text_keep(&text, failed->pool);
}

struct km_str km_reason_fragmented(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = failed->zones.fullest;
	struct km_str needs = km_say_printf(failed->pool, "The request needs %s of contiguous memory.",
				     km_text_size(failed->pool, failed->request_bytes));
	struct km_str has = km_say_printf(
		failed->pool, "%s has %s free, %s%s above its watermark", km_text_first_zone(failed->pool, zone),
		km_text_size(failed->pool, zone->free_bytes), zone->available_bytes > 0 ? "" : km_say("at most "),
		km_text_size(failed->pool,
			    (uint64_t)(zone->available_bytes > 0 ? zone->available_bytes
								 : zone->available_most_bytes)));

	if (zone->largest_bytes >= failed->request_bytes && zone->largest_bytes != KM_UNKNOWN)
		return km_say_printf(failed->pool, "%.*s %.*s, but too little of it in blocks of that size "
			      "and larger: up to 4.3 the kernel reserves some of them.%s",
			      KM_STR_ARG(needs), KM_STR_ARG(has), compaction(failed));
	return km_say_printf(
		failed->pool,
		"%.*s %.*s, but the largest block that this request may use is %s%s%.*s%s.%.*s%s",
		KM_STR_ARG(needs), KM_STR_ARG(has), km_text_size(failed->pool, zone->largest_bytes),
		zone->types.len ? km_say(" (larger ones are of the types ") : "", KM_STR_ARG(zone->types),
		zone->types.len ? ")" : "", KM_STR_ARG(by_type(failed, &zone->largest_by_type)),
		compaction(failed));
}

struct km_str km_reason_zone(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = failed->zones.better_zone;
	struct km_str flags = km_say_printf(failed->pool, "The flags allow zones up to %.*s.",
				     KM_STR_ARG(km_zone_rank_name(failed->zones.highest)));
	struct km_str other =
		zone ? km_say_printf(failed->pool, "A higher zone has memory: %s has %s free.",
			      km_text_zone(failed->pool, zone), km_text_size(failed->pool, zone->free_bytes))
		     : km_say_printf(failed->pool, "Zones that the report leaves out have %s of %s free.",
			      km_text_size(failed->pool, failed->hidden_free_bytes),
			      km_text_size(failed->pool, failed->hidden_managed_bytes));

	return km_sentences(failed->pool, km_sentences(failed->pool, flags, km_reason_shortage(failed)), other);
}

struct km_str km_reason_node(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = failed->zones.better_node;
	struct km_str who = failed->request.this_node && !zone
				    ? KM_SENTENCE("The request is for one node (__GFP_THISNODE), which "
					     "the report does not name.")
				    : KM_SENTENCE("The request may use only some nodes.");
	struct km_str other =
		zone ? km_say_printf(failed->pool, "Another node has memory: %s has %s free.",
			      km_text_zone(failed->pool, zone), km_text_size(failed->pool, zone->free_bytes))
		     : KM_STR("");

	return km_sentences(failed->pool, km_sentences(failed->pool, who, km_reason_shortage(failed)), other);
}

struct km_str km_reason_cpuset(const struct km_failure_case *failed)
{
	const struct km_klog_event *event = failed->event;

	return km_sentences(failed->pool,
			   km_say_printf(failed->pool, "The task's cpuset, %.*s, allows memory of node %.*s only.",
				  KM_STR_ARG(event->cpuset), KM_STR_ARG(event->mems_allowed)),
			   km_reason_shortage(failed));
}

struct km_str km_reason_transient(const struct km_failure_case *failed)
{
	const char *when = failed->event->kind == KM_KLOG_OOM
				   ? KM_SAID("At the time of the report a zone that the request may use "
					     "had enough memory even above its high watermark: "
					     "memory was freed after the kernel's last attempt.")
				   : KM_SAID("At the time of the report a zone that the request may use "
					     "had enough memory: memory was freed, or came back "
					     "from per-CPU lists, after the failure.");

	return km_str_from(km_say(when));
}

const struct km_request_zone *km_failure_zone_in_doubt(const struct km_failure_case *failed)
{
	const struct km_request_zones *zones = &failed->zones;

	for (size_t i = 0; i < zones->len; i++) {
		const struct km_request_zone *zone = &zones->rows[i];

		if (zone->reason == KM_VERDICT_UNKNOWN && zone->free_bytes != KM_UNKNOWN && zone->available_most_bytes > 0)
			return zone;
	}
	return NULL;
}

/* What is unknown about a zone that may have served the request. */
struct km_str km_reason_doubt(const struct km_failure_case *failed)
{
	const struct km_request_zone *zone = km_failure_zone_in_doubt(failed);

	if (zone)
		return km_say_printf(failed->pool,
				      "Whether %s had enough depends on its highatomic reserve and on the types of its free "
				      "blocks, which the report does not contain.",
				      km_text_zone(failed->pool, zone));
	return KM_SENTENCE("The lines of a zone that the request may use are missing, damaged or cut "
		      "off, so it is unknown whether that "
		      "zone had memory for it.");
}
