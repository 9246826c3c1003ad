// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include "base/nearest.h"
#include "cli/check-input.h"
#include "parse/thresholds.h"
#include "source/source.h"

/* Thresholds on their way from files to rules. */
struct reading {
	struct km_source *source; /* of this machine, whatever --from names */
	struct km_pool *pool;
	struct km_rule_runs *runs;
	struct km_problems problems;
};

static void no_such_rule(const struct km_rule_runs *runs, struct km_str name, struct km_err *err)
{
	struct km_nearest nearest = { .word = name };
	char hint[KM_HINT_SIZE];

	for (size_t i = 0; i < runs->len; i++)
		km_nearest_offer(&nearest, runs->items[i].rule->word.key);
	km_err_set(err, -EINVAL, km_nearest_hint(&nearest, hint, "`kmeminfo check --list` lists them"),
		   "no such rule '%.*s'", KM_STR_ARG(name));
}

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
		no_such_rule(reading->runs, line->rule, &err);
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

/* A path as the source takes it, below "/": a relative one starts in the current directory. */
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

		/* what is hidden is an editor's, or a package manager's copy */
		if (*name.ptr != '.' && km_str_ends(name, KM_STR(".conf")))
			read_file(reading, km_pool_printf(reading->pool, "%.*s/%.*s", KM_STR_ARG(folder),
							  KM_STR_ARG(name)).ptr, true);
	}
}

/* The first problem stands for all: each of them has its line. */
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

static int read_config(const struct km_check_input *input, struct km_pool *pool, struct km_rule_runs *runs,
		       struct km_err *err)
{
	struct reading reading = { .pool = pool, .runs = runs };
	const char *path = input->config ? input->config : KM_CHECK_CONF;
	int r = km_source_open(&reading.source, NULL, err);

	if (r)
		return r;
	read_file(&reading, path, input->config);
	read_drop_ins(&reading, path);
	r = fail_of(&reading.problems, err);
	km_problems_deinit(&reading.problems);
	km_source_free(reading.source);
	return r;
}

/* The rules that were named, and no others; also one that the file has off. */
static int choose(const struct km_check_input *input, struct km_rule_runs *runs, struct km_err *err)
{
	for (size_t i = 0; input->rules_len && i < runs->len; i++)
		runs->items[i].skip = true;
	for (size_t i = 0; i < input->rules_len; i++) {
		struct km_rule_run *run = km_rule_runs_find(runs, km_str_from(input->rules[i]));

		if (!run) {
			no_such_rule(runs, km_str_from(input->rules[i]), err);
			return -EINVAL;
		}
		run->skip = false;
		run->named = true;
	}
	return 0;
}

/* Of "RULE=RANGE" the rule, of "RANGE" the only one that was named. */
static struct km_rule_run *rule_of(const struct km_check_input *input, const struct km_rule_runs *runs,
				   struct km_str *arg, struct km_err *err)
{
	struct km_str name = km_str_from(input->rules_len == 1 ? input->rules[0] : NULL);
	struct km_rule_run *run;

	if (!km_str_take_until(arg, '=', &name) && !name.ptr) {
		km_err_set(err, -EINVAL, NULL, "'%.*s' needs one RULE, or stands as RULE=RANGE", KM_STR_ARG(*arg));
		return NULL;
	}
	run = km_rule_runs_find(runs, name);
	if (!run)
		no_such_rule(runs, name, err);
	return run;
}

static int apply_options(const struct km_check_input *input, const struct km_rule_runs *runs, struct km_err *err)
{
	const struct km_check_threshold *threshold;

	km_array_each(threshold, &input->thresholds) {
		struct km_str arg = km_str_from(threshold->arg);
		struct km_rule_run *run = rule_of(input, runs, &arg, err);

		if (!run)
			return -EINVAL;
		if (run->skip)
			return km_err_set(err, -EINVAL, NULL, "%s has a threshold and is not checked",
					  run->rule->word.key);
		if (km_rule_set(run, threshold->severity, arg))
			return km_err_set(err, -EINVAL, "a range is such as 10, 5:, ~:5, 10:20 or @10:20; none takes it away",
					  "--%s: '%.*s' is no range", km_severities[threshold->severity].key,
					  KM_STR_ARG(arg));
	}
	return 0;
}

int km_check_input_runs(const struct km_check_input *input, struct km_pool *pool, struct km_rule_runs *ret,
			struct km_err *err)
{
	int r;

	*ret = km_rule_runs_init(pool);
	r = read_config(input, pool, ret, err);
	if (!r)
		r = choose(input, ret, err);
	return r ? r : apply_options(input, ret, err);
}
