// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a day of 10-second samples costs: record-day FILE SAMPLES SHARE. 250 caches, 300 callers of vmalloc and 500
 * commands. SHARE percent of the rows change in every sample, with all of their values. Prints the bytes of the file
 * and the milliseconds of CPU a sample, both without reading the machine.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include "machine/recorder.h"
#include "model/command-usage.h"
#include "model/slab.h"
#include "model/vmalloc.h"
#include "../unit/dice.h"

enum { CACHES = 250, CALLERS = 300, COMMANDS = 500, PAGE = 4096 };

static uint64_t seed = DICE_INIT;

static uint64_t dice(uint64_t sides)
{
	return dice_next(&seed) % sides;
}

/* A number that goes up and down by up to a thirtieth, and by 40 at least. */
static uint64_t drift(uint64_t number)
{
	uint64_t reach = number / 30 + 40;

	number += dice(2 * reach + 1);
	return number > reach ? number - reach : 0;
}

static void change_cache(struct km_slab *row)
{
	row->objects_per_slab = PAGE * row->pages_per_slab / row->object_bytes;
	row->active_objects = drift(row->active_objects);
	row->objects = row->active_objects + dice(row->active_objects / 8 + 10);
	row->slabs = row->objects / row->objects_per_slab + 1;
	row->objects = row->slabs * row->objects_per_slab;
	row->size_bytes = row->slabs * row->pages_per_slab * PAGE;
	row->used_bytes = row->active_objects * row->object_bytes;
	row->idle_bytes = row->size_bytes - row->used_bytes;
}

static void change_caller(struct km_vmalloc *row)
{
	row->areas = drift(row->areas);
	row->memory_bytes = drift(row->memory_bytes / PAGE) * PAGE;
	row->guard_bytes = row->areas * PAGE;
	row->virtual_bytes = row->memory_bytes + row->guard_bytes;
	row->device_bytes = row->lazy_bytes = 0;
	row->largest_bytes = drift(row->largest_bytes / PAGE) * PAGE;
}

static void change_command(struct km_command_usage *row)
{
	row->threads = row->processes + dice(4);
	row->anonymous_bytes = drift(row->anonymous_bytes / PAGE) * PAGE;
	row->file_bytes = drift(row->file_bytes / PAGE) * PAGE;
	row->shared_bytes = drift(row->shared_bytes / PAGE) * PAGE;
	row->resident_bytes = row->anonymous_bytes + row->file_bytes + row->shared_bytes;
}

static struct km_slab caches[CACHES];
static struct km_vmalloc callers[CALLERS];
static struct km_command_usage commands[COMMANDS];

static void fill(struct km_pool *pool)
{
	for (unsigned int i = 0; i < CACHES; i++) {
		km_row_init(&km_slab_type, &caches[i]);
		caches[i].name = km_pool_printf(pool, "cache-of-some-driver-%u", i);
		caches[i].number = 1;
		caches[i].object_bytes = 8 * (1 + dice(200));
		caches[i].pages_per_slab = 1 + dice(8);
		caches[i].active_objects = dice(100000);
		change_cache(&caches[i]);
	}
	for (unsigned int i = 0; i < CALLERS; i++) {
		km_row_init(&km_vmalloc_type, &callers[i]);
		callers[i].caller = km_pool_printf(pool, "some_function_of_a_driver_%u", i);
		callers[i].areas = dice(1000);
		callers[i].memory_bytes = dice(100000) * PAGE;
		callers[i].largest_bytes = dice(1000) * PAGE;
		change_caller(&callers[i]);
	}
	for (unsigned int i = 0; i < COMMANDS; i++) {
		km_row_init(&km_command_usage_type, &commands[i]);
		commands[i].command = km_pool_printf(pool, "command-%u", i);
		commands[i].processes = 1;
		commands[i].anonymous_bytes = dice(100000) * PAGE;
		commands[i].file_bytes = dice(10000) * PAGE;
		commands[i].shared_bytes = dice(1000) * PAGE;
		change_command(&commands[i]);
	}
}

static void change(uint64_t share)
{
	for (size_t i = 0; i < CACHES; i++)
		if (dice(100) < share)
			change_cache(&caches[i]);
	for (size_t i = 0; i < CALLERS; i++)
		if (dice(100) < share)
			change_caller(&callers[i]);
	for (size_t i = 0; i < COMMANDS; i++)
		if (dice(100) < share)
			change_command(&commands[i]);
}

static int record(struct km_recorder *recorder, unsigned long samples, uint64_t share, struct km_err *err)
{
	const struct km_recorded_boot boot = { KM_STR("boot"), KM_STR("6.12"), KM_STR("x86_64"), PAGE };
	const struct km_recorded_sheet sheets[] = {
		{ "slab", { &km_slab_type, caches, CACHES, NULL } },
		{ "vmalloc", { &km_vmalloc_type, callers, CALLERS, NULL } },
		{ "commands", { &km_command_usage_type, commands, COMMANDS, NULL } },
	};
	int r = 0;

	for (unsigned long i = 0; !r && i < samples; i++) {
		const struct km_clock clock = { (int64_t)i * 10000000, (int64_t)i * 10000000, (int64_t)i * 10000000 };

		r = km_recorder_sample(recorder, &clock, &boot, sheets, 3, false, err);
		change(share);
	}
	return r;
}

int main(int argc, char **argv)
{
	unsigned long samples = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
	struct km_recorder *recorder;
	struct km_pool pool = { 0 };
	struct stat stat_of;
	struct km_err err;
	clock_t start;

	if (!samples) {
		fprintf(stderr, "record-day FILE SAMPLES SHARE\n");
		return 2;
	}
	fill(&pool);
	start = clock();
	if (km_recorder_open(&recorder, argv[1], &err) || record(recorder, samples, strtoul(argv[3], NULL, 10), &err)) {
		fprintf(stderr, "record-day: %s\n", err.what);
		return 1;
	}
	km_recorder_close(recorder);
	if (stat(argv[1], &stat_of))
		return 1;
	printf("%lld %.3f\n", (long long)stat_of.st_size, (double)(clock() - start) * 1000 / CLOCKS_PER_SEC / (double)samples);
	km_pool_deinit(&pool);
	return 0;
}
