// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/options.h"

enum { OPT_ALL = 512 };

static const struct argp_option own_options[] = {
	{ "all", OPT_ALL, NULL, 0, "unpopulated zones too, and every counter of the file", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_zones_options *input = state->input;

	(void)arg;
	if (key != OPT_ALL)
		return ARGP_ERR_UNKNOWN;
	input->all = true;
	return 0;
}

static enum km_exit add(struct km_session *session, const void *input)
{
	enum km_exit status = km_session_add(session, &km_report_zones, input);

	if (status || km_options_one_table(session->options))
		return status;
	km_session_add_part(session, &km_report_nodes, NULL);
	if (((const struct km_zones_options *)input)->all)
		km_session_add_part(session, &km_report_counters, NULL);
	return KM_EXIT_COMPLETE;
}

const struct km_command km_command_zones = {
	.name = "zones",
	.brief = "zones and nodes of memory: size, free memory, watermarks, state",
	.examples = (const struct km_example[]){
		{ "kmeminfo zones", "free memory, watermarks and state of each zone" },
		{ "kmeminfo zones -o node,zone,free_bytes,low_bytes", "these columns only" },
		{ 0 }
	},
	.doc = "`kmeminfo explain state` explains the states. --columns, --sort and --top apply "
	       "to the zones; with a list of columns, only the zones are shown.",
	.options = own_options,
	.report = &km_report_zones,
	.parse = parse,
	.input_size = sizeof(struct km_zones_options),
	.add = add,
	.confined = true,
	.watched = true,
};
