// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/clean.h"
#include "base/prose.h"
#include "base/utf8.h"

static bool is_among(struct km_str set, uint32_t c)
{
	uint32_t member;

	while (km_str_take_char(&set, &member))
		if (member == c)
			return true;
	return false;
}

/*
 * Whether a line may end between two characters without a blank between them (JIS X 4051, basic
 * rules).
 */
static bool may_break(uint32_t before, uint32_t after)
{
	static const struct km_str no_start = KM_STR_INIT(
		")]},.:;!?%、。，．・：；？！ー々〜…゛゜ヽヾゝゞ’”）〕］｝〉》」』】"
		"ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ");
	static const struct km_str no_end = KM_STR_INIT("([{‘“（〔［｛〈《「『【");

	return (km_char_columns(before) == 2 || km_char_columns(after) == 2) &&
	       !is_among(no_start, after) && !is_among(no_end, before);
}

static bool is_blank(struct km_str s)
{
	return *s.ptr == ' ' || *s.ptr == '\t';
}

/* Whether the last character contains a blank of its own. */
static bool ends_wide(struct km_str piece)
{
	return piece.len && is_among(KM_STR("）」』、。："), km_str_last_char(piece));
}

/* Takes a piece that must stay on one line, and whether a blank precedes it. False at the end. */
static bool take_piece(struct km_str *rest, struct km_str *piece, bool *blank)
{
	struct km_str next;
	uint32_t before, after;

	for (*blank = false; rest->len && is_blank(*rest); *blank = true)
		*rest = km_str_skip(*rest, 1);
	piece->ptr = rest->ptr;
	if (!km_str_take_char(rest, &before))
		return false;
	for (next = *rest; next.len && !is_blank(next); before = after) {
		km_str_take_char(&next, &after);
		if (may_break(before, after))
			break;
		*rest = next;
	}
	piece->len = (size_t)(rest->ptr - piece->ptr);
	return true;
}

/*
 * Continues a line that already has this many columns. Each piece is cleaned before its columns are counted; a blank
 * may still be a tab.
 */
static void fold(struct km_text *out, struct km_str text, size_t column, size_t indent, size_t width)
{
	bool blank, first = true;
	struct km_str piece, before = { 0 };
	KM_TEXT_SCOPE clean = { 0 };

	for (; take_piece(&text, &piece, &blank); before = piece) {
		size_t columns;

		clean.len = 0;
		km_text_add_clean(&clean, piece);
		columns = km_str_columns(km_text_str(&clean));
		blank = blank && !ends_wide(before);

		if (first && column <= indent) {
			km_text_printf(out, "%*s", (int)(indent - column), "");
			column = indent;
		} else if (column + (blank || first) + columns > width && !first) {
			km_text_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (blank || first) {
			km_text_puts(out, " ");
			column++;
		}
		km_text_add(out, km_text_str(&clean));
		column += columns;
		first = false;
	}
	if (!first || column)
		km_text_puts(out, "\n");
}

void km_prose_fold(struct km_text *out, struct km_str text, size_t indent, size_t width)
{
	fold(out, text, 0, indent, width);
}

void km_prose_labelled(struct km_text *out, struct km_str label, struct km_str text, size_t indent, size_t width)
{
	const size_t start = out->len;

	km_text_add_clean(out, label);
	fold(out, text, km_str_columns(km_str_skip(km_text_str(out), start)), indent, width);
}
