// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads all memory cgroups below /sys/fs/cgroup: v2, mounted there, or v1, mounted at memory/. Cgroups come
 * and go meanwhile, so a missing one is not a problem.
 */
#include <errno.h>
#include "base/text.h"
#include "machine/cgroups.h"

/* Far more than a machine has, because a capture may be hostile. */
enum { DEPTH_MAX = 64, CGROUPS_MAX = 1000000 };

struct walk {
	struct km_machine *machine;
	struct km_str top; /* "sys/fs/cgroup" */
	bool v1;
	bool no_kernel_limit; /* v1 of a kernel without a limit of kernel memory */
	bool limited; /* only read cgroups with a limit */
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

/* The source of every problem is the whole list, because the check of a rule looks for that name. */
static struct km_str source_name(const struct walk *walk)
{
	return km_source_name(walk->machine->source, km_files[KM_FILE_CGROUPS].path);
}

/*
 * Reads a number, or "max" (KM_UNKNOWN). Other texts become a problem. 0, or a negative errno if the file
 * does not exist.
 */
static int read_bytes(struct walk *walk, struct km_str cgroup, const char *name, uint64_t *ret)
{
	struct km_str text, line = { 0 };
	int r = read_file(walk, cgroup, name, &text, NULL);

	*ret = KM_UNKNOWN;
	if (r)
		return r;
	km_str_take_line(&text, &line);
	line = km_str_trim(line);
	if (!km_str_eq(line, KM_STR("max")) && km_str_to_u64(line, ret)) {
		*ret = KM_UNKNOWN;
		km_problem_source(&walk->machine->problems, source_name(walk), NULL, "%.*s/%s: no number of bytes",
				  KM_STR_ARG(cgroup), name);
	}
	return 0;
}

/* Without a limit v1 prints its largest number of pages (k6.12:mm/page_counter.c). */
static uint64_t limit_of(uint64_t bytes)
{
	return bytes > INT64_MAX - ((uint64_t)1 << 20) ? KM_UNKNOWN : bytes;
}

/* Parses a file of lines with a name and a number; without a file it has none. The caller deinitialises it. */
static struct km_vmstat read_lines(struct walk *walk, struct km_str cgroup, const char *name)
{
	struct km_parse parse = { .problems = &walk->machine->problems, .source = source_name(walk) };
	struct km_vmstat lines = { 0 };
	struct km_str text;

