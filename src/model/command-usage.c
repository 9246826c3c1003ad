// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"
#include "model/command-usage.h"

#define STATUS(word) .origin = "/proc/PID/status " word ", through libproc2"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_command_usage, command, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "COMMAND",
	  .brief = "command that the processes run",
	  .explain = "As the kernel names it: at most 15 bytes, which a process can change.",
	  STATUS("Name") },
	{ KM_FIELD(struct km_command_usage, processes, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "PROCS", .brief = "processes of that command",
	  .explain = "Kernel threads count as separate processes here.",
	  .origin = "/proc, through libproc2" },
	{ KM_FIELD(struct km_command_usage, threads, KM_COUNT), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "THREADS", .brief = "their threads",
	  .explain = "Each thread has a kernel stack: threads times the stack size (16 KiB on "
		     "most 64-bit machines) is about KernelStack of /proc/meminfo.",
	  STATUS("Threads") },
	{ KM_FIELD(struct km_command_usage, anonymous_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "ANON", .brief = "anonymous memory mapped by them",
	  .explain = "Memory that would be freed if they ended. Pages shared since a fork count "
		     "in each process, so the total may exceed that of the account.",
	  STATUS("RssAnon") },
	{ KM_FIELD(struct km_command_usage, shared_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "SHMEM", .brief = "shared memory mapped by them",
	  .explain = "Counts in each process that maps it.",
	  STATUS("RssShmem") },
	{ KM_FIELD(struct km_command_usage, file_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "FILE",
	  .brief = "page cache mapped by them",
	  .explain = "Programs, libraries and files. Counts in each process that maps it.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_command_usage, resident_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "RSS", .brief = "all memory mapped by them",
	  .explain = "Anonymous, shared and file memory. Shared pages count in each process, so "
		     "the total is not part of the account.",
	  STATUS("VmRSS") },
	{ 0 }
};

const struct km_sheet_type km_command_usage_type = {
	.name = "commands",
	.brief = "which commands use the memory of processes",
	.explain = "Only for a running system: no captured file contains it.",
	.fields = fields,
	.row_size = sizeof(struct km_command_usage),
	.sort = "anonymous_bytes:desc",
};

static void add(struct km_command_usage *row, const struct km_process *process)
{
	uint64_t mapped = km_num_add(process->anonymous_bytes, process->shared_bytes);

	row->processes++;
	row->threads += process->threads;
	row->anonymous_bytes = km_num_add(row->anonymous_bytes, process->anonymous_bytes);
	row->shared_bytes = km_num_add(row->shared_bytes, process->shared_bytes);
	row->resident_bytes = km_num_add(row->resident_bytes, process->resident_bytes);
	if (process->resident_bytes > mapped)
		row->file_bytes = km_num_add(row->file_bytes, process->resident_bytes - mapped);
}

struct km_sheet km_command_usage_derive(struct km_pool *pool, const struct km_processes *processes)
{
	struct km_sheet sheet = { .type = &km_command_usage_type };
	struct km_index index = { 0 };
	const struct km_process *process;
	struct km_command_usage *rows, *totals;

	if (!processes)
		return sheet;
	rows = km_pool_alloc(pool, processes->list.len, sizeof(*rows));
	km_array_each(process, &processes->list) {
		size_t number = km_index_of(&index, 0, process->command);

		rows[number].command = process->command;
		add(&rows[number], process);
	}
	sheet.rows = rows;
	sheet.len = index.keys.len;
	km_index_deinit(&index);
	sheet.totals = totals = km_pool_alloc(pool, 1, sizeof(*totals));
	km_row_init(&km_command_usage_type, totals);
	km_sheet_sum(&sheet, totals);
	return sheet;
}
