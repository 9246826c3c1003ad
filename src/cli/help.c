// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands help and version, which do the same as --help and --version. */
#include "cli/command.h"
#include "cli/root.h"
#include "cli/version.h"
#include "words/say.h"

enum { OPT_LANGUAGE = 512 };

static const struct argp_option help_options[] = {
	{ "language", OPT_LANGUAGE, "LANGUAGE", 0, "en or ja; otherwise LC_MESSAGES decides", 0 },
	{ 0 }
};

static const struct km_choice help_choices[] = { { "language", km_language_codes }, { 0 } };

static error_t parse_help(int key, char *arg, struct argp_state *state)
{
	const struct km_command **about = state->input;
	char hint[KM_HINT_SIZE];

	if (key == OPT_LANGUAGE) {
		km_say_language((enum km_language)km_choice_take(help_choices, arg, state));
		return 0;
	}
	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	if (*about)
		argp_error(state, "help accepts only one command");
	*about = km_command_find(arg);
	if (!*about)
		argp_error(state, "no such command '%s'; %s", arg, km_command_hint(arg, hint));
	return 0;
}

static enum km_exit run_help(const void *input, struct km_options *options)
{
	const struct km_command *about = *(const struct km_command *const *)input;
	char name[64], help[] = "--help";
	char *argv[] = { name, help, NULL };

	if (!about)
		km_root_help();
	snprintf(name, sizeof(name), "kmeminfo %s", about->name);
	return km_command_run(about, 2, argv, options);
}

static void operands(FILE *out)
{
	const struct km_command *const *command;

	for (command = km_commands; *command; command++)
		km_complete_put(out, (*command)->name, (*command)->brief);
}

const struct km_command km_command_help = {
	.name = "help",
	.brief = "help about a command, or the list of commands",
	.examples = (const struct km_example[]){
		{ "kmeminfo help", "the commands, and the options that they share" },
		{ "kmeminfo help slab", "the options of slab" },
		{ 0 }
	},
	.args = "[COMMAND]",
	.options = help_options,
	.choices = help_choices,
	.no_reports = true,
	.parse = parse_help,
	.operands = operands,
	.input_size = sizeof(const struct km_command *),
	.run = run_help,
};

static const struct argp_option version_options[] = {
	{ "verbose", 'v', NULL, 0, "also what confines the program on this system", 0 },
	{ 0 }
};

static error_t parse_version(int key, char *arg, struct argp_state *state)
{
	bool *verbose = state->input;

	(void)arg;
	if (key != 'v')
		return ARGP_ERR_UNKNOWN;
	*verbose = true;
	return 0;
}

static enum km_exit run_version(const void *input, struct km_options *options)
{
	(void)options;
	km_version_write(stdout, *(const bool *)input);
	return KM_EXIT_COMPLETE;
}

const struct km_command km_command_version = {
	.name = "version",
	.brief = "the version, as --version prints it",
	.examples = (const struct km_example[]){
		{ "kmeminfo version", "the version of the program" },
		{ "kmeminfo version --verbose", "also what confines the program on this system" },
		{ 0 }
	},
	.options = version_options,
	.no_reports = true,
	.parse = parse_version,
	.input_size = sizeof(bool),
	.run = run_version,
};
