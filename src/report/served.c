// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/served.h"

static const char *flags_of(struct km_str zone)
{
	static const struct {
		const char *zone, *flags;
	} names[] = {
		{ "DMA", "GFP_KERNEL|GFP_DMA" }, { "DMA32", "GFP_KERNEL|GFP_DMA32" },
		{ "HighMem", "GFP_KERNEL|__GFP_HIGHMEM" }, { "Movable", "GFP_HIGHUSER_MOVABLE" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(zone, km_str_from(names[i].zone)))
			return names[i].flags;
	return "GFP_KERNEL";
}

struct km_prediction km_predict_usual(void *data, const char *flags, uint64_t node, uint64_t order)
{
	struct km_machine *machine = data;
	struct km_gfp_kernel kernel;
	struct km_request request;
	struct km_supply supply;
	uint32_t mask;

	km_machine_gfp(machine, (struct km_str){ 0 }, &kernel);
	if (!kernel.len || km_gfp_encode(kernel.variants, km_str_from(flags), &mask, NULL))
		return (struct km_prediction){ .verdict = KM_PREDICTION_UNKNOWN, .answer = KM_TRI_UNKNOWN };
	request = km_request_from(kernel.variants, &kernel.rules, mask);
	request.order = order;
	request.node = node;
	/* findings must not cost a running machine what /proc/pagetypeinfo does */
	km_machine_supply(machine, km_machine_is_live(machine) ? KM_TYPES_MODULE : KM_TYPES_ANY, &supply);
	km_machine_node_order(machine, node, &supply);
	return km_prediction_of(&machine->pool, &supply, &request);
}

bool km_is_served(void *machine, uint64_t node, struct km_str zone, uint64_t order)
{
	const struct km_prediction prediction = km_predict_usual(machine, flags_of(zone), node, order);

	/* from a zone that certainly has such a block */
	return (prediction.basis == KM_PREDICTION_ABOVE_LOW || prediction.basis == KM_PREDICTION_ABOVE_MIN) &&
	       prediction.verdict != KM_PREDICTION_RESERVES;
}
