// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <unistd.h>
#include "cli/command.h"

void km_cmd_complain(const struct km_err *err)
{
	fprintf(stderr, "kmeminfo: %s\n", err->what);
	if (*err->hint)
		fprintf(stderr, "  %s\n", err->hint);
}

bool km_report_init(struct km_report *report, const struct km_options *options)
{
	struct km_err err;

	*report = (struct km_report){ .options = options };
	if (!km_machine_init(&report->machine, options->from, options->page_bytes, &err))
		return true;
	km_cmd_complain(&err);
	km_report_deinit(report);
	return false;
}

void km_report_deinit(struct km_report *report)
{
	km_array_deinit(&report->sections);
	km_machine_deinit(&report->machine);
}

static void print_problem(const struct km_problem *problem)
{
	fprintf(stderr, "kmeminfo: %.*s:", KM_STR_ARG(problem->source));
	if (problem->line != KM_UNKNOWN)
		fprintf(stderr, "%llu:", (unsigned long long)problem->line);
	fprintf(stderr, " %.*s\n", KM_STR_ARG(problem->reason));
	if (problem->more)
		fprintf(stderr, "  and %llu more such lines\n", (unsigned long long)problem->more);
	if (problem->hint.ptr)
		fprintf(stderr, "  %.*s\n", KM_STR_ARG(problem->hint));
}

static struct km_section *add_section(struct km_report *report, const char *key, enum km_shape shape,
				      struct km_sheet sheet, const struct km_view_options *view,
				      struct km_err *err)
{
	struct km_section *section = km_array_push(&report->sections);
	struct km_sheet *kept = km_pool_alloc(&report->machine.pool, 1, sizeof(*kept));

	*kept = sheet;
	section->key = key;
	section->shape = shape;
	return km_view_init(&section->view, &report->machine.pool, kept, view, err) ? NULL : section;
}

/* A part of the report that the options are about. */
static bool add_own(struct km_report *report, const char *key, enum km_shape shape,
		    struct km_sheet sheet)
{
	struct km_view_options view = report->options->view;
	struct km_err err;

	view.all_columns = report->options->json || shape == KM_SHAPE_ROW;
	if (add_section(report, key, shape, sheet, &view, &err))
		return true;
	km_cmd_complain(&err);
	return false;
}

bool km_report_add(struct km_report *report, const char *key, struct km_sheet sheet)
{
	return add_own(report, key, KM_SHAPE_SHEET, sheet);
}

bool km_report_add_row(struct km_report *report, const char *key, const struct km_sheet_type *type,
		       const void *row)
{
	void *kept = km_pool_alloc(&report->machine.pool, 1, type->row_size);

	memcpy(kept, row, type->row_size);
	return add_own(report, key, KM_SHAPE_ROW, (struct km_sheet){ type, kept, 1, NULL });
}

struct km_section *km_report_add_part(struct km_report *report, const char *key, enum km_shape shape,
				      struct km_sheet sheet, const char *columns, uint64_t top)
{
	struct km_view_options view = {
		.all_columns = report->options->json,
		.usual = columns,
		.top = top,
	};

	return add_section(report, key, shape, sheet, &view, NULL);
}

void km_report_add_below(struct km_report *report, const char *key, struct km_sheet sheet)
{
	km_report_add_part(report, key, KM_SHAPE_SHEET, sheet, NULL, KM_UNKNOWN);
}

void km_report_need_module(struct km_report *report, enum km_file file)
{
	struct km_machine *machine = &report->machine;
	struct km_str source = km_source_name(machine->source, km_files[file].path);
	const struct km_problem *problem;

	/* that it is there and refused was said already */
	km_array_each(problem, &machine->problems.list)
		if (km_str_eq(problem->source, source))
			return;
	if (report->options->from)
		km_problem_source(&machine->problems, source, NULL,
				  "the capture has no figures of the helper module");
	else
		km_problem_source(&machine->problems, source, "'kmeminfo module' tells how to load it",
				  "the helper module is not loaded");
}

void km_output_check(int error)
{
	if (fflush(stdout) || ferror(stdout))
		error = errno;
	else if (!error)
		return;
	fprintf(stderr, "kmeminfo: cannot write%s%s\n", error ? ": " : "", error ? strerror(error) : "");
	_exit(KM_EXIT_FAILED);
}

enum km_exit km_report_finish(struct km_report *report)
{
	const struct km_problems *problems = &report->machine.problems;
	const struct km_document document = {
		.host = &report->machine.host,
		.problems = problems,
		.group = report->group,
		.sections = report->sections.items,
		.len = report->sections.len,
	};
	struct km_style style = km_options_style(report->options);
	const struct km_problem *problem;
	int r;

	km_machine_note_failures(&report->machine);
	errno = 0;
	r = report->options->json ? km_render_json(stdout, &document, &style) :
				    km_render_text(stdout, &document, &style);
	km_output_check(-r);
	km_array_each(problem, &problems->list)
		print_problem(problem);
	return km_problems_matter(problems) ? KM_EXIT_INCOMPLETE : KM_EXIT_COMPLETE;
}
