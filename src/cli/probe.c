// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/nearest.h"
#include "base/units.h"
#include "cli/command.h"
#include "model/claim.h"
#include "model/vmalloc.h"
#include "source/cpu.h"
#include "source/device.h"

enum { OPT_SIZE = 512, OPT_GFP, OPT_NODE, OPT_REPEAT, OPT_DIRTY, OPT_SCATTER, OPT_HOLD, OPT_SWEEP,
       OPT_CLAIMS };

/* Kernels have 1,024 nodes at most (k7.2:include/linux/numa.h NODES_SHIFT). */
enum { MOST_NODE = 1023 };

struct input {
	int api; /* -1: none yet */
	uint64_t bytes, repeat;
	const char *gfp;
	uint64_t node; /* KM_UNKNOWN: any */
	uint32_t prepare;
	bool sweep, claims;
};

static const struct argp_option own_options[] = {
	{ "size", OPT_SIZE, "N", 0, "bytes to ask for (suffixes K, M, G)", 0 },
	{ "gfp", OPT_GFP, "FLAGS", 0, "flags by name, as GFP_KERNEL|__GFP_ZERO (the default is GFP_KERNEL)", 0 },
	{ "node", OPT_NODE, "N", 0, "from this NUMA node", 0 },
	{ "repeat", OPT_REPEAT, "N", 0, "ask N times (the default is 100, at most 1024)", 0 },
	{ "dirty", OPT_DIRTY, NULL, 0, "allocate, fill and free the same before: shows whether it is zeroed", 0 },
	{ "scatter", OPT_SCATTER, NULL, 0, "leave holes of one page in the free lists before", 0 },
	{ "hold", OPT_HOLD, NULL, 0, "give nothing back until the last is allocated", 0 },
	{ "sweep", OPT_SWEEP, NULL, 0, "a row for each size, in powers of two and just above", 0 },
	{ "claims", OPT_CLAIMS, NULL, 0, "hold what is said about the allocators against this kernel", 0 },
	{ 0 }
};

static int find_api(const char *name, struct argp_state *state)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	int api = km_probe_api_find(nearest.word);

	if (api >= 0)
		return api;
	for (unsigned int i = 0; km_probe_api_name(i); i++)
		km_nearest_offer(&nearest, km_probe_api_name(i));
	argp_error(state, "no allocation call is called '%s'%s%s%s", name,
		   nearest.best ? "; did you mean '" : "", nearest.best ? nearest.best : "",
		   nearest.best ? "'?" : "");
	return -1;
}

static void set_size(const char *arg, uint64_t *ret, struct argp_state *state)
{
	if (km_units_parse(km_str_from(arg), ret))
		argp_error(state, "--size needs a number of bytes such as 4096 or 64K, not '%s'", arg);
}

static void set_count(const char *option, const char *arg, uint64_t least, uint64_t most, uint64_t *ret,
		      struct argp_state *state)
{
	if (km_str_to_u64(km_str_from(arg), ret) || *ret < least || *ret > most)
		argp_error(state, "--%s needs a number from %llu to %llu, not '%s'", option,
			   (unsigned long long)least, (unsigned long long)most, arg);
}

