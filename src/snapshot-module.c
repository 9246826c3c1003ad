// SPDX-License-Identifier: GPL-2.0-or-later
/* The helper module's files: there or not, and never missed. */
#include <errno.h>
#include "snapshot.h"

/* A module appends to its files as it grows; a format of another number means something else. */
static void check_format(struct km_snapshot *snapshot, struct km_str source,
			 const struct km_modfile *modfile)
{
	if (modfile->version == KM_UNKNOWN || modfile->version == KM_MODFILE_FORMAT)
		return;
	km_problem_source(&snapshot->problems, source,
			  "load the module that this kmeminfo came with: `kmeminfo module` says how",
			  "is in format %llu, of a module %s than this kmeminfo, which knows %u: what "
			  "both know is used",
			  (unsigned long long)modfile->version,
			  modfile->version > KM_MODFILE_FORMAT ? "newer" : "older",
			  (unsigned int)KM_MODFILE_FORMAT);
}

/* 0 when the file was read and parsed, now or before; else a negative errno. */
static int read_module(struct km_snapshot *snapshot, enum km_file file, struct km_err *err)
{
	struct km_modfile *modfile = &snapshot->module[file - KM_FILE_MODULE_GFP];
	struct km_parse parse = { .problems = &snapshot->problems };
	struct km_str text;
	int r;

	if (snapshot->have[file])
		return 0;
	r = km_snapshot_read(snapshot, file, &text, err);
	if (r)
		return r;
	parse.source = km_source_name(snapshot->source, km_files[file].path);
	km_parse_modfile(&parse, text, modfile);
	check_format(snapshot, parse.source, modfile);
	snapshot->asked[file] = snapshot->have[file] = true;
	return 0;
}

const struct km_modfile *km_snapshot_module(struct km_snapshot *snapshot, enum km_file file)
{
	bool asked = snapshot->asked[file];
	struct km_err err;
	int r = read_module(snapshot, file, &err);

	snapshot->asked[file] = true;
	if (!r)
		return &snapshot->module[file - KM_FILE_MODULE_GFP];
	if (!asked && !snapshot->peeking && r != -ENOENT && r != -ENOTDIR)
		km_problem_source(&snapshot->problems,
				  km_source_name(snapshot->source, km_files[file].path),
				  snapshot->host.root == KM_TRI_NO ? km_files[file].hint : NULL,
				  "%s", err.what);
	return NULL;
}

void km_snapshot_peek_module(struct km_snapshot *snapshot)
{
	const struct km_modfile *info = &snapshot->module[KM_FILE_MODULE_INFO - KM_FILE_MODULE_GFP];

	if (!read_module(snapshot, KM_FILE_MODULE_INFO, NULL))
		snapshot->host.module = km_modfile_value(info, KM_STR("module_version"));
}
