// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account.h"
#include "model/installed.h"

enum part { MANAGED, UNPLUGGED, IMAGE, CRASH, STRUCTS, EARLY, NOWHERE, FIRMWARE, HOLES, PARTS };

static const struct km_word words[] = {
	[MANAGED] = { .key = "managed", .brief = "memory that the page allocator manages: MemTotal",
		      .explain = "`kmeminfo summary` splits it.", .origin = "/proc/zoneinfo managed" },
	[UNPLUGGED] = { .key = "not_plugged", .brief = "memory in MemTotal that no zone manages",
			.explain = "A guest that counts memory which its host has not plugged in yet.",
			.origin = "/proc/meminfo MemTotal - /proc/zoneinfo managed" },
	[IMAGE] = { .key = "kernel_image", .brief = "code and data of the kernel itself",
		    .explain = "Without its init sections, which were freed.",
		    .origin = "/proc/iomem Kernel code, rodata, data, bss" },
	[CRASH] = { .key = "crash_kernel", .brief = "memory reserved for a crash kernel",
		    .explain = "crashkernel= on the boot command line.", .origin = "/proc/iomem Crash kernel" },
	[STRUCTS] = { .key = "page_structures", .brief = "struct page of each page, made at boot",
		      .explain = "64 bytes for each page. Kernels before 6.11 do not count them: then this is an "
				 "estimate.",
		      .origin = "/proc/vmstat nr_memmap_boot_pages; before 6.11 /proc/zoneinfo present x 64 bytes" },
	[EARLY] = { .key = "early", .brief = "other memory that the kernel reserved before the allocator started",
		    .explain = "Hash tables, per-CPU memory of the boot, tables of firmware, an initial file system "
			       "that was not freed, memory that a device tree reserves.",
		    .origin = "/proc/zoneinfo present - managed, without the parts above" },
	[NOWHERE] = { .key = "in_no_zone", .brief = "memory that the firmware offers but no zone contains",
		      .explain = "mem= on the boot command line, memory that is not online, and pages that the "
				 "firmware uses in part.",
		      .origin = "/proc/iomem System RAM - /proc/zoneinfo present" },
	[FIRMWARE] = { .key = "firmware", .brief = "memory that the firmware keeps for itself",
		       .explain = "Reserved ranges directly behind memory. An upper bound: a device may have them. What "
				  "the firmware hides altogether is in no file.",
		       .origin = "/proc/iomem Reserved, ACPI Tables, ACPI Non-volatile Storage" },
	[HOLES] = { .key = "holes", .brief = "addresses inside zones that are no memory",
		    .explain = "Not part of the sum.", .origin = "/proc/zoneinfo spanned - present" },
	[PARTS] = { 0 },
};

static const struct km_vocabulary vocabulary = {
	.name = "installed_part",
	.brief = "parts of the memory that is installed",
	.items = words,
	.item_size = sizeof(*words),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_installed, part, KM_WORD), .words = &vocabulary, .flags = KM_SHOWN | KM_ID, .head = "PART",
	  .brief = "part of the memory", .explain = "`kmeminfo explain installed-part` explains all parts.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_installed, bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_TOTAL | KM_LEVEL,
	  .head = "SIZE", .brief = "size of the part",
	  .explain = "The total is the sum without holes: what the files show of the installed memory.",
	  .origin = "see the part" },
	{ KM_FIELD(struct km_installed, share_ratio, KM_RATIO), .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "SHARE",
	  .brief = "part of the sum", .explain = "Unknown for holes.", .origin = "computed" },
	{ KM_FIELD(struct km_installed, certainty, KM_WORD), .words = &km_certainty_vocabulary, .flags = KM_SHOWN,
	  .head = "CERTAINTY", .brief = "how well the figure is known",
	  .explain = "`kmeminfo explain certainty` explains the words.", .origin = "fixed" },
	{ 0 }
};

const struct km_sheet_type km_installed_type = {
	.name = "installed",
	.brief = "installed memory, above MemTotal",
	.explain = "Every byte is in one part only. /proc/iomem shows addresses to root only; without them the image, "
		   "a crash kernel and firmware are not known separately.",
	.fields = fields,
	.row_size = sizeof(struct km_installed),
};

/* The sum of all ranges of a kind; KM_UNKNOWN without the file. */
static uint64_t sum_kind(const struct km_iomem *iomem, enum km_iomem_kind kind)
{
	uint64_t sum = iomem ? 0 : KM_UNKNOWN;

	for (size_t i = 0; iomem && i < iomem->ranges.len; i++) {
		const struct km_iomem_range *range = &iomem->ranges.items[i];

		if (range->kind == kind)
			sum = km_num_add(sum, range->end - range->start + 1);
	}
	return sum;
}

