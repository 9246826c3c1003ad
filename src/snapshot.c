// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "describe.h"
#include "model/pointers.h"
#include "snapshot.h"
#include "source/processes.h"

/* A capture's manifest knows better than the capture why a file is not in it. */
static void complain(struct km_snapshot *snapshot, const struct km_file_info *info,
		     struct km_str source, const struct km_err *err)
{
	struct km_str why = km_manifest_reason(&snapshot->manifest, km_str_from(info->path));
	bool refused = snapshot->host.root == KM_TRI_NO;

	if (why.ptr)
		km_problem_source(&snapshot->problems, source, refused ? info->hint : NULL,
				  "not captured: %.*s", KM_STR_ARG(why));
	else
		km_problem_source(&snapshot->problems, source, refused ? info->hint : NULL, "%s",
				  err->what);
}

static bool is_blank(struct km_str text)
{
	struct km_str line;

	while (km_str_take_line(&text, &line))
		if (km_str_trim(line).len)
			return false;
	return true;
}

int km_snapshot_read(struct km_snapshot *snapshot, enum km_file file, struct km_str *text,
		     struct km_err *err)
{
	int r = km_source_read(snapshot->source, km_files[file].path, text, err);

	/* of an empty manifest its parser tells: it is read when what is not there is passed over */
	if (r || file == KM_FILE_MANIFEST || !is_blank(*text))
		return r;
	return km_err_set(err, -ENODATA, NULL, "is empty");
}

/*
 * Reads a file the first time it is asked for. Returns whether it has to be parsed now; the
 * text is then in *text.
 */
static bool read_once(struct km_snapshot *snapshot, enum km_file file, struct km_parse *parse,
		      struct km_str *text)
{
	const struct km_file_info *info = &km_files[file];
	struct km_err err;
	int r;

	if (snapshot->asked[file])
		return false;
	*parse = (struct km_parse){ .source = km_source_name(snapshot->source, info->path),
				    .problems = &snapshot->problems };
	r = km_snapshot_read(snapshot, file, text, &err);
	if (r && snapshot->peeking)
		return false;
	if (r)
		complain(snapshot, info, parse->source, &err);
	snapshot->asked[file] = true;
	snapshot->have[file] = !r;
	return !r;
}

/* A parsed file by its name: reader, parser and record all bear it. then: once it is parsed. */
#define FILE_GETTER_THEN(name, file, then)                                                         \
	const struct km_##name *km_snapshot_##name(struct km_snapshot *snapshot)                   \
	{                                                                                          \
		struct km_parse parse;                                                             \
		struct km_str text;                                                                \
                                                                                                   \
		if (read_once(snapshot, file, &parse, &text)) {                                    \
			km_parse_##name(&parse, text, &snapshot->name);                            \
			then;                                                                      \
		}                                                                                  \
		return snapshot->have[file] ? &snapshot->name : NULL;                              \
	}
#define FILE_GETTER(name, file) FILE_GETTER_THEN(name, file, (void)0)

FILE_GETTER(buddyinfo, KM_FILE_BUDDYINFO)
FILE_GETTER(manifest, KM_FILE_MANIFEST)
FILE_GETTER(meminfo, KM_FILE_MEMINFO)
FILE_GETTER(pagetypeinfo, KM_FILE_PAGETYPEINFO)
FILE_GETTER(slabinfo, KM_FILE_SLABINFO)
FILE_GETTER_THEN(vmallocinfo, KM_FILE_VMALLOCINFO,
		 snapshot->host.pointers = km_pointers_of(&snapshot->vmallocinfo))
FILE_GETTER(vmstat, KM_FILE_VMSTAT)
FILE_GETTER(zoneinfo, KM_FILE_ZONEINFO)

const struct km_processes *km_snapshot_processes(struct km_snapshot *snapshot)
{
	struct km_err err;
	int r;

	if (!snapshot->asked_processes && km_source_facts(snapshot->source)->live) {
		r = km_processes_read(&snapshot->processes, &err);
		snapshot->have_processes = !r;
		if (r)
			km_problem_source(&snapshot->problems, KM_STR("processes"),
					  *err.hint ? err.hint : NULL, "%s", err.what)
				->optional = r == -ENOTSUP || r == -ELIBACC;
	}
	snapshot->asked_processes = true;
	return snapshot->have_processes ? &snapshot->processes : NULL;
}

int km_snapshot_init(struct km_snapshot *snapshot, const char *path, uint64_t page_bytes,
		     struct km_err *err)
{
	int r;

	*snapshot = (struct km_snapshot){ 0 };
	r = km_source_open(&snapshot->source, path, err);
	if (r)
		return r;
	km_describe_host(snapshot, page_bytes);
	km_snapshot_peek_module(snapshot);
	return 0;
}

void km_snapshot_deinit(struct km_snapshot *snapshot)
{
	km_buddyinfo_deinit(&snapshot->buddyinfo);
	km_manifest_deinit(&snapshot->manifest);
	km_meminfo_deinit(&snapshot->meminfo);
	km_pagetypeinfo_deinit(&snapshot->pagetypeinfo);
	for (size_t i = 0; i < sizeof(snapshot->module) / sizeof(*snapshot->module); i++)
		km_modfile_deinit(&snapshot->module[i]);
	km_processes_deinit(&snapshot->processes);
	km_slabdir_deinit(&snapshot->slabdir);
	km_slabinfo_deinit(&snapshot->slabinfo);
	km_vmstat_deinit(&snapshot->vmstat);
	km_vmallocinfo_deinit(&snapshot->vmallocinfo);
	km_zoneinfo_deinit(&snapshot->zoneinfo);
	km_source_free(snapshot->source);
	km_problems_deinit(&snapshot->problems);
	km_pool_deinit(&snapshot->pool);
}
