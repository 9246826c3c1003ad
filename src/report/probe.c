// SPDX-License-Identifier: GPL-2.0-or-later
/* Allocations tried in the running kernel by the helper module, each with its prediction. */
#include <errno.h>
#include "model/probe.h"
#include "model/vmalloc.h"
#include "report/claim.h"
#include "report/mask-text.h"
#include "report/options.h"
#include "report/forecast-text.h"
#include "report/report.h"

/* The state of a probing run. */
struct prober {
	struct km_machine *machine;
	const struct km_probe_options *options;
	const struct km_module_file *info;
	struct km_gfp_kernel kernel;
	struct km_limits limits;
	uint64_t node; /* of the CPU that runs the probes */
	bool typed;    /* whether migrate types were read */
};

static int probe_machine(void *machine, struct kmeminfo_probe *probe)
{
	return km_machine_probe(machine, probe, NULL);
}

/* The current number of areas with module code, for the claim that loading a module creates one. */
static uint64_t module_areas(struct km_machine *machine, enum km_need need)
{
	const struct km_vmalloc_options options = { KM_VMALLOC_BY_KIND };
	struct km_sheet kinds;

	if (!km_machine_vmalloc(machine, need))
		return KM_UNKNOWN;
	km_report_vmalloc.derive(machine, &(struct km_query){ need, 0, KM_ENGLISH, &options }, &kinds, NULL);
	for (size_t i = 0; i < kinds.len; i++) {
		const struct km_vmalloc *row = km_sheet_row(&kinds, i);

		if (row->kind == km_vmalloc_kind_word(KM_VMALLOC_MODULE_CODE))
			return row->areas;
	}
	return 0;
}

/*
 * The flags as the module tries them, so that a probe never disturbs the machine (module/probe-rules.c tame()): a block
 * gives up early, and a single page before the OOM killer.
 */
static uint32_t tamed(const struct prober *prober, const struct kmeminfo_probe *probe)
{
	const struct km_gfp *gfp = prober->kernel.variants;
	const uint32_t early = km_gfp_bits(gfp, "__GFP_NORETRY"), late = km_gfp_bits(gfp, "__GFP_RETRY_MAYFAIL");
	const bool vmalloc = probe->api == KMEMINFO_API_VMALLOC || probe->api == KMEMINFO_API_VZALLOC;

	if (vmalloc)
		return probe->gfp | late;
	if (probe->bytes > prober->machine->host.page_bytes && probe->api != KMEMINFO_API_KVMALLOC)
		return probe->gfp | early;
	return probe->gfp & early ? probe->gfp : probe->gfp | late;
}

/*
 * The same prediction as `kmeminfo predict` makes, from the machine's files as they are now: earlier probes have changed
 * the free lists. Without the files nothing is predicted. /proc/pagetypeinfo is expensive for the machine, so it is
 * read once.
 */
static void predict(struct prober *prober, const struct kmeminfo_probe *probe, struct km_probe *ret)
{
	const struct km_probe_options *options = prober->options;
	struct km_supply supply;
	struct km_api_input input = { .limits = &prober->limits };
	struct km_forecast_query query = {
		.pool = &prober->machine->pool, .kernel = &prober->kernel, .supply = &supply, .input = &input,
		.mask = tamed(prober, probe), .api = (int)probe->api, .bytes = probe->bytes,
		.held = probe->prepare & KMEMINFO_PREPARE_HOLD ? probe->repeat : 1,
		.node = options->node == KM_UNKNOWN ? prober->node : options->node, .context = km_probe_context(probe),
	};
	struct km_forecast_result result;
	struct km_machine now;

	if (!prober->kernel.len || km_machine_init(&now, NULL, KM_UNKNOWN, NULL))
		return;
	km_machine_supply(&now, prober->typed ? KM_TYPES_MODULE : KM_TYPES_ANY, &supply);
	prober->typed = true;
	km_machine_node_order(&now, query.node, &supply);
	km_machine_cgroup(&now, options->cgroup, &query.cgroup);
	input.slabinfo = km_machine_slabinfo(&now, KM_OPTIONAL);
	result = km_forecast_predict(&query);
	ret->prediction = result.prediction.word;
	ret->answer = result.prediction.answer;
	ret->node_predicted = result.prediction.node;
	ret->zone_predicted = km_pool_copy(query.pool, result.prediction.zone);
	ret->reason = km_forecast_reason(&query, &result);
	km_machine_deinit(&now);
}

