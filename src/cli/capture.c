// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine/capture.h"
#include "cli/command.h"

enum { OPT_REDACT = 256 };

struct input {
	const char *directory;
	struct km_capture_options options;
};

static const struct argp_option own_options[] = {
	{ "all", 'a', NULL, 0, "also capture files that are expensive to read", 0 },
	{ "redact", OPT_REDACT, NULL, 0,
	  "leave out addresses, the command line, the boot's identity, the builder of the kernel, and the names of processes, "
	  "buffers and cgroups", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case 'a':
		input->options.all = true;
		return 0;
	case OPT_REDACT:
		input->options.redact = true;
		return 0;
	case ARGP_KEY_ARG:
		if (input->directory)
			argp_error(state, "capture accepts only one DIRECTORY");
		input->directory = arg;
		return 0;
	case ARGP_KEY_END:
		if (!input->directory)
			argp_error(state, "missing DIRECTORY to write to (for example: kmeminfo "
					  "capture host1)");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct input *own = input;
	struct km_sheet sheet;
	struct km_err err;

	if (!km_capture_write(&session->machine, own->directory, &own->options, &sheet, &err))
		return km_session_add_sheet(session, &km_report_capture, sheet, NULL);
	km_print_error(&err);
	return KM_EXIT_FAILED;
}

const struct km_command km_command_capture = {
	.name = "capture",
	.brief = "write all files that kmeminfo reads to a directory, for --from on another "
		 "machine",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo capture --redact mymachine", "this machine, for a bug report: without addresses and command line" },
		{ "kmeminfo capture copy --from mymachine", "copy a capture, or make one of a sos report" },
		{ 0 }
	},
	.doc = "The directory is new or empty. A capture describes the kernel, its memory and its command "
	       "line. It contains no contents of memory and nothing about files, processes or users; "
	       "`kmeminfo explain contents` has the details. With --from it copies a capture of any kind into "
	       "such a directory.",
	.args = "DIRECTORY",
	.options = own_options,
	.report = &km_report_capture,
	.parse = parse,
	.input_size = sizeof(struct input),
	.add = add,
	.confined = true,
	.writes = true,
};
