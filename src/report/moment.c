// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/moment.h"
#include "report/summary.h"

const struct km_report *km_moment_report(struct km_str type)
{
	return km_report_find(type, KM_REPORT_OVER_TIME);
}

/* Whether the files may be missing in a complete capture. */
static bool is_extra(const struct km_report *report)
{
	for (unsigned int file = 0; file < KM_FILES; file++)
		if (report->files & KM_NEEDS(file) && !km_files[file].extra)
			return false;
	return report->files;
}

/* Expensive files of a running machine are only read on request. */
static bool is_costly(const struct km_report *report)
{
	for (unsigned int file = 0; file < KM_FILES; file++)
		if (report->files & KM_NEEDS(file) && km_files[file].asked_only)
			return true;
	return false;
}

static bool has_problem(const struct km_problems *problems, const char *path)
{
	const struct km_problem *problem;

	km_array_each(problem, &problems->list) {
		struct km_str source = problem->source;

		if (!problem->optional && km_str_take_prefix(&source, KM_STR("/")) &&
		    km_str_eq(source, km_str_from(path)))
			return true;
	}
	return false;
}

/* Whether all files could be read. A report that names no files uses many: then there must be no problem at all. */
static bool is_whole(const struct km_report *report, const struct km_machine *machine)
{
	if (!report->files)
		return !km_problems_matter(&machine->problems);
	for (unsigned int file = 0; file < KM_FILES; file++)
		if (report->files & KM_NEEDS(file) && has_problem(&machine->problems, km_files[file].path))
			return false;
	return true;
}

/* A moment under construction. */
struct taking {
	struct km_machine *machine;
	struct km_query query;
	bool all_fields;
	struct km_summary *summary; /* derived once for all its parts */
};

static const void *options_of(struct taking *taking, const struct km_report *report)
{
	if (!report->group || strcmp(report->group, "summary"))
		return NULL;
	if (!taking->summary) {
		taking->summary = km_pool_alloc(&taking->machine->pool, 1, sizeof(*taking->summary));
		km_summary_derive(taking->machine, taking->query.need, false, taking->summary);
	}
	return taking->summary;
}

static int take(struct taking *taking, const struct km_report *report, struct km_moment_sheet *ret, struct km_err *err)
{
	const struct km_view_options view = { .top = KM_UNKNOWN };
	struct km_query query = taking->query;
	struct km_sheet sheet;
	int r;

	query.options = options_of(taking, report);
	query.extras = km_report_extras(report, taking->machine, &view, taking->all_fields);
	r = report->derive(taking->machine, &query, &sheet, err);
	/* leave out a report without rows, unless that means good news */
	if (!r && (sheet.len || report->flags & KM_REPORT_ALWAYS))
		ret->sheet = sheet;
	return r;
}

int km_moment_take(struct km_machine *machine, const char *name, const struct km_report *one, bool all_fields,
		   struct km_moment *ret, struct km_err *err)
{
	struct taking taking = { .machine = machine, .all_fields = all_fields };
	int r = 0;

	*ret = (struct km_moment){ .name = name, .host = &machine->host };
	/* comes first: it reads more of some files than other reports, and each file is only read once */
	if (!one)
		(void)options_of(&taking, &km_report_account);
	for (size_t i = 0; !r && km_reports[i]; i++) {
		const struct km_report *report = km_reports[i];
		bool costly = is_costly(report);

		if (one ? report != one : !(report->flags & KM_REPORT_OVER_TIME) ||
						  (costly && km_machine_is_live(machine)))
			continue;
		taking.query.need = !one && (costly || is_extra(report)) ? KM_OPTIONAL : KM_REQUIRED;
		r = take(&taking, report, &ret->sheets[i], err);
	}
	for (size_t i = 0; !r && km_reports[i]; i++)
		ret->sheets[i].whole = ret->sheets[i].sheet.type && is_whole(km_reports[i], machine);
	return r;
}
