// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/vmalloc-group.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_vmalloc, caller, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CALLER",
	  .brief = "function that requested the areas",
	  .explain = "The return address that the kernel stored for each area, as a name. Grouped "
		     "without the compiler's suffixes (.part.0, .isra.0, .constprop.0) and "
		     "without the offset; --areas shows it in full. A bare address belongs to a "
		     "module whose code was freed, such as its init function. Unknown for lazily "
		     "freed areas and vm_map_ram, for which the kernel stores none.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, module, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "MODULE",
	  .brief = "module that contains the calling function",
	  .explain = "Unknown if the function is part of the kernel itself. Memory that the "
		     "kernel allocates for a module (for example its code) has a caller in the "
		     "kernel.",
	  .origin = "/proc/vmallocinfo, in brackets" },
	{ KM_FIELD(struct km_vmalloc, kind, KM_WORD), .words = &km_vmalloc_kind_vocabulary, .flags = KM_SHOWN | KM_ID, .head = "KIND",
	  .brief = "purpose of the areas",
	  .explain = "Derived from the calling function if that is known, otherwise from the "
		     "flags of the area. `kmeminfo explain kind` lists all kinds and their "
		     "callers. Unknown in a row that several kinds share.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_vmalloc, node, KM_COUNT), .flags = KM_ID, .head = "NODE",
	  .brief = "memory node, with --by node",
	  .explain = "An area counts in each node where it has pages. Its address space belongs "
		     "to no node. Unknown in the row of the areas without pages, and for all "
		     "areas if the kernel is not built for NUMA and does not report nodes.",
	  .origin = "/proc/vmallocinfo N0=" },
	{ KM_FIELD(struct km_vmalloc, areas, KM_COUNT),
	  .flags = KM_DETAIL | KM_SHOWN | KM_TOTAL | KM_ADDS | KM_LEVEL,
	  .head = "AREAS", .brief = "areas",
	  .explain = "Lines of the file. Up to 6.8 areas come and go while the kernel writes it, "
		     "so one can be missing or listed twice. By node an area may count more than "
		     "once, so the total is less than the sum.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, memory_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_TOTAL | KM_ADDS | KM_LEVEL,
	  .head = "MEMORY", .brief = "memory that the areas hold",
	  .explain = "pages= times the page size, for areas flagged vmalloc: what VmallocUsed "
		     "counts. Device space, vmap and lazily freed areas hold none; Percpu counts "
		     "the pages of per-CPU chunks. Page tables and the page arrays of the areas "
		     "are not included.",
	  .origin = "/proc/vmallocinfo pages=" },
	{ KM_FIELD(struct km_vmalloc, virtual_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_TOTAL | KM_ADDS | KM_LEVEL,
	  .head = "SPACE", .brief = "address space of the areas",
	  .explain = "Includes guard pages and lazily freed space. Scarce on 32-bit machines "
		     "(VmallocTotal in /proc/meminfo, often 120 MiB), not on 64-bit ones. Unknown "
		     "for a node.",
	  .origin = "/proc/vmallocinfo, second word" },
	{ KM_FIELD(struct km_vmalloc, device_bytes, KM_BYTES), .flags = KM_TOTAL | KM_ADDS | KM_LEVEL,
	  .head = "DEVICE", .brief = "address space of devices and firmware",
	  .explain = "Areas flagged ioremap, without their guard pages. Not memory.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, lazy_bytes, KM_BYTES), .flags = KM_TOTAL | KM_ADDS | KM_LEVEL,
	  .head = "LAZY", .brief = "address space that is freed but not yet reusable",
	  .explain = "Areas listed as unpurged vm_area. They hold no memory. The kernel reclaims "
		     "the addresses in batches, because each time all CPUs must flush their TLBs.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, guard_bytes, KM_BYTES), .flags = KM_TOTAL | KM_ADDS | KM_LEVEL,
	  .head = "GUARD", .brief = "address space of the unmapped page behind each area",
	  .explain = "The kernel does not print it. An area with pages has one unless its pages fill it. ioremap "
		     "and vmap always add one. Per-CPU chunks, vm_map_ram and lazily freed areas have none of their "
		     "own (k5.10..7.2:mm/vmalloc.c __get_vm_area_node). On arm64 at most one page too small, "
		     "because the last segment of the kernel image has one.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_vmalloc, largest_bytes, KM_BYTES), .flags = KM_SHOWN | KM_TOTAL | KM_LEVEL,
	  .head = "LARGEST", .brief = "address space of the largest area",
	  .explain = "Its guard page included.",
	  .origin = "/proc/vmallocinfo, second word" },
	{ KM_FIELD(struct km_vmalloc, node_pages, KM_PAIRS), .flags = KM_LEVEL, .head = "NODES",
	  .brief = "pages on each memory node",
	  .explain = "In pages of the normal size, also for a huge area. Empty if the kernel is "
		     "not built for NUMA. Includes pages that a vmap area only maps.",
	  .origin = "/proc/vmallocinfo N0=" },
	{ KM_FIELD(struct km_vmalloc, start, KM_TEXT), .head = "START",
	  .brief = "first address of the area, with --areas",
	  .explain = "Real or a hash, as host.pointers says; unknown if the kernel hides it. A "
		     "hash cannot be used in computations, but it is the same for one address "
		     "until the next boot, also in the kernel log.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, end, KM_TEXT), .head = "END",
	  .brief = "first address after the area, with --areas",
	  .explain = "The guard page is before it. See start.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, phys, KM_TEXT), .head = "PHYS",
	  .brief = "physical address of the area, with --areas",
	  .explain = "For ioremap areas and the kernel's own image. /proc/iomem names what lies "
		     "there.",
	  .origin = "/proc/vmallocinfo phys=" },
	{ KM_FIELD(struct km_vmalloc, flags, KM_TEXT), .head = "FLAGS",
	  .brief = "the kernel's own words for the area, with --areas",
	  .explain = "ioremap, vmalloc, vmap; user: may be mapped to a process; dma-coherent; "
		     "sparse: not all of its pages are present; vpages: so large that the array "
		     "of its pages is vmalloc memory too; unpurged vm_area; vm_map_ram. Other "
		     "words are shown as they are.",
	  .origin = "/proc/vmallocinfo" },
	{ KM_FIELD(struct km_vmalloc, vmalloc_used_bytes, KM_BYTES), .flags = KM_TOTAL_ONLY | KM_LEVEL,
	  .head = "VmallocUsed", .brief = "memory in the vmalloc range according to /proc/meminfo",
	  .explain = "All pages that vmalloc() allocated, as counted by the kernel. Includes "
		     "kernel stacks. Unknown if /proc/meminfo reports 0 although areas have "
		     "memory: kernels 4.4 to 5.2 did not count.",
	  .origin = "/proc/meminfo VmallocUsed" },
	{ KM_FIELD(struct km_vmalloc, unlisted_bytes, KM_DELTA), .flags = KM_TOTAL_ONLY | KM_LEVEL,
	  .head = "unlisted",
	  .brief = "VmallocUsed minus the listed memory; areas change between the two reads",
	  .explain = "The two files are read one after the other, and areas change in between: a "
		     "difference of a few stacks is normal. Newer kernels (7.2; not 6.12) count "
		     "VmallocUsed per CPU and fold it in late, and do not list an area before it "
		     "is complete. Pages from a kexec handover (7.2) are listed but not counted.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_vmalloc_type = {
	.name = "vmalloc",
	.brief = "areas of the vmalloc range, by caller",
	.explain = "The kernel maps memory here that need not be physically contiguous: kernel "
		   "stacks, modules, BPF, large tables. It also maps device registers, which are "
		   "not memory. Address space is not memory: memory_bytes is the memory in use.",
	.fields = fields,
	.row_size = sizeof(struct km_vmalloc),
	.sort = "memory_bytes:desc",
};

void km_vmalloc_set_sums(struct km_vmalloc *row, const struct km_vmalloc_sums *sums)
{
	row->areas = sums->areas;
	row->memory_bytes = sums->memory_bytes;
	row->virtual_bytes = sums->virtual_bytes;
	row->device_bytes = sums->device_bytes;
	row->lazy_bytes = sums->lazy_bytes;
	row->guard_bytes = sums->guard_bytes;
	row->largest_bytes = sums->largest_bytes;
}

/* Zeros and (ptrval) are not addresses. A hash at least distinguishes two areas. */
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

void km_vmalloc_set_area(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *area,
			 const struct km_vmalloc_found *found, struct km_pair *pairs, struct km_vmalloc *row)
{
	row->caller = area->caller;
	row->module = area->module;
	row->kind = km_vmalloc_kind_word(tally->sites.items[found->site].kind);
	row->start = shown_address(area->start);
	row->end = shown_address(area->end);
	row->phys = area->phys;
	row->flags = area->marks;
	row->node_pages = (struct km_pairs){ pairs, area->nodes_len };
	km_vmalloc_set_sums(row, &found->sums);
	for (size_t i = 0; i < area->nodes_len; i++) {
		size_t at = km_vmalloc_tally_at(tally, area->nodes[i].node);

		pairs[i] = (struct km_pair){ tally->nodes.items[at].name, area->nodes[i].pages };
	}
}

static void reconcile(struct km_vmalloc *totals, uint64_t vmalloc_used_bytes)
{
	if (!vmalloc_used_bytes && totals->memory_bytes && totals->memory_bytes != KM_UNKNOWN)
		vmalloc_used_bytes = KM_UNKNOWN;
	totals->vmalloc_used_bytes = vmalloc_used_bytes;
	totals->unlisted_bytes = km_num_delta(vmalloc_used_bytes, totals->memory_bytes);
}

struct km_sheet km_vmalloc_derive(struct km_pool *pool, const struct km_vmalloc_tally *tally,
				  uint64_t vmalloc_used_bytes, enum km_vmalloc_by by)
{
	struct km_vmalloc *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_rows rows = { 0 };

	km_row_init(&km_vmalloc_type, totals);
	if (tally) {
		const struct km_vmalloc_sums sums = km_vmalloc_tally_totals(tally);

		km_vmalloc_set_sums(totals, &sums);
	}
	if (tally && by != KM_VMALLOC_BY_AREA)
		rows = km_vmalloc_group(pool, tally, by);
	reconcile(totals, vmalloc_used_bytes);
	return (struct km_sheet){ &km_vmalloc_type, rows.items, rows.len, totals };
}
