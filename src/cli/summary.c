// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "cli/command.h"
#include "model/command-usage.h"
#include "model/slab.h"
#include "model/vmalloc.h"
#include "model/zone-brief.h"
#include "base/prose.h"
#include "report/summary.h"

enum { TOP = 5, NEVER_FOLD = 1 << 20 };

static size_t count_nodes(const struct km_sheet *zones)
{
	size_t nodes = 0;

	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone_brief *row = km_sheet_row(zones, i);

		nodes += !i || row->node != row[-1].node;
	}
	return nodes;
}

static void say(FILE *out, struct km_str word, const char *otherwise)
{
	fprintf(out, "%.*s", KM_STR_ARG(word.ptr ? word : km_str_from(otherwise)));
}

/* "Linux 6.12.107 x86_64, 4 KiB pages, 2 nodes, 5 populated zones, read live as root" */
static void describe_machine(FILE *out, const struct km_host *host, const struct km_summary *summary)
{
	size_t zones = summary->zones.len, nodes = count_nodes(&summary->zones);
	bool live = km_str_eq(host->source, KM_STR("live"));

	fputs("Linux ", out);
	say(out, host->release, "of unknown release");
	fputc(' ', out);
	say(out, host->machine, "on an unknown architecture");
	if (host->page_bytes != KM_UNKNOWN)
		fprintf(out, ", %llu KiB pages", (unsigned long long)host->page_bytes / 1024);
	if (zones)
		fprintf(out, ", %zu node%s, %zu populated zone%s", nodes, nodes == 1 ? "" : "s", zones,
			zones == 1 ? "" : "s");
	if (!live)
		fputs(", from a capture", out);
	else
		fprintf(out, ", read live%s", host->root == KM_TRI_YES ? " as root" : ", not as root");
	if (host->time.ptr && !live)
		fprintf(out, " of %.*s", KM_STR_ARG(host->time));
	if (host->module.ptr)
		fprintf(out, ", helper module %.*s", KM_STR_ARG(host->module));
	else if (live)
		fputs(", helper module not loaded", out);
}

static size_t text_width(const struct km_report *report)
{
	struct km_style style = km_options_style(report->options);

	return style.terminal ? style.width : NEVER_FOLD;
}

static void print_machine(FILE *out, const struct km_report *report, const struct km_summary *summary)
{
	char *text = NULL;
	size_t len = 0;
	FILE *line = open_memstream(&text, &len);

	if (!line)
		return;
	describe_machine(line, &report->machine.host, summary);
	fclose(line);
	km_prose_fold(out, (struct km_str){ text, len }, 0, text_width(report));
	free(text);
}

static void print_findings(FILE *out, const struct km_report *report, const struct km_summary *summary)
{
	const struct km_sheet *findings = &summary->findings;

	if (!findings->len)
		fprintf(out, "none%s\n", km_problems_matter(&report->machine.problems) ?
						", in what could be read" : "");
	for (size_t i = 0; i < findings->len; i++) {
		const struct km_finding *row = km_sheet_row(findings, i);

		fprintf(out, "%.*s: `kmeminfo explain %.*s`\n", KM_STR_ARG(row->severity), KM_STR_ARG(row->id));
		km_prose_fold(out, row->text, 4, text_width(report));
	}
}

/* Adds a section of running text, which print writes. */
static void add_text(struct km_report *report, const char *title, const struct km_summary *summary,
		     void (*print)(FILE *out, const struct km_report *report,
				   const struct km_summary *summary))
{
	struct km_section *section;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return;
	print(out, report, summary);
	fclose(out);
	section = km_array_push(&report->sections);
	section->title = title;
	section->text = km_pool_copy(&report->machine.pool, (struct km_str){ text, len });
	free(text);
}

static void add_table(struct km_report *report, const char *key, const char *title, struct km_sheet sheet,
		      const char *columns)
{
	const uint64_t top = report->options->view.top;
	struct km_section *section;

	sheet.totals = NULL;
	if ((!sheet.len || !top) && !report->options->json)
		return;
	section = km_report_add_part(report, key, KM_SHAPE_LIST, sheet, columns,
				     top == KM_UNKNOWN ? TOP : top);
	section->title = title;
}

static void add_sections(struct km_report *report, const struct km_summary *summary)
{
	const bool json = report->options->json;
	struct km_section *zones;

	if (!json && !report->options->no_headings)
		add_text(report, NULL, summary, print_machine);
	if (json || summary->account.sheet.len)
		km_report_add_part(report, "account", KM_SHAPE_ROW,
				   json ? summary->account.sheet :
					  km_account_condense(&report->machine.pool, &summary->account),
				   NULL, KM_UNKNOWN);
	if (json || summary->zones.len) {
		zones = km_report_add_part(report, "zones", KM_SHAPE_LIST, summary->zones, NULL,
					   KM_UNKNOWN);
		zones->title = "ZONES";
	}
	add_table(report, "largest_caches", "LARGEST SLAB CACHES", summary->caches,
		  "name,size_bytes,idle_bytes,used_ratio,share_ratio");
	add_table(report, "largest_callers", "LARGEST CALLERS OF VMALLOC", summary->finding_input.vmalloc,
		  "caller,module,kind,areas,memory_bytes");
	add_table(report, "largest_commands", "LARGEST COMMANDS", summary->commands, NULL);
	if (json)
		km_report_add_part(report, "findings", KM_SHAPE_LIST, summary->findings, NULL, KM_UNKNOWN);
	else
		add_text(report, "FINDINGS", summary, print_findings);
}

enum { OPT_PAGES = 512 };

static const struct argp_option own_options[] = {
	{ "pages", OPT_PAGES, NULL, 0,
	  "have the helper module look at every page, to split the unaccounted memory: up to a few "
	  "seconds for each TiB", 0 },
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

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	bool walk = false;
	struct km_summary summary;
	struct km_report report;
	enum km_exit status;

	km_cmd_parse(&km_cmd_summary, argc, argv, options, &walk);
	if (options->view.columns || options->view.sort) {
		fputs("kmeminfo: --columns and --sort belong to a command that prints one table\n", stderr);
		return KM_EXIT_USAGE;
	}
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	report.group = "summary";
	km_summary_derive(&report.machine, walk, &summary);
	add_sections(&report, &summary);
	status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_summary = {
	.name = "summary",
	.brief = "where all of the machine's memory is, and what is remarkable about it",
	.doc = "The tree's parts add up to the total. --top says how many of the largest caches, callers and "
	       "commands are listed. `kmeminfo explain account` tells what the parts mean.",
	.options = own_options,
	.parse = parse,
	.run = run,
};