/*
 * The sum of the firmware ranges directly above memory, without a gap. Ranges elsewhere are mostly device
 * addresses: the firmware's flash ends where memory above 4 GiB begins.
 */
static uint64_t sum_firmware(const struct km_iomem *iomem)
{
	uint64_t sum = 0, next = 0;
	bool behind = false;

	if (!iomem)
		return KM_UNKNOWN;
	for (size_t i = 0; i < iomem->ranges.len; i++) {
		const struct km_iomem_range *range = &iomem->ranges.items[i];

		if (range->depth)
			continue;
		if (behind && range->start == next && range->kind == KM_IOMEM_FIRMWARE)
			sum += range->end - range->start + 1;
		else
			behind = range->kind == KM_IOMEM_RAM;
		next = range->end + 1;
	}
	return sum;
}

static uint64_t at_least_0(uint64_t whole, uint64_t part)
{
	if (whole == KM_UNKNOWN || part == KM_UNKNOWN)
		return KM_UNKNOWN;
	return whole > part ? whole - part : 0;
}

/* Takes bytes from the rest, at most all of it. */
static uint64_t take(uint64_t *left, uint64_t bytes)
{
	if (bytes == KM_UNKNOWN || *left == KM_UNKNOWN)
		return KM_UNKNOWN;
	bytes = bytes < *left ? bytes : *left;
	*left -= bytes;
	return bytes;
}

static uint64_t structs_of(const struct km_installed_input *facts)
{
	enum { STRUCT_PAGE = 64 }; /* k6.12:include/linux/mm_types.h, on 64 bits */

	if (facts->memmap_boot_bytes != KM_UNKNOWN)
		return facts->memmap_boot_bytes;
	if (!facts->is_64_bit || facts->present_bytes == KM_UNKNOWN || facts->page_bytes == KM_UNKNOWN)
		return KM_UNKNOWN;
	return facts->present_bytes / facts->page_bytes * STRUCT_PAGE;
}

static void find_parts(const struct km_installed_input *facts, uint64_t bytes[static PARTS])
{
	const struct km_iomem *iomem = facts->iomem && !facts->iomem->hidden ? facts->iomem : NULL;
	uint64_t left = at_least_0(facts->present_bytes, facts->managed_bytes);

	bytes[MANAGED] = facts->managed_bytes;
	bytes[UNPLUGGED] = at_least_0(facts->total_bytes, facts->managed_bytes);
	bytes[IMAGE] = take(&left, sum_kind(iomem, KM_IOMEM_IMAGE));
	bytes[CRASH] = take(&left, sum_kind(iomem, KM_IOMEM_CRASH));
	bytes[STRUCTS] = take(&left, structs_of(facts));
	/* memory in MemTotal outside of all zones has addresses that are present but not managed */
	bytes[UNPLUGGED] = take(&left, bytes[UNPLUGGED]);
	bytes[EARLY] = left;
	bytes[NOWHERE] = at_least_0(sum_kind(iomem, KM_IOMEM_RAM), facts->present_bytes);
	bytes[FIRMWARE] = sum_firmware(iomem);
	bytes[HOLES] = at_least_0(facts->spanned_bytes, facts->present_bytes);
}

static enum km_certainty certainty_of(const struct km_installed_input *facts, enum part part)
{
	switch (part) {
	case STRUCTS:
		return facts->memmap_boot_bytes == KM_UNKNOWN ? KM_ESTIMATE : KM_COUNTED_APART;
	case EARLY:
		return KM_REST;
	case NOWHERE:
	case FIRMWARE:
		return KM_AT_MOST;
	default:
		return KM_COUNTED_APART;
	}
}

struct km_sheet km_installed_derive(struct km_pool *pool, const struct km_installed_input *facts)
{
	struct km_installed *rows = km_pool_alloc(pool, PARTS, sizeof(*rows));
	struct km_installed *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &km_installed_type, rows, 0, totals };
	uint64_t bytes[PARTS], sum = 0;

	km_row_init(&km_installed_type, totals);
	if (facts->managed_bytes == KM_UNKNOWN)
		return (struct km_sheet){ .type = &km_installed_type };
	find_parts(facts, bytes);
	for (unsigned int part = 0; part < HOLES; part++)
		sum = km_num_add(sum, km_num_or(bytes[part], 0));
	for (unsigned int part = 0; part < PARTS; part++) {
		if (bytes[part] == KM_UNKNOWN || (!bytes[part] && part != MANAGED))
			continue;
		km_row_init(&km_installed_type, &rows[sheet.len]);
		rows[sheet.len++] = (struct km_installed){
			&words[part], bytes[part], part == HOLES ? KM_UNKNOWN_REAL : km_num_ratio(bytes[part], sum),
			&km_certainties[certainty_of(facts, (enum part)part)],
		};
	}
	totals->bytes = sum;
	return sheet;
}
