// SPDX-License-Identifier: GPL-2.0-or-later
/* The lines of /proc/meminfo and /proc/vmstat, with the topics that explain them. */
#include "base/index.h"
#include "model/memory-line.h"
#include "report/report.h"
#include "report/topics.h"
#include "words/lookup.h"

/* Names of topics in text files. Some files have hundreds of lines, and there are thousands of names. */
struct names {
	struct km_pool pool;
	struct km_index index;
	KM_ARRAY(const struct km_topic_row *) topics; /* by number of the name */
};

static void add_name(struct names *names, struct km_str name, const struct km_topic_row *topic)
{
	const struct km_str folded = km_lookup_fold(&names->pool, name);

	/* the first topic with a name has it */
	if (folded.len && km_index_of(&names->index, 0, folded) == names->topics.len)
		*km_array_push(&names->topics) = topic;
}

static void add_names(struct names *names, const struct km_topic_row *topic)
{
	add_name(names, topic->key, topic);
	for (size_t l = 0; l < KM_LANGUAGES; l++)
		for (size_t i = 0; i < topic->names[l].len; i++)
			add_name(names, topic->names[l].items[i], topic);
}

static void names_init(struct names *names, struct km_machine *machine, const struct km_query *query)
{
	const struct km_sheet topics = km_topics_derive(&machine->pool, query->language, &machine->problems);

	*names = (struct names){ .pool = { 0 } };
	for (size_t i = 0; i < topics.len; i++) {
		const struct km_topic_row *topic = km_sheet_row(&topics, i);

		if (topic->text)
			add_names(names, topic);
	}
}

static void names_deinit(struct names *names)
{
	km_array_deinit(&names->topics);
	km_index_deinit(&names->index);
	km_pool_deinit(&names->pool);
}

static void explain(struct names *names, struct km_str name, struct km_str *topic, struct km_str *brief)
{
	const size_t number = km_index_find(&names->index, 0, km_lookup_fold(&names->pool, name));

	if (number >= names->topics.len)
		return;
	*topic = names->topics.items[number]->key;
	*brief = names->topics.items[number]->brief;
}

static int derive_meminfo(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			  struct km_err *err)
{
	struct names names;

	(void)err;
	*ret = km_meminfo_lines(&machine->pool, km_machine_meminfo(machine, query->need));
	if (query->extras & KM_FIGURES_ONLY)
		return 0;
	names_init(&names, machine, query);
	for (size_t i = 0; i < ret->len; i++) {
		struct km_meminfo_line *row = (struct km_meminfo_line *)ret->rows + i;

		explain(&names, row->name, &row->topic, &row->brief);
	}
	names_deinit(&names);
	return 0;
}

static int derive_vmstat(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			 struct km_err *err)
{
	struct names names;

	(void)err;
	*ret = km_vmstat_lines(&machine->pool, km_machine_vmstat(machine, query->need), machine->host.page_bytes);
	if (query->extras & KM_FIGURES_ONLY)
		return 0;
	names_init(&names, machine, query);
	for (size_t i = 0; i < ret->len; i++) {
		struct km_vmstat_line *row = (struct km_vmstat_line *)ret->rows + i;

		explain(&names, row->name, &row->topic, &row->brief);
	}
	names_deinit(&names);
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
