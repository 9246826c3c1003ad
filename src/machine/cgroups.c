// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * All memory cgroups below /sys/fs/cgroup: v2, mounted there, or v1, mounted at memory/. They come and
 * go while they are read, so that one that is not there any more is no problem.
 */
#include <errno.h>
#include "base/text.h"
#include "machine/cgroups.h"

/* Far above what a machine has; a capture may be hostile. */
enum { DEPTH_MAX = 64, CGROUPS_MAX = 1000000 };

struct walk {
	struct km_machine *machine;
	struct km_str top; /* "sys/fs/cgroup" */
	bool v1;
	KM_ARRAY(struct km_cgroup) rows;
};

static int read_file(struct walk *walk, struct km_str cgroup, const char *name, struct km_str *text, struct km_err *err)
{
	struct km_pool *pool = &walk->machine->pool;
	struct km_text path = { 0 };

	km_text_add(&path, walk->top);
	km_text_add(&path, cgroup);
	km_text_printf(&path, "/%s", name);
	return km_source_read(walk->machine->source, km_text_keep(&path, pool).ptr, text, err);
}

static uint64_t read_bytes(struct walk *walk, struct km_str cgroup, const char *name)
{
	struct km_str text, line;
	uint64_t bytes;

	if (read_file(walk, cgroup, name, &text, NULL) || !km_str_take_line(&text, &line) ||
	    km_str_to_u64(km_str_trim(line), &bytes))
		return KM_UNKNOWN;
	return bytes;
}

/* v1 prints its largest number of pages where there is no limit (k6.12:mm/page_counter.c). */
static uint64_t limit_of(uint64_t bytes)
{
	return bytes > INT64_MAX - ((uint64_t)1 << 20) ? KM_UNKNOWN : bytes;
}

static void count(struct walk *walk, struct km_str cgroup, struct km_str stat, struct km_cgroup *row)
{
	struct km_parse parse = { .problems = &walk->machine->problems };
	struct km_vmstat lines = { 0 };

	parse.source = km_source_name(walk->machine->source, walk->top.ptr);
	km_parse_vmstat(&parse, stat, &lines);
	km_cgroup_count(row, &lines);
	km_vmstat_deinit(&lines);
	row->memory_bytes = read_bytes(walk, cgroup, walk->v1 ? "memory.usage_in_bytes" : "memory.current");
	row->limit_bytes = limit_of(read_bytes(walk, cgroup, walk->v1 ? "memory.limit_in_bytes" : "memory.max"));
	if (!walk->v1)
		return;
	row->kernel_bytes = read_bytes(walk, cgroup, "memory.kmem.usage_in_bytes");
	row->sock_bytes = read_bytes(walk, cgroup, "memory.kmem.tcp.usage_in_bytes");
}

/* The kernel's own files in a cgroup's directory: asking each whether it is a directory costs a call. */
static bool is_file(struct km_str name)
{
	static const char *const prefixes[] = { "cgroup.", "memory.", "cpu.", "cpuset.", "io.", "pids.", "hugetlb.",
						"rdma.", "misc.", "irq.", "dmem." };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (km_str_starts(name, km_str_from(prefixes[i])))
			return true;
	return false;
}

static int visit(struct walk *walk, struct km_str cgroup, unsigned int depth, struct km_err *err)
{
	struct km_pool *pool = &walk->machine->pool;
	struct km_entries entries;
	struct km_cgroup *row;
	struct km_str stat;
	struct km_text path = { 0 };
	int r = read_file(walk, cgroup, "memory.stat", &stat, err);

	if (r || walk->rows.len == CGROUPS_MAX || depth == DEPTH_MAX)
		return r;
	row = km_array_push(&walk->rows);
	km_row_init(&km_cgroup_type, row);
	row->cgroup = cgroup.len ? cgroup : KM_STR("/");
	count(walk, cgroup, stat, row);
	km_text_add(&path, walk->top);
	km_text_add(&path, cgroup);
	if (km_source_list(walk->machine->source, km_text_keep(&path, pool).ptr, &entries, NULL))
		return 0;
	for (size_t i = 0; i < entries.len; i++) {
		struct km_text below = { 0 };

		if (is_file(entries.items[i].name) || entries.items[i].target.ptr)
			continue;
		km_text_add(&below, cgroup);
		km_text_puts(&below, "/");
		km_text_add(&below, entries.items[i].name);
		visit(walk, km_text_keep(&below, pool), depth + 1, NULL);
	}
	return 0;
}

struct km_sheet km_machine_cgroups(struct km_machine *machine, enum km_need need)
{
	struct walk walk = { .machine = machine, .top = KM_STR("sys/fs/cgroup") };
	struct km_sheet sheet = { .type = &km_cgroup_type };
	struct km_err err;
	int r = visit(&walk, KM_STR(""), 0, &err);

	if (r) {
		walk.top = KM_STR("sys/fs/cgroup/memory");
		walk.v1 = true;
		r = visit(&walk, KM_STR(""), 0, r == -ENOENT ? &err : NULL);
	}
	machine->asked[KM_FILE_CGROUPS] = true;
	machine->have[KM_FILE_CGROUPS] = !r;
	if (r && need == KM_REQUIRED)
		km_machine_complain(machine, KM_FILE_CGROUPS, &err);
	sheet.len = walk.rows.len;
	sheet.rows = walk.rows.items;
	km_pool_adopt(&machine->pool, walk.rows.items);
	return sheet;
}
