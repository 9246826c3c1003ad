// SPDX-License-Identifier: GPL-2.0-or-later
/* Whether an allocation would succeed on the machine now. */
#include <errno.h>
#include "kmeminfo-uapi.h"
#include "base/prose.h"
#include "model/failure-cause.h"
#include "model/probe.h"
#include "report/forecast-text.h"
#include "report/mask-text.h"
#include "report/options.h"
#include "report/prediction-text.h"
#include "report/report.h"
#include "words/say.h"

/* As wide as the longest heading above the sentences, request_bytes. */
enum { INDENT = 14, WIDTH = 100, MOST_ORDER = 20 };

/* A prediction in progress, and what was read from the machine for it. */
struct question {
	struct km_gfp_kernel kernel;
	struct km_supply supply;
	struct km_limits limits;
	struct km_api_input api;
	struct km_forecast_query query;
};

static const struct km_predict_options *options_of(const struct km_query *query)
{
	static const struct km_predict_options usual = { NULL, KM_UNKNOWN, KM_UNKNOWN, KM_UNKNOWN, -1,
							 KM_CONTEXT_PROCESS, NULL, NULL };

	return query->options ? query->options : &usual;
}

static uint64_t order_of(const struct km_predict_options *options, uint64_t page_bytes)
{
	uint64_t order = 0;

	if (options->bytes == KM_UNKNOWN || page_bytes == KM_UNKNOWN)
		return km_num_or(options->order, 0);
	while (order < MOST_ORDER && page_bytes << order < options->bytes)
		order++;
	return order;
}

/*
 * The limit that a report has: of the cgroup that was full, while those above it are not known. A report that names none
 * is of a request that no limit refused: the kernel charges a page after it has it (k6.12:mm/page_alloc.c
 * __alloc_pages_noprof).
 */
static struct km_cgroup_limits event_limits(struct km_pool *pool, const struct km_failure *event, bool own)
{
	struct km_cgroup_limits limits = { .known = own ? KM_TRI_YES : KM_TRI_UNKNOWN };
	struct km_cgroup_limit *limit;

	if (event->limit_bytes == KM_UNKNOWN)
		return limits;
	limits.known = KM_TRI_UNKNOWN;
	limit = km_pool_alloc(pool, 1, sizeof(*limit));
	*limit = (struct km_cgroup_limit){ event->cgroup, "memory.max", KM_CGROUP_MAX, event->limit_bytes,
					   event->usage_bytes };
	limits.limits = (struct km_rows){ limit, 1 };
	return limits;
}

/* Whether nothing else is requested than what the report is about. */
static bool is_events_own(const struct km_predict_options *options)
{
	return options->event && !options->gfp && options->order == KM_UNKNOWN && options->bytes == KM_UNKNOWN &&
	       options->node == KM_UNKNOWN && options->api < 0;
}

/*
 * The event's own request, so that predict and log say the same of it: made where the report says, and by the OOM killer
 * above the high watermark. vmalloc() requested pages one by one.
 */
static void take_request(const struct km_failure *event, struct km_forecast_query *query)
{
	query->reported = &event->basis->request;
	if (event->basis->event->kind != KM_KLOG_VMALLOC || event->request_bytes == KM_UNKNOWN)
		return;
	query->api = KMEMINFO_API_VMALLOC;
	query->bytes = event->request_bytes;
}

/* What a report of the log has of the machine. Memory was taken and freed since, so nothing of today is used. */
static void ask_event(struct km_pool *pool, const struct km_failure *event, bool own, struct question *ret)
{
	const struct km_failure_case *failed = event->basis;

	ret->supply = failed->supply;
	ret->query.of_report = true;
	ret->query.nodemask = failed->request.nodemask;
	ret->query.mems_allowed = failed->request.mems_allowed;
	ret->query.cgroup = event_limits(pool, event, own);
	ret->query.settings =
		(struct km_forecast_settings){ .zone_reclaim_mode = KM_UNKNOWN, .defrag_mode = KM_UNKNOWN };
	ret->limits = km_limits_derive(&(struct km_limits_input){ .buddyinfo = failed->supply.buddyinfo,
								  .page_bytes = failed->page_bytes });
	/* k6.12:mm/vmalloc.c __vmalloc_node_range_noprof refuses more than totalram_pages() */
	ret->limits.of[KM_LIMIT_VMALLOC].bytes = failed->managed_bytes;
	if (own)
		take_request(event, &ret->query);
}

