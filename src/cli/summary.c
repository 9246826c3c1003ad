// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/summary.h"

enum { OPT_PAGES = 512, OPT_HOST_NAME, OPT_NODES, OPT_INSTALLED };

static const struct argp_option own_options[] = {
	{ "pages", OPT_PAGES, NULL, 0,
	  "let the helper module read every page, to split the unaccounted memory: up to a few "
	  "seconds per TiB", 0 },
	{ "nodes", OPT_NODES, NULL, 0, "show the account of each NUMA node instead, side by side", 0 },
	{ "installed", OPT_INSTALLED, NULL, 0, "show the memory above MemTotal instead: firmware, image, page structures", 0 },
	{ "host-name", OPT_HOST_NAME, NULL, 0, "name the machine in JSON and metrics", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	unsigned int *extent = state->input;

	(void)arg;
	switch (key) {
	case OPT_PAGES:
		*extent |= KM_SUMMARY_PAGES;
		return 0;
	case OPT_HOST_NAME:
		*extent |= KM_SUMMARY_HOST_NAME;
		return 0;
	case OPT_NODES:
		*extent |= KM_SUMMARY_NODES;
		return 0;
	case OPT_INSTALLED:
		*extent |= KM_SUMMARY_INSTALLED;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct km_report *const *report;
	struct km_summary *summary;

	if (*(const unsigned int *)input & KM_SUMMARY_NODES)
		return km_session_add(session, &km_report_node_accounts, NULL);
	if (*(const unsigned int *)input & KM_SUMMARY_INSTALLED)
		return km_session_add(session, &km_report_installed, NULL);
	session->document.group = "summary";
	summary = km_pool_alloc(&session->machine.pool, 1, sizeof(*summary));
	km_summary_derive(&session->machine, KM_REQUIRED, *(const unsigned int *)input, summary);
	for (report = km_reports; *report; report++)
		if ((*report)->group && !strcmp((*report)->group, session->document.group))
			km_session_add_part(session, *report, summary);
	return KM_EXIT_COMPLETE;
}

const struct km_command km_command_summary = {
	.name = "summary",
	.brief = "where all of the machine's memory is, with findings",
	.examples = (const struct km_example[]){
		{ "kmeminfo", "where the memory is, with findings, worst first" },
		{ "kmeminfo summary --top 10 --from mymachine", "a captured machine, with the ten largest caches and callers" },
		{ 0 }
	},
	.doc = "The parts of the tree add up to the total. --top sets how many of the largest "
	       "caches, callers and commands are listed. `kmeminfo explain account` explains the "
	       "parts.",
	.options = own_options,
	.parse = parse,
	.input_size = sizeof(unsigned int),
	.add = add,
	.confined = true,
	.watched = true,
	.declines = KM_OPTIONS_OF_TABLE,
};
