// SPDX-License-Identifier: GPL-2.0-or-later
/* The command table, and one way to parse a command line for all of them. */
#include <stdlib.h>
#include "cli/command.h"
#include "cli/spelling.h"

const struct km_command *const km_commands[] = {
	&km_cmd_summary,
	&km_cmd_buddy,
	&km_cmd_capture,
	&km_cmd_complete,
	&km_cmd_explain,
	&km_cmd_fields,
	&km_cmd_fragmentation,
	&km_cmd_gfp,
	&km_cmd_log,
	&km_cmd_module,
	&km_cmd_pages,
	&km_cmd_probe,
	&km_cmd_slab,
	&km_cmd_vmalloc,
	&km_cmd_zones,
	NULL
};

const struct km_command *km_cmd_find(const char *name)
{
	const struct km_command *const *command;

	for (command = km_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

struct parse {
	const struct km_command *command;
	struct km_options *options;
	void *input;
};

static error_t parse_any(int key, char *arg, struct argp_state *state)
{
	struct parse *parse = state->input;
	error_t r;

	if (key == ARGP_KEY_INIT && !parse->command->no_reports)
		state->child_inputs[0] = state->child_inputs[1] = parse->options;
	if (!parse->command->parse)
		return key == ARGP_KEY_INIT ? 0 : ARGP_ERR_UNKNOWN;
	state->input = parse->input;
	r = parse->command->parse(key, arg, state);
	state->input = parse;
	return key == ARGP_KEY_INIT ? 0 : r;
}

void km_cmd_check_spelling(const struct argp *argp, int argc, char **argv, bool in_order)
{
	const char *word, *meant = km_spelling_check(argp, argc, argv, in_order, &word);

	if (!meant)
		return;
	fprintf(stderr, "%s: unrecognized option '%s'\n  did you mean '--%s'?\n", argv[0], word, meant);
	exit(KM_EXIT_USAGE);
}

/* An empty sheet tells as well as a full one whether the words of --columns and --sort are known. */
static void check_view(const struct km_command *command, const struct km_options *options,
		       const void *input)
{
	const struct km_sheet none = {
		.type = command->sheet_of ? command->sheet_of(input) : command->sheet,
	};
	struct km_pool pool = { 0 };
	struct km_view view;
	struct km_err err;
	int r;

	if (!none.type)
		return;
	r = km_view_init(&view, &pool, &none, &options->view, &err);
	km_pool_deinit(&pool);
	if (!r)
		return;
	km_cmd_complain(&err);
	exit(KM_EXIT_USAGE);
}

void km_cmd_parse(const struct km_command *command, int argc, char **argv,
		  struct km_options *options, void *input)
{
	struct parse parse = { command, options, input };
	char doc[2048];
	const struct argp argp = {
		.options = command->options,
		.parser = parse_any,
		.args_doc = command->args,
		.doc = doc,
		.children = command->no_reports ? NULL : km_options_children,
	};

	snprintf(doc, sizeof(doc), "%s.%s%s", command->brief, command->doc ? "\v" : "",
		 command->doc ? command->doc : "");
	doc[0] = (char)(doc[0] >= 'a' && doc[0] <= 'z' ? doc[0] - 'a' + 'A' : doc[0]);
	km_cmd_check_spelling(&argp, argc, argv, false);
	argp_parse(&argp, argc, argv, 0, NULL, &parse);
	check_view(command, options, input);
}
