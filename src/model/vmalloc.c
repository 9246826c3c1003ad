// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/cleanup.h"
#include "model/vmalloc-group.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_vmalloc, caller, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CALLER",
	  .brief = "function that asked for the areas",
	  .explain = "The return address that the kernel kept for each area, as a name. Grouped, "
		     "without what the compiler adds (.part.0, .isra.0, .constprop.0) and without "
		     "the offset; --areas gives it in full. A bare address belongs to a module "
		     "whose code is gone, such as its init function. Unknown for lazily freed "
		     "areas and vm_map_ram, for which the kernel keeps none.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, module, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "MODULE",
	  .brief = "module that the calling function is in",
	  .explain = "Unknown when it is none: the function is part of the kernel itself. Memory "
		     "that the kernel takes on behalf of a module (its code, for instance) has a "
		     "caller in the kernel.",
	  .origin = "/proc/vmallocinfo, in brackets" },
	{ KM_FIELD(struct km_vmalloc, kind, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "KIND",
	  .brief = "what the areas are for",
	  .explain = "Told by the calling function where it is a known one, else by the marks of "
		     "the area. `kmeminfo explain kind` lists all kinds with the callers that they "
		     "are known by. Unknown in a row that several kinds share.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_vmalloc, node, KM_COUNT), .flags = KM_ID, .head = "NODE",
	  .brief = "memory node, with --by node",
	  .explain = "An area counts in each node that it has pages on. Its address space belongs "
		     "to no node. Unknown in the row of the areas without pages, and of all areas "
		     "where the kernel is not built for NUMA and does not tell.",
	  .origin = "/proc/vmallocinfo N0=" },
	{ KM_FIELD(struct km_vmalloc, areas, KM_COUNT), .flags = KM_SHOWN | KM_TOTAL | KM_ADDS,
	  .head = "AREAS", .brief = "areas",
	  .explain = "Lines of the file. Up to 6.8 it is made while areas come and go, so that one "
		     "can be missed or listed twice. By node an area may count more than once, and "
		     "the total is less than the sum.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, memory_bytes, KM_BYTES), .flags = KM_SHOWN | KM_TOTAL | KM_ADDS,
	  .head = "MEMORY", .brief = "memory that the areas hold",
	  .explain = "pages= times the page size, of areas marked vmalloc: what VmallocUsed "
		     "counts. Device space, vmap and lazily freed areas hold none; the pages of "
		     "per-CPU chunks are counted by Percpu. Tables of pages and the page arrays of "
		     "the areas are not in it.",
	  .origin = "/proc/vmallocinfo pages=" },
	{ KM_FIELD(struct km_vmalloc, virtual_bytes, KM_BYTES), .flags = KM_SHOWN | KM_TOTAL | KM_ADDS,
	  .head = "SPACE", .brief = "address space that the areas take",
	  .explain = "Guard pages and what is only lazily freed included. Scarce on 32-bit "
		     "machines (VmallocTotal in /proc/meminfo, often 120 MiB), not on 64-bit ones. "
		     "Unknown for a node.",
	  .origin = "/proc/vmallocinfo, second word" },
	{ KM_FIELD(struct km_vmalloc, device_bytes, KM_BYTES), .flags = KM_TOTAL | KM_ADDS,
	  .head = "DEVICE", .brief = "address space that leads to devices and firmware",
	  .explain = "Areas marked ioremap, without their guard pages. No memory.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, lazy_bytes, KM_BYTES), .flags = KM_TOTAL | KM_ADDS,
	  .head = "LAZY", .brief = "address space that is freed and not yet reusable",
	  .explain = "Areas listed as unpurged vm_area. They hold no memory; the kernel takes the "
		     "addresses back in batches, as each time all CPUs must flush their TLBs.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, guard_bytes, KM_BYTES), .flags = KM_TOTAL | KM_ADDS,
	  .head = "GUARD", .brief = "address space of the unmapped page behind each area",
	  .explain = "The kernel does not print it. An area with pages has one unless its pages "
		     "fill it; ioremap and vmap always add one; per-CPU chunks, vm_map_ram and "
		     "lazily freed areas have none of their own (k5.10..7.2:mm/vmalloc.c "
		     "__get_vm_area_node). At most a page too small on arm64, where the last "
		     "segment of the kernel image has one.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_vmalloc, largest_bytes, KM_BYTES), .flags = KM_SHOWN | KM_TOTAL,
	  .head = "LARGEST", .brief = "address space of the largest of the areas",
	  .explain = "Its guard page included.",
	  .origin = "/proc/vmallocinfo, second word" },
	{ KM_FIELD(struct km_vmalloc, node_pages, KM_PAIRS), .head = "NODES",
	  .brief = "pages on each memory node",
	  .explain = "Of a huge area too these are pages of the usual size. Empty where the kernel "
		     "is not built for NUMA. Includes pages that a vmap area only maps.",
	  .origin = "/proc/vmallocinfo N0=" },
	{ KM_FIELD(struct km_vmalloc, start, KM_TEXT), .head = "START",
	  .brief = "first address of the area, with --areas",
	  .explain = "Real or a hash, as host.pointers says; unknown when the kernel hides it. "
		     "Nothing can be computed from a hash, but it is the same for one address "
		     "until the next boot, also in the kernel's log.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, end, KM_TEXT), .head = "END",
	  .brief = "first address behind the area, with --areas",
	  .explain = "The guard page is before it. See start.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, phys, KM_TEXT), .head = "PHYS",
	  .brief = "physical address that the area leads to, with --areas",
	  .explain = "Of ioremap areas and of the kernel's own image. /proc/iomem names what lies "
		     "there.",
	  .origin = "/proc/vmallocinfo phys=" },
	{ KM_FIELD(struct km_vmalloc, flags, KM_TEXT), .head = "FLAGS",
	  .brief = "the kernel's own words for the area, with --areas",
	  .explain = "ioremap, vmalloc, vmap; user: may be mapped to a process; dma-coherent; "
		     "sparse: not all of its pages are there; vpages: so large that the array of "
		     "its pages is vmalloc memory too; unpurged vm_area; vm_map_ram. Other words "
		     "are shown as they are.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, vmalloc_used_bytes, KM_BYTES), .flags = KM_TOTAL_ONLY,
	  .head = "VmallocUsed", .brief = "memory in the vmalloc range as /proc/meminfo has it",
	  .explain = "All pages that vmalloc() took, counted by the kernel. Kernel stacks are in "
		     "it. Unknown when /proc/meminfo gives 0 beside areas with memory: kernels 4.4 "
		     "to 5.2 did not count.",
	  .origin = "/proc/meminfo VmallocUsed" },
	{ KM_FIELD(struct km_vmalloc, unlisted_bytes, KM_DELTA), .flags = KM_TOTAL_ONLY,
	  .head = "unlisted",
	  .brief = "VmallocUsed minus the memory listed: areas change between the two reads",
	  .explain = "The two files are read one after the other and areas come and go between: a "
		     "few stacks either way are normal. Newer kernels (7.2; not 6.12) count "
		     "VmallocUsed per CPU and fold it in late, and do not list an area before it "
		     "is complete. Pages that a kexec handover brought along (7.2) are listed and "
		     "not counted.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_vmalloc_type = {
	.name = "vmalloc",
	.brief = "areas of the vmalloc range, by caller",
	.explain = "The kernel maps here what need not be contiguous in physical memory: kernel "
		   "stacks, modules, BPF, large tables; and what is no memory at all: device "
		   "registers. Address space is not memory: memory_bytes is what was taken from "
		   "the machine.",
	.fields = fields,
	.row_size = sizeof(struct km_vmalloc),
	.sort = "memory_bytes:desc",
};

/*
 * VM_NO_GUARD shows only where the pages fill the area. An area may have fewer pages than it has
 * room for: up to 6.8 while it is being made, later when vrealloc() has shrunk it (k7.2).
 */
static uint64_t guard_of(const struct km_vmallocinfo_area *area, enum km_vmalloc_kind_id kind,
			 uint64_t page_bytes)
{
	uint64_t rest;

	if (area->mark & (KM_VMALLOCINFO_UNPURGED | KM_VMALLOCINFO_VM_MAP_RAM) ||
	    kind == KM_VMALLOC_KERNEL_IMAGE)
		return 0;
	if (!(area->mark & KM_VMALLOCINFO_VMALLOC))
		return page_bytes;
	/* a chunk of per-CPU memory; without a caller the first one (mm/percpu.c) or the Xen P2M */
	if (area->nr_pages == KM_UNKNOWN && (kind == KM_VMALLOC_PER_CPU || !area->caller.ptr))
		return 0;
	rest = km_num_sub(area->size, km_num_mul(km_num_or(area->nr_pages, 0), page_bytes));
	return rest < page_bytes || rest == KM_UNKNOWN ? rest : page_bytes;
}

/* An area as a row of its own, not yet named. */
static struct km_vmalloc facts_of(const struct km_vmallocinfo_area *area,
				  enum km_vmalloc_kind_id kind, uint64_t page_bytes)
{
	uint64_t guard = guard_of(area, kind, page_bytes);
	bool memory = area->mark & KM_VMALLOCINFO_VMALLOC && area->nr_pages != KM_UNKNOWN;
	struct km_vmalloc row;

	km_row_init(&km_vmalloc_type, &row);
	row.areas = 1;
	row.memory_bytes = memory ? km_num_mul(area->nr_pages, page_bytes) : 0;
	row.virtual_bytes = area->size;
	row.device_bytes = area->mark & KM_VMALLOCINFO_IOREMAP ? km_num_sub(area->size, guard) : 0;
	row.lazy_bytes = area->mark & KM_VMALLOCINFO_UNPURGED ? area->size : 0;
	row.guard_bytes = guard;
	row.largest_bytes = area->size;
	return row;
}

struct km_vmalloc km_vmalloc_nothing(void)
{
	struct km_vmalloc row;

	km_row_init(&km_vmalloc_type, &row);
	row.areas = row.memory_bytes = row.virtual_bytes = row.device_bytes = 0;
	row.lazy_bytes = row.guard_bytes = row.largest_bytes = 0;
	return row;
}

void km_vmalloc_add(struct km_vmalloc *sum, const struct km_vmalloc *row)
{
	sum->areas = km_num_add(sum->areas, row->areas);
	sum->memory_bytes = km_num_add(sum->memory_bytes, row->memory_bytes);
	sum->virtual_bytes = km_num_add(sum->virtual_bytes, row->virtual_bytes);
	sum->device_bytes = km_num_add(sum->device_bytes, row->device_bytes);
	sum->lazy_bytes = km_num_add(sum->lazy_bytes, row->lazy_bytes);
	sum->guard_bytes = km_num_add(sum->guard_bytes, row->guard_bytes);
	if (sum->largest_bytes < row->largest_bytes)
		sum->largest_bytes = row->largest_bytes;
}

/* Zeros and (ptrval) are no addresses; a hash at least tells two areas apart. */
static struct km_str shown_address(struct km_str address)
{
	for (size_t i = 2; i < address.len; i++) {
		if (address.ptr[i] == '(')
			break;
		if (address.ptr[i] != '0')
			return address;
	}
	return (struct km_str){ 0 };
}

static void describe_area(struct km_vmalloc_groups *groups, const struct km_vmallocinfo_area *area,
			  const struct km_vmalloc_site *site, struct km_vmalloc *row)
{
	struct km_pair *pairs = km_pool_alloc(groups->pool, area->nodes, sizeof(*pairs));

	row->caller = area->caller;
	row->module = area->module;
	row->kind = km_vmalloc_kind_word(site->kind);
	row->start = shown_address(area->start);
	row->end = shown_address(area->end);
	row->phys = area->phys;
	row->flags = area->marks;
	row->node_pages = (struct km_pairs){ pairs, area->nodes };
	for (size_t i = 0; i < area->nodes; i++) {
		const struct km_vmallocinfo_node *node =
			&groups->vmallocinfo->nodes.items[area->node + i];

		pairs[i] = (struct km_pair){ km_vmalloc_groups_node(groups, node->node),
					     node->pages };
	}
}

/* Adds up all areas, and makes them rows: each its own in areas, or of groups. */
static struct km_vmalloc add_areas(struct km_vmalloc_groups *groups, struct km_vmalloc *areas)
{
	const struct km_vmallocinfo_area *area;
	struct km_vmalloc totals = km_vmalloc_nothing();

	km_array_each(area, &groups->vmallocinfo->areas) {
		const struct km_vmalloc_site *site = km_vmalloc_groups_site(groups, area);
		struct km_vmalloc facts = facts_of(area, site->kind, groups->page_bytes);

		km_vmalloc_add(&totals, &facts);
		if (groups->by == KM_VMALLOC_BY_AREA) {
			describe_area(groups, area, site, &facts);
			*areas++ = facts;
		} else {
			km_vmalloc_groups_add(groups, area, site, &facts);
		}
	}
	return totals;
}

static void reconcile(struct km_vmalloc *totals, uint64_t vmalloc_used_bytes)
{
	if (!vmalloc_used_bytes && totals->memory_bytes && totals->memory_bytes != KM_UNKNOWN)
		vmalloc_used_bytes = KM_UNKNOWN;
	totals->vmalloc_used_bytes = vmalloc_used_bytes;
	totals->unlisted_bytes = km_num_delta(vmalloc_used_bytes, totals->memory_bytes);
}

struct km_sheet km_vmalloc_derive(struct km_pool *pool, const struct km_vmallocinfo *vmallocinfo,
				  uint64_t page_bytes, uint64_t vmalloc_used_bytes,
				  enum km_vmalloc_by by)
{
	KM_CLEANUP(km_vmalloc_groups_deinit) struct km_vmalloc_groups groups = {
		.pool = pool, .vmallocinfo = vmallocinfo, .by = by, .page_bytes = page_bytes,
	};
	struct km_vmalloc *totals = km_pool_alloc(pool, 1, sizeof(*totals)), *areas;
	struct km_rows rows = { 0 };

	km_row_init(&km_vmalloc_type, totals);
	if (vmallocinfo) {
		rows.len = by == KM_VMALLOC_BY_AREA ? vmallocinfo->areas.len : 0;
		rows.items = areas = km_pool_alloc(pool, rows.len, sizeof(*areas));
		*totals = add_areas(&groups, areas);
	}
	if (vmallocinfo && by != KM_VMALLOC_BY_AREA)
		rows = km_vmalloc_groups_rows(&groups);
	reconcile(totals, vmalloc_used_bytes);
	return (struct km_sheet){ &km_vmalloc_type, rows.items, rows.len, totals };
}
