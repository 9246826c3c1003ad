// SPDX-License-Identifier: GPL-2.0-or-later
/* The command table, and the common way to parse a command line and run it. */
#include <stdlib.h>
#include "cli/command.h"
#include "cli/help-text.h"
#include "cli/mistake.h"
#include "cli/output.h"
#include "cli/pager.h"
#include "cli/spelling.h"
#include "cli/watch.h"
#include "report/where.h"

#define KM_COMMAND_POINTER(name) &km_command_##name,

const struct km_command *const km_commands[] = { KM_COMMANDS(KM_COMMAND_POINTER) NULL };

const struct km_command *km_command_find(const char *name)
{
	const struct km_command *const *command;

	for (command = km_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

const char *km_command_hint(const char *name, char buf[static KM_HINT_SIZE])
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	const struct km_command *const *command;

	for (command = km_commands; *command; command++)
		km_nearest_offer(&nearest, (*command)->name);
	return km_nearest_hint(&nearest, buf, KM_SAID("'kmeminfo --help' lists them"));
}

struct parse {
	const struct km_command *command;
	struct km_options *options;
	void *input;
};

static const struct km_report *report_of(const struct km_command *command, const void *input)
{
	return command->report_of ? command->report_of(input) : command->report;
}

/* argp would only say that there are too many arguments. */
static void refuse_operand(const struct parse *parse, const char *operand, struct argp_state *state)
{
	char buf[KM_MISTAKE_SIZE];
	const char *hint = km_mistake_operand(parse->command, report_of(parse->command, parse->input), operand, buf);

	if (hint)
		argp_error(state, "'%s' is one argument too many; %s", operand, hint);
	else
		argp_error(state, "'%s' is one argument too many", operand);
}

static error_t parse_own(struct parse *parse, int key, char *arg, struct argp_state *state)
{
	error_t r = ARGP_ERR_UNKNOWN;

	if (parse->command->parse) {
		state->input = parse->input;
		r = parse->command->parse(key, arg, state);
		state->input = parse;
	}
	if (key == ARGP_KEY_ARGS && r == ARGP_ERR_UNKNOWN)
		refuse_operand(parse, state->argv[state->next], state);
	return r;
}

static error_t parse_any(int key, char *arg, struct argp_state *state)
{
	struct parse *parse = state->input;
	error_t r;

	if (key == ARGP_KEY_INIT && !parse->command->no_reports)
		state->child_inputs[0] = parse->options;
	r = parse_own(parse, key, arg, state);
	return key == ARGP_KEY_INIT ? 0 : r;
}

static void check_spelling(const struct argp *argp, int argc, char **argv, bool in_order)
{
	int unknown;
	const char *meant = km_spelling_check(argp, argc, argv, in_order, &unknown);

	if (!meant)
		return;
	fprintf(stderr, "%s: " KM_SAID("unrecognized option '%s'") "\n  " KM_SAID("did you mean '--%s'?") "\n", argv[0],
		argv[unknown], meant);
	exit(argp_err_exit_status);
}

/* An unknown option that is no misspelt one may be the name of a column. */
static void check_columns(const struct parse *parse, const struct argp *argp, int argc, char **argv)
{
	char buf[KM_MISTAKE_SIZE];
	const char *hint;
	int unknown;

	if (km_spelling_check(argp, argc, argv, false, &unknown) || !unknown)
		return;
	hint = km_mistake_option(parse->command, report_of(parse->command, parse->input), argv[unknown], argv[unknown + 1], buf);
	if (!hint)
		return;
	fprintf(stderr, "%s: " KM_SAID("unrecognized option '%s'") "\n  %s\n", argv[0], argv[unknown], hint);
	exit(argp_err_exit_status);
}

void km_command_parse_words(const struct argp *argp, int argc, char **argv, unsigned int flags,
			    void *input)
{
	error_t r;

	check_spelling(argp, argc, argv, flags & ARGP_IN_ORDER);
	r = argp_parse(argp, argc, argv, flags | ARGP_NO_HELP, NULL, input);
	if (!r)
		return;
	km_print_message(NULL, NULL, "cannot read the command line: %s", strerror(r));
	exit(KM_EXIT_FAILED);
}

/* Prints the columns that --columns, --sort and --where accept, for "-o help". */
static void list_columns(const struct km_sheet_type *type)
{
	const struct km_field *field;
	struct km_text text = { 0 };

	km_text_printf(&text, "%-24s %-12s %-16s %s\n", "KEY", "HEADING", "UNIT", "MEANS");
	km_field_each(field, type)
		if (!(field->flags & KM_TOTAL_ONLY))
			km_text_printf(&text, "%-24s %-12s %-16s %s\n", field->key, field->head ? field->head : "",
				       km_kind_name(field->kind), km_say(field->brief));
	fwrite(text.ptr, 1, text.len, stdout);
	km_text_deinit(&text);
	exit(KM_EXIT_COMPLETE);
}

static bool is_help(const char *value)
{
	return value && !strcmp(value, "help");
}

/* Checks the words of --columns, --sort and --where, for which an empty sheet is enough. */
static void check_view(const struct km_report *report, const struct km_options *options)
{
	const struct km_view_options *view_options = &options->view;
	const struct km_where *where;
	struct km_pool pool = { 0 };
	struct km_sheet none = { 0 };
	struct km_view view;
	struct km_err err;
	int r;

	if (!report)
		return;
	if (is_help(view_options->columns) || is_help(view_options->sort) || is_help(view_options->where))
		list_columns(report->type);
	none.type = report->type;
	r = km_view_init(&view, &pool, &none, view_options, &err);
	if (!r && view_options->where)
		r = km_where_parse(&pool, report->type, km_str_from(view_options->where), &where, &err);
	km_pool_deinit(&pool);
	if (!r)
		return;
	km_print_error(&err);
	exit(argp_err_exit_status);
}

/* The text that argp prints for a command: "Brief.", and below the options .doc and the examples. */
static char *doc_of(const struct km_command *command)
{
	const struct km_example *example;
	struct km_text doc = { 0 };

	km_say_add(&doc, "%s.", km_say(command->brief));
	if (km_say_language_now() == KM_ENGLISH && doc.ptr[0] >= 'a' && doc.ptr[0] <= 'z')
		doc.ptr[0] = (char)(doc.ptr[0] - 'a' + 'A');
	km_text_puts(&doc, "\v");
	if (command->doc)
		km_help_add(&doc, command->doc);
	if (command->doc)
		km_text_puts(&doc, "\n\n");
	km_text_puts(&doc, km_say("Examples:"));
	for (example = command->examples; example->line; example++)
		km_text_printf(&doc, "\n  %s\n      %s", example->line, km_say(example->shows));
	km_text_printf(&doc, "%c", '\0');
	return doc.ptr;
}

unsigned int km_command_declines(const struct km_command *command)
{
	const unsigned int again = KM_OPTION_WATCH | KM_OPTION_COUNT;

	return command->no_reports ? ~0u : command->declines | (command->watched ? 0 : again);
}

static void parse_line(const struct km_command *command, int argc, char **argv,
		       struct km_options *options, void *input)
{
	struct argp_option shared[KM_OPTIONS_MAX];
	struct parse parse = { command, options, input };
	const struct argp shared_argp = km_options_argp(shared, km_command_declines(command));
	const struct argp_child children[] = {
		{ command->no_reports ? &km_help_argp : &shared_argp, 0, NULL, 0 },
		{ command->no_reports ? NULL : &km_help_argp, 0, NULL, 0 },
		{ 0 }
	};
	KM_CLEANUP(km_cleanup_free) char *doc = doc_of(command);
	const struct argp argp = {
		.options = command->options,
		.parser = parse_any,
		.args_doc = command->args,
		.doc = doc,
		.children = children,
		.help_filter = km_help_filter,
	};

	check_columns(&parse, &argp, argc, argv);
	km_command_parse_words(&argp, argc, argv, 0, &parse);
	options->source.confined = command->confined;
	options->source.writes = command->writes;
	if (command->adapt)
		command->adapt(input, options);
	km_options_check(options, km_command_declines(command), command->name);
	km_session_choose_language(options, command->plugin || command->english);
	check_view(report_of(command, input), options);
}

static enum km_exit add_reports(struct km_session *session, const struct km_command *command, const void *input)
{
	if (command->add)
		return command->add(session, input);
	return km_session_add(session, report_of(command, input), input);
}

enum km_exit km_command_run_reports(const struct km_command *command, const void *input,
				    const struct km_options *options)
{
	struct km_session session;
	enum km_exit status;

	if (!km_session_init(&session, options))
		return KM_EXIT_FAILED;
	status = add_reports(&session, command, input);
	if (status == KM_EXIT_COMPLETE)
		status = km_session_finish(&session);
	km_session_deinit(&session);
	return status;
}

struct run {
	const struct km_command *command;
	const void *input;
	struct km_options *options;
};

static enum km_exit add_watched(struct km_session *session, void *data)
{
	const struct run *run = data;

	return add_reports(session, run->command, run->input);
}

static enum km_exit run_command(void *data)
{
	const struct run *run = data;

	if (run->options->watch_ms)
		return km_watch_run(run->options, add_watched, data);
	if (run->command->run)
		return run->command->run(run->input, run->options);
	return km_command_run_reports(run->command, run->input, run->options);
}

enum km_exit km_command_run(const struct km_command *command, int argc, char **argv,
			    struct km_options *options)
{
	KM_CLEANUP(km_cleanup_free) void *input = km_realloc(NULL, command->input_size + 1, 1);

	memset(input, 0, command->input_size + 1);
	if (command->input)
		memcpy(input, command->input, command->input_size);
	parse_line(command, argc, argv, options, input);
	return (command->paged && command->paged(input) ? km_pager_run : km_output_run)(
		options, run_command, &(struct run){ command, input, options });
}
