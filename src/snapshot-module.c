// SPDX-License-Identifier: GPL-2.0-or-later
/* The helper module's files: there or not, and never missed. */
#include <errno.h>
#include "snapshot.h"

/* 0 when the file was read and parsed, now or before; else a negative errno. */
static int read_module(struct km_snapshot *snapshot, enum km_file file, struct km_err *err)
{
	struct km_parse parse = { .problems = &snapshot->problems };
	struct km_str text;
	int r;

	if (snapshot->have[file])
		return 0;
	r = km_snapshot_read(snapshot, file, &text, err);
	if (r)
		return r;
	parse.source = km_source_name(snapshot->source, km_files[file].path);
	km_parse_modfile(&parse, text, &snapshot->module[file - KM_FILE_MODULE_GFP]);
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