	if (!read_file(walk, cgroup, name, &text, NULL))
		km_parse_vmstat(&parse, text, &lines);
	return lines;
}

/* v1 does not report it. */
static uint64_t count_removed(struct walk *walk, struct km_str cgroup)
{
	struct km_vmstat lines = read_lines(walk, cgroup, "cgroup.stat");
	const uint64_t removed = km_cgroup_removed(&lines);

	km_vmstat_deinit(&lines);
	return removed;
}

static void count(struct walk *walk, struct km_str cgroup, struct km_str stat, struct km_cgroup *row)
{
	struct km_parse parse = { .problems = &walk->machine->problems };
	struct km_vmstat lines = { 0 };

	parse.source = source_name(walk);
	km_parse_vmstat(&parse, stat, &lines);
	km_cgroup_count(row, &lines);
	read_bytes(walk, cgroup, walk->v1 ? "memory.usage_in_bytes" : "memory.current", &row->memory_bytes);
	if (walk->v1) {
		read_bytes(walk, cgroup, "memory.kmem.usage_in_bytes", &row->kernel_bytes);
		read_bytes(walk, cgroup, "memory.kmem.tcp.usage_in_bytes", &row->sock_bytes);
	}
	km_cgroup_derive_held(row, &lines);
	if (!walk->limited && !walk->v1)
		row->removed_count = count_removed(walk, cgroup);
	km_vmstat_deinit(&lines);
}

/* 0, or a negative errno: there is no file for a limit. */
static int read_limits(struct walk *walk, struct km_str cgroup, struct km_cgroup *row)
{
	int r = read_bytes(walk, cgroup, walk->v1 ? "memory.limit_in_bytes" : "memory.max", &row->limit_bytes);

	row->limit_bytes = limit_of(row->limit_bytes);
	if (!walk->v1 && !r)
		read_bytes(walk, cgroup, "memory.high", &row->high_bytes);
	if (!walk->v1 || r || walk->no_kernel_limit)
		return r;
	walk->no_kernel_limit =
		read_bytes(walk, cgroup, "memory.kmem.limit_in_bytes", &row->kernel_limit_bytes) == -ENOENT && !cgroup.len;
	row->kernel_limit_bytes = limit_of(row->kernel_limit_bytes);
	return r;
}

/*
 * Whether the name is one of the kernel's files in a cgroup's directory. This saves a call to find out
 * whether it is a directory.
 */
static bool is_file(struct km_str name)
{
	static const char *const prefixes[] = { "cgroup.", "memory.", "cpu.", "cpuset.", "io.", "pids.", "hugetlb.",
						"rdma.", "misc.", "irq.", "dmem." };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (km_str_starts(name, km_str_from(prefixes[i])))
			return true;
	return false;
}

/*
 * Adds one cgroup; with limited, only if it has a limit. Reading counters makes the kernel sum them over all
 * CPUs first (k6.12:mm/memcontrol.c memory_stat_format); reading a limit does not. The root of v2 has no
 * limit, and no file for one. 0, or a negative errno if the memory controller is missing.
 */
static int add(struct walk *walk, struct km_str cgroup, struct km_err *err)
{
	struct km_cgroup row;
	struct km_str stat;
	bool has_limit;
	int r;

	km_row_init(&km_cgroup_type, &row);
	row.cgroup = cgroup.len ? cgroup : KM_STR("/");
	r = read_limits(walk, cgroup, &row);
	has_limit = row.limit_bytes != KM_UNKNOWN || row.kernel_limit_bytes != KM_UNKNOWN || row.high_bytes != KM_UNKNOWN;
	if (walk->limited && cgroup.len && !has_limit)
		return r;
	r = read_file(walk, cgroup, "memory.stat", &stat, err);
	if (r || (walk->limited && !has_limit))
		return r;
	count(walk, cgroup, stat, &row);
	*km_array_push(&walk->rows) = row;
	return 0;
}

/* The cgroups below one; of them, entries that are not directories of cgroups are left out. */
static bool is_child(const struct km_entry *entry)
{
	return !entry->file && !is_file(entry->name) && !entry->target.ptr;
}

static struct km_str child_of(struct walk *walk, struct km_str cgroup, struct km_str name)
{
	struct km_text below = { 0 };

	km_text_add(&below, cgroup);
	km_text_puts(&below, "/");
	km_text_add(&below, name);
	return km_text_keep(&below, &walk->machine->pool);
}

static int list(struct walk *walk, struct km_str cgroup, struct km_entries *ret)
{
	struct km_text path = { 0 };

	km_text_add(&path, walk->top);
	km_text_add(&path, cgroup);
	return km_source_list(walk->machine->source, km_text_keep(&path, &walk->machine->pool).ptr, ret, NULL);
}

static int visit(struct walk *walk, struct km_str cgroup, unsigned int depth, struct km_err *err)
{
	struct km_entries entries;
	int r = walk->rows.len == CGROUPS_MAX || depth == DEPTH_MAX ? 0 : add(walk, cgroup, err);

	if (r || walk->rows.len == CGROUPS_MAX || depth == DEPTH_MAX || list(walk, cgroup, &entries))
		return r;
	for (size_t i = 0; i < entries.len; i++)
		if (is_child(&entries.items[i]))
			visit(walk, child_of(walk, cgroup, entries.items[i].name), depth + 1, NULL);
	return 0;
}

/* The child with most removed cgroups below it; .ptr NULL: none has more than the given number. */
static struct km_str child_with_most(struct walk *walk, struct km_str cgroup, uint64_t than)
{
	struct km_str most = { 0 };
	struct km_entries entries;

