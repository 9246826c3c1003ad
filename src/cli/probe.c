// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/probe.h"
#include "report/options.h"

enum { OPT_SIZE = 512, OPT_GFP, OPT_NODE, OPT_REPEAT, OPT_DIRTY, OPT_SCATTER, OPT_HOLD, OPT_SWEEP,
       OPT_CLAIMS, OPT_CONTEXT, OPT_CGROUP };

/* Kernels have at most 1,024 nodes (k7.2:include/linux/numa.h NODES_SHIFT). */
enum { MOST_NODE = 1023 };

struct input {
	struct km_probe_options probe; /* must be first: the reports receive it */
	bool named; /* the user named a call */
	bool sweep, claims;
};

static const struct argp_option own_options[] = {
	{ "size", OPT_SIZE, "N", 0, "bytes to request (suffixes K, M, G)", 0 },
	{ "gfp", OPT_GFP, "FLAGS", 0, "flags by name, such as GFP_KERNEL,__GFP_ZERO (default: "
				      "GFP_KERNEL)", 0 },
	{ "node", OPT_NODE, "N", 0, "allocate from this NUMA node", 0 },
	{ "context", OPT_CONTEXT, "WORD", 0, "make the call in a process, softirq or hardirq (default: process)", 0 },
	{ "cgroup", OPT_CGROUP, "PATH", 0, "make the call in this memory cgroup, such as /system.slice/cron.service", 0 },
	{ "repeat", OPT_REPEAT, "N", 0, "repeat N times (default 100, at most 1024)", 0 },
	{ "dirty", OPT_DIRTY, NULL, 0, "first allocate, fill and free the same size: shows whether the call "
				       "zeroes memory", 0 },
	{ "scatter", OPT_SCATTER, NULL, 0, "first scatter holes of one page in the free lists", 0 },
	{ "hold", OPT_HOLD, NULL, 0, "free nothing until the last allocation is made", 0 },
	{ "sweep", OPT_SWEEP, NULL, 0, "one row per size: powers of two and one byte more", 0 },
	{ "claims", OPT_CLAIMS, NULL, 0, "check common statements about the allocators on this "
					 "kernel", 0 },
	{ 0 }
};

static const struct km_choice choices[] = { { "context", km_context_names }, { 0 } };

/* By enum km_context. */
static const uint32_t context_flags[KM_CONTEXTS] = { 0, KMEMINFO_PREPARE_SOFTIRQ, KMEMINFO_PREPARE_HARDIRQ };

static error_t check_input(const struct input *input, struct argp_state *state)
{
	if (input->claims && input->probe.cgroup)
		argp_error(state, "--claims and --cgroup exclude each other");
	if (input->claims)
		return 0;
	if (!input->named)
		argp_error(state, "missing API name (for example: kmeminfo probe kmalloc --size "
				  "100)");
	else if (input->probe.bytes == KM_UNKNOWN && !input->sweep)
		argp_error(state, "missing --size or --sweep (for example: kmeminfo probe %s --size 100)",
			   km_probe_api_name(input->probe.api));
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_SIZE:
		km_option_size(arg, 0, &input->probe.bytes, state);
		return 0;
	case OPT_GFP:
		input->probe.gfp = arg;
		return 0;
	case OPT_NODE:
		km_option_count("node", arg, 0, MOST_NODE, &input->probe.node, state);
		return 0;
	case OPT_CONTEXT:
		input->probe.prepare &= ~(uint32_t)(KMEMINFO_PREPARE_SOFTIRQ | KMEMINFO_PREPARE_HARDIRQ);
		input->probe.prepare |= context_flags[km_choice_take(choices, arg, state)];
		return 0;
	case OPT_CGROUP:
		km_option_cgroup(arg, &input->probe.cgroup, state);
		return 0;
	case OPT_REPEAT:
		km_option_count("repeat", arg, 1, KMEMINFO_REPEAT_MAX, &input->probe.repeat, state);
		return 0;
	case OPT_DIRTY:
		input->probe.prepare |= KMEMINFO_PREPARE_DIRTY;
		return 0;
	case OPT_SCATTER:
		input->probe.prepare |= KMEMINFO_PREPARE_SCATTER;
		return 0;
	case OPT_HOLD:
		input->probe.prepare |= KMEMINFO_PREPARE_HOLD;
		return 0;
	case OPT_SWEEP:
		input->sweep = true;
		return 0;
	case OPT_CLAIMS:
		input->claims = true;
		return 0;
	case ARGP_KEY_ARG:
		if (input->named)
			argp_error(state, "probe accepts only one call");
		input->probe.api = km_option_api(arg, state);
		input->named = true;
		return 0;
	case ARGP_KEY_END:
		return check_input(input, state);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct km_report *report_of(const void *input)
{
	const struct input *own = input;

	return own->claims ? &km_report_claims : own->sweep ? &km_report_sweep : &km_report_probe;
}

static void adapt(const void *input, struct km_options *options)
{
	if (!((const struct input *)input)->sweep)
		return;
	options->view.usual = "requested_bytes,prediction,verdict,usable_bytes,cache,order,range,contiguous,"
			      "median_ns,waste_ratio,why";
	options->exact = true; /* sizes that differ by one byte */
}

static const struct input usual = {
	.probe = { .bytes = KM_UNKNOWN, .node = KM_UNKNOWN, .repeat = 100, .gfp = "GFP_KERNEL" },
};

static void operands(FILE *out)
{
	for (unsigned int i = 0; km_probe_api_name(i); i++)
		km_complete_put(out, km_probe_api_name(i), NULL);
}

const struct km_command km_command_probe = {
	.name = "probe",
	.brief = "try an allocation in the running kernel and show the result (helper module)",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo probe kmalloc --size 100", "try it, and compare with the prediction" },
		{ "sudo kmeminfo probe kmalloc --sweep", "one row per size" },
		{ 0 }
	},
	.args = "API",
	.doc = "API is kmalloc, kzalloc, kvmalloc, vmalloc, vzalloc, __get_free_pages, get_zeroed_page, "
	       "alloc_pages, kmem_cache_alloc, alloc_percpu, devm_kzalloc or dma_alloc_coherent. All memory "
	       "is freed before the answer.",
	.options = own_options,
	.choices = choices,
	.operands = operands,
	.report = &km_report_probe,
	.report_of = report_of,
	.adapt = adapt,
	.parse = parse,
	.input = &usual,
	.input_size = sizeof(struct input),
	.declines = KM_OPTIONS_OF_SOURCE,
};
