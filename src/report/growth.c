// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/units.h"
#include "machine/recording.h"
#include "model/interval.h"
#include "model/trend.h"
#include "report/growth.h"
#include "report/moment-recording.h"
#include "report/options.h"
#include "report/report.h"

/* A late or restarted recorder leaves a gap of some samples. A larger gap means that it ended. */
enum { LEAST_AGE_SECONDS = 600, MOST_INTERVALS = 3 };

static double seconds_between(int64_t from_us, int64_t to_us)
{
	return ((double)to_us - (double)from_us) / 1e6;
}

static bool is_too_old(struct km_machine *machine, const struct km_growth_source *source)
{
	const size_t len = source->recording->samples.len;
	const struct km_recording_sample *samples = source->recording->samples.items, *last = &samples[len - 1];
	double age, most = LEAST_AGE_SECONDS, usual;
	char buf[KM_UNITS_SIZE];

	if (source->now_us == KM_NO_TIME)
		return false;
	age = seconds_between(last->clock.wall_us, source->now_us);
	usual = len > 1 ? seconds_between(samples[0].clock.wall_us, last->clock.wall_us) / (double)(len - 1) : 0;
	most = usual * MOST_INTERVALS > most ? usual * MOST_INTERVALS : most;
	if (age <= most)
		return false;
	km_problem_source(&machine->problems, km_str_from(source->recording->path), NULL, "the recording ended %s ago",
			  km_units_seconds(buf, age));
	return true;
}

/* Growth on another machine, or before the last boot, does not describe this machine. */
static bool is_of_another(struct km_machine *machine, const struct km_growth_source *source)
{
	struct km_host recorded;
	const struct km_word *relation;

	km_recording_host(source->recording, source->recording->samples.len - 1, &machine->pool, &recorded);
	relation = km_readings_relate(&recorded, &machine->host).relation;
	if (relation != &km_relation_words[KM_RELATION_OTHER_BOOT] && relation != &km_relation_words[KM_RELATION_OTHER_MACHINE])
		return false;
	km_problem_source(&machine->problems, km_str_from(source->recording->path), NULL,
			  "its last sample and %s are of %s", source->now_us == KM_NO_TIME ? "the capture" : "this machine",
			  relation->brief);
	return true;
}

static bool is_too_short(const struct km_sheet *rows)
{
	for (size_t i = 0; i < rows->len; i++)
		if (((const struct km_trend *)km_sheet_row(rows, i))->verdict != &km_trend_words[KM_TREND_TOO_SHORT])
			return false;
	return true;
}

const struct km_growth *km_growth_derive(struct km_machine *machine, const struct km_growth_source *source)
{
	const struct km_trend_options options = { .recording = source->recording };
	const struct km_query query = { .need = KM_REQUIRED, .options = &options };
	struct km_growth *growth = km_pool_alloc(&machine->pool, 1, sizeof(*growth));
	struct km_err err;
	int r;

	*growth = (struct km_growth){ source->recording->path, { .type = &km_trend_type } };
	if (is_too_old(machine, source) || is_of_another(machine, source))
		return growth;
	r = km_report_trend.derive(machine, &query, &growth->rows, &err);
	if (!r && !is_too_short(&growth->rows))
		return growth;
	km_problem_source(&machine->problems, km_str_from(growth->path), NULL, "%s",
			  r ? err.what : "no row has 12 samples in 10 minutes");
	growth->rows.len = 0;
	return growth;
}