	if (list(walk, cgroup, &entries))
		return most;
	for (size_t i = 0; i < entries.len; i++) {
		struct km_str child;
		uint64_t removed;

		if (!is_child(&entries.items[i]))
			continue;
		child = child_of(walk, cgroup, entries.items[i].name);
		removed = km_num_or(count_removed(walk, child), 0);
		if (removed > than) {
			most = child;
			than = removed;
		}
	}
	return most;
}

static bool has_controller(struct walk *walk, struct km_str cgroup)
{
	struct km_str text, line, word;

	if (read_file(walk, cgroup, "cgroup.subtree_control", &text, NULL) || !km_str_take_line(&text, &line))
		return false;
	while (km_str_take_word(&line, &word))
		if (km_str_eq(word, KM_STR("memory")))
			return true;
	return false;
}

/* memory.current; of a cgroup with a limit it was read before. */
static uint64_t memory_of(struct walk *walk, struct km_str cgroup)
{
	const struct km_cgroup *row;
	uint64_t bytes;

	km_array_each(row, &walk->rows)
		if (km_str_eq(row->cgroup, cgroup))
			return row->memory_bytes;
	read_bytes(walk, cgroup, "memory.current", &bytes);
	return bytes;
}

/*
 * What is charged to a cgroup and to none below it. A cgroup that hands the memory controller to its children has no
 * processes, so only removed cgroups can have charged it (k6.12:kernel/cgroup/cgroup.c cgroup_vet_subtree_control_enable).
 */
static uint64_t without_children(struct walk *walk, struct km_str cgroup)
{
	uint64_t bytes, below = 0;
	struct km_entries entries;

	if (!has_controller(walk, cgroup) || list(walk, cgroup, &entries))
		return KM_UNKNOWN;
	bytes = memory_of(walk, cgroup);
	for (size_t i = 0; i < entries.len; i++)
		if (is_child(&entries.items[i]))
			below += km_num_or(memory_of(walk, child_of(walk, cgroup, entries.items[i].name)), 0);
	return bytes == KM_UNKNOWN ? KM_UNKNOWN : bytes > below ? bytes - below : 0;
}

static struct km_removed_cgroups find_removed(struct walk *walk)
{
	struct km_removed_cgroups removed = { .count = count_removed(walk, KM_STR("")), .bytes = KM_UNKNOWN };
	struct km_str child, cgroup = KM_STR("");

	if (!removed.count || removed.count == KM_UNKNOWN)
		return removed;
	for (unsigned int depth = 0; depth < DEPTH_MAX; depth++) {
		child = child_with_most(walk, cgroup, removed.count / 2);
		if (!child.ptr)
			break;
		cgroup = child;
	}
	removed.bytes = without_children(walk, cgroup);
	removed.cgroup = cgroup.len ? cgroup : KM_STR("/");
	return removed;
}

static struct km_sheet walk_all(struct km_machine *machine, enum km_need need, struct km_removed_cgroups *ret_removed)
{
	struct walk walk = { .machine = machine, .top = KM_STR("sys/fs/cgroup"), .limited = ret_removed };
	struct km_sheet sheet = { .type = &km_cgroup_type };
	struct km_err err;
	int r = visit(&walk, KM_STR(""), 0, &err);

	if (r) {
		walk.top = KM_STR("sys/fs/cgroup/memory");
		walk.v1 = true;
		r = visit(&walk, KM_STR(""), 0, r == -ENOENT ? &err : NULL);
	}
	if (ret_removed)
		*ret_removed = r || walk.v1 ? (struct km_removed_cgroups){ .count = KM_UNKNOWN, .bytes = KM_UNKNOWN } :
					      find_removed(&walk);
	machine->asked[KM_FILE_CGROUPS] = true;
	machine->have[KM_FILE_CGROUPS] = !r;
	if (r && need == KM_REQUIRED)
		km_machine_set_unavailable(machine, KM_FILE_CGROUPS, &err);
	sheet.len = walk.rows.len;
	sheet.rows = walk.rows.items;
	km_pool_adopt(&machine->pool, walk.rows.items);
	return sheet;
}

struct km_sheet km_machine_cgroups(struct km_machine *machine, enum km_need need)
{
	return walk_all(machine, need, NULL);
}

struct km_sheet km_machine_limited_cgroups(struct km_machine *machine, enum km_need need, struct km_removed_cgroups *ret_removed)
{
	return walk_all(machine, need, ret_removed);
}
