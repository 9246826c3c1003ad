// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the shells' completions ask for: words of this very program, a line each, with a tab and
 * a phrase behind. They cannot fall behind it.
 */
#include "cmd.h"
#include "explain/topics.h"

struct input {
	const char *what, *of;
};

static void put(const char *word, const char *brief)
{
	printf("%s\t%s\n", word, brief ? brief : "");
}

static enum km_exit complete_commands(const char *of)
{
	const struct km_command *const *command;

	(void)of;
	for (command = km_commands; *command; command++)
		put((*command)->name, (*command)->brief);
	return KM_EXIT_COMPLETE;
}

static void put_options(const struct argp_option *option)
{
	for (; option && (option->name || option->key || option->doc); option++)
		if (option->name && !(option->flags & OPTION_HIDDEN))
			printf("--%s%s\t%s\n", option->name, option->arg ? "=" : "",
			       option->doc ? option->doc : "");
}

/* Without a command: the options that stand before one. */
static enum km_exit complete_options(const char *of)
{
	const struct km_command *command = of ? km_cmd_find(of) : NULL;
	const struct argp_child *child;

	if (command)
		put_options(command->options);
	if (!command || !command->no_reports)
		for (child = km_options_children; child->argp; child++)
			put_options(child->argp->options);
	put("--help", "print help");
	put("--version", "print the version");
	return KM_EXIT_COMPLETE;
}

static enum km_exit complete_columns(const char *of)
{
	const struct km_command *command = of ? km_cmd_find(of) : NULL;
	const struct km_field *field;

	if (!command || !command->sheet)
		return KM_EXIT_COMPLETE;
	km_field_each(field, command->sheet)
		if (!(field->flags & KM_TOTAL_ONLY))
			put(field->key, field->brief);
	return KM_EXIT_COMPLETE;
}

static enum km_exit complete_topics(const char *of)
{
	struct km_pool pool = { 0 };
	struct km_sheet topics = km_topics_derive(&pool);

	(void)of;
	for (size_t i = 0; i < topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&topics, i);

		put(row->key.ptr, row->brief.ptr);
	}
	km_pool_deinit(&pool);
	return KM_EXIT_COMPLETE;
}

static enum km_exit complete_sheets(const char *of)
{
	const struct km_sheet_type *const *type;

	(void)of;
	for (type = km_sheet_types; *type; type++)
		put((*type)->name, (*type)->brief);
	return KM_EXIT_COMPLETE;
}

static const struct {
	const char *what;
	enum km_exit (*run)(const char *of);
} completions[] = {
	{ "columns", complete_columns },
	{ "commands", complete_commands },
	{ "options", complete_options },
	{ "sheets", complete_sheets },
	{ "topics", complete_topics },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (!input->what)
			input->what = arg;
		else if (!input->of)
			input->of = arg;
		else
			argp_error(state, "complete takes two words at most");
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "complete wants to know what");
		return EINVAL;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	struct input input = { 0 };

	km_cmd_parse(&km_cmd_complete, argc, argv, options, &input);
	for (size_t i = 0; i < sizeof(completions) / sizeof(*completions); i++)
		if (!strcmp(input.what, completions[i].what))
			return completions[i].run(input.of);
	fprintf(stderr, "kmeminfo: cannot complete '%s'\n", input.what);
	return KM_EXIT_USAGE;
}

const struct km_command km_cmd_complete = {
	.name = "complete",
	.brief = "words for the shells' completions",
	.args = "WHAT [COMMAND]",
	.doc = "WHAT is columns, commands, options, sheets or topics.",
	.no_reports = true,
	.parse = parse,
	.run = run,
};
