// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/mask.h"
#include "report/options.h"
#include "words/say.h"

enum { OPT_LIST = 512, OPT_KERNEL, OPT_ORDER };

/* 2^20 pages of 4 KiB are 4 GiB, more contiguous memory than any kernel's page allocator has. */
enum { MOST_ORDER = 20 };

struct input {
	struct km_gfp_options gfp; /* must be first: the reports receive it */
	bool list;
};

static const struct argp_option own_options[] = {
	{ "list", OPT_LIST, NULL, 0, "every flag and combination of the kernel", 0 },
	{ "kernel", OPT_KERNEL, "VERSION", 0, "flag numbers of this kernel, such as 2.6.32, "
					      "3.10.0-1160.el7.x86_64 or 6.12 (default: the "
					      "machine's own)", 0 },
	{ "order", OPT_ORDER, "N", 0, "check a request for 2^N contiguous pages (default 0: one "
				      "page)", 0 },
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
			argp_error(state, "--kernel needs a version such as 6.12, not '%s'", arg);
		input->gfp.kernel = arg;
		return 0;
	case OPT_ORDER:
		if (km_str_to_u64(km_str_from(arg), &input->gfp.order) || input->gfp.order > MOST_ORDER)
			argp_error(state, "--order needs a number up to %d, not '%s'", MOST_ORDER, arg);
		return 0;
	case ARGP_KEY_ARGS:
		input->gfp.words = state->argv + state->next;
		input->gfp.len = (size_t)(state->argc - state->next);
		return 0;
	case ARGP_KEY_END:
		if (input->list && input->gfp.len)
			argp_error(state, "--list accepts no mask");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct km_report *report_of(const void *input)
{
	return ((const struct input *)input)->gfp.len ? &km_report_masks : &km_report_gfp;
}

/* If values depend on the configuration, the list also shows the possible ones. */
static void adapt_list(const struct km_sheet *flags, struct km_view_options *view)
{
	for (size_t i = 0; i < flags->len; i++)
		if (((const struct km_flags *)km_sheet_row(flags, i))->possible.len)
			view->usual = "name,value,possible,zone,type,block,io,fs";
}

/* Adds the kernel of the flags: above the list, or beside it in JSON. */
static enum km_exit add_list(struct km_session *session, const struct input *input)
{
	const struct km_options *shared = session->options;
	struct km_options options = *shared;
	const struct km_mask_kernel *kernel;
	const struct km_query query = { KM_REQUIRED, 0, km_session_language(), input };
	struct km_sheet flags, kernels;
	enum km_exit status;
	struct km_err err;

	if (km_report_gfp.derive(&session->machine, &query, &flags, &err) ||
	    km_report_gfp_kernel.derive(&session->machine, &query, &kernels, &err)) {
		km_print_error(&err);
		return KM_EXIT_FAILED;
	}
	adapt_list(&flags, &options.view);
	session->options = &options;
	status = km_session_add_sheet(session, &km_report_gfp, flags, input);
	session->options = shared;
	if (status)
		return status;
	kernel = kernels.rows;
	session->document.sections.items[0].title =
		km_say_printf(&session->machine.pool, "Linux %.*s (the same in %.*s), known by: %.*s%s",
			       KM_STR_ARG(kernel->kernel), KM_STR_ARG(kernel->kernels),
			       KM_STR_ARG(km_word_str(kernel->source)),
			       kernel->verified == KM_TRI_YES ? "" : km_say(", not verified")).ptr;
	km_session_add_part_sheet(session, &km_report_gfp_kernel, kernels, input);
	return KM_EXIT_COMPLETE;
}

/* Rows without headings come from the table of interpretations. Otherwise each one is explained. */
static void adapt(const void *input, struct km_options *options)
{
	if (((const struct input *)input)->gfp.len && options->no_headings && !options->view.columns)
		options->view.columns = "+word";
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct input *own = input;

	return own->gfp.len ? km_session_add(session, &km_report_masks, input) : add_list(session, own);
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

const struct km_command km_command_gfp = {
	.name = "gfp",
	.brief = "GFP masks, decoded and encoded for kernels from 2.6.32 to 7.3",
	.examples = (const struct km_example[]){
		{ "kmeminfo gfp 0xcc0", "the flags of a number from a log" },
		{ "kmeminfo gfp 'GFP_KERNEL|__GFP_ZERO' --kernel 5.10", "a mask as Linux 5.10 defines it" },
		{ 0 }
	},
	.args = "[MASK...]",
	.doc = "MASK is a number (0xcc0, 3264), names ('GFP_KERNEL|__GFP_ZERO' or GFP_KERNEL,__GFP_ZERO), both, as a log has it, or a #define line "
	       "of gfp.h. Its meaning depends on the kernel; the answer says which kernel it is for and how that is "
	       "known. Without MASK, as with --list, all flags.",
	.options = own_options,
	.operands = operands,
	.report = &km_report_masks,
	.report_of = report_of,
	.parse = parse,
	.input_size = sizeof(struct input),
	.adapt = adapt,
	.add = add,
	.confined = true,
};
