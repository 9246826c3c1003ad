// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel's own records of who allocated memory. Most kernels have none of these files. */
#include <errno.h>
#include "machine/machine.h"
#include "parse/calltrace.h"

/* Records a problem, except for a file that is missing or that only root may read. */
static void complain(struct km_machine *machine, const char *path, int r, const char *what)
{
	if (r != -ENOENT && r != -EACCES && r != -EPERM)
		km_problem_source(&machine->problems, km_source_name(machine->source, path), NULL, "%s", what);
}

static bool read_optional(struct km_machine *machine, const char *path, struct km_parse *parse, struct km_str *text)
{
	struct km_err err;
	int r = km_source_read(machine->source, path, text, &err);

	*parse = (struct km_parse){ .source = km_source_name(machine->source, path), .problems = &machine->problems };
	if (!r && km_str_is_blank(*text))
		r = km_err_set(&err, -ENODATA, NULL, "is empty");
	if (r)
		complain(machine, path, r, err.what);
	return !r;
}

static void read_page_owner(struct km_machine *machine, enum km_file file, struct km_calltraces *ret)
{
	struct km_parse parse;
	struct km_str text;

	if (read_optional(machine, km_files[file].path, &parse, &text))
		km_parse_page_owner(&parse, text, ret);
}

static void add_page_owner(struct km_machine *machine, bool each_page, struct km_callers *ret)
{
	struct km_calltraces traces = { 0 };

	read_page_owner(machine, KM_FILE_PAGE_OWNER_STACKS, &traces);
	if (!traces.list.len && (each_page || !km_machine_is_live(machine)))
		read_page_owner(machine, KM_FILE_PAGE_OWNER, &traces);
	km_callers_add_traces(ret, KM_CALLER_PAGE_OWNER, &traces, (struct km_str){ 0 }, machine->host.page_bytes);
	km_calltraces_deinit(&traces);
}

static uint64_t object_bytes(const struct km_slabinfo *slabinfo, struct km_str cache)
{
	const struct km_slabinfo_cache *row;

	if (slabinfo)
		km_array_each(row, &slabinfo->caches)
			if (km_str_eq(row->name, cache))
				return row->objsize;
	return KM_UNKNOWN;
}

static void add_slab_traces(struct km_machine *machine, struct km_callers *ret)
{
	const char *directory = km_files[KM_FILE_SLAB_TRACES].path;
	struct km_entries entries;
	struct km_err err;
	int r = km_source_list(machine->source, directory, &entries, &err);

	if (r) {
		complain(machine, directory, r, err.what);
		return;
	}
	for (size_t i = 0; i < entries.len; i++) {
		const struct km_str cache = entries.items[i].name;
		const struct km_str path =
			km_pool_printf(&machine->pool, "%s/%.*s/alloc_traces", directory, KM_STR_ARG(cache));
		struct km_calltraces traces = { 0 };
		struct km_parse parse;
		struct km_str text;

		if (!read_optional(machine, path.ptr, &parse, &text))
			continue;
		km_parse_alloc_traces(&parse, text, &traces);
		km_callers_add_traces(ret, KM_CALLER_SLAB, &traces, cache,
				      object_bytes(km_machine_slabinfo(machine, KM_OPTIONAL), cache));
		km_calltraces_deinit(&traces);
	}
}

/* As km_machine_allocinfo(), but an error in the file becomes a problem of the machine. */
static const struct km_allocinfo *read_allocinfo(struct km_machine *machine)
{
	const enum km_file file = KM_FILE_ALLOCINFO;
	struct km_parse parse;
	struct km_str text;

	if (!machine->have[file] && read_optional(machine, km_files[file].path, &parse, &text)) {
		km_parse_allocinfo(&parse, text, &machine->allocinfo);
		machine->asked[file] = machine->have[file] = true;
	}
	return machine->have[file] ? &machine->allocinfo : NULL;
}

struct km_sheet km_machine_callers(struct km_machine *machine, bool stacks, bool each_page)
{
	struct km_callers callers = { .pool = &machine->pool };
	const struct km_allocinfo *allocinfo = stacks ? read_allocinfo(machine) :
							km_machine_allocinfo(machine, KM_OPTIONAL);

	if (allocinfo)
		km_callers_add_allocinfo(&callers, allocinfo);
	if (stacks) {
		add_page_owner(machine, each_page, &callers);
		add_slab_traces(machine, &callers);
	}
	return km_callers_take(&callers);
}
