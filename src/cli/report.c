// SPDX-License-Identifier: GPL-2.0-or-later
/* A page about the whole machine: which reports it is made of, in which order. */
#include "cli/command.h"
#include "report/notes.h"
#include "report/summary.h"

enum { OPT_PAGES = 512 };

static const struct argp_option own_options[] = {
	{ "pages", OPT_PAGES, NULL, 0,
	  "let the helper module read every page: up to a few seconds per TiB", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	bool *walk = state->input;

	(void)arg;
	if (key != OPT_PAGES)
		return ARGP_ERR_UNKNOWN;
	*walk = true;
	return 0;
}

/* Without an option for the format the output is a page. */
static void adapt(const void *input, struct km_options *options)
{
	(void)input;
	if (!(options->given & (KM_OPTION_FORMAT | KM_OPTION_JSON)))
		options->format = &km_formats[KM_FORMAT_html];
}

/* First the parts of the summary, then reports of their own. The reports of a group follow one another. */
static const struct km_report *const of_summary[] = {
	&km_report_findings, &km_report_account, &km_report_largest_commands,
};
static const struct km_report *const of_machine[] = {
	&km_report_pressure, &km_report_zones, &km_report_nodes, &km_report_buddy, &km_report_slab, &km_report_vmalloc,
};
/* The helper module reports more about these than the kernel's own files do. */
static const struct km_report *const of_blocks[] = { &km_report_fragmentation, &km_report_ranges };

static void add_report(struct km_session *session, const struct km_report *report, const void *options)
{
	const struct km_query query = {
		.need = KM_OPTIONAL,
		.extras = km_report_extras(report, &session->machine, &session->options->view,
					   km_format_is_data(session->options->format)),
		.options = options,
	};
	struct km_sheet sheet;

	if (!report->derive(&session->machine, &query, &sheet, NULL))
		km_session_add_part_sheet(session, report, sheet, options);
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static void add_all(struct km_session *session, const struct km_summary *summary, bool walk)
{
	session->document.group = "summary";
	for (size_t i = 0; i < COUNT(of_summary); i++)
		add_report(session, of_summary[i], summary);
	session->document.group = NULL;
	for (size_t i = 0; i < COUNT(of_machine); i++)
		add_report(session, of_machine[i], NULL);
	if (!walk && km_machine_is_live(&session->machine))
		return;
	for (size_t i = 0; i < COUNT(of_blocks) && km_machine_module_blocks(&session->machine, KM_OPTIONAL); i++)
		add_report(session, of_blocks[i], NULL);
	if (km_machine_module(&session->machine, KM_FILE_MODULE_PAGES, KM_OPTIONAL))
		add_report(session, &km_report_pages, NULL);
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const bool walk = *(const bool *)input;
	const struct km_options *options = session->options;
	struct km_summary *summary;

	if (session->style.terminal && options->format == &km_formats[KM_FORMAT_html] && !options->output) {
		fputs("kmeminfo: a page is not for a terminal\n"
		      "  write it to a file: kmeminfo report --output FILE.html\n", stderr);
		return KM_EXIT_USAGE;
	}
	summary = km_pool_alloc(&session->machine.pool, 1, sizeof(*summary));
	km_summary_derive(&session->machine, KM_REQUIRED, walk ? KM_SUMMARY_PAGES : 0, summary);
	add_report(session, &km_report_overview, summary);
	add_report(session, &km_report_assessment, summary);
	add_all(session, summary, walk);
	if (options->format->flags & KM_FORMAT_PAGE)
		km_notes_add(&session->machine, km_session_language(), &session->document);
	return KM_EXIT_COMPLETE;
}

const struct km_command km_command_report = {
	.name = "report",
	.brief = "a page (HTML) about the whole machine, to show to others",
	.examples = (const struct km_example[]){
		{ "kmeminfo report --output memory.html", "this machine" },
		{ "kmeminfo report --from mymachine --output memory.html", "a captured machine" },
		{ 0 }
	},
	.doc = "The page needs no network and no other file. It opens with the findings in words; pictures and "
	       "tables follow, and every column and word is explained.",
	.options = own_options,
	.parse = parse,
	.input_size = sizeof(bool),
	.adapt = adapt,
	.add = add,
	.confined = true,
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_NO_HEADINGS | KM_OPTION_COLOR,
};
