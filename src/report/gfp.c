// SPDX-License-Identifier: GPL-2.0-or-later
/* GFP masks and flags: their meaning on a kernel, and whether the machine would serve a request. */
#include <errno.h>
#include "base/prose.h"
#include "report/mask-text.h"
#include "report/options.h"
#include "report/report.h"
#include "report/topics.h"
#include "words/say.h"

enum { INDENT = 10, WIDTH = 100, READINGS = 16 };

/* A query in progress. */
struct question {
	struct km_gfp_kernel kernel;
	struct km_sheet topics;
	struct km_mask_query query;
};

static const struct km_gfp_options *options_of(const struct km_query *query)
{
	static const struct km_gfp_options none;

	return query->options ? query->options : &none;
}

static struct km_str brief_of(void *data, struct km_str name)
{
	const struct question *question = data;

	for (size_t i = 0; i < question->topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&question->topics, i);

		if (km_str_eq(row->key, name))
			return row->brief;
	}
	return (struct km_str){ 0 };
}

/*
 * Uses the flags of the machine, or the built-in table of the kernel that the user names. 0, or a negative
 * errno with err filled if no table fits the kernel.
 */
static int ask(struct km_machine *machine, const struct km_gfp_options *options, struct question *question,
	       struct km_err *err)
{
	struct km_str release = km_str_from(options->kernel);

	*question = (struct question){ .topics = { 0 } };
	km_machine_gfp(machine, release, &question->kernel);
	question->query = (struct km_mask_query){
		.pool = &machine->pool,
		.kernel = &question->kernel,
		.release = release.ptr ? release : machine->host.release,
		.machine = machine->host.release,
		.order = options->order,
		.node = km_machine_cpu_node(machine),
		.brief = brief_of,
		.data = question,
	};
	if (!question->query.release.len)
		question->query.release = km_gfp_release_text(&machine->pool, question->kernel.release);
	if (km_gfp_check(&question->kernel, question->query.release, err))
		return -ENODATA;
	/* without it no zone is known: the prediction is missing, and a list may name a zone that the machine lacks */
	if (options->len || question->kernel.way != KM_GFP_MODULE)
		km_machine_zoneinfo(machine, KM_REQUIRED);
	km_machine_supply(machine, options->len ? KM_TYPES_ANY : KM_TYPES_NONE, &question->query.supply);
	km_machine_node_order(machine, question->query.node, &question->query.supply);
	return 0;
}

/* All interpretations of all words. */
static int derive_masks(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	const struct km_gfp_options *options = options_of(query);
	struct question question;
	struct km_mask *rows = km_pool_alloc(&machine->pool, options->len * READINGS, sizeof(*rows));
	struct km_sheet masks;
	size_t len = 0;
	int r = ask(machine, options, &question, err);

	if (r)
		return r;
	question.topics = km_topics_derive(&machine->pool, query->language, &machine->problems);
	for (size_t w = 0; w < options->len; w++) {
		r = km_mask_derive(&question.query, km_str_from(options->words[w]), &masks, err);
		if (r)
			return km_mask_advise(r, err);
		memcpy(&rows[len], masks.rows, masks.len * sizeof(*rows));
		km_mask_explain(&machine->pool, &rows[len], masks.len);
		len += masks.len;
	}
	*ret = (struct km_sheet){ &km_mask_type, rows, len, NULL };
	return 0;
}

static int derive_list(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		       struct km_err *err)
{
	const struct km_module_file *module = NULL;
	struct question question;
	int r = ask(machine, options_of(query), &question, err);

	if (r)
		return r;
	if (question.kernel.way == KM_GFP_MODULE)
		module = km_machine_module(machine, KM_FILE_MODULE_GFP, query->need);
	*ret = module ? km_flags_derive(&machine->pool, module) : km_mask_list(&question.query);
	return 0;
}

static int derive_kernel(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct km_mask_kernel *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));
	struct question question;
	int r = ask(machine, options_of(query), &question, err);

	if (r)
		return r;
	km_mask_kernel(&question.query, row);
	*ret = (struct km_sheet){ &km_mask_kernel_type, row, 1, NULL };
	return 0;
}

/* Writes what is wrong with a mask, and why the machine would not serve it, as prose below its permissions. */
static void write_complaints(struct km_document *document, const struct km_mask *mask, size_t width)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < mask->complaints.len; i++)
		km_prose_labelled(&text, KM_SENTENCE("wrong"), mask->complaints.items[i], INDENT, width);
	if (mask->reason.len)
		km_prose_labelled(&text, KM_SENTENCE("why"), mask->reason, INDENT, width);
	if (text.len)
		km_document_add_text(document, &text, NULL);
}

/* Writes an interpretation: what the mask permits, what is wrong with it, its flags, and the zones. */
static void write_mask(struct km_document *document, const struct km_mask *mask, size_t width)
{
	struct km_view_options view = { .top = KM_UNKNOWN };
	const struct km_sheet flags = { &km_mask_flag_type, mask->flags.items, mask->flags.len, NULL };
	const struct km_sheet zones = { &km_request_zone_type, mask->zones.items, mask->zones.len, NULL };

	view.usual = km_pool_printf(
		document->pool,
		"name,value,%skernel,kernels,source,%sblock,io,fs,kswapd,contexts,min_ratio,zone,type,slab,order,"
		"request_bytes,%sprediction",
		mask->when.ptr ? "when," : "", mask->verified == KM_TRI_YES ? "" : "verified,",
		mask->zones_from.ptr && !km_str_eq(mask->zones_from, mask->kernel) ? "zones_from," : "").ptr;
	km_document_add(document, NULL, KM_SHAPE_ROW, (struct km_sheet){ &km_mask_type, mask, 1, NULL }, &view,
			NULL);
	write_complaints(document, mask, width);
	if (flags.len)
		km_document_add(document, NULL, KM_SHAPE_SHEET, flags, NULL, NULL);
	if (zones.len)
		km_document_add(document, NULL, KM_SHAPE_SHEET, zones, NULL, NULL);
}

static void write_masks(const struct km_prose_query *query, const struct km_sheet *masks)
{
	for (size_t i = 0; i < masks->len; i++)
		write_mask(query->document, km_sheet_row(masks, i), km_style_fold(query->style, WIDTH));
}

const struct km_report km_report_masks = {
	.key = "masks",
	.type = &km_mask_type,
	.derive = derive_masks,
	.write = write_masks,
};

const struct km_report km_report_gfp = {
	.key = "gfp",
	.type = &km_flags_type,
	.derive = derive_list,
};

/* The kernel of the listed flags. Text has it in the title of the list. */
const struct km_report km_report_gfp_kernel = {
	.key = "gfp_kernel",
	.shape = KM_SHAPE_ROW,
	.flags = KM_REPORT_JSON_ONLY,
	.type = &km_mask_kernel_type,
	.derive = derive_kernel,
};
