// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "cli/command.h"
#include "report/topics.h"
#include "model/mask.h"
#include "base/prose.h"

enum { OPT_LIST = 512, OPT_KERNEL, OPT_ORDER };

/* 2^20 pages of 4 KiB are 4 GiB: more than the page allocator of any kernel has in one piece. */
enum { MOST_ORDER = 20 };

struct input {
	char **words;
	size_t len;
	bool list;
	const char *kernel; /* NULL: the machine's */
	uint64_t order;
};

static const struct argp_option own_options[] = {
	{ "list", OPT_LIST, NULL, 0, "every flag and combination of the kernel", 0 },
	{ "kernel", OPT_KERNEL, "VERSION", 0, "numbers of this kernel, as 2.6.32, 3.10.0-1160.el7.x86_64 or 6.12 (the "
	  "default is the machine's own)", 0 },
	{ "order", OPT_ORDER, "N", 0, "weigh a request for 2^N pages in one piece (the default is 0: one page)", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_LIST:
		input->list = true;
		return 0;
	case OPT_KERNEL:
		if (km_parse_release(km_str_from(arg)) == KM_UNKNOWN)
			argp_error(state, "--kernel wants a version such as 6.12, not '%s'", arg);
		input->kernel = arg;
		return 0;
	case OPT_ORDER:
		if (km_str_to_u64(km_str_from(arg), &input->order) || input->order > MOST_ORDER)
			argp_error(state, "--order wants a number up to %d, not '%s'", MOST_ORDER, arg);
		return 0;
	case ARGP_KEY_ARGS:
		input->words = state->argv + state->next;
		input->len = (size_t)(state->argc - state->next);
		return 0;
	case ARGP_KEY_END:
		if (input->list && input->len)
			argp_error(state, "--list takes no mask");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct km_sheet_type *sheet_of(const void *input)
{
	return ((const struct input *)input)->len ? &km_mask_type : &km_flags_type;
}

/* A question under way. */
struct session {
	struct km_report report;
	const struct input *input;
	struct km_gfp_kernel kernel;
	struct km_sheet topics;
	struct km_mask_query query;
};

/* What the machine says of itself, unless another kernel, or its own built-in table, is asked for. */
static void find_kernel(struct session *session)
{
	struct km_machine *machine = &session->report.machine;
	struct km_str asked = km_str_from(session->input->kernel);

	km_machine_gfp(machine, asked, &session->kernel);
	session->query.release = asked.ptr ? asked : machine->host.release;
	session->query.machine = machine->host.release;
	if (!session->query.release.len)
		session->query.release = km_gfp_release_text(&machine->pool, session->kernel.release);
}

static struct km_str brief_of(void *data, struct km_str name)
{
	const struct session *session = data;

	for (size_t i = 0; i < session->topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&session->topics, i);

		if (km_str_eq(row->key, name))
			return row->brief;
	}
	return (struct km_str){ 0 };
}

/* What is wrong with a mask, and why the machine would not serve it, as prose below what it permits. */
static void add_prose(struct session *session, const struct km_mask *mask, struct km_sheet row)
{
	enum { INDENT = 10, WIDTH = 100 };
	struct km_section *section;
	char *text = NULL;
	size_t len = 0;
	FILE *out = mask->complaints.len || mask->reason.len ? open_memstream(&text, &len) : NULL;

	if (!out)
		return;
	for (size_t i = 0; i < mask->complaints.len; i++)
		km_prose_labelled(out, KM_STR("wrong"), mask->complaints.items[i], INDENT, WIDTH);
	if (mask->reason.len)
		km_prose_labelled(out, KM_STR("why"), mask->reason, INDENT, WIDTH);
	fclose(out);
	section = km_report_add_part(&session->report, NULL, KM_SHAPE_ROW, row, NULL, KM_UNKNOWN);
	section->text = km_pool_copy(&session->report.machine.pool, (struct km_str){ text, len });
	free(text);
}

/* A reading: what it permits, what is wrong with it, what it consists of, where memory may come from. */
static void add_reading(struct session *session, const struct km_mask *mask)
{
	struct km_str columns = km_pool_printf(
		&session->report.machine.pool,
		"name,value,%skernel,kernels,source,%sblock,io,fs,kswapd,contexts,min_ratio,zone,type,slab,order,"
		"request_bytes,%sprediction",
		mask->when.ptr ? "when," : "", mask->verified == KM_TRI_YES ? "" : "verified,",
		mask->zones_from.ptr && !km_str_eq(mask->zones_from, mask->kernel) ? "zones_from," : "");
	struct km_sheet row = { &km_mask_type, mask, 1, NULL };
	struct km_sheet flags = { &km_mask_flag_type, mask->flags.items, mask->flags.len, NULL };
	struct km_sheet zones = { &km_request_zone_type, mask->zones.items, mask->zones.len, NULL };

	km_report_add_part(&session->report, NULL, KM_SHAPE_ROW, row, columns.ptr, KM_UNKNOWN);
	add_prose(session, mask, row);
	if (flags.len)
		km_report_add_part(&session->report, NULL, KM_SHAPE_SHEET, flags, NULL, KM_UNKNOWN);
	if (zones.len)
		km_report_add_part(&session->report, NULL, KM_SHAPE_SHEET, zones, NULL, KM_UNKNOWN);
}

/* All readings of all words; false when one of these is no mask, which was said on stderr. */
static bool read_words(struct session *session, struct km_sheet *ret)
{
	enum { READINGS = 16 };
	struct km_mask *rows = km_pool_alloc(&session->report.machine.pool, session->input->len * READINGS, sizeof(*rows));
	struct km_err err;
	size_t len = 0;

	for (size_t w = 0; w < session->input->len; w++) {
		struct km_sheet masks;

		if (km_mask_derive(&session->query, km_str_from(session->input->words[w]), &masks, &err)) {
			km_cmd_complain(&err);
			return false;
		}
		memcpy(&rows[len], masks.rows, masks.len * sizeof(*rows));
		len += masks.len;
	}
	*ret = (struct km_sheet){ &km_mask_type, rows, len, NULL };
	return true;
}

static const char *environment(const char *name)
{
	return getenv(name);
}

static bool add_masks(struct session *session)
{
	const struct km_options *options = session->report.options;
	struct km_machine *machine = &session->report.machine;
	struct km_sheet masks;

	session->topics = km_topics_derive(&machine->pool, km_language_of(environment), &machine->problems);
	session->query.brief = brief_of;
	session->query.data = session;
	if (!read_words(session, &masks))
		return false;
	if (options->json || options->view.columns || options->view.sort || options->no_headings)
		return km_report_add(&session->report, km_mask_type.name, masks);
	for (size_t i = 0; i < masks.len; i++)
		add_reading(session, km_sheet_row(&masks, i));
	return true;
}

/* Says above the list, or beside it in JSON, whose flags these are. */
static void add_kernel(struct session *session, const struct km_mask_kernel *kernel)
{
	struct km_pool *pool = &session->report.machine.pool;
	struct km_section *list = &session->report.sections.items[session->report.sections.len - 1];

	list->title = km_pool_printf(pool, "Linux %.*s (the same in %.*s), known by: %.*s%s", KM_STR_ARG(kernel->kernel),
				     KM_STR_ARG(kernel->kernels), KM_STR_ARG(kernel->source),
				     kernel->verified == KM_TRI_YES ? "" : ", not verified").ptr;
	if (session->report.options->json)
		km_report_add_part(&session->report, km_mask_kernel_type.name, KM_SHAPE_ROW,
				   (struct km_sheet){ &km_mask_kernel_type, kernel, 1, NULL }, NULL, KM_UNKNOWN);
}

static bool add_list(struct session *session, struct km_options *options, struct km_mask_kernel *kernel)
{
	struct km_machine *machine = &session->report.machine;
	const struct km_module_file *module = session->kernel.way == KM_GFP_MODULE ?
						  km_machine_module(machine, KM_FILE_MODULE_GFP) :
						  NULL;
	struct km_sheet flags = module ? km_flags_derive(&machine->pool, module) : km_mask_list(&session->query);

	if (session->kernel.len > 1)
		options->view.usual = "name,value,possible,zone,type,block,io,fs";
	if (!km_report_add(&session->report, km_flags_type.name, flags))
		return false;
	km_mask_kernel(&session->query, kernel);
	add_kernel(session, kernel);
	return true;
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	struct input input = { 0 };
	struct session session = { .input = &input };
	struct km_mask_kernel kernel;
	enum km_exit status = KM_EXIT_USAGE;
	struct km_err err;

	km_cmd_parse(&km_cmd_gfp, argc, argv, options, &input);
	if (!km_report_init(&session.report, options))
		return KM_EXIT_FAILED;
	find_kernel(&session);
	if (km_gfp_check(&session.kernel, session.query.release, &err)) {
		km_cmd_complain(&err);
		km_report_deinit(&session.report);
		return KM_EXIT_FAILED;
	}
	session.query.pool = &session.report.machine.pool;
	session.query.kernel = &session.kernel;
	session.query.order = input.order;
	km_machine_supply(&session.report.machine, input.len ? KM_TYPES_ANY : KM_TYPES_NONE, &session.query.supply);
	if (input.len ? add_masks(&session) : add_list(&session, options, &kernel))
		status = km_report_finish(&session.report);
	km_report_deinit(&session.report);
	return status;
}

static void operands(FILE *out)
{
	struct km_gfp_kernel kernel;
	struct km_pool pool = { 0 };

	km_gfp_of_release(&pool, KM_UNKNOWN, NULL, NULL, &kernel);
	for (size_t i = 0; i < kernel.variants->len; i++)
		km_complete_put(out, km_pool_copy(&pool, kernel.variants->flags[i].name).ptr, NULL);
	km_pool_deinit(&pool);
}

const struct km_command km_cmd_gfp = {
	.name = "gfp",
	.brief = "GFP masks, decoded and encoded for kernels from 2.6.32 to 7.2",
	.args = "[MASK...]",
	.doc = "MASK is a number (0xcc0, 3264), names (GFP_KERNEL|__GFP_ZERO), both, as a log has it, or a #define line "
	       "of gfp.h. Its meaning depends on the kernel; the answer says which kernel it is for and how that is "
	       "known. Without MASK, as with --list, all flags.",
	.options = own_options,
	.operands = operands,
	.sheet = &km_mask_type,
	.sheet_of = sheet_of,
	.parse = parse,
	.run = run,
};