static void ask_machine(struct km_machine *machine, const struct km_query *query, struct question *ret)
{
	/* without zones nothing can be predicted: a problem; without other files only details are unknown */
	km_machine_zoneinfo(machine, query->need);
	km_machine_supply(machine, KM_TYPES_ANY, &ret->supply);
	if (ret->query.node == KM_UNKNOWN)
		ret->query.node = km_machine_cpu_node(machine);
	km_machine_node_order(machine, ret->query.node, &ret->supply);
	ret->limits = km_machine_limits(machine);
	ret->api.slabinfo = ret->query.api < 0 ? NULL : km_machine_slabinfo(machine, KM_OPTIONAL);
	km_machine_cgroup(machine, options_of(query)->cgroup, &ret->query.cgroup);
	km_machine_forecast_settings(machine, &ret->query.settings);
}

/* The flags of the request: those that are given, or the event's own. */
static struct km_str flags_of(const struct km_predict_options *options)
{
	const struct km_failure *event = options->event;

	if (options->gfp || !event)
		return km_str_from(options->gfp ? options->gfp : "GFP_KERNEL");
	return event->flags.len ? event->flags : event->mask;
}

/* A node without memory may have no zone in zoneinfo, but it has a directory. */
static bool has_directory(struct km_machine *machine, uint64_t node)
{
	uint64_t *nodes = NULL;
	const size_t len = km_machine_nodes(machine, &nodes);

	for (size_t i = 0; i < len; i++)
		if (nodes[i] == node)
			return true;
	return false;
}

/* 0, or -EINVAL with the nodes in err. Without zones no node is known. */
static int check_node(const struct km_supply *supply, uint64_t node, struct km_err *err)
{
	KM_TEXT_SCOPE nodes = { 0 };
	uint64_t last = KM_UNKNOWN;

	for (size_t i = 0; i < supply->zones.len; i++) {
		const struct km_zone *zone = km_sheet_row(&supply->zones, i);

		if (zone->node == node)
			return 0;
		if (zone->node != last)
			km_text_printf(&nodes, " %llu", (unsigned long long)zone->node);
		last = zone->node;
	}
	return !nodes.len ? 0 : km_err_set(err, -EINVAL, NULL, "--node %llu: there is no such node, only%.*s",
					   (unsigned long long)node, (int)nodes.len, nodes.ptr);
}

/* own: the event's own request. 0, or a negative errno with err filled when the flags are none of this kernel. */
static int ask(struct km_machine *machine, const struct km_query *query, bool own, struct question *ret,
	       struct km_err *err)
{
	const struct km_predict_options *options = options_of(query);
	const struct km_failure *event = options->event;
	const struct km_str release = event ? event->basis->release : machine->host.release;

	*ret = (struct question){ .query = {
		.pool = &machine->pool, .kernel = &ret->kernel, .supply = &ret->supply, .input = &ret->api,
		.gfp = flags_of(options), .api = options->api,
		.bytes = options->bytes, .node = options->node, .context = options->context } };
	if (!ret->query.gfp.len)
		return km_err_set(err, -ENODATA, "--gfp names the flags of a request", "the failure report has no GFP flags");
	km_machine_gfp(machine, event ? release : (struct km_str){ 0 }, &ret->kernel);
	if (km_gfp_check(&ret->kernel, release, err))
		return -ENODATA;
	if (km_gfp_encode(ret->kernel.variants, ret->query.gfp, &ret->query.mask, err))
		return km_mask_advise(-EINVAL, err);
	if (event)
		ask_event(&machine->pool, event, own, ret);
	else
		ask_machine(machine, query, ret);
	if (options->cgroup && ret->query.cgroup.known == KM_TRI_UNKNOWN && !ret->query.cgroup.limits.len)
		return km_err_set(err, -ENOENT, "'kmeminfo cgroups' lists them", "no directory of a memory cgroup %s", options->cgroup);
	if (options->node != KM_UNKNOWN && (event || !has_directory(machine, options->node)) &&
	    check_node(&ret->supply, options->node, err))
		return -EINVAL;
	ret->api.limits = &ret->limits;
	ret->query.order = event && options->order == KM_UNKNOWN && options->bytes == KM_UNKNOWN ?
				   km_num_or(event->order, 0) : order_of(options, ret->supply.page_bytes);
	/* single pages are served from any block */
	if (!event && ret->query.order && !ret->supply.buddyinfo)
		km_machine_buddyinfo(machine, query->need);
	return 0;
}

/*
 * A report may be about something that zones do not decide, such as addresses for vmalloc(): they could have served the
 * request, and it failed nevertheless.
 */
