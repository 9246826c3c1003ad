// SPDX-License-Identifier: GPL-2.0-or-later
/* The rows inside the row of a probe: the location of its pages, and the duration of its calls. */
#include "model/probe.h"

#define MEASURED .origin = "measured by the helper module"

static const struct km_field zone_fields[] = {
	{ KM_FIELD(struct km_probe_zone, zone, KM_TEXT), .flags = KM_ID, .head = "ZONE",
	  .brief = "zone, or node", .explain = "Where page frames of the allocation were.", MEASURED },
	{ KM_FIELD(struct km_probe_zone, pages, KM_COUNT), .flags = KM_PROPERTY, .head = "PAGES",
	  .brief = "page frames there", .explain = "Summed over all repetitions.", MEASURED },
	{ 0 }
};

const struct km_sheet_type km_probe_zone_type = {
	.name = "probe_zones",
	.brief = "where a probe's page frames lay",
	.fields = zone_fields,
	.row_size = sizeof(struct km_probe_zone),
	.spread_head = "zone",
	.spread_cell = "pages",
};

static const struct km_field bucket_fields[] = {
	{ KM_FIELD(struct km_probe_bucket, from_ns, KM_COUNT), .flags = KM_ID | KM_SHOWN, .head = "FROM-NS",
	  .brief = "shortest time that the bucket counts", .explain = "A power of two; the bucket "
		"ends below the next one.",
	  MEASURED },
	{ KM_FIELD(struct km_probe_bucket, calls, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "CALLS",
	  .brief = "calls that took that long", .explain = "Among the successful repetitions.", MEASURED },
	{ 0 }
};

const struct km_sheet_type km_probe_bucket_type = {
	.name = "probe_histogram",
	.brief = "calls of about one duration",
	.fields = bucket_fields,
	.row_size = sizeof(struct km_probe_bucket),
};

static const struct km_field latency_fields[] = {
	{ KM_FIELD(struct km_probe_latency, call, KM_TEXT), .flags = KM_ID | KM_SHOWN, .head = "CALL",
	  .brief = "allocate or free", .explain = "Both are timed.", MEASURED },
	{ KM_FIELD(struct km_probe_latency, min_ns, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "MIN-NS",
	  .brief = "shortest call", .explain = "Nanoseconds of the kernel's clock.", MEASURED },
	{ KM_FIELD(struct km_probe_latency, median_ns, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "MEDIAN-NS",
	  .brief = "50% of the calls were shorter", .explain = "Nanoseconds.", MEASURED },
	{ KM_FIELD(struct km_probe_latency, p99_ns, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "P99-NS",
	  .brief = "99% of the calls were shorter", .explain = "Nanoseconds.", MEASURED },
	{ KM_FIELD(struct km_probe_latency, max_ns, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "MAX-NS",
	  .brief = "longest call", .explain = "Nanoseconds.", MEASURED },
	{ KM_FIELD(struct km_probe_latency, histogram, KM_ROWS), .rows = &km_probe_bucket_type,
	  .head = "HISTOGRAM", .brief = "calls by duration, in powers of two",
	  .explain = "Empty buckets are left out.", MEASURED },
	{ 0 }
};

const struct km_sheet_type km_probe_latency_type = {
	.name = "probe_latency",
	.brief = "how long the calls took",
	.fields = latency_fields,
	.row_size = sizeof(struct km_probe_latency),
};

struct km_rows km_probe_zones_of(struct km_pool *pool, const struct kmeminfo_probe *probe,
				 const struct km_module_file *info)
{
	enum { ZONES = sizeof(probe->zone_pages) / sizeof(*probe->zone_pages) };
	struct km_probe_zone *zones = km_pool_alloc(pool, ZONES, sizeof(*zones));
	struct km_rows rows = { zones, 0 };

	for (size_t i = 0; i < ZONES; i++)
		if (probe->zone_pages[i])
			zones[rows.len++] = (struct km_probe_zone){
				.zone = km_probe_zone_name(info, i), .pages = probe->zone_pages[i] };
	return rows;
}

struct km_rows km_probe_nodes_of(struct km_pool *pool, const struct kmeminfo_probe *probe)
{
	enum { NODES = sizeof(probe->node_pages) / sizeof(*probe->node_pages) };
	struct km_probe_zone *nodes = km_pool_alloc(pool, NODES + 1, sizeof(*nodes));
	struct km_rows rows = { nodes, 0 };

	for (size_t i = 0; i < NODES; i++)
		if (probe->node_pages[i])
			nodes[rows.len++] = (struct km_probe_zone){ km_pool_printf(pool, "%zu", i),
								    probe->node_pages[i] };
	if (probe->other_node_pages)
		nodes[rows.len++] = (struct km_probe_zone){ KM_STR("others"),
							    probe->other_node_pages };
	return rows;
}

static void set_latency(struct km_pool *pool, struct km_str call,
			const struct kmeminfo_latency *from, struct km_probe_latency *row)
{
	enum { BUCKETS = sizeof(from->log2) / sizeof(*from->log2) };
	struct km_probe_bucket *buckets = km_pool_alloc(pool, BUCKETS, sizeof(*buckets));

	*row = (struct km_probe_latency){ call, from->min_ns, from->median_ns, from->p99_ns,
					  from->max_ns, { buckets, 0 } };
	for (size_t i = 0; i < BUCKETS; i++)
		if (from->log2[i])
			buckets[row->histogram.len++] =
				(struct km_probe_bucket){ i ? 1ULL << i : 0, from->log2[i] };
}

struct km_rows km_probe_latency_of(struct km_pool *pool, const struct kmeminfo_probe *probe)
{
	struct km_probe_latency *rows = km_pool_alloc(pool, 2, sizeof(*rows));

	set_latency(pool, KM_STR("allocate"), &probe->alloc, &rows[0]);
	set_latency(pool, KM_STR("free"), &probe->free, &rows[1]);
	return (struct km_rows){ rows, 2 };
}
