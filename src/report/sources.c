// SPDX-License-Identifier: GPL-2.0-or-later
/* The files that were read so far, and the time for reading them. */
#include "model/source-state.h"
#include "report/report.h"

/* Whether a missing file is a problem. A file that only some machines have is not. */
static bool is_missed(const struct km_problems *problems, struct km_str source)
{
	const struct km_problem *problem;

	km_array_each(problem, &problems->list)
		if (km_str_eq(problem->source, source))
			return true;
	return false;
}

static uint64_t count_lines(const struct km_problems *problems, struct km_str source)
{
	const struct km_problem *problem;
	uint64_t lines = 0;

	km_array_each(problem, &problems->list)
		if (problem->line != KM_UNKNOWN && km_str_eq(problem->source, source))
			lines += 1 + problem->more;
	return lines;
}

static int derive_sources(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			  struct km_err *err)
{
	struct km_source_state *rows = km_pool_alloc(&machine->pool, KM_FILES, sizeof(*rows));
	size_t len = 0;

	(void)query;
	(void)err;
	for (size_t file = 0; file < KM_FILES; file++) {
		const struct km_str name = km_source_name(machine->source, km_files[file].path);

		if (machine->have[file] || (machine->asked[file] && is_missed(&machine->problems, name)))
			rows[len++] = (struct km_source_state){ name, km_tri_of(machine->have[file]),
								count_lines(&machine->problems, name) };
	}
	*ret = (struct km_sheet){ &km_source_state_type, rows, len, NULL };
	return 0;
}

static int derive_scrape(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct km_scrape *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));

	(void)query;
	(void)err;
	row->duration_seconds = km_machine_age_seconds(machine);
	*ret = (struct km_sheet){ &km_scrape_type, row, 1, NULL };
	return 0;
}

const struct km_report km_report_source = {
	.key = "source",
	.shape = KM_SHAPE_LIST,
	.flags = KM_REPORT_JSON_ONLY,
	.type = &km_source_state_type,
	.derive = derive_sources,
};

const struct km_report km_report_scrape = {
	.key = "scrape",
	.shape = KM_SHAPE_ROW,
	.flags = KM_REPORT_JSON_ONLY,
	.type = &km_scrape_type,
	.derive = derive_scrape,
};
