// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine/capture.h"
#include "cli/command.h"

struct input {
	const char *directory;
	bool all;
};

static const struct argp_option own_options[] = {
	{ "all", 'a', NULL, 0, "also files that cost the machine something to read", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case 'a':
		input->all = true;
		return 0;
	case ARGP_KEY_ARG:
		if (input->directory)
			argp_error(state, "capture takes one DIRECTORY");
		input->directory = arg;
		return 0;
	case ARGP_KEY_END:
		if (!input->directory)
			argp_error(state, "capture wants a DIRECTORY to write to");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_FAILED;
	struct input input = { 0 };
	struct km_report report;
	struct km_sheet sheet;
	struct km_err err;

	km_cmd_parse(&km_cmd_capture, argc, argv, options, &input);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	if (km_capture_write(&report.machine, input.directory, input.all, &sheet, &err))
		km_cmd_complain(&err);
	else if (km_report_add(&report, km_captured_type.name, sheet))
		status = km_report_finish(&report);
	else
		status = KM_EXIT_USAGE;
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_capture = {
	.name = "capture",
	.brief = "write what kmeminfo reads of this machine to a directory, for --from elsewhere",
	.doc = "The directory is made, or is empty. What is in it tells of the kernel, its memory and "
	       "its command line, not of the contents of memory, of files, processes or users; "
	       "`kmeminfo explain tells` says more. With --from it copies a capture, of whatever sort, "
	       "into such a directory.",
	.args = "DIRECTORY",
	.options = own_options,
	.sheet = &km_captured_type,
	.parse = parse,
	.run = run,
};
