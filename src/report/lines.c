// SPDX-License-Identifier: GPL-2.0-or-later
/* The lines of /proc/meminfo and /proc/vmstat, with the topics that explain them. */
#include "model/memory-line.h"
#include "report/report.h"
#include "report/topics.h"

/* The topic of a text file that has the line among its names; NULL if there is none. */
static const struct km_topic_row *find_topic(const struct km_sheet *topics, struct km_str name)
{
	for (size_t i = 0; i < topics->len; i++) {
		const struct km_topic_row *row = km_sheet_row(topics, i);

		if (row->text && km_topic_name_likeness(row, name) >= KM_LIKE_FOLDED)
			return row;
	}
	return NULL;
}

static void explain(const struct km_sheet *topics, struct km_str name, struct km_str *topic, struct km_str *brief)
{
	const struct km_topic_row *row = name.len ? find_topic(topics, name) : NULL;

	if (!row)
		return;
	*topic = row->key;
	*brief = row->brief;
}

static int derive_meminfo(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			  struct km_err *err)
{
	struct km_sheet topics;

	(void)err;
	*ret = km_meminfo_lines(&machine->pool, km_machine_meminfo(machine, query->need));
	if (query->extras & KM_FIGURES_ONLY)
		return 0;
	topics = km_topics_derive(&machine->pool, query->language, &machine->problems);
	for (size_t i = 0; i < ret->len; i++) {
		struct km_meminfo_line *row = (struct km_meminfo_line *)ret->rows + i;

		explain(&topics, row->name, &row->topic, &row->brief);
	}
	return 0;
}

static int derive_vmstat(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct km_sheet topics;

	(void)err;
	*ret = km_vmstat_lines(&machine->pool, km_machine_vmstat(machine, query->need), machine->host.page_bytes);
	if (query->extras & KM_FIGURES_ONLY)
		return 0;
	topics = km_topics_derive(&machine->pool, query->language, &machine->problems);
	for (size_t i = 0; i < ret->len; i++) {
		struct km_vmstat_line *row = (struct km_vmstat_line *)ret->rows + i;

		explain(&topics, row->name, &row->topic, &row->brief);
	}
	return 0;
}

const struct km_report km_report_meminfo = {
	.key = "meminfo",
	.flags = KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.type = &km_meminfo_line_type,
	.files = KM_NEEDS(KM_FILE_MEMINFO),
	.derive = derive_meminfo,
};

const struct km_report km_report_vmstat = {
	.key = "vmstat",
	.flags = KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.type = &km_vmstat_line_type,
	.files = KM_NEEDS(KM_FILE_VMSTAT),
	.derive = derive_vmstat,
};
