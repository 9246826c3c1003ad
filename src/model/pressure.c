// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pressure.h"

static const struct km_word kinds[] = {
	{ "some", "at least one task waited for memory",
	  "Other tasks may have run meanwhile.", "k6.12:Documentation/accounting/psi.rst", NULL, KM_TONE_PLAIN },
	{ "full", "all tasks that were not idle waited for memory",
	  "No useful work was done. Every such moment is also part of \"some\".",
	  "k6.12:Documentation/accounting/psi.rst", NULL, KM_TONE_PLAIN },
	{ 0 }
};

static const struct km_vocabulary vocabulary = {
	.name = "stalled",
	.brief = "which tasks waited for memory",
	.items = kinds,
	.item_size = sizeof(*kinds),
	.open = true,
};

#define SHARE(seconds)                                                                             \
	.brief = "share of the last " seconds " seconds in which tasks waited",                    \
	.explain = "A running average, which the kernel updates every two seconds. Tasks wait for memory in " \
		   "direct reclaim and compaction, and for pages that are read back after they were reclaimed.", \
	.kernels = "4.20+ with CONFIG_PSI"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_pressure, stalled, KM_WORD), .words = &vocabulary, .flags = KM_SHOWN | KM_ID,
	  .head = "STALLED", .brief = "which tasks waited for memory: some or all",
	  .explain = "some: at least one task waited. full: all tasks that were not idle waited.",
	  .origin = "/proc/pressure/memory" },
	{ KM_FIELD(struct km_pressure, avg10_ratio, KM_RATIO), .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "10s",
	  SHARE("10"), .origin = "/proc/pressure/memory avg10" },
	{ KM_FIELD(struct km_pressure, avg60_ratio, KM_RATIO), .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "60s",
	  SHARE("60"), .origin = "/proc/pressure/memory avg60" },
	{ KM_FIELD(struct km_pressure, avg300_ratio, KM_RATIO), .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "300s",
	  SHARE("300"), .origin = "/proc/pressure/memory avg300" },
	{ KM_FIELD(struct km_pressure, stall_us, KM_COUNT), .flags = KM_SHOWN | KM_COUNTER, .head = "STALL-US",
	  .brief = "time since boot in which tasks waited",
	  .explain = "Wall-clock time in microseconds. The difference of two moments over the time between them is the exact "
		     "share, also over periods that the averages do not cover.",
	  .origin = "/proc/pressure/memory total", .kernels = "4.20+ with CONFIG_PSI" },
	{ 0 }
};

const struct km_sheet_type km_pressure_type = {
	.name = "pressure",
	.brief = "time that tasks waited for memory",
	.explain = "Pressure stall information of the whole machine. The file is missing if the kernel was built "
		   "without CONFIG_PSI or booted with psi=0. Some distributions need psi=1.",
	.fields = fields,
	.row_size = sizeof(struct km_pressure),
};

static double ratio_of(uint64_t hundredths)
{
	return km_num_ratio(hundredths, 10000);
}

struct km_sheet km_pressure_derive(struct km_pool *pool, const struct km_psi *psi)
{
	struct km_sheet sheet = { .type = &km_pressure_type };
	struct km_pressure *rows;

	if (!psi)
		return sheet;
	rows = km_pool_alloc(pool, psi->entries.len, sizeof(*rows));
	for (size_t i = 0; i < psi->entries.len; i++) {
		const struct km_psi_entry *entry = &psi->entries.items[i];

		km_row_init(&km_pressure_type, &rows[i]);
		rows[i].stalled = km_word_of(&vocabulary, entry->kind, pool);
		rows[i].avg10_ratio = ratio_of(entry->avg10);
		rows[i].avg60_ratio = ratio_of(entry->avg60);
		rows[i].avg300_ratio = ratio_of(entry->avg300);
		rows[i].stall_us = entry->total;
	}
	sheet.rows = rows;
	sheet.len = psi->entries.len;
	return sheet;
}
