// SPDX-License-Identifier: GPL-2.0-or-later
/* The limits of the memory cgroup of this program, or of another one, and of all cgroups above it. */
#include <errno.h>
#include "machine/machine.h"

/* Far more than a machine has, because a capture may be hostile. */
enum { MOST_LIMITS = 256, MOST_FILES = 2 * MOST_LIMITS, MOST_DEPTH = 64 };

struct chain {
	struct km_machine *machine;
	const char *top; /* "sys/fs/cgroup" */
	bool v1;
	struct km_cgroup_limits *ret;
	struct km_cgroup_limit *limits;
	struct km_str *files;
};

struct limit_file {
	const char *limit, *used;
	enum km_cgroup_limit_kind kind;
};

static const struct limit_file files_v2[] = {
	{ "memory.max", "memory.current", KM_CGROUP_MAX },
	{ "memory.high", "memory.current", KM_CGROUP_HIGH },
	{ 0 }
};

static const struct limit_file files_v1[] = {
	{ "memory.limit_in_bytes", "memory.usage_in_bytes", KM_CGROUP_MAX },
	{ "memory.memsw.limit_in_bytes", "memory.memsw.usage_in_bytes", KM_CGROUP_MAX },
	{ "memory.kmem.limit_in_bytes", "memory.kmem.usage_in_bytes", KM_CGROUP_KERNEL },
	{ 0 }
};

/*
 * 0, or a negative errno. "max" becomes KM_UNKNOWN, and so does v1's largest number of pages
 * (k6.12:mm/page_counter.c).
 */
static int read_bytes(struct chain *chain, struct km_str cgroup, const char *name, uint64_t *ret)
{
	struct km_machine *machine = chain->machine;
	struct km_str path = km_pool_printf(&machine->pool, "%s%.*s/%s", chain->top, KM_STR_ARG(cgroup), name);
	struct km_str text, line = { 0 };
	int r = km_source_read(machine->source, path.ptr, &text, NULL);

	*ret = KM_UNKNOWN;
	if (r)
		return r;
	if (chain->ret->files.len < MOST_FILES)
		chain->files[chain->ret->files.len++] = path;
	km_str_take_line(&text, &line);
	line = km_str_trim(line);
	if (km_str_eq(line, KM_STR("max")))
		return 0;
	if (km_str_to_u64(line, ret)) {
		*ret = KM_UNKNOWN;
		return -EBADMSG;
	}
	if (*ret > INT64_MAX - ((uint64_t)1 << 20))
		*ret = KM_UNKNOWN;
	return 0;
}

/* Whether the kernel enforces v1's limit of kernel memory: up to 5.15, and possibly if the release is unknown. */
static bool has_kernel_limit(const struct km_machine *machine)
{
	const uint64_t release = km_parse_release(machine->host.release);

	return release == KM_UNKNOWN || release < KM_RELEASE(5, 16);
}

/*
 * Reads the limits of one cgroup. Without these files the memory controller is not enabled there, and the
 * cgroup charges the next one above. The root has no limit, and in v2 no file for one. If even the directory
 * is missing, nothing is known.
 */
static void read_limits(struct chain *chain, struct km_str cgroup)
{
	struct km_cgroup_limits *ret = chain->ret;

	for (const struct limit_file *file = chain->v1 ? files_v1 : files_v2; file->limit; file++) {
		uint64_t limit, used;
		const int r = read_bytes(chain, cgroup, file->limit, &limit);

		/* a root with a limit is the root of a cgroup namespace, which hides the cgroups above */
		if (r ? r != -ENOENT : !chain->v1 && !cgroup.len)
			ret->known = KM_TRI_UNKNOWN;
		/* read even without a limit, so that a capture contains the file */
		if (!r && read_bytes(chain, cgroup, file->used, &used))
			ret->known = KM_TRI_UNKNOWN;
		if (r || limit == KM_UNKNOWN || ret->limits.len == MOST_LIMITS)
			continue;
		if (file->kind == KM_CGROUP_KERNEL && !has_kernel_limit(chain->machine))
			continue;
		chain->limits[ret->limits.len++] = (struct km_cgroup_limit){
			cgroup.len ? cgroup : KM_STR("/"), file->limit, file->kind, limit, used };
	}
}

/*
 * Finds the program's own cgroup. "9:memory:/box" (v1) wins over "0::/box" (v2), because a controller belongs
 * to one hierarchy (k6.12:kernel/cgroup/cgroup.c proc_cgroup_show).
 */
