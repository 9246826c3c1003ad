// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Words for shell completion. They come from the program itself, so they are always current: one per line,
 * followed by a tab and a phrase.
 */
#include "base/index.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "model/probe.h"
#include "screen/screen.h"
#include "words/say.h"

void km_complete_put(FILE *out, const char *word, const char *brief)
{
	fprintf(out, "%s\t%s\n", word, brief ? km_say(brief) : "");
}

static void complete_commands(const struct km_command *of, const char *option)
{
	const struct km_command *const *command;

	(void)of;
	(void)option;
	for (command = km_commands; *command; command++)
		km_complete_put(stdout, (*command)->name, (*command)->brief);
}

static void put_options(const struct argp_option *option)
{
	for (; option && (option->name || option->key || option->doc); option++)
		if (option->name && !(option->flags & OPTION_HIDDEN))
			printf("--%s%s\t%s\n", option->name, option->arg ? "=" : "",
			       option->doc ? option->doc : "");
}

/* Without a command: the options that may precede a command. */
static void complete_options(const struct km_command *of, const char *option)
{
	struct argp_option shared[KM_OPTIONS_MAX];

	(void)option;
	if (of)
		put_options(of->options);
	if (!of || !of->no_reports)
		put_options(km_options_argp(shared, of ? km_command_declines(of) : 0).options);
	km_complete_put(stdout, "--help", KM_SAID("print help"));
	km_complete_put(stdout, "--version", KM_SAID("print the version"));
}

static void complete_columns(const struct km_command *of, const char *option)
{
	const struct km_field *field;

	(void)option;
	if (!of || !of->report)
		return;
	km_field_each(field, of->report->type)
		if (!(field->flags & KM_TOTAL_ONLY))
			km_complete_put(stdout, field->key, field->brief);
}

/* The option of that name, or of that letter, among those of a command. */
static const struct argp_option *find_option(const struct argp_option *option, const char *name)
{
	for (; option && (option->name || option->key || option->doc); option++)
		if (option->name && !(option->flags & OPTION_HIDDEN) &&
		    (!strcmp(option->name, name) || (name[0] == option->key && !name[1])))
			return option;
	return NULL;
}

/* What the values of an option are, by the word that --help has for them. */
static const char *kind_of_value(const char *arg)
{
	static const struct {
		const char *arg, *kind;
	} kinds[] = {
		{ "PATH", "file" }, { "FILE", "file" }, { "COPY", "file" }, { "CAPTURE", "file" },
		{ "LIST", "columns" }, { "FLAGS", "mask" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].arg, arg))
			return kinds[i].kind;
	return "words";
}

/* Nothing for an option that takes no value, or that the command has not. */
static void complete_kind(const struct km_command *of, const char *name)
{
	struct argp_option table[KM_OPTIONS_MAX];
	const struct argp_option *option;

	if (!name)
		return;
	name += strspn(name, "-");
	option = find_option(of ? of->options : NULL, name);
	if (!option && (!of || !of->no_reports))
		option = find_option(km_options_argp(table, of ? km_command_declines(of) : 0).options, name);
	if (option && option->arg)
		puts(kind_of_value(option->arg));
}

static void put_valued(struct km_index *known, struct km_pool *pool, const struct argp_option *option)
{
	for (; option && (option->name || option->key || option->doc); option++) {
		const size_t len = known->keys.len;

		if (option->name && option->arg && km_index_keep(known, pool, 0, km_str_from(option->name)) == len)
			puts(option->name);
	}
}

/* The options of all commands that take a value, each once. */
static void complete_valued(const struct km_command *of, const char *option)
{
	struct argp_option shared[KM_OPTIONS_MAX];
	const struct km_command *const *command;
	struct km_index known = { 0 };
	struct km_pool pool = { 0 };

	(void)of;
	(void)option;
	put_valued(&known, &pool, km_options_argp(shared, 0).options);
	for (command = km_commands; *command; command++)
		put_valued(&known, &pool, (*command)->options);
	km_index_deinit(&known);
	km_pool_deinit(&pool);
}

static bool put_choice(const struct km_choice *choice, const char *option)
{
	for (; choice && choice->option; choice++) {
		if (strcmp(choice->option, option))
			continue;
		for (size_t i = 0; choice->words[i]; i++)
			km_complete_put(stdout, choice->words[i], NULL);
		return true;
	}
	return false;
}

static void complete_values(const struct km_command *of, const char *option)
{
	if (!option)
		return;
	if (!strcmp(option, "sort") || !strcmp(option, "where"))
		complete_columns(of, option);
	else if (!strcmp(option, "api"))
		for (unsigned int i = 0; km_probe_api_name(i); i++)
			km_complete_put(stdout, km_probe_api_name(i), NULL);
	else if (!of || !put_choice(of->choices, option))
		put_choice(km_options_choices, option);
}

static void complete_operands(const struct km_command *of, const char *option)
{
	(void)option;
	if (of && of->operands)
		of->operands(stdout);
}

/* The examples of one command, or of all. */
static void complete_examples(const struct km_command *of, const char *option)
{
	const struct km_command *const *command;
	const struct km_example *example;

	(void)option;
	for (command = km_commands; *command; command++)
		for (example = (*command)->examples; (!of || of == *command) && example->line; example++)
			km_complete_put(stdout, example->line, example->shows);
}

static void put_key(void *out, const char *keys, const char *brief)
{
	km_complete_put(out, keys, brief);
}

/* The keys of the full-screen command. */
static void complete_keys(const struct km_command *of, const char *option)
{
	(void)of;
	(void)option;
	km_screen_keys(put_key, stdout);
}

static const struct {
	const char *what;
	void (*run)(const struct km_command *of, const char *option);
} completions[] = {
	{ "columns", complete_columns },
	{ "commands", complete_commands },
	{ "examples", complete_examples },
	{ "keys", complete_keys },
	{ "kind", complete_kind },
	{ "operands", complete_operands },
	{ "options", complete_options },
	{ "valued", complete_valued },
	{ "values", complete_values },
};

bool km_complete(const char *what, const struct km_command *of, const char *option)
{
	for (size_t i = 0; i < sizeof(completions) / sizeof(*completions); i++) {
		if (strcmp(what, completions[i].what))
			continue;
		completions[i].run(of, option);
		return true;
	}
	return false;
}
