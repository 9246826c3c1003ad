// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers that an editor, less -N, cat -n, grep -n or a page puts in front of each line, or above it. */
#include "base/num.h"
#include "parse/logtext-frame.h"

/* "12: text", "12- text", "12. text", "12| text", "    12 text", "L12: text". strict: not "12:34:56", which is a time. */
static bool take_number(struct km_str line, bool strict, struct km_str *ret, uint64_t *ret_number)
{
	struct km_str rest = km_clean_ends(line);

	while (rest.len && (*rest.ptr == ' ' || *rest.ptr == '\t'))
		rest = km_str_skip(rest, 1);
	km_str_take_prefix(&rest, KM_STR("L"));
	if (!km_str_take_u64(&rest, ret_number))
		return false;
	*ret = rest;
	if (!rest.len)
		return true;
	if (!*rest.ptr || !strchr(":.|)- \t", *rest.ptr))
		return false;
	if (strict && rest.len > 1 && *rest.ptr != ' ' && km_is_digit(rest.ptr[1]))
		return false;
	*ret = km_str_skip(rest, 1);
	return true;
}

/* Each number is one more than that above; behind grep -n it is only larger, and a sign stands behind it. */
static bool is_next(struct km_str text, uint64_t number, uint64_t before)
{
	const bool sign = text.len && strchr(":-", text.ptr[-1]);

	return before == KM_UNKNOWN || number == before + 1 || (sign && number > before);
}

bool km_frame_has_numbers(struct km_frame *frame, const struct km_frame_sample *sample)
{
	enum { LINES_LEAST = 3, SHARE = 8, WHOLE = 10, THIRD = 3 };
	uint64_t before = KM_UNKNOWN, number;
	size_t lines = 0, found = 0, alone = 0;
	bool above = false;

	for (size_t i = 0; i < sample->lines; i++) {
		const struct km_str line = sample->text(sample->data, i);
		struct km_str text;

		if (!km_str_trim(line).len)
			continue;
		lines++;
		if (above || !take_number(line, true, &text, &number)) {
			found += above;
			above = false;
			continue;
		}
		found += is_next(text, number, before);
		before = number;
		above = !km_str_trim(text).len && i + 1 < sample->lines && !take_number(sample->text(sample->data, i + 1), true, &text, &number);
		alone += above;
	}
	frame->kind = KM_FRAME_NUMBER;
	frame->alone = alone * THIRD > lines;
	return lines >= LINES_LEAST && found * WHOLE > lines * SHARE;
}

bool km_frame_peel_number(struct km_frame *frame, struct km_str line, struct km_str *ret)
{
	const bool above = frame->open;
	struct km_str text;
	uint64_t number;

	*ret = line;
	frame->open = false;
	if (above || !take_number(line, false, &text, &number))
		return true;
	frame->open = frame->alone && !km_str_trim(text).len;
	*ret = text;
	return !frame->open;
}
