// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "machine/recording-read.h"
#include "machine/recording-schema.h"

struct km_str km_recording_report(const struct km_recording *recording, int64_t id)
{
	const struct km_recording_report *report;

	km_array_each(report, &recording->tables->reports)
		if (report->id == id)
			return report->name;
	return (struct km_str){ 0 };
}

static void tell_gaps(struct km_problems *problems, const char *path, const struct km_database_gaps *gaps)
{
	struct km_str source = km_str_from(path);

	if (gaps->end)
		km_problem_source(problems, source, KM_DATABASE_RECOVER, "the file was cut off");
	if (gaps->journal)
		km_problem_source(problems, source, NULL, "samples were lost: %s-wal is damaged", path);
	if (gaps->tables)
		km_problem_source(problems, source, KM_DATABASE_RECOVER, "the list of tables is damaged");
	if (gaps->latest)
		km_problem_source(problems, source, "copy both files to where files can be written",
				  "the last samples are in %s-wal, which cannot be read here", path);
}

int km_recording_open(struct km_recording *recording, const char *path, const struct km_recording_span *span,
		      struct km_problems *problems, struct km_err *err)
{
	struct km_database_gaps gaps = { .end = false };
	int r;

	*recording = (struct km_recording){ .path = path };
	recording->tables = km_pool_alloc(&recording->pool, 1, sizeof(*recording->tables));
	r = km_database_open_reader(&recording->database, path, &gaps, err);
	if (!r)
		r = km_recording_check(recording->database, path, err);
	if (!r)
		r = km_database_freeze(recording->database, err);
	if (!r && (gaps.end || gaps.tables || gaps.journal) && !problems)
		r = km_err_set(err, -EBADMSG, KM_DATABASE_RECOVER, "%s: is damaged", path);
	if (!r && problems)
		tell_gaps(problems, path, &gaps);
	if (!r)
		r = km_recording_load(recording, span, problems, err);
	if (r == -ENODATA && gaps.journal)
		r = km_err_set(err, -EBADMSG, NULL, "%s: is damaged: its samples were in %s-wal", path, path);
	if (r)
		km_recording_close(recording);
	return r;
}

void km_recording_close(struct km_recording *recording)
{
	if (recording->tables) {
		km_array_deinit(&recording->tables->fields);
		km_array_deinit(&recording->tables->reports);
	}
	km_array_deinit(&recording->boots);
	km_array_deinit(&recording->samples);
	km_array_deinit(&recording->series);
	km_database_close(recording->database);
	km_pool_deinit(&recording->pool);
	*recording = (struct km_recording){ .path = NULL };
}

size_t km_recording_number(const struct km_recording *recording, struct km_str type, const char *key)
{
	const struct km_recording_field *field;

	km_array_each(field, &recording->tables->fields)
		if (km_str_eq(field->type, type) && km_str_eq(field->key, km_str_from(key)))
			return field->number < 0 ? SIZE_MAX : (size_t)field->number;
	return SIZE_MAX;
}