static bool find_own(struct chain *chain, struct km_str *ret)
{
	struct km_str text, line, number, controllers;
	bool found = false;

	if (km_source_read(chain->machine->source, km_files[KM_FILE_CGROUP].path, &text, NULL))
		return false;
	while (km_str_take_line(&text, &line)) {
		if (!km_str_take_until(&line, ':', &number) || !km_str_take_until(&line, ':', &controllers))
			continue;
		if (!km_str_has_part(controllers, ',', KM_STR("memory")) && controllers.len)
			continue;
		chain->v1 = controllers.len > 0;
		*ret = line;
		found = true;
		if (chain->v1)
			break;
	}
	return found;
}

/*
 * A cgroup that the user names: of the version that has the memory controller for this process, whose root may hold folders
 * of the other one. Where that is not known, of v2 if it is there, and of v1 otherwise.
 */
static bool find_named(struct chain *chain, struct km_str name)
{
	struct km_entries entries;
	struct km_str path = km_pool_printf(&chain->machine->pool, "sys/fs/cgroup%.*s", KM_STR_ARG(name)), own;

	if (!find_own(chain, &own))
		chain->v1 = km_source_list(chain->machine->source, path.ptr, &entries, NULL) != 0;
	return true;
}

static bool has_directory(const struct chain *chain, struct km_str cgroup)
{
	struct km_str path = km_pool_printf(&chain->machine->pool, "%s%.*s", chain->top, KM_STR_ARG(cgroup));
	struct km_entries entries;

	return !km_source_list(chain->machine->source, path.ptr, &entries, NULL);
}

static struct km_str parent_of(struct km_str cgroup)
{
	while (cgroup.len && cgroup.ptr[cgroup.len - 1] != '/')
		cgroup.len--;
	cgroup.len -= cgroup.len > 0;
	return cgroup;
}

static bool is_path(struct km_str cgroup)
{
	/* a cgroup namespace shows cgroups above its root as "/..", and their files cannot be reached */
	return cgroup.len && *cgroup.ptr == '/' && km_str_find(cgroup, KM_STR("/..")) < 0;
}

/* Whether cgroup.memory=nokmem turns off the charge of kernel memory. */
static bool is_without_kernel(struct km_machine *machine)
{
	struct km_str text;

	return !km_source_read(machine->source, km_files[KM_FILE_CMDLINE].path, &text, NULL) &&
	       km_str_find(text, KM_STR("cgroup.memory=")) >= 0 && km_str_find(text, KM_STR("nokmem")) >= 0;
}

/* Sets top and v1 of the chain, and the cgroup below top ("" is the root). False: there is no such directory. */
static bool find(struct chain *chain, const char *name, struct km_str *ret)
{
	struct km_str cgroup = km_str_from(name ? name : "");

	if (!(name ? find_named(chain, cgroup) : find_own(chain, &cgroup)) || !is_path(cgroup))
		return false;
	while (cgroup.len && cgroup.ptr[cgroup.len - 1] == '/')
		cgroup.len--;
	chain->top = chain->v1 ? "sys/fs/cgroup/memory" : "sys/fs/cgroup";
	*ret = cgroup;
	return has_directory(chain, cgroup);
}

struct km_str km_machine_cgroup_procs(struct km_machine *machine, const char *name)
{
	struct chain chain = { .machine = machine };
	struct km_str cgroup;

	if (!find(&chain, name, &cgroup))
		return (struct km_str){ 0 };
	return km_pool_printf(&machine->pool, "/%s%.*s/cgroup.procs", chain.top, KM_STR_ARG(cgroup));
}

void km_machine_cgroup(struct km_machine *machine, const char *name, struct km_cgroup_limits *ret)
{
	struct chain chain = { .machine = machine, .ret = ret };
	struct km_str cgroup;

	*ret = (struct km_cgroup_limits){ .known = KM_TRI_UNKNOWN };
	if (!find(&chain, name, &cgroup))
		return;
	ret->known = KM_TRI_YES;
	ret->no_kernel = is_without_kernel(machine);
	chain.limits = km_pool_alloc(&machine->pool, MOST_LIMITS, sizeof(*chain.limits));
	chain.files = km_pool_alloc(&machine->pool, MOST_FILES, sizeof(*chain.files));
	ret->limits.items = chain.limits;
	ret->files.items = chain.files;
	for (unsigned int depth = 0; cgroup.len && depth < MOST_DEPTH; depth++, cgroup = parent_of(cgroup))
		read_limits(&chain, cgroup);
	read_limits(&chain, cgroup);
}
