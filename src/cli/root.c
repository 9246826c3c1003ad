// SPDX-License-Identifier: GPL-2.0-or-later
/* The root of the command line: options before the command. */
#include "config.h"
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/prose.h"
#include "cli/command.h"
#include "cli/help-text.h"
#include "cli/root.h"
#include "cli/version.h"
#include "render/sink.h"
#include "render/speech.h"
#include "source/streams.h"

/* argp breaks longer lines, to column 0 */
enum { HELP_WIDTH = 78, HELP_INDENT = 17 };

struct root {
	struct km_options options;
	int command_index; /* index of the command's name in argv; 0: none */
};

static char *list_commands(int key, const char *text, void *input)
{
	const struct km_command *const *command;
	struct km_text help = { 0 };

	(void)input;
	if (key != ARGP_KEY_HELP_POST_DOC)
		return km_help_filter(key, text, input);
	km_text_printf(&help, "%s\n", km_say("Commands:"));
	for (command = km_commands; *command; command++) {
		char head[HELP_INDENT + 1];

		snprintf(head, sizeof(head), "  %s", (*command)->name);
		km_prose_labelled(&help, km_str_from(head), KM_SENTENCE((*command)->brief), HELP_INDENT,
				  HELP_WIDTH);
	}
	km_text_printf(&help, "\n%s%c", km_say("kmeminfo COMMAND --help lists the options of a command."), '\0');
	return help.ptr;
}

static error_t parse_root(int key, char *arg, struct argp_state *state)
{
	struct root *root = state->input;

	(void)arg;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &root->options;
		return 0;
	case ARGP_KEY_ARG:
		/* the command parses the rest */
		root->command_index = state->next - 1;
		state->next = state->argc;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The list of commands replaces the text after \v. */
static char *root_doc(void)
{
	struct km_text doc = { 0 };

	km_help_add(&doc, KM_SAID("Explain zone, slab and vmalloc usage of the Linux kernel, in text or JSON."));
	km_text_printf(&doc, "\v.%c", '\0');
	return doc.ptr;
}

/* Parses the words before the command. */
static void parse_words(int argc, char **argv, struct root *root)
{
	struct argp_option table[KM_OPTIONS_MAX];
	const struct argp shared = km_options_argp(table, 0);
	const struct argp_child children[] = { { &shared, 0, NULL, 0 }, { &km_help_argp, 0, NULL, 0 }, { 0 } };
	KM_CLEANUP(km_cleanup_free) char *doc = root_doc();
	const struct argp argp = {
		.parser = parse_root,
		.args_doc = "[COMMAND [OPTION...]]",
		.doc = doc,
		.children = children,
		.help_filter = list_commands,
	};

	km_command_parse_words(&argp, argc, argv, ARGP_IN_ORDER, root);
}

void km_root_help(void)
{
	char program[] = "kmeminfo", help[] = "--help";
	char *argv[] = { program, help, NULL };
	struct root root = { .options = km_options_default };

	parse_words(2, argv, &root);
	exit(KM_EXIT_COMPLETE);
}

/* Prints a message about an unknown command, with the most similar name. */
static void no_such_command(const char *name)
{
	char hint[KM_HINT_SIZE];

	km_print_message(NULL, km_command_hint(name, hint), "no such command '%s'", name);
}

/* The streams below the sinks. */
static FILE *first_out, *first_err;

/*
 * Also checks output that argp printed before it exits: --help. What a library says when it is unloaded goes to the first
 * streams, because the sinks are gone then.
 */
static void check_output(void)
{
	FILE *err = stderr;

	errno = 0;
	km_output_check(0, true);
	stdout = first_out;
	stderr = first_err;
	fclose(err);
}

static int run(const struct km_command *command, int argc, char **argv, struct km_options *options)
{
	char name[64];

	/* argp's name for the program is argv[0]: "kmeminfo slab --help" prints "kmeminfo slab" */
	snprintf(name, sizeof(name), "kmeminfo %s", command->name);
	argv[0] = name;
	argp_err_exit_status = command->plugin ? KM_EXIT_INCOMPLETE : KM_EXIT_USAGE;
	return (int)km_command_run(command, argc, argv, options);
}

/* All output passes a sink, also the messages of argp and getopt. */
static void open_sinks(struct root *root)
{
	FILE *out = km_sink_open(STDOUT_FILENO, &root->options.sink), *clean = km_sink_open(STDERR_FILENO, NULL);
	FILE *err = clean ? km_speech_open(clean) : NULL;

	first_out = stdout;
	first_err = stderr;
	if (clean)
		setvbuf(clean, NULL, _IONBF, 0);
	if (err)
		setvbuf(err, NULL, _IONBF, 0);
	stdout = out ? out : stdout;
	stderr = err ? err : clean ? clean : stderr;
}

/*
 * argp exits with this status. The first word that is a command decides, before the command is known for
 * certain: a wrong option before it must not look like CRITICAL to a monitoring system.
 */
static int usage_status(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const struct km_command *command = km_command_find(argv[i]);

		if (command)
			return command->plugin ? KM_EXIT_INCOMPLETE : KM_EXIT_USAGE;
	}
	return KM_EXIT_USAGE;
}

int km_cli(int argc, char **argv)
{
	struct root root = { .options = km_options_default };
	const struct km_command *command = km_commands[0];
	int shift;

	km_streams_reserve();
	open_sinks(&root);
	atexit(check_output);
	setlocale(LC_CTYPE, "");
	km_session_begin_language(argc, argv);
	km_help_begin();
	argp_err_exit_status = usage_status(argc, argv);
	argv[0] = program_invocation_short_name; /* getopt and argp use it in messages */
	parse_words(argc, argv, &root);
	shift = root.command_index;
	if (!shift)
		return run(command, 1, argv, &root.options);
	command = km_command_find(argv[shift]);
	if (command)
		return run(command, argc - shift, argv + shift, &root.options);
	no_such_command(argv[shift]);
	return KM_EXIT_USAGE;
}
