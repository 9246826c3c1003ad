// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads /proc/vmallocinfo in blocks and sums it up, because a million areas are too many to keep. */
#include <errno.h>
#include "machine/machine.h"
#include "model/page.h"

struct stream {
	struct km_parse parse;
	struct km_vmallocinfo_taker taker;
	bool blank;
};

static void take_block(void *data, struct km_str block)
{
	struct stream *stream = data;

	stream->blank = stream->blank && km_str_is_blank(block);
	km_parse_vmallocinfo(&stream->parse, block, &stream->taker);
}

static int read_areas(struct km_machine *machine, struct km_problems *problems,
		      const struct km_vmallocinfo_taker *taker, struct km_err *err)
{
	const char *path = km_files[KM_FILE_VMALLOCINFO].path;
	struct stream stream = {
		.parse = { .source = km_source_name(machine->source, path), .problems = problems },
		.taker = *taker,
		.blank = true,
	};
	const struct km_source_taker blocks = { take_block, &stream, .keeps = false };
	int r = km_source_stream(machine->source, path, &blocks, err);

	if (r || !stream.blank)
		return r;
	return km_err_set(err, -ENODATA, NULL, "is empty");
}

static void vote(void *data, const struct km_vmallocinfo_area *areas, size_t len)
{
	for (size_t i = 0; i < len; i++)
		km_page_vote_area(data, &areas[i]);
}

uint64_t km_machine_page_of_vmallocinfo(struct km_machine *machine)
{
	struct km_page_votes votes = { 0 };
	const struct km_vmallocinfo_taker taker = { vote, &votes };
	struct km_problems problems = { 0 };
	int r = read_areas(machine, &problems, &taker, NULL);

	/* bad lines are reported when a report reads the file */
	km_problems_deinit(&problems);
	return r ? KM_UNKNOWN : km_page_elected(&votes);
}

struct areas {
	struct km_vmalloc_tally *tally;
	const struct km_vmalloc_taker *taker;
};

static void add_areas(void *data, const struct km_vmallocinfo_area *areas, size_t len)
{
	const struct areas *all = data;
	struct km_vmalloc_found found[KM_VMALLOCINFO_BATCH];

	km_vmalloc_tally_add(all->tally, areas, len, all->taker ? found : NULL);
	for (size_t i = 0; all->taker && i < len; i++)
		all->taker->take(all->taker->data, &areas[i], &found[i]);
}

const struct km_vmalloc_tally *km_machine_vmalloc_areas(struct km_machine *machine, enum km_need need,
							unsigned int counted,
							const struct km_vmalloc_taker *taker)
{
	struct areas areas = { &machine->vmalloc, taker };
	const struct km_vmallocinfo_taker parsed = { add_areas, &areas };
	struct km_err err;
	int r;

	if (machine->asked[KM_FILE_VMALLOCINFO] && !taker && !(counted & ~machine->vmalloc.counted))
		return machine->have[KM_FILE_VMALLOCINFO] ? &machine->vmalloc : NULL;
	/* earlier rows borrow texts from the earlier reading */
	km_pool_join(&machine->pool, &machine->vmalloc.pool);
	km_vmalloc_tally_deinit(&machine->vmalloc);
	km_vmalloc_tally_init(&machine->vmalloc, machine->host.page_bytes, counted);
	r = read_areas(machine, &machine->problems, &parsed, &err);
	if (r && need == KM_OPTIONAL)
		return NULL;
	if (r)
		km_machine_set_unavailable(machine, KM_FILE_VMALLOCINFO, &err);
	machine->asked[KM_FILE_VMALLOCINFO] = true;
	machine->have[KM_FILE_VMALLOCINFO] = !r;
	if (r)
		return NULL;
	machine->host.pointers = km_pointers_of(&machine->vmalloc.pointers);
	return &machine->vmalloc;
}

const struct km_vmalloc_tally *km_machine_vmalloc(struct km_machine *machine, enum km_need need)
{
	return km_machine_vmalloc_areas(machine, need, KM_VMALLOC_ALL, NULL);
}
