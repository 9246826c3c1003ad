// SPDX-License-Identifier: GPL-2.0-or-later
/* check.conf: every line is parsed, or is a problem with its number; a parsed line is set in its rule. */
#include "base/threshold.h"
#include "fuzz.h"
#include "parse/thresholds.h"
#include "report/rule.h"

static void check_range(struct fuzz *fuzz, struct km_str text)
{
	struct km_threshold range;

	fuzz_expect(fuzz_has(fuzz, text));
	if (text.ptr && !km_str_eq(text, KM_STR("none")))
		fuzz_expect(!km_threshold_parse(text, &range) && range.start <= range.end);
}

/* Does what kmeminfo check does: the rule must accept each range that the parser accepted. */
static void apply(const struct km_rule_runs *runs, const struct km_threshold_line *line)
{
	struct km_rule_run *run = km_rule_runs_find(runs, line->rule);

	if (!run)
		return;
	run->skip = line->off;
	fuzz_expect(!line->warning.ptr || !km_rule_set(run, KM_WARNING, line->warning));
	fuzz_expect(!line->critical.ptr || !km_rule_set(run, KM_CRITICAL, line->critical));
}

void fuzz_one(struct fuzz *fuzz)
{
	const struct km_rule_runs runs = km_rule_runs_init(&fuzz->pool);
	const struct km_threshold_line *line;
	struct km_thresholds thresholds = { { 0 } };
	uint64_t before = 0;

	km_parse_thresholds(&fuzz->parse, fuzz->text, &thresholds);
	km_array_each(line, &thresholds.list) {
		fuzz_expect(line->rule.len && fuzz_has(fuzz, line->rule));
		fuzz_expect(line->line > before && line->line <= fuzz->parse.line);
		fuzz_expect(line->off != (line->warning.ptr || line->critical.ptr));
		check_range(fuzz, line->warning);
		check_range(fuzz, line->critical);
		apply(&runs, line);
		before = line->line;
	}
	km_thresholds_deinit(&thresholds);
}
