// SPDX-License-Identifier: GPL-2.0-or-later
/* The contents of a cell: text, a bar, a curve. */
#include "base/clean.h"
#include "render/text.h"
#include "render/tone.h"

/* The sizes as a curve, one character per size; a blank for an unknown size. */
static const char *spark(struct km_print *out, const struct km_numbers *sizes)
{
	static const char *const blocks[] = { "\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
					      "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88" };
	static const char *const letters[] = { "_", ".", "-", "~", "=", "+", "*", "#" };
	const char *const *levels = out->style->utf8 ? blocks : letters;
	char *text = km_pool_alloc(&out->pool, sizes->len * 3 + 1, 1), *end = text;
	uint64_t low = KM_UNKNOWN, high = 0;

	for (size_t i = 0; i < sizes->len; i++) {
		low = sizes->items[i] < low ? sizes->items[i] : low;
		high = sizes->items[i] != KM_UNKNOWN && sizes->items[i] > high ? sizes->items[i] : high;
	}
	for (size_t i = 0; i < sizes->len; i++) {
		double part = high > low ? (double)(sizes->items[i] - low) / (double)(high - low) : 0;

		end = stpcpy(end, sizes->items[i] == KM_UNKNOWN ? " " : levels[(size_t)km_num_round(part * 7)]);
	}
	return text;
}

const char *km_print_cell(struct km_print *out, const struct km_field *field, const void *row)
{
	struct km_str s;

	if (field->flags & KM_SPARK)
		return spark(out, km_field_at(field, row));
	s = km_cell_text(&out->pool, field, row, out->style->exact);
	s = km_text_clean(&out->pool, s);
	return km_pool_copy(&out->pool, s).ptr;
}

/* The columns of a bar: half of the terminal's width beyond the 70 for figures and words. */
size_t km_print_bar_width(const struct km_style *style)
{
	enum { OTHERS = 70, MOST = 24 };

	if (!style->terminal || style->width >= OTHERS + 2 * MOST)
		return MOST;
	return style->width > OTHERS ? (style->width - OTHERS) / 2 : 0;
}

/* A bar over this share of its column. */
const char *km_print_bar(struct km_print *out, double ratio)
{
	static const char *const eighths[] = { "", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d",
					       "\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a",
					       "\xe2\x96\x89", "\xe2\x96\x88" };
	const size_t steps = out->style->utf8 ? 8 : 1, width = km_print_bar_width(out->style);
	const double share = isnan(ratio) ? 0 : ratio < 1 ? ratio : 1;
	size_t length = (size_t)km_num_round(share * (double)(width * steps));
	char *text = km_pool_alloc(&out->pool, width * 3 + 1, 1), *end = text;

	for (; length; length -= length < steps ? length : steps)
		end = stpcpy(end, steps == 1 ? "#" : eighths[length < steps ? length : steps]);
	return text;
}

/* An unknown share has no tone, as every comparison with it is false. */
static enum km_tone tone_of_ratio(const struct km_field *field, double ratio)
{
	const double large_share = 0.1, little_use = 0.5;

	if (field->flags & KM_SHARE && ratio >= large_share)
		return KM_TONE_NOTE;
	return field->flags & KM_USE && ratio < little_use ? KM_TONE_WARN : KM_TONE_PLAIN;
}

static enum km_tone tone_of(const struct km_field *field, const void *row)
{
	const struct km_word *word = field->kind == KM_WORD ? km_field_word(field, row) : NULL;

	if (field->kind == KM_RATIO)
		return tone_of_ratio(field, *(const double *)km_field_at(field, row));
	return word ? word->tone : KM_TONE_PLAIN;
}

const char *km_print_color(const struct km_print *out, const struct km_field *field, const void *row)
{
	return out->style->color ? km_tone_color(tone_of(field, row)) : NULL;
}
