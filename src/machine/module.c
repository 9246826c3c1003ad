// SPDX-License-Identifier: GPL-2.0-or-later
/* The helper module's files, which are optional. */
#include <errno.h>
#include "machine/machine.h"

/* Modules only append to their files. Another format number means another meaning. */
static void check_format(struct km_machine *machine, struct km_str source, uint64_t version)
{
	if (version == KM_UNKNOWN || version == KM_MODFILE_FORMAT)
		return;
	km_problem_source(&machine->problems, source,
			  "load the module of this kmeminfo version; `kmeminfo module` explains "
			  "how",
			  "has format %llu, from a module %s than this kmeminfo (format %u); only lines "
			  "known to both are used",
			  (unsigned long long)version,
			  version > KM_MODFILE_FORMAT ? "newer" : "older",
			  (unsigned int)KM_MODFILE_FORMAT);
}

/* The module identifies pages by flags whose meaning may change in the next kernel. */
static void check_known(struct km_machine *machine, struct km_str until)
{
	uint64_t known = km_parse_release(until), here = km_parse_release(machine->host.release);
	struct km_problem *problem;

	if (known == KM_UNKNOWN || here == KM_UNKNOWN || here <= known)
		return;
	problem = km_problem_source(&machine->problems, KM_STR("/proc/kmeminfo"),
				    "look for a newer kmeminfo; compare `kmeminfo pages` with /proc/meminfo",
				    "the helper module knows kernels up to %.*s: in this kernel a page class may "
				    "mean something else", KM_STR_ARG(until));
	problem->optional = true;
}

/* 0 if the file was read and parsed, now or earlier; otherwise a negative errno. */
static int read_module(struct km_machine *machine, enum km_file file, struct km_err *err)
{
	struct km_module_file *module_file = &machine->module[file - KM_FILE_MODULE_GFP];
	struct km_parse parse = { .problems = &machine->problems };
	struct km_str text;
	int r;

	if (machine->have[file])
		return 0;
	r = km_machine_read(machine, file, &text, err);
	if (r)
		return r;
	parse.source = km_source_name(machine->source, km_files[file].path);
	km_parse_module_file(&parse, text, module_file);
	check_format(machine, parse.source, module_file->version);
	machine->asked[file] = machine->have[file] = true;
	return 0;
}

/* A missing file is not a problem. A refused file is a problem, once. */
static void note_refusal(struct km_machine *machine, enum km_file file, enum km_need need, int r,
			 const struct km_err *err)
{
	if (need == KM_REQUIRED && r != -ENOENT && r != -ENOTDIR)
		km_problem_source(&machine->problems,
				  km_source_name(machine->source, km_files[file].path),
				  machine->host.root == KM_TRI_NO ? km_files[file].hint : NULL,
				  "%s", err->what);
}

/*
 * If the kernel must read every page for a file, that file is read on a live machine only if a report needs
 * it. A topic, or a report with an optional use, does not count.
 */
static bool is_too_dear(const struct km_machine *machine, enum km_file file, enum km_need need)
{
	return need == KM_OPTIONAL && km_files[file].asked_only && !machine->have[file] &&
	       km_machine_is_live(machine);
}

const struct km_module_file *km_machine_module(struct km_machine *machine, enum km_file file,
						 enum km_need need)
{
	bool asked = machine->asked[file];
	struct km_err err;
	int r;

	if (machine->lacks_module || is_too_dear(machine, file, need))
		return NULL;
	r = read_module(machine, file, &err);
	machine->asked[file] = true;
	if (!r)
		return &machine->module[file - KM_FILE_MODULE_GFP];
	if (!asked)
		note_refusal(machine, file, need, r, &err);
	return NULL;
}

const struct km_module_blocks *km_machine_module_blocks(struct km_machine *machine, enum km_need need)
{
	const enum km_file file = KM_FILE_MODULE_BLOCKS;
	struct km_parse parse = { .problems = &machine->problems };
	struct km_str text;
	struct km_err err;
	int r;

	if (machine->asked[file])
		return machine->have[file] ? &machine->module_blocks : NULL;
	if (machine->lacks_module || is_too_dear(machine, file, need))
		return NULL;
	machine->asked[file] = true;
	r = km_machine_read(machine, file, &text, &err);
	if (r) {
		note_refusal(machine, file, need, r, &err);
		return NULL;
	}
	parse.source = km_source_name(machine->source, km_files[file].path);
	km_parse_module_blocks(&parse, text, &machine->module_blocks);
	check_format(machine, parse.source, machine->module_blocks.version);
	machine->have[file] = true;
	return &machine->module_blocks;
}

bool km_machine_loads_modules(struct km_machine *machine)
{
	struct km_str text;

	return km_machine_read(machine, KM_FILE_MODULES, &text, NULL) != -ENOENT;
}

/* Secure Boot locks the kernel down: it then only loads modules with a known signature. */
static bool is_locked_down(struct km_machine *machine)
{
	struct km_str text;

	return !km_source_read(machine->source, km_files[KM_FILE_LOCKDOWN].path, &text, NULL) &&
	       km_str_find(text, KM_STR("[none]")) < 0;
}

void km_machine_set_module_missing(struct km_machine *machine, enum km_file file)
{
	struct km_str source = km_source_name(machine->source, km_files[file].path);
	const struct km_problem *problem;

	/* a refusal was already reported */
	km_array_each(problem, &machine->problems.list)
		if (km_str_eq(problem->source, source))
			return;
	if (km_machine_is_live(machine) && !km_machine_loads_modules(machine))
		km_problem_source(&machine->problems, source, "'kmeminfo' shows the memory that its counters cover, and "
				  "--from a capture of a machine with the module",
				  "the helper module is not loaded, and this kernel loads no modules");
	else if (km_machine_is_live(machine) && is_locked_down(machine))
		km_problem_source(&machine->problems, source, "'kmeminfo module' prints the commands: under Secure Boot a "
				  "key is registered first, which the firmware confirms at the next boot; until then "
				  "'kmeminfo' shows the memory that counters cover",
				  "the helper module is not loaded");
	else if (km_machine_is_live(machine))
		km_problem_source(&machine->problems, source, "'kmeminfo module' explains how to load it; without it "
				  "'kmeminfo' shows the memory that counters cover",
				  "the helper module is not loaded");
	else
		km_problem_source(&machine->problems, source, "take it again with the module loaded ('kmeminfo module'); "
				  "'kmeminfo' shows the memory that counters cover",
				  "the capture has no figures of the helper module");
}

void km_machine_peek_module(struct km_machine *machine)
{
	const struct km_module_file *info = &machine->module[KM_FILE_MODULE_INFO - KM_FILE_MODULE_GFP];
	int r = read_module(machine, KM_FILE_MODULE_INFO, NULL);

	/* the module's files exist only together */
	machine->lacks_module = r == -ENOENT && km_machine_is_live(machine);
	if (r)
		return;
	machine->host.module = km_module_file_value(info, KM_STR("module_version"));
	check_known(machine, km_module_file_value(info, KM_STR("known_until")));
}
