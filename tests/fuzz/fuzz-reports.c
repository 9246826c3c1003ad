// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A whole capture in memory, through every parser and model to one report in one format:
 *
 *   report gfp_kernel html GFP_ATOMIC 3
 *   > proc/zoneinfo
 *   Node 0, zone      DMA ...
 *   > sys/kernel/slab/dentry -> :0000192
 *
 * Without the first line the input itself decides which report it is.
 */
#include "base/cleanup.h"
#include "formats.h"
#include "fuzz.h"
#include "machine/host.h"
#include "report/check.h"
#include "report/options.h"
#include "report/report.h"
#include "report/summary.h"
#include "source/files.h"
#include "source/path.h"
#include "source/tree.h"

struct choice {
	const struct km_report *report;
	const struct fuzz_format *format;
	struct km_str gfp;
	uint64_t order;
};

static void add_file(struct fuzz *fuzz, struct km_tree *tree, struct km_str heading, struct km_str bytes)
{
	const ptrdiff_t link = km_str_find(heading, KM_STR(" -> "));
	struct km_str path = km_pool_copy(&fuzz->pool, (struct km_str){ heading.ptr, link >= 0 ? (size_t)link : heading.len });
	struct km_tree_entry *entry;

	if (km_path_normal(&fuzz->pool, km_str_from(path.ptr), &path) || km_files_locate(path) < 0)
		return;
	entry = km_tree_add(tree, path);
	if (link >= 0)
		entry->target = km_pool_copy(&fuzz->pool, km_str_skip(heading, (size_t)link + 4));
	else
		entry->bytes = bytes;
}

/* Cuts the input into files. Returns what stands before the first one. */
static struct km_str add_files(struct fuzz *fuzz, struct km_tree *tree)
{
	struct km_str rest = fuzz->text, heading = { 0 }, line, head = { fuzz->text.ptr, 0 };
	const char *begin = rest.ptr, *end;

	do {
		end = rest.ptr;
		if (km_str_take_line(&rest, &line) && !km_str_starts(line, KM_STR("> ")))
			continue;
		if (heading.ptr)
			add_file(fuzz, tree, heading, (struct km_str){ begin, (size_t)(end - begin) });
		else
			head.len = (size_t)(end - head.ptr);
		heading = km_str_skip(line, 2 < line.len ? 2 : line.len);
		begin = rest.ptr;
	} while (end != rest.ptr);
	return head;
}

static const struct km_report *find_report(struct km_str key)
{
	for (const struct km_report *const *report = km_reports; *report; report++)
		if ((*report)->key && km_str_eq(km_str_from((*report)->key), key))
			return *report;
	return NULL;
}

static const struct fuzz_format *find_format(struct km_str name)
{
	for (const struct fuzz_format *format = fuzz_formats; format->name; format++)
		if (km_str_eq(km_str_from(format->name), name))
			return format;
	return NULL;
}

static struct choice choose(const struct fuzz *fuzz, struct km_str head)
{
	struct choice choice = { km_reports[fuzz->turn % KM_REPORT_COUNT], &fuzz_formats[fuzz->turn % FUZZ_FORMATS], KM_STR("GFP_KERNEL"), 0 };
	struct km_str word;

	if (!km_str_take_prefix(&head, KM_STR("report ")))
		return choice;
	if (km_str_take_word(&head, &word) && find_report(word))
		choice.report = find_report(word);
	if (km_str_take_word(&head, &word) && find_format(word))
		choice.format = find_format(word);
	if (km_str_take_word(&head, &word))
		choice.gfp = word;
	km_str_take_number(&head, &choice.order);
	return choice;
}

/* Reports that take options get those of the input; those of the summary share one. */
struct options {
	char *words[1];
	struct km_gfp_options gfp;
	struct km_predict_options predict;
	struct km_check_options check;
};

static const void *options_of(struct options *options, struct km_machine *machine, const struct choice *choice)
{
	const struct km_report *report = choice->report;

	options->words[0] = (char *)km_pool_copy(&machine->pool, choice->gfp).ptr;
	options->gfp = (struct km_gfp_options){ .words = options->words, .len = 1, .order = choice->order };
	options->predict = (struct km_predict_options){
		.gfp = options->words[0], .order = choice->order, .bytes = KM_UNKNOWN, .node = KM_UNKNOWN, .api = -1,
	};
	options->check = (struct km_check_options){ 0 };
	if (report == &km_report_masks || report == &km_report_gfp_kernel)
		return &options->gfp;
	if (report == &km_report_predict || report == &km_report_forecast)
		return &options->predict;
	if (report == &km_report_check)
		return &options->check;
	if (report == &km_report_overview || report == &km_report_headline || report == &km_report_findings)
		return km_summary_of(machine, &(struct km_query){ .need = KM_REQUIRED });
	return NULL;
}

/* False if there is an error instead of a report. */
static bool derive(struct km_machine *machine, const struct choice *choice, const struct km_query *query,
		   struct km_sheet *ret)
{
	struct km_err err = { 0 };
	int r;

	*ret = (struct km_sheet){ .type = choice->report->type };
	r = choice->report->derive ? choice->report->derive(machine, query, ret, &err) : 0;
	fuzz_expect(!r || *err.what);
	return !r;
}

static void write_report(struct fuzz *fuzz, struct km_machine *machine, const struct choice *choice)
{
	struct km_document document = { .pool = &machine->pool, .host = &machine->host, .problems = &machine->problems,
					.group = "report" };
	const struct km_style style = { .version = "0", .width = 80, .utf8 = true };
	struct options options;
	const struct km_query query = {
		.need = KM_REQUIRED, .extras = fuzz->turn % 2 ? ~0u & ~(unsigned int)KM_FIGURES_ONLY : 0,
		.options = options_of(&options, machine, choice),
	};
	const struct km_view_options view = { .top = KM_UNKNOWN, .all_columns = fuzz->turn % 3 == 0 };
	struct km_sheet sheet;
	const char *key;

	if (!derive(machine, choice, &query, &sheet))
		return;
	key = choice->report->key ? choice->report->key : sheet.type->name;
	fuzz_check_figures(&sheet);
	km_machine_note_failures(machine);
	if (choice->report->write && query.options && choice->format == &fuzz_formats[FUZZ_TEXT])
		choice->report->write(&(struct km_prose_query){ machine, &document, &style, KM_ENGLISH, query.options }, &sheet);
	else
		km_document_add(&document, key, choice->report->shape, sheet, &view, NULL);
	fuzz_render(&document, choice->format, fuzz->turn % 2);
	km_document_deinit(&document);
}

static struct km_source *source_of(void)
{
	struct km_source *source = km_realloc(NULL, 1, sizeof(*source));

	*source = (struct km_source){
		.root_fd = -1, .slab_fd = -1, .left = KM_BYTES_MAX,
		.facts = { .page_bytes = KM_UNKNOWN, .time = -1, .uptime_ms = KM_UNKNOWN },
	};
	return source;
}

/* As a command does it. */
void fuzz_one(struct fuzz *fuzz)
{
	struct km_machine machine = { .source = source_of() };
	struct km_tree *tree = km_tree_begin(machine.source);
	const struct km_str head = add_files(fuzz, tree);
	const struct choice choice = choose(fuzz, head);

	if (!km_tree_root(machine.source, "input", NULL)) {
		km_tree_index(tree);
		km_machine_read_host(&machine, KM_UNKNOWN);
		km_machine_peek_module(&machine);
		write_report(fuzz, &machine, &choice);
	}
	km_machine_deinit(&machine);
}
