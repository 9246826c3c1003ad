// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/summary.h"

enum { OPT_PAGES = 512, OPT_HOST_NAME };

static const struct argp_option own_options[] = {
	{ "pages", OPT_PAGES, NULL, 0,
	  "let the helper module read every page, to split the unaccounted memory: up to a few "
	  "seconds per TiB", 0 },
	{ "host-name", OPT_HOST_NAME, NULL, 0, "name the machine in JSON and metrics", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	unsigned int *extent = state->input;

	(void)arg;
	if (key != OPT_PAGES && key != OPT_HOST_NAME)
		return ARGP_ERR_UNKNOWN;
	*extent |= key == OPT_PAGES ? KM_SUMMARY_PAGES : KM_SUMMARY_HOST_NAME;
	return 0;
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct km_report *const *report;
	struct km_summary *summary;

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