static int probe_once(struct prober *prober, uint64_t bytes, struct km_probe *row, struct km_err *err)
{
	const struct km_probe_options *options = prober->options;
	struct kmeminfo_probe probe = {
		.api = options->api,
		.bytes = bytes,
		.node = options->node == KM_UNKNOWN ? -1 : (int)options->node,
		.prepare = options->prepare,
		.repeat = (uint32_t)options->repeat,
	};
	struct km_probe predicted = { .node_predicted = KM_UNKNOWN };
	int r = km_gfp_encode(prober->kernel.variants, km_str_from(options->gfp), &probe.gfp, err);

	if (r)
		return km_mask_advise(r, err);
	predict(prober, &probe, &predicted);
	r = km_machine_probe(prober->machine, &probe, err);
	if (r)
		return r;
	km_probe_derive(&prober->machine->pool, &probe, km_str_from(options->gfp), prober->info, row);
	row->cgroup = km_str_from(options->cgroup);
	row->prediction = predicted.prediction;
	row->reason = predicted.reason;
	row->answer = predicted.answer;
	row->node_predicted = predicted.node_predicted;
	row->zone_predicted = predicted.zone_predicted;
	return 0;
}

static int init_prober(struct prober *prober, struct km_machine *machine, const struct km_query *query,
		       struct km_err *err)
{
	int r;

	*prober = (struct prober){ .machine = machine, .options = query->options };
	if (!km_machine_module(machine, KM_FILE_MODULE_GFP, query->need) && !km_machine_loads_modules(machine))
		return km_err_set(err, -ENOENT, "'kmeminfo predict' answers without it, and allocates nothing",
				  "a probe needs the helper module, and this kernel loads no modules");
	if (!km_machine_module(machine, KM_FILE_MODULE_GFP, query->need))
		return km_err_set(err, -ENOENT, "'kmeminfo module' explains how; 'kmeminfo predict' answers without it, and allocates nothing",
				  "a probe needs the helper module, loaded with probes=1");
	prober->info = km_machine_module(machine, KM_FILE_MODULE_INFO, query->need);
	km_machine_gfp(machine, (struct km_str){ 0 }, &prober->kernel);
	prober->limits = km_machine_limits(machine);
	prober->node = km_machine_stay_on_cpu();
	r = km_machine_probe(machine, NULL, err);
	return r || !prober->options->cgroup ? r : km_machine_probe_in(machine, prober->options->cgroup, err);
}

static int derive_probe(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	struct km_probe *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));
	struct prober prober;
	int r = init_prober(&prober, machine, query, err);

	if (!r)
		r = probe_once(&prober, prober.options->bytes, row, err);
	*ret = (struct km_sheet){ &km_probe_type, row, 1, NULL };
	return r;
}

/*
 * Probes each power of two, and one byte more, from the size of a pointer to the first size that the call
 * refuses.
 */
static int derive_sweep(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	enum { ROWS = 2 * 48 };
	struct km_probe *rows = km_pool_alloc(&machine->pool, ROWS, sizeof(*rows));
	struct prober prober;
	int r = init_prober(&prober, machine, query, err);
	size_t len = 0;

	for (uint64_t bytes = 8; !r && len + 2 <= ROWS; bytes *= 2) {
		for (uint64_t more = 0; !r && more < 2; more++)
			r = probe_once(&prober, bytes + more, &rows[len++], err);
		if (!r && !rows[len - 1].granted && !rows[len - 2].granted)
			break;
	}
	*ret = (struct km_sheet){ &km_probe_type, rows, len, NULL };
	return r;
}

static int derive_claims(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	const struct km_module_file *gfp = km_machine_module(machine, KM_FILE_MODULE_GFP, query->need);
	struct prober prober;
	int r = init_prober(&prober, machine, query, err);
	struct km_sheet flags;

	if (r)
		return r;
	flags = km_flags_derive(&machine->pool, gfp);
	*ret = km_claim_derive(&(struct km_claim_prober){
		.pool = &machine->pool,
		.flags = &flags,
		.info = prober.info,
		.page_bytes = machine->host.page_bytes,
		.module_areas = module_areas(machine, query->need),
		.probe = probe_machine,
		.device = machine,
	});
	return 0;
}

const struct km_report km_report_probe = {
	.key = "probe",
	.shape = KM_SHAPE_ROW,
	.type = &km_probe_type,
	.derive = derive_probe,
};

const struct km_report km_report_sweep = {
	.key = "sweep",
	.type = &km_probe_type,
	.derive = derive_sweep,
};

const struct km_report km_report_claims = {
	.key = "claims",
	.type = &km_claim_type,
	.derive = derive_claims,
};