static void compare_cause(const struct km_failure *event, const struct km_prediction *prediction, struct km_pool *pool,
			  struct km_forecast *row)
{
	if (!event->basis->request.known)
		row->reason = KM_SENTENCE("The report is not about a request for pages whose flags are known.");
	if (row->answer != KM_TRI_YES || event->cause_id == KM_CAUSE_TRANSIENT || event->cause_id == KM_CAUSE_BY_HAND ||
	    event->basis->event->kind == KM_KLOG_OOM)
		return;
	row->answer = KM_TRI_UNKNOWN;
	if (prediction->basis != KM_PREDICTION_ABOVE_LOW && prediction->basis != KM_PREDICTION_ABOVE_MIN)
		return;
	row->prediction = &km_prediction_words[KM_PREDICTION_UNKNOWN];
	row->zone_served = (struct km_str){ 0 };
	row->node_served = KM_UNKNOWN;
	row->reason = km_sentences(pool, km_say_printf(pool, "The zones could have served the request, but the report has "
						       "another cause: %s. `kmeminfo log` explains it.",
						       event->cause->key), row->reason);
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret, struct km_err *err)
{
	const struct km_failure *event = options_of(query)->event;
	struct km_forecast *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));
	struct km_forecast_result result;
	struct question question;
	int r = ask(machine, query, is_events_own(options_of(query)), &question, err);

	if (r)
		return r;
	km_forecast_derive(&question.query, &result, row);
	if (question.query.api >= 0)
		row->api = km_str_from(km_probe_api_name((unsigned int)question.query.api));
	km_forecast_explain(&question.query, &result, row);
	if (event && question.query.reported)
		compare_cause(event, &result.prediction, &machine->pool, row);
	*ret = (struct km_sheet){ &km_forecast_type, row, 1, NULL };
	return 0;
}

static int derive_table(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	struct question question;
	int r = ask(machine, query, false, &question, err);

	if (!r)
		*ret = km_forecast_table(&question.query);
	return r;
}

/* "a; b; c" */
static struct km_str join(struct km_pool *pool, const struct km_texts *texts)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < texts->len; i++)
		km_text_printf(&text, "%s%.*s", i ? km_say("; ") : "", KM_STR_ARG(texts->items[i]));
	return km_text_keep(&text, pool);
}

static void add_label(struct km_text *out, const char *label, struct km_str text, size_t width)
{
	if (text.len)
		km_prose_labelled(out, KM_SENTENCE(label), text, INDENT, width);
}

static void write_prose(struct km_document *document, const struct km_forecast *row, size_t width)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < row->complaints.len; i++)
		add_label(&text, KM_SAID("wrong"), row->complaints.items[i], width);
	add_label(&text, KM_SAID("why"), row->reason, width);
	add_label(&text, KM_SAID("change"), row->change, width);
	for (size_t i = 0; i < row->unknown.len; i++)
		add_label(&text, KM_SAID("unknown"), row->unknown.items[i], width);
	/* a request that is served at once does not depend on what was left out */
	if (row->prediction != &km_prediction_words[KM_PREDICTION_AT_ONCE] &&
	    row->order != KM_UNKNOWN)
		add_label(&text, KM_SAID("left out"), join(document->pool, &row->not_considered), width);
	if (text.len)
		km_document_add_text(document, &text, NULL);
}

/* The answer, why, and the zones in the order in which the kernel tries them. */
static void write_answer(const struct km_prose_query *query, const struct km_sheet *sheet)
{
	const struct km_forecast *row = km_sheet_row(sheet, 0);
	const struct km_view_options view = {
		.top = KM_UNKNOWN,
		.usual = row->api.ptr ? "api,gfp,flags,request_bytes,way,cache,order,pages,prediction,answer,"
					"node_served,zone_served" :
					"gfp,order,request_bytes,prediction,answer,node_served,zone_served",
	};
	/* the first attempt looks at the low watermark, the last one at what the request must leave free */
	const struct km_view_options zone_view = {
		.top = KM_UNKNOWN,
		.usual = "node,zone,free_bytes,unusable_bytes,watermark_bytes,lowmem_reserve_bytes,available_bytes,above_low_bytes,"
			 "largest_bytes,verdict",
	};
	const struct km_sheet zones = { &km_request_zone_type, row->zones.items, row->zones.len, NULL };

	km_document_add(query->document, NULL, KM_SHAPE_ROW, *sheet, &view, NULL);
	write_prose(query->document, row, km_style_fold(query->style, WIDTH));
	if (zones.len)
		km_document_add(query->document, NULL, KM_SHAPE_SHEET, zones, &zone_view, NULL);
}

const struct km_report km_report_predict = {
	.key = "predict",
	.shape = KM_SHAPE_ROW,
	.type = &km_forecast_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO),
	.derive = derive,
	.write = write_answer,
};

const struct km_report km_report_forecast = {
	.key = "forecast",
	.type = &km_forecast_row_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO) | KM_NEEDS(KM_FILE_BUDDYINFO),
	.derive = derive_table,
};
