// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/nearest.h"
#include "cli/command.h"
#include "report/topics.h"
#include "cli/manual-topics.h"
#include "report/parts.h"
#include "render/manual.h"
#include "render/schema.h"

enum format { FORMAT_TABLE, FORMAT_MAN, FORMAT_FILES, FORMAT_SCHEMA, FORMAT_TOPICS };
enum { OPT_FORMAT = 512 };

struct input {
	enum format format;
	const char *sheet; /* NULL: all */
};

static const struct argp_option own_options[] = {
	{ "format", OPT_FORMAT, "FORMAT", 0,
	  "table (the default), man (the manual page of fields), files (the manual page's list of "
	  "files), schema (the JSON Schema) or topics (the manual page of topics)", 0 },
	{ 0 }
};

static const char *const format_words[] = { "table", "man", "files", "schema", "topics", NULL };

static const struct km_choice choices[] = {
	{ "format", format_words },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_FORMAT:
		input->format = (enum format)km_choice_take(choices, arg, state);
		return 0;
	case ARGP_KEY_ARG:
		if (input->sheet)
			argp_error(state, "fields takes one SHEET");
		input->sheet = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void operands(FILE *out)
{
	const struct km_sheet_type *const *type;

	for (type = km_sheet_types; *type; type++)
		km_complete_put(out, (*type)->name, (*type)->brief);
}

/* Keeps the rows of one group. */
static void keep_group(struct km_sheet *topics, const char *group)
{
	struct km_topic_row *rows = (struct km_topic_row *)(uintptr_t)topics->rows;
	size_t len = 0;

	for (size_t i = 0; i < topics->len; i++)
		if (km_str_eq(rows[i].group, km_str_from(group)))
			rows[len++] = rows[i];
	topics->len = len;
}

static void no_such_sheet(const char *name)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	const struct km_sheet_type *const *type;

	for (type = km_sheet_types; *type; type++)
		km_nearest_offer(&nearest, (*type)->name);
	fprintf(stderr, "kmeminfo: no sheet is called '%s'\n", name);
	if (nearest.best)
		fprintf(stderr, "  did you mean '%s'?\n", nearest.best);
	else
		fputs("  'kmeminfo fields' lists all\n", stderr);
}

static enum km_exit print_table(const struct input *input, const struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	struct km_report report;
	struct km_sheet topics;

	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	topics = km_topics_derive(&report.machine.pool, KM_ENGLISH, &report.machine.problems);
	if (input->sheet)
		keep_group(&topics, input->sheet);
	if (!topics.len)
		no_such_sheet(input->sheet);
	else if (km_report_add(&report, km_topic_type.name, topics))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

static int print_files(FILE *out)
{
	fputs(".Bl -tag -width indent\n", out);
	for (size_t i = 0; i < KM_FILES; i++)
		km_manual_file(out, km_files[i].path, km_files[i].of_release ? "RELEASE" : "", km_files[i].brief,
			       km_files[i].asked_only    ? "Read only when it is asked for." :
			       km_files[i].of_release    ? "Read by gfp; no part of a capture." :
			       km_files[i].extra         ? "A capture is complete without it." :
			       km_files[i].only_captured ? "Found in captures only." :
							   NULL);
	fputs(".El\n", out);
	return ferror(out) ? -EIO : 0;
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	struct input input = { 0 };
	int r = 0;

	km_cmd_parse(&km_cmd_fields, argc, argv, options, &input);
	if (input.format == FORMAT_TABLE)
		return print_table(&input, options);
	if (input.format == FORMAT_FILES)
		r = print_files(stdout);
	else if (input.format == FORMAT_SCHEMA)
		r = km_render_schema(stdout, km_parts);
	else if (input.format == FORMAT_TOPICS)
		r = km_manual_topics(stdout);
	else
		r = km_render_manual(stdout, km_sheet_types, km_topic_groups);
	return r ? KM_EXIT_FAILED : KM_EXIT_COMPLETE;
}

const struct km_command km_cmd_fields = {
	.name = "fields",
	.brief = "every word that kmeminfo prints and can explain",
	.args = "[SHEET]",
	.options = own_options,
	.choices = choices,
	.operands = operands,
	.parse = parse,
	.sheet = &km_topic_type,
	.run = run,
};
