// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pressure.h"
#include "report/report.h"
#include "report/summary.h"
#include "report/assessment.h"
#include "report/verdict.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_assessment, severity, KM_WORD), .words = &km_severity_vocabulary, .flags = KM_SHOWN,
	  .head = "SEVERITY",
	  .brief = "severity of the most urgent finding",
	  .explain = "Unknown if nothing was found.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_assessment, critical, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "CRITICAL",
	  .brief = "number of critical findings", .explain = "See the findings.", .origin = "computed" },
	{ KM_FIELD(struct km_assessment, warnings, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "WARNINGS",
	  .brief = "number of warnings", .explain = "See the findings.", .origin = "computed" },
	{ KM_FIELD(struct km_assessment, notes, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "NOTES",
	  .brief = "number of notes", .explain = "See the findings.", .origin = "computed" },
	{ KM_FIELD(struct km_assessment, text, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "ASSESSMENT",
	  .brief = "the most urgent finding as a sentence",
	  .explain = "Meant for people; it may change.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_assessment, holder, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "HOLDER",
	  .brief = "users of the memory that is not free, as a sentence",
	  .explain = "The largest part of the account, and the largest part within it. Meant for people; it may change.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_assessment, total_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL, .head = "TOTAL",
	  .brief = "memory that the page allocator manages",
	  .explain = "`kmeminfo explain memory_total` says what it does not include.",
	  .origin = "/proc/meminfo MemTotal" },
	{ KM_FIELD(struct km_assessment, available_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL, .head = "AVAILABLE",
	  .brief = "memory that programs can still get without swapping",
	  .explain = "The kernel's estimate: free memory above the reserves, and about half of the page cache and of "
		     "the reclaimable slab, or more.",
	  .origin = "/proc/meminfo MemAvailable" },
	{ KM_FIELD(struct km_assessment, swap_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL, .head = "SWAP",
	  .brief = "swap space", .explain = "0: this machine has no swap.", .origin = "/proc/meminfo SwapTotal" },
	{ KM_FIELD(struct km_assessment, swap_used_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL, .head = "SWAP USED",
	  .brief = "swap space in use",
	  .explain = "Pages in swap may be in memory too, in the swap cache.",
	  .origin = "/proc/meminfo SwapTotal - SwapFree" },
	{ KM_FIELD(struct km_assessment, stalled_ratio, KM_RATIO), .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "WAITING",
	  .brief = "share of the last 60 seconds in which a task waited for memory",
	  .explain = "See `kmeminfo pressure`. Unknown if the kernel does not measure it.",
	  .origin = "/proc/pressure/memory some avg60", .kernels = "4.20+ with CONFIG_PSI" },
	{ 0 }
};

const struct km_sheet_type km_assessment_type = {
	.name = "assessment",
	.brief = "what the findings and the account amount to",
	.explain = "The findings come from fixed rules. No finding does not mean that nothing is wrong.",
	.fields = fields,
	.row_size = sizeof(struct km_assessment),
};

static uint64_t count(const struct km_sheet *findings, enum km_severity severity)
{
	uint64_t found = 0;

	for (size_t i = 0; i < findings->len; i++)
		found += ((const struct km_finding *)km_sheet_row(findings, i))->severity ==
			 &km_severities[severity];
	return found;
}

static uint64_t meminfo_bytes(const struct km_summary *summary, const char *key)
{
	return km_meminfo_bytes(summary->finding_input.meminfo, km_str_from(key));
}

/* Some tasks' wait over the last 60 seconds. */
static double stalled(struct km_machine *machine)
{
	const struct km_sheet rows = km_pressure_derive(&machine->pool, km_machine_psi(machine, KM_OPTIONAL));

	return rows.len ? ((const struct km_pressure *)km_sheet_row(&rows, 0))->avg60_ratio : KM_UNKNOWN_REAL;
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	const struct km_summary *summary = km_summary_of(machine, query);
	struct km_assessment *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));
	const struct km_sheet *findings = &summary->findings;

	(void)err;
	*ret = (struct km_sheet){ &km_assessment_type, row, 1, NULL };
	row->critical = count(findings, KM_CRITICAL);
	row->warnings = count(findings, KM_WARNING);
	row->notes = count(findings, KM_NOTE);
	if (findings->len)
		row->severity = ((const struct km_finding *)km_sheet_row(findings, 0))->severity;
	row->text = km_verdict_findings(machine, summary);
	row->holder = km_verdict_users(&machine->pool, summary);
	row->total_bytes = meminfo_bytes(summary, "MemTotal");
	row->available_bytes = meminfo_bytes(summary, "MemAvailable");
	row->swap_bytes = meminfo_bytes(summary, "SwapTotal");
	row->swap_used_bytes = km_num_sub(row->swap_bytes, meminfo_bytes(summary, "SwapFree"));
	row->stalled_ratio = summary->account_input.foreign ? KM_UNKNOWN_REAL : stalled(machine);
	return 0;
}

static const struct km_look look = { .kind = KM_LOOK_LEAD };

const struct km_report km_report_assessment = {
	.key = "assessment",
	.shape = KM_SHAPE_ROW,
	.type = &km_assessment_type,
	.look = &look,
	.derive = derive,
};
