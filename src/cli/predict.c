// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "cli/predict-log.h"

enum { OPT_GFP = 512, OPT_ORDER, OPT_SIZE, OPT_API, OPT_NODE, OPT_CONTEXT, OPT_CGROUP, OPT_LOG, OPT_EVENT, OPT_TABLE };

/* 2^20 pages of 4 KiB are 4 GiB, more contiguous memory than any page allocator has. Kernels have up to 1,024 nodes. */
enum { MOST_ORDER = 20, MOST_NODE = 1023, MOST_EVENT = 1 << 30 };

static const struct argp_option own_options[] = {
	{ "gfp", OPT_GFP, "FLAGS", 0, "flags of the request, such as GFP_KERNEL,__GFP_ZERO or 0xcc0 (default: "
				      "GFP_KERNEL)", 0 },
	{ "order", OPT_ORDER, "N", 0, "a block of 2^N pages (default: 0, one page)", 0 },
	{ "size", OPT_SIZE, "BYTES", 0, "bytes instead of an order (suffixes K, M, G)", 0 },
	{ "api", OPT_API, "NAME", 0, "the allocation call that requests --size bytes, such as kmalloc", 0 },
	{ "node", OPT_NODE, "N", 0, "NUMA node where the request begins (default: that of the current CPU)", 0 },
	{ "context", OPT_CONTEXT, "WORD", 0, "process, softirq or hardirq (default: process)", 0 },
	{ "cgroup", OPT_CGROUP, "PATH", 0, "memory cgroup of the caller, such as /system.slice/cron.service (default: that of "
					   "kmeminfo)", 0 },
	{ "log", OPT_LOG, "FILE", 0, "predict for the machine at the time of a failure report in this kernel log "
				     "(-: standard input)", 0 },
	{ "event", OPT_EVENT, "N", 0, "which report of the log, counted as kmeminfo log lists them (default: the last "
				      "that lists zones)", 0 },
	{ "table", OPT_TABLE, NULL, 0, "show predictions for common flags, by order", 0 },
	{ 0 }
};

static const struct km_choice choices[] = { { "context", km_context_names }, { 0 } };

static error_t check_input(const struct km_predict_input *input, struct argp_state *state)
{
	const struct km_predict_options *predict = &input->predict;

	if (predict->order != KM_UNKNOWN && predict->bytes != KM_UNKNOWN)
		argp_error(state, "--order and --size exclude each other");
	if (predict->api >= 0 && predict->bytes == KM_UNKNOWN)
		argp_error(state, "--api needs a --size (for example: kmeminfo predict --api kmalloc --size 100)");
	if (input->log && predict->api >= 0)
		argp_error(state, "--api needs a machine, and a log has none of its slab caches");
	if (input->log && predict->cgroup)
		argp_error(state, "--cgroup needs a machine, and a log has the limit of a report only");
	if (!input->log && input->event != KM_UNKNOWN)
		argp_error(state, "--event needs a --log (for example: kmeminfo predict --log kern.log --event 1)");
	if (input->table && (predict->gfp || predict->api >= 0 || predict->order != KM_UNKNOWN ||
			     predict->bytes != KM_UNKNOWN))
		argp_error(state, "--table has its own flags and orders");
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_predict_input *input = state->input;
	struct km_predict_options *predict = &input->predict;

	switch (key) {
	case OPT_GFP:
		if (!*arg)
			argp_error(state, "--gfp needs flags such as GFP_KERNEL");
		predict->gfp = arg;
		return 0;
	case OPT_ORDER:
		km_option_count("order", arg, 0, MOST_ORDER, &predict->order, state);
		return 0;
	case OPT_SIZE:
		km_option_size(arg, 1, &predict->bytes, state);
		return 0;
	case OPT_API:
		predict->api = (int)km_option_api(arg, state);
		return 0;
	case OPT_NODE:
		km_option_count("node", arg, 0, MOST_NODE, &predict->node, state);
		return 0;
	case OPT_CONTEXT:
		predict->context = (enum km_context)km_choice_take(choices, arg, state);
		return 0;
	case OPT_CGROUP:
		km_option_cgroup(arg, &predict->cgroup, state);
		return 0;
	case OPT_LOG:
		input->log = arg;
		return 0;
	case OPT_EVENT:
		km_option_count("event", arg, 1, MOST_EVENT, &input->event, state);
		return 0;
	case OPT_TABLE:
		input->table = true;
		return 0;
	case ARGP_KEY_END:
		return check_input(input, state);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct km_report *report_of(const void *input)
{
	return km_predict_report(input);
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct km_predict_input *own = input;

	return own->log ? km_predict_from_log(own, options) : km_command_run_reports(&km_command_predict, input, options);
}

static const struct km_predict_input usual = {
	.predict = { .order = KM_UNKNOWN, .bytes = KM_UNKNOWN, .node = KM_UNKNOWN, .api = -1 },
	.event = KM_UNKNOWN,
};

const struct km_command km_command_predict = {
	.name = "predict",
	.brief = "whether an allocation would succeed now, and if not, why",
	.examples = (const struct km_example[]){
		{ "kmeminfo predict --gfp GFP_ATOMIC --size 64K", "whether this request would succeed now" },
		{ "kmeminfo predict --table", "predictions for common flags, by order" },
		{ "kmeminfo predict --log kern.log --order 0", "whether one page would have been served when a request failed" },
		{ 0 }
	},
	.doc = "Makes the page allocator's tests with the figures of the machine or of a capture; nothing is "
	       "allocated. With --api the request is computed from a call: kmalloc, kzalloc, kvmalloc, "
	       "vmalloc, vzalloc, __get_free_pages, get_zeroed_page, alloc_pages, kmem_cache_alloc, "
	       "alloc_percpu, devm_kzalloc or dma_alloc_coherent.",
	.options = own_options,
	.choices = choices,
	.confined = true,
	.watched = true,
	.report = &km_report_predict,
	.report_of = report_of,
	.parse = parse,
	.run = run,
	.input = &usual,
	.input_size = sizeof(struct km_predict_input),
};
