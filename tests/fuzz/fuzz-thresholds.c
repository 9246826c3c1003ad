// SPDX-License-Identifier: GPL-2.0-or-later
/* check.conf: every line is taken, or is a problem of its number. */
#include "base/threshold.h"
#include "fuzz.h"
#include "parse/thresholds.h"

static void check_range(struct fuzz *fuzz, struct km_str text)
{
	struct km_threshold range;

	fuzz_expect(fuzz_has(fuzz, text));
	if (text.ptr && !km_str_eq(text, KM_STR("none")))
		fuzz_expect(!km_threshold_parse(text, &range) && range.start <= range.end);
}

void fuzz_one(struct fuzz *fuzz)
{
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
		before = line->line;
	}
	km_thresholds_deinit(&thresholds);
}
