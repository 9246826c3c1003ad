// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/summary.h"

enum { OPT_HOST_NAME = 512 };

enum { TOP = 20 };

static const struct argp_option own_options[] = {
	{ "host-name", OPT_HOST_NAME, NULL, 0, "name the machine in kmeminfo_system_info", 0 },
	{ 0 }
};

static const struct km_example examples[] = {
	{ "kmeminfo metrics --output kmeminfo.prom", "a file for the textfile collector of the node exporter" },
	{ "kmeminfo metrics --format=openmetrics", "the same metrics for a program that reads OpenMetrics" },
	{ "kmeminfo metrics --top 5", "the 5 largest slab caches and vmalloc callers, and the sum of the others" },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	unsigned int *extent = state->input;

	(void)arg;
	if (key != OPT_HOST_NAME)
		return ARGP_ERR_UNKNOWN;
	*extent |= KM_SUMMARY_HOST_NAME;
	return 0;
}

static void adapt(const void *input, struct km_options *options)
{
	(void)input;
	if (!(options->given & KM_OPTION_FORMAT))
		options->format = &km_formats[KM_FORMAT_prometheus];
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct km_options *options = session->options;
	const uint64_t top = options->view.top != KM_UNKNOWN ? options->view.top : TOP;
	const struct km_report *const *report;
	struct km_summary *summary;

	if (!(options->format->flags & KM_FORMAT_METRICS)) {
		km_print_message("metrics", "'kmeminfo summary' and the other reports have all formats",
				 "--format is prometheus or openmetrics here");
		return KM_EXIT_USAGE;
	}
	summary = km_pool_alloc(&session->machine.pool, 1, sizeof(*summary));
	km_summary_derive(&session->machine, KM_REQUIRED, *(const unsigned int *)input | KM_SUMMARY_CHEAP, summary);
	for (report = km_reports; *report; report++)
		if ((*report)->metrics)
			km_session_add_metrics(session, *report, top, (*report)->group ? summary : NULL);
	return KM_EXIT_COMPLETE;
}

const struct km_command km_command_metrics = {
	.name = "metrics",
	.brief = "all that a monitoring system wants of one moment, as metrics",
	.doc = "Reads what every user may read cheaply: no file for each cache, no process, no page. --top sets how many "
	       "of the largest slab caches and vmalloc callers have metrics of their own.",
	.options = own_options,
	.examples = examples,
	.parse = parse,
	.input_size = sizeof(unsigned int),
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_JSON | KM_OPTION_BYTES | KM_OPTION_NO_HEADINGS | KM_OPTION_COLOR,
	.adapt = adapt,
	.add = add,
	.confined = true,
};
