// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/units.h"
#include "cli/command.h"
#include "model/mask.h"
#include "report/advice.h"
#include "report/options.h"
#include "report/topics.h"
#include "source/device.h"

enum { OPT_SIZE = 512, OPT_CONTIGUOUS, OPT_ATOMIC, OPT_DMA, OPT_ZEROED, OPT_USER, OPT_NO_PAGER };

struct input {
	struct km_explain_options explain;
	struct km_gfp_options gfp; /* the operands, if they are masks */
	bool advise;
	bool no_pager;
	struct km_advice_request request;
};

static const struct argp_option own_options[] = {
	{ "size", OPT_SIZE, "SIZE", 0, "recommend an allocation call for this much memory (100K, 4M)", 0 },
	{ "contiguous", OPT_CONTIGUOUS, NULL, 0, "with --size: memory that is physically contiguous", 0 },
	{ "atomic", OPT_ATOMIC, NULL, 0, "with --size: requested where sleeping is not allowed", 0 },
	{ "dma", OPT_DMA, NULL, 0, "with --size: memory that a device reads or writes", 0 },
	{ "zeroed", OPT_ZEROED, NULL, 0, "with --size: memory that is filled with zeros", 0 },
	{ "user", OPT_USER, NULL, 0, "with --size: memory that is mapped into a process", 0 },
	{ "no-pager", OPT_NO_PAGER, NULL, 0, "print a long answer without a pager", 0 },
	{ 0 }
};

/* The member of the request for an option; NULL: none. */
static enum km_tri *demand(struct km_advice_request *request, int key)
{
	switch (key) {
	case OPT_CONTIGUOUS:
		return &request->contiguous;
	case OPT_ATOMIC:
		return &request->atomic;
	case OPT_DMA:
		return &request->dma;
	case OPT_ZEROED:
		return &request->zeroed;
	case OPT_USER:
		return &request->user;
	default:
		return NULL;
	}
}

/* Whether all operands are masks, so that the decoder of masks explains them. */
static bool are_masks(const struct km_explain_options *explain)
{
	for (size_t w = 0; w < explain->len; w++)
		if (!km_mask_is_like(km_str_from(explain->words[w])))
			return false;
	return explain->len;
}

static const struct km_report *report_of(const void *input)
{
	const struct input *own = input;

	if (own->advise)
		return &km_report_advice;
	return own->gfp.len ? &km_report_masks : &km_report_topics;
}

static void check_request(const struct input *input, struct argp_state *state)
{
	bool blank = !input->explain.len;

	if (input->advise && input->explain.len)
		argp_error(state, "--size accepts no KEY");
	if (input->advise && input->request.bytes == KM_UNKNOWN)
		argp_error(state, "a request needs --size (for example: kmeminfo explain --size 100K --atomic)");
	for (size_t i = 0; i < input->explain.len; i++)
		blank = blank || !input->explain.words[i][strspn(input->explain.words[i], " \t\n")];
	if (!input->advise && blank)
		argp_error(state, "missing word (for example: kmeminfo explain watermarks); "
				  "'kmeminfo fields' lists all");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;
	enum km_tri *member = demand(&input->request, key);

	if (member) {
		input->advise = true;
		*member = KM_TRI_YES;
		return 0;
	}
	switch (key) {
	case OPT_SIZE:
		input->advise = true;
		if (km_units_parse(km_str_from(arg), &input->request.bytes) || !input->request.bytes)
			argp_error(state, "--size needs a size such as 100K, not '%s'", arg);
		return 0;
	case OPT_NO_PAGER:
		input->no_pager = true;
		return 0;
	case ARGP_KEY_ARGS:
		input->explain.words = state->argv + state->next;
		input->explain.len = (size_t)(state->argc - state->next);
		if (are_masks(&input->explain))
			input->gfp = (struct km_gfp_options){ .words = input->explain.words, .len = input->explain.len };
		return 0;
	case ARGP_KEY_END:
		check_request(input, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Claims are measured where the device is; a confined process cannot open it. */
static void adapt(const void *input, struct km_options *options)
{
	const struct km_explain_options *explain = &((const struct input *)input)->explain;

	if (!options->from && km_device_is_there() && km_topics_name_claims(explain->words, explain->len))
		options->source.confined = false;
}

static bool is_paged(const void *input)
{
	return !((const struct input *)input)->no_pager;
}

static void operands(FILE *out)
{
	struct km_problems problems = { 0 };
	struct km_pool pool = { 0 };
	struct km_sheet topics = km_topics_derive(&pool, km_session_language(), &problems);

	for (size_t i = 0; i < topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&topics, i);

		km_complete_put(out, row->key.ptr, row->brief.ptr);
	}
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct input *own = input;

	if (!own->advise)
		return own->gfp.len ? km_session_add(session, &km_report_masks, &own->gfp) :
				      km_session_add(session, &km_report_topics, &own->explain);
	if (km_format_is_for_programs(session->options->format))
		km_session_add_part(session, &km_report_request, &own->request);
	return km_session_add(session, &km_report_advice, &own->request);
}

static const struct input no_request = {
	.request = { KM_UNKNOWN, KM_TRI_NO, KM_TRI_NO, KM_TRI_NO, KM_TRI_NO, KM_TRI_NO },
};

const struct km_command km_command_explain = {
	.name = "explain",
	.brief = "what a field, a finding, an allocator or a flag means",
	.examples = (const struct km_example[]){
		{ "kmeminfo explain SUnreclaim", "a line of /proc/meminfo" },
		{ "kmeminfo explain 'USE%'", "a column heading" },
		{ "kmeminfo explain --size 100K --atomic", "which call allocates this best, and why" },
		{ 0 }
	},
	.args = "KEY...\n--size=SIZE",
	.options = own_options,
	.doc = "KEY is a word that kmeminfo prints, SHEET.KEY where several sheets have it, or the name of "
	       "a sheet for all of its fields; or an allocation call, a GFP flag, a slab cache, a claim, or "
	       "one of kmeminfo-topics(7). The language follows LC_MESSAGES. --size recommends a call and says why.",
	.report = &km_report_topics,
	.report_of = report_of,
	.adapt = adapt,
	.paged = is_paged,
	.operands = operands,
	.parse = parse,
	.input = &no_request,
	.input_size = sizeof(struct input),
	.add = add,
	.confined = true,
};
