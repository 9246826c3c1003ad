// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/topics.h"
#include "cli/manual-topics.h"
#include "cli/messages.h"
#include "report/options.h"
#include "render/manual.h"
#include "render/schema.h"

enum format { FORMAT_TABLE, FORMAT_MAN, FORMAT_FILES, FORMAT_SCHEMA, FORMAT_TOPICS, FORMAT_MESSAGES };
enum { OPT_FORMAT = 512 };

struct input {
	enum format format;
	struct km_fields_options fields;
};

static const struct argp_option own_options[] = {
	{ "format", OPT_FORMAT, "FORMAT", 0,
	  "table (the default), man (the manual page of fields), files (the manual page's list of "
	  "files), schema (the JSON Schema), topics (the manual page of topics) or messages (all sentences, for "
	  "translators)", 0 },
	{ 0 }
};

static const char *const format_words[] = { "table", "man", "files", "schema", "topics", "messages", NULL };

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
		if (input->fields.group)
			argp_error(state, "fields accepts only one SHEET");
		input->fields.group = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void operands(FILE *out)
{
	const struct km_sheet_type *const *type;
	struct km_pool pool = { 0 };

	for (type = km_report_row_types(&pool); *type; type++)
		km_complete_put(out, (*type)->name, (*type)->brief);
	km_pool_deinit(&pool);
}

static int print_files(FILE *out)
{
	fputs(".Bl -tag -width indent\n", out);
	for (size_t i = 0; i < KM_FILES; i++)
		km_manual_file(out, km_files[i].path, km_files[i].of_release ? "RELEASE" : "", km_files[i].brief,
			       km_files[i].asked_only    ? "Read only on request." :
			       km_files[i].of_release    ? "Read by gfp; not part of a capture." :
			       km_files[i].only_read     ? "Not part of a capture." :
			       km_files[i].extra         ? "A capture is complete without it." :
			       km_files[i].only_captured ? "Found in captures only." :
							   NULL);
	fputs(".El\n", out);
	return ferror(out) ? -EIO : 0;
}

static int print_format(enum format format, struct km_pool *pool)
{
	switch (format) {
	case FORMAT_FILES:
		return print_files(stdout);
	case FORMAT_SCHEMA:
		return km_render_schema(stdout, km_reports);
	case FORMAT_TOPICS:
		return km_manual_topics(stdout);
	case FORMAT_MESSAGES:
		return km_messages_print(stdout);
	default:
		return km_render_manual(stdout, km_report_row_types(pool), km_report_vocabularies(pool));
	}
}

static enum km_exit add(struct km_session *session, const void *input)
{
	return km_session_add(session, &km_report_fields, &((const struct input *)input)->fields);
}

/* Prints the table as a report. The other formats are files of the source tree. */
static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;
	struct km_pool pool = { 0 };
	int r;

	if (own->format == FORMAT_TABLE)
		return km_command_run_reports(&km_command_fields, input, options);
	r = print_format(own->format, &pool);
	km_pool_deinit(&pool);
	return r ? KM_EXIT_FAILED : KM_EXIT_COMPLETE;
}

const struct km_command km_command_fields = {
	.name = "fields",
	.brief = "all fields, words and topics",
	.examples = (const struct km_example[]){
		{ "kmeminfo fields slab", "the columns of slab" },
		{ "kmeminfo fields -o key,brief --top 20", "keys and what they mean" },
		{ 0 }
	},
	.args = "[SHEET]",
	.options = own_options,
	.choices = choices,
	.operands = operands,
	.parse = parse,
	.report = &km_report_fields,
	.input_size = sizeof(struct input),
	.add = add,
	.run = run,
	.confined = true,
};
