// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pointers.h"
#include "snapshot.h"

/*
 * Reads a file the first time it is asked for. Returns whether it has to be parsed now; the
 * text is then in *text.
 */
static bool read_once(struct km_snapshot *snapshot, enum km_file file, struct km_parse *parse,
		      struct km_str *text)
{
	const struct km_file_info *info = &km_files[file];
	struct km_err err;

	if (snapshot->asked[file])
		return false;
	snapshot->asked[file] = true;
	*parse = (struct km_parse){ .source = km_source_name(snapshot->source, info->path),
				    .problems = &snapshot->problems };
	if (km_source_read(snapshot->source, info->path, text, &err)) {
		km_problem_source(&snapshot->problems, parse->source,
				  snapshot->host.root == KM_TRI_NO ? info->hint : NULL, "%s", err.what);
		return false;
	}
	snapshot->have[file] = true;
	return true;
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
FILE_GETTER(meminfo, KM_FILE_MEMINFO)
FILE_GETTER(slabinfo, KM_FILE_SLABINFO)
FILE_GETTER_THEN(vmallocinfo, KM_FILE_VMALLOCINFO,
		 snapshot->host.pointers = km_pointers_of(&snapshot->vmallocinfo))
FILE_GETTER(vmstat, KM_FILE_VMSTAT)

static void describe_host(struct km_snapshot *snapshot, uint64_t page_bytes)
{
	const struct km_facts *facts = km_source_facts(snapshot->source);
	struct km_host *host = &snapshot->host;

	km_row_init(&km_host_type, host);
	host->release = facts->release;
	host->machine = facts->machine;
	host->time = km_host_time(&snapshot->pool, facts->time);
	host->source = facts->live ? KM_STR("live") : KM_STR("capture");
	if (facts->live)
		host->root = facts->root ? KM_TRI_YES : KM_TRI_NO;
	host->page_bytes = page_bytes != KM_UNKNOWN ? page_bytes : facts->page_bytes;
	host->page_source = page_bytes != KM_UNKNOWN ? KM_STR("--page-size") :
			    facts->live ? KM_STR("sysconf") : (struct km_str){ 0 };
}

int km_snapshot_init(struct km_snapshot *snapshot, const char *path, uint64_t page_bytes,
		     struct km_err *err)
{
	int r;

	*snapshot = (struct km_snapshot){ 0 };
	r = km_source_open(&snapshot->source, path, err);
	if (r)
		return r;
	describe_host(snapshot, page_bytes);
	return 0;
}

void km_snapshot_deinit(struct km_snapshot *snapshot)
{
	km_buddyinfo_deinit(&snapshot->buddyinfo);
	km_meminfo_deinit(&snapshot->meminfo);
	km_slabdir_deinit(&snapshot->slabdir);
	km_slabinfo_deinit(&snapshot->slabinfo);
	km_vmstat_deinit(&snapshot->vmstat);
	km_vmallocinfo_deinit(&snapshot->vmallocinfo);
	km_source_free(snapshot->source);
	km_problems_deinit(&snapshot->problems);
	km_pool_deinit(&snapshot->pool);
}
