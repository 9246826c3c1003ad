// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One line per rule, with a parser of our own. Libraries for .ini files (inih, libconfuse,
 * libeconf) take a line with a leading blank as a continuation, or stop at a NUL. A threshold that
 * is lost in this way goes unnoticed.
 */
#include "base/threshold.h"
#include "parse/thresholds.h"

static bool take_range(struct km_parse *parse, struct km_str key, struct km_str value, struct km_str *ret)
{
	struct km_threshold range;

	if (ret->ptr) {
		km_parse_problem(parse, "%.*s is given twice", KM_STR_ARG(key));
		return false;
	}
	if (!km_str_eq(value, KM_STR("none")) && km_threshold_parse(value, &range)) {
		km_parse_problem(parse, "'%.*s' is neither a range such as 10, 5: or @10:20, nor none", KM_STR_ARG(value));
		return false;
	}
	*ret = value;
	return true;
}

static bool take_setting(struct km_parse *parse, struct km_str word, struct km_threshold_line *ret)
{
	struct km_str key;

	if (km_str_eq(word, KM_STR("off"))) {
		ret->off = true;
		return true;
	}
	if (km_str_take_until(&word, '=', &key)) {
		if (km_str_eq(key, KM_STR("warning")))
			return take_range(parse, key, word, &ret->warning);
		if (km_str_eq(key, KM_STR("critical")))
			return take_range(parse, key, word, &ret->critical);
		word = key;
	}
	km_parse_problem(parse, "'%.*s' is not off, warning=RANGE or critical=RANGE", KM_STR_ARG(word));
	return false;
}

static void parse_line(struct km_parse *parse, struct km_str line, struct km_thresholds *ret)
{
	struct km_threshold_line row = { .line = parse->line };
	struct km_str word;

	km_str_take_word(&line, &row.rule);
	while (km_str_take_word(&line, &word))
		if (!take_setting(parse, word, &row))
			return;
	if (!row.off && !row.warning.ptr && !row.critical.ptr)
		km_parse_problem(parse, "'%.*s' has no value", KM_STR_ARG(row.rule));
	else if (row.off && (row.warning.ptr || row.critical.ptr))
		km_parse_problem(parse, "off cannot be combined with a threshold");
	else
		*km_array_push(&ret->list) = row;
}

void km_parse_thresholds(struct km_parse *parse, struct km_str text, struct km_thresholds *ret)
{
	struct km_str line, code;

	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_take_until(&line, '#', &code))
			code = line;
		if (!km_str_is_blank(code))
			parse_line(parse, km_str_trim(code), ret);
	}
}

void km_thresholds_deinit(struct km_thresholds *thresholds)
{
	km_array_deinit(&thresholds->list);
}
