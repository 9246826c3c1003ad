// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "cli/completion.h"

struct input {
	const char *what, *of, *option;
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
		else if (!input->option)
			input->option = arg;
		else
			argp_error(state, "complete accepts at most three words");
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "missing WHAT: columns, commands, examples, keys, kind, operands, options, valued or values");
		return EINVAL;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;
	char hint[KM_HINT_SIZE];

	(void)options;
	if (own->of && !km_command_find(own->of)) {
		km_print_message(NULL, km_command_hint(own->of, hint), "no such command '%s'", own->of);
		return KM_EXIT_USAGE;
	}
	if (km_complete(own->what, own->of ? km_command_find(own->of) : NULL, own->option))
		return KM_EXIT_COMPLETE;
	km_print_message(NULL, NULL, "cannot complete '%s'", own->what);
	return KM_EXIT_USAGE;
}

const struct km_command km_command_complete = {
	.name = "complete",
	.brief = "words for shell completion",
	.examples = (const struct km_example[]){
		{ "kmeminfo complete columns slab", "the columns of slab" },
		{ "kmeminfo complete values vmalloc by", "the words that --by accepts" },
		{ 0 }
	},
	.args = "WHAT [COMMAND [OPTION]]",
	.doc = "WHAT is columns, commands, examples, keys, kind, operands, options, valued or values.",
	.no_reports = true,
	.parse = parse,
	.input_size = sizeof(struct input),
	.run = run,
};