static error_t check_input(const struct input *input, struct argp_state *state)
{
	if (input->claims)
		return 0;
	if (input->api < 0)
		argp_error(state, "probe wants to know which call; --help lists them");
	else if (input->bytes == KM_UNKNOWN && !input->sweep)
		argp_error(state, "probe wants a --size, or --sweep");
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_SIZE:
		set_size(arg, &input->bytes, state);
		return 0;
	case OPT_GFP:
		input->gfp = arg;
		return 0;
	case OPT_NODE:
		set_count("node", arg, 0, MOST_NODE, &input->node, state);
		return 0;
	case OPT_REPEAT:
		set_count("repeat", arg, 1, KMEMINFO_REPEAT_MAX, &input->repeat, state);
		return 0;
	case OPT_DIRTY:
		input->prepare |= KMEMINFO_PREPARE_DIRTY;
		return 0;
	case OPT_SCATTER:
		input->prepare |= KMEMINFO_PREPARE_SCATTER;
		return 0;
	case OPT_HOLD:
		input->prepare |= KMEMINFO_PREPARE_HOLD;
		return 0;
	case OPT_SWEEP:
		input->sweep = true;
		return 0;
	case OPT_CLAIMS:
		input->claims = true;
		return 0;
	case ARGP_KEY_ARG:
		if (input->api >= 0)
			argp_error(state, "probe takes one call at a time");
		input->api = find_api(arg, state);
		return 0;
	case ARGP_KEY_END:
		return check_input(input, state);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* What a probing run works with. */
struct prober {
	struct km_report *report;
	const struct input *input;
	const struct km_module_file *info;
	struct km_sheet flags;
	struct km_gfp_kernel kernel;
	struct km_limits limits;
	uint64_t node; /* of the CPU that probes run on */
	bool typed;    /* whether migrate types were read */
	int device;
};

static int probe_device(void *device, struct kmeminfo_probe *probe)
{
	return km_device_probe(*(const int *)device, probe, NULL);
}

/* Areas of module code that exist now, for the claim that loading a module makes one. */
static uint64_t module_areas(struct km_machine *machine)
{
	const struct km_vmalloc_tally *tally = km_machine_vmalloc(machine);
	struct km_sheet kinds;

	if (!tally)
		return KM_UNKNOWN;
	kinds = km_vmalloc_derive(&machine->pool, tally, KM_UNKNOWN, KM_VMALLOC_BY_KIND);
	for (size_t i = 0; i < kinds.len; i++) {
		const struct km_vmalloc *row = km_sheet_row(&kinds, i);

		if (km_str_eq(row->kind, km_vmalloc_kind_word(KM_VMALLOC_MODULE_CODE)))
			return row->areas;
	}
	return 0;
}

static enum km_exit report_claims(struct prober *prober)
{
	const struct km_claim_prober claims = {
		.pool = &prober->report->machine.pool,
		.flags = &prober->flags,
		.info = prober->info,
		.page_bytes = prober->report->machine.host.page_bytes,
		.module_areas = module_areas(&prober->report->machine),
		.probe = probe_device,
		.device = &prober->device,
	};

	if (!km_report_add(prober->report, km_claim_type.name, km_claim_derive(&claims)))
		return KM_EXIT_USAGE;
	return km_report_finish(prober->report);
}

/*
 * What would come of it, by the machine's files as they are now: probes before this one have moved memory
 * about. Without them nothing is predicted. /proc/pagetypeinfo costs the machine something and is read once.
 */
static void predict(struct prober *prober, const struct kmeminfo_probe *probe, struct km_probe *ret)
{
	struct km_supply supply;
	const struct km_probe_query query = {
		&prober->report->machine.pool, &prober->kernel, &supply, &prober->limits,
		prober->input->node == KM_UNKNOWN ? prober->node : prober->input->node
	};
	struct km_machine now;

	if (km_machine_init(&now, NULL, KM_UNKNOWN, NULL))
		return;
	km_machine_supply(&now, prober->typed ? KM_TYPES_MODULE : KM_TYPES_ANY, &supply);
	prober->typed = true;
	km_machine_node_order(&now, query.node, &supply);
	km_probe_predict(&query, probe, ret);
	ret->zone_predicted = km_pool_copy(&prober->report->machine.pool, ret->zone_predicted);
	km_machine_deinit(&now);
}

/* Makes one probe into a row; false when it was said on stderr that it could not be. */
static bool probe_once(struct prober *prober, uint64_t bytes, struct km_probe *row)
{
	const struct input *input = prober->input;
	struct kmeminfo_probe probe = {
		.api = (unsigned int)input->api,
		.bytes = bytes,
		.node = input->node == KM_UNKNOWN ? -1 : (int)input->node,
		.prepare = input->prepare,
		.repeat = (uint32_t)input->repeat,
	};
	struct km_probe predicted = { 0 };
	struct km_err err;

	if (km_gfp_encode(prober->kernel.variants, km_str_from(input->gfp), &probe.gfp, &err)) {
		km_cmd_complain(&err);
		return false;
	}
	predict(prober, &probe, &predicted);
	if (km_device_probe(prober->device, &probe, &err)) {
		km_cmd_complain(&err);
		return false;
	}
	km_probe_derive(&prober->report->machine.pool, &probe, km_str_from(input->gfp), prober->info, row);
	row->prediction = predicted.prediction;
	row->answer = predicted.answer;
	row->node_predicted = predicted.node_predicted;
	row->zone_predicted = predicted.zone_predicted;
	row->reason = predicted.reason;
	return true;
}

static enum km_exit report_one(struct prober *prober)
{
	struct km_probe row;

	if (!probe_once(prober, prober->input->bytes, &row))
		return KM_EXIT_FAILED;
	if (!km_report_add_row(prober->report, km_probe_type.name, &km_probe_type, &row))
		return KM_EXIT_USAGE;
	return km_report_finish(prober->report);
}

/* From a pointer's size up to what the call cannot give any more: each power of two, and one byte more. */
static enum km_exit report_sweep(struct prober *prober)
{
	enum { ROWS = 2 * 48 };
	struct km_probe *rows = km_pool_alloc(&prober->report->machine.pool, ROWS, sizeof(*rows));
	size_t len = 0;

	for (uint64_t bytes = 8; len + 2 <= ROWS; bytes *= 2) {
		for (uint64_t more = 0; more < 2; more++)
			if (!probe_once(prober, bytes + more, &rows[len++]))
				return KM_EXIT_FAILED;
		if (!rows[len - 1].granted && !rows[len - 2].granted)
			break;
	}
	if (!km_report_add(prober->report, "sweep",
			   (struct km_sheet){ &km_probe_type, rows, len, NULL }))
		return KM_EXIT_USAGE;
	return km_report_finish(prober->report);
}

static enum km_exit report_with(struct prober *prober)
{
	if (prober->input->claims)
		return report_claims(prober);
	return prober->input->sweep ? report_sweep(prober) : report_one(prober);
}

static enum km_exit run_lab(struct km_report *report, const struct input *input)
{
	const struct km_module_file *gfp = km_machine_module(&report->machine, KM_FILE_MODULE_GFP);
	KM_CLEANUP(km_cleanup_fd) int device = -1;
	struct prober prober = { .report = report, .input = input };
	struct km_err err;

	if (!gfp) {
		fprintf(stderr, "kmeminfo: a probe needs the helper module, loaded with probes=1\n"
				"  'kmeminfo module' tells how\n");
		return KM_EXIT_FAILED;
	}
	device = km_device_open(&err);
	if (device < 0) {
		km_cmd_complain(&err);
		return KM_EXIT_FAILED;
	}
	prober.device = device;
	prober.info = km_machine_module(&report->machine, KM_FILE_MODULE_INFO);
	prober.flags = km_flags_derive(&report->machine.pool, gfp);
	km_machine_gfp(&report->machine, (struct km_str){ 0 }, &prober.kernel);
	prober.node = km_cpu_stay();
	prober.limits = km_machine_limits(&report->machine);
	return report_with(&prober);
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	struct input input = { .api = -1, .bytes = KM_UNKNOWN, .node = KM_UNKNOWN, .repeat = 100,
			       .gfp = "GFP_KERNEL" };
	struct km_report report;
	enum km_exit status;

	km_cmd_parse(&km_cmd_probe, argc, argv, options, &input);
	if (input.sweep) {
		options->view.usual = "requested_bytes,prediction,verdict,usable_bytes,cache,order,range,contiguous,"
				      "median_ns,waste_ratio,why";
		options->exact = true; /* sizes a byte apart */
	}
	if (options->from) {
		fprintf(stderr, "kmeminfo: a probe is made in the running kernel, not in a capture\n");
		return KM_EXIT_USAGE;
	}
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	status = run_lab(&report, &input);
	km_report_deinit(&report);
	return status;
}

static const struct km_sheet_type *sheet_of(const void *input)
{
	return ((const struct input *)input)->claims ? &km_claim_type : &km_probe_type;
}

static void operands(FILE *out)
{
	for (unsigned int i = 0; km_probe_api_name(i); i++)
		km_complete_put(out, km_probe_api_name(i), NULL);
}

const struct km_command km_cmd_probe = {
	.name = "probe",
	.brief = "try an allocation in the running kernel and tell what came of it (helper module)",
	.args = "API",
	.doc = "API is kmalloc, kzalloc, kvmalloc, vmalloc, vzalloc, __get_free_pages, get_zeroed_page, "
	       "alloc_pages, kmem_cache_alloc, alloc_percpu, devm_kzalloc or dma_alloc_coherent. Everything "
	       "is given back before the answer.",
	.options = own_options,
	.operands = operands,
	.sheet = &km_probe_type,
	.sheet_of = sheet_of,
	.parse = parse,
	.run = run,
};
