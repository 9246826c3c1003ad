// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "cli/command.h"
#include "machine/logs.h"
#include "model/failure-cause.h"
#include "model/probe.h"
#include "report/options.h"

enum { OPT_GFP = 512, OPT_ORDER, OPT_SIZE, OPT_API, OPT_NODE, OPT_CONTEXT, OPT_LOG, OPT_EVENT, OPT_TABLE };

/* 2^20 pages of 4 KiB are 4 GiB, more contiguous memory than any page allocator has. Kernels have up to 1,024 nodes. */
enum { MOST_ORDER = 20, MOST_NODE = 1023, MOST_EVENT = 1 << 30 };

struct input {
	struct km_predict_options predict; /* first: what the reports are handed */
	bool table;
	const char *log;
	uint64_t event; /* from 1 on; KM_UNKNOWN: the last one that has zones */
};

static const struct argp_option own_options[] = {
	{ "gfp", OPT_GFP, "FLAGS", 0, "flags of the request, such as GFP_KERNEL|__GFP_ZERO or 0xcc0 (default: "
				      "GFP_KERNEL)", 0 },
	{ "order", OPT_ORDER, "N", 0, "a block of 2^N pages (default: 0, one page)", 0 },
	{ "size", OPT_SIZE, "BYTES", 0, "bytes instead of an order (suffixes K, M, G)", 0 },
	{ "api", OPT_API, "NAME", 0, "the allocation call that requests --size bytes, such as kmalloc", 0 },
	{ "node", OPT_NODE, "N", 0, "NUMA node where the request begins (default: that of the current CPU)", 0 },
	{ "context", OPT_CONTEXT, "WORD", 0, "process, softirq or hardirq (default: process)", 0 },
	{ "log", OPT_LOG, "FILE", 0, "predict for the machine at the time of a failure report in this kernel log "
				     "(-: standard input)", 0 },
	{ "event", OPT_EVENT, "N", 0, "which report of the log, counted as kmeminfo log lists them (default: the last "
				      "that lists zones)", 0 },
	{ "table", OPT_TABLE, NULL, 0, "show predictions for common flags, by order", 0 },
	{ 0 }
};

static const char *const contexts[] = { "process", "softirq", "hardirq", NULL };
static const struct km_choice choices[] = { { "context", contexts }, { 0 } };

static error_t check_input(const struct input *input, struct argp_state *state)
{
	const struct km_predict_options *predict = &input->predict;

	if (predict->order != KM_UNKNOWN && predict->bytes != KM_UNKNOWN)
		argp_error(state, "--order and --size exclude each other");
	if (predict->api >= 0 && predict->bytes == KM_UNKNOWN)
		argp_error(state, "--api needs a --size (for example: kmeminfo predict --api kmalloc --size 100)");
	if (input->log && predict->api >= 0)
		argp_error(state, "--api needs a machine, and a log has none of its slab caches");
	if (!input->log && input->event != KM_UNKNOWN)
		argp_error(state, "--event needs a --log (for example: kmeminfo predict --log kern.log --event 1)");
	if (input->table && (predict->gfp || predict->api >= 0 || predict->order != KM_UNKNOWN ||
			     predict->bytes != KM_UNKNOWN))
		argp_error(state, "--table has its own flags and orders");
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;
	struct km_predict_options *predict = &input->predict;

	switch (key) {
	case OPT_GFP:
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
	return ((const struct input *)input)->table ? &km_report_forecast : &km_report_predict;
}

/* NULL: there is none; err says why. */
static const struct km_failure *find_event(const struct km_logs *logs, const struct input *input, struct km_err *err)
{
	const struct km_failure *rows = logs->rows.items;

	if (input->event != KM_UNKNOWN) {
		if (input->event > logs->rows.len)
			km_err_set(err, -ENOENT, NULL, "event %llu: the log has %zu failure report%s",
				   (unsigned long long)input->event, logs->rows.len, logs->rows.len == 1 ? "" : "s");
		else if (!rows[input->event - 1].basis->supply.zones.len)
			km_err_set(err, -ENODATA, NULL, "failure report %llu lists no zones",
				   (unsigned long long)input->event);
		else
			return &rows[input->event - 1];
		return NULL;
	}
	for (size_t i = logs->rows.len; i-- > 0;)
		if (rows[i].basis->supply.zones.len)
			return &rows[i];
	km_err_set(err, -ENODATA, NULL, "the log has no failure report that lists zones");
	return NULL;
}

static enum km_exit run_log(struct km_session *session, const struct km_logs *logs, struct input input)
{
	enum km_exit status;
	struct km_err err;

	input.predict.event = find_event(logs, &input, &err);
	if (!input.predict.event) {
		if (logs->len)
			km_complain(&err);
		km_complain_problems(&session->machine.problems);
		return KM_EXIT_FAILED;
	}
	status = km_session_add(session, report_of(&input), &input);
	return status ? status : km_session_finish(session);
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;
	struct km_session session;
	struct km_logs logs = { .machine = &session.machine };
	enum km_exit status;

	if (!own->log)
		return km_command_run_reports(&km_command_predict, input, options);
	if (options->from) {
		fputs("kmeminfo predict: --log and --from exclude each other: each has zones of its own\n", stderr);
		return KM_EXIT_USAGE;
	}
	if (!km_session_init(&session, options))
		return KM_EXIT_FAILED;
	km_logs_add(&logs, own->log);
	km_logs_set_host(&logs);
	status = run_log(&session, &logs, *own);
	km_logs_deinit(&logs);
	km_session_deinit(&session);
	return status;
}

static const struct input usual = {
	.predict = { .order = KM_UNKNOWN, .bytes = KM_UNKNOWN, .node = KM_UNKNOWN, .api = -1 },
	.event = KM_UNKNOWN,
};

const struct km_command km_command_predict = {
	.name = "predict",
	.brief = "whether an allocation would succeed now, and if not, why",
	.examples = (const struct km_example[]){
		{ "kmeminfo predict --gfp GFP_ATOMIC --size 64K", "whether this request would succeed now" },
		{ "kmeminfo predict --table", "common flags by orders" },
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
	.input_size = sizeof(struct input),
};
