// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads thresholds from files of this machine, even if --from names a capture. */
#include <errno.h>
#include "cli/check-config.h"
#include "parse/thresholds.h"
#include "source/source.h"

/* Reads thresholds from files and sets them in rules. */
struct reading {
	struct km_source *source; /* of this machine */
	struct km_pool *pool;
	struct km_rule_runs *runs;
	struct km_problems problems;
};

static void set_range(struct reading *reading, struct km_rule_run *run, enum km_severity severity, struct km_str range)
{
	if (range.ptr)
		km_rule_set(run, severity, km_pool_copy(reading->pool, range));
}

static void apply(struct reading *reading, struct km_str source, const struct km_threshold_line *line)
{
	struct km_rule_run *run = km_rule_runs_find(reading->runs, line->rule);
	struct km_err err;

	if (!run) {
		km_check_no_such_rule(reading->runs, line->rule, &err);
		km_problem_line(&reading->problems, source, line->line, "%s; %s", err.what, err.hint);
		return;
	}
	run->skip = line->off;
	set_range(reading, run, KM_WARNING, line->warning);
	set_range(reading, run, KM_CRITICAL, line->critical);
}

static void apply_text(struct reading *reading, struct km_str source, struct km_str text)
{
	struct km_parse parse = { .source = source, .problems = &reading->problems };
	struct km_thresholds thresholds = { { 0 } };
	const struct km_threshold_line *line;

	km_parse_thresholds(&parse, text, &thresholds);
	km_array_each(line, &thresholds.list)
		apply(reading, source, line);
	km_thresholds_deinit(&thresholds);
}

/* The path below "/" for the source. A relative path starts in the current directory. */
static struct km_str below_root(struct km_pool *pool, const char *path)
{
	while (*path == '/' && path[1] == '/')
		path++;
	if (*path == '/')
		return km_str_from(path[1] ? path + 1 : ".");
	return km_pool_printf(pool, "proc/self/cwd/%s", path);
}

static void read_file(struct reading *reading, const char *path, bool required)
{
	struct km_str text;
	struct km_err err;
	int r = km_source_read(reading->source, below_root(reading->pool, path).ptr, &text, &err);

	if (!r)
		apply_text(reading, km_str_from(path), text);
	else if (required || r != -ENOENT)
		km_problem_source(&reading->problems, km_str_from(path), NULL, "%s", err.what);
}

static void read_drop_ins(struct reading *reading, const char *path)
{
	const struct km_str folder = km_pool_printf(reading->pool, "%s.d", path);
	struct km_entries entries;
	struct km_err err;
	int r = km_source_list(reading->source, below_root(reading->pool, folder.ptr).ptr, &entries, &err);

	if (r && r != -ENOENT)
		km_problem_source(&reading->problems, folder, NULL, "%s", err.what);
	for (size_t i = 0; !r && i < entries.len; i++) {
		const struct km_str name = entries.items[i].name;

		/* hidden files are copies made by editors and package managers */
		if (*name.ptr != '.' && km_str_ends(name, KM_STR(".conf")))
			read_file(reading, km_pool_printf(reading->pool, "%.*s/%.*s", KM_STR_ARG(folder),
							  KM_STR_ARG(name)).ptr, true);
	}
}

/* Reports only the first problem, because the user corrects one line after the other. */
static int fail_of(const struct km_problems *problems, struct km_err *err)
{
	const struct km_problem *first = problems->list.items;

	if (!problems->list.len)
		return 0;
	if (first->line == KM_UNKNOWN)
		return km_err_set(err, -EINVAL, NULL, "%.*s: %.*s", KM_STR_ARG(first->source), KM_STR_ARG(first->reason));
	return km_err_set(err, -EINVAL, NULL, "%.*s:%llu: %.*s", KM_STR_ARG(first->source),
			  (unsigned long long)first->line, KM_STR_ARG(first->reason));
}

int km_check_config_apply(const char *path, bool required, struct km_pool *pool, struct km_rule_runs *runs,
			  struct km_err *err)
{
	struct reading reading = { .pool = pool, .runs = runs };
	int r = km_source_open(&reading.source, NULL, err);

	if (r)
		return r;
	read_file(&reading, path, required);
	read_drop_ins(&reading, path);
	r = fail_of(&reading.problems, err);
	km_problems_deinit(&reading.problems);
	km_source_free(reading.source);
	return r;
}
