// SPDX-License-Identifier: GPL-2.0-or-later
/* Fills one row of a comparison from two rows of the compared type. */
#include "model/compare-value.h"
#include "model/counter-kind.h"

static void *member(const struct km_field *field, void *row)
{
	return (char *)row + field->offset;
}

static bool is_known(const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	if (km_kind_is_real(field->kind))
		return !isnan(*(const double *)at);
	if (km_kind_is_signed(field->kind))
		return *(const int64_t *)at != KM_UNKNOWN_DELTA;
	return *(const uint64_t *)at != KM_UNKNOWN;
}

static int64_t signed_change(int64_t before, int64_t after)
{
	int64_t change;

	return __builtin_sub_overflow(after, before, &change) ? KM_UNKNOWN_DELTA : change;
}

/* Sets after minus before. A missing row counts as 0. */
static void set_change(const struct km_comparison_field *field, const void *before, const void *after, void *row)
{
	void *to = member(field->change, row);

	if (km_kind_is_real(field->of->kind))
		*(double *)to = (after ? *(const double *)km_field_at(field->of, after) : 0) -
				(before ? *(const double *)km_field_at(field->of, before) : 0);
	else if (km_kind_is_signed(field->of->kind))
		*(int64_t *)to = signed_change(before ? *(const int64_t *)km_field_at(field->of, before) : 0,
					       after ? *(const int64_t *)km_field_at(field->of, after) : 0);
	else
		*(int64_t *)to = km_num_delta(after ? km_field_number(field->of, after) : 0,
					      before ? km_field_number(field->of, before) : 0);
}

/* Whether the change is known. The change of a ratio needs a row at both moments. */
static bool has_change(const struct km_comparing *work, const struct km_comparison_field *field, unsigned int over_time,
		       const void *before, const void *after)
{
	const struct km_field *of = field->of;

	if (!(over_time & (KM_LEVEL | KM_COUNTER)))
		return false;
	if ((before && (!is_known(of, before) || km_field_is_at_least(of, before))) ||
	    (after && (!is_known(of, after) || km_field_is_at_least(of, after))))
		return false;
	if (before && after)
		return over_time & KM_LEVEL || work->options->interval.one_boot;
	return over_time & KM_LEVEL && !km_kind_is_real(of->kind) &&
	       (before ? work->options->after_whole : work->options->before_whole);
}

static int64_t change_of(const struct km_comparison_field *field, const void *row)
{
	return *(const int64_t *)km_field_at(field->change, row);
}

/* Whether a counter restarted. If time runs backwards, a counter that did not restart is lower. */
static bool is_restarted(const struct km_comparing *work, int64_t change)
{
	return work->options->interval.seconds < 0 ? change > 0 : change < 0;
}

static void set_rate(const struct km_comparing *work, const struct km_comparison_field *field, void *row)
{
	const struct km_interval *interval = &work->options->interval;
	int64_t change = change_of(field, row);

	if (!interval->one_boot || change == KM_UNKNOWN_DELTA || !(fabs(interval->seconds) > 0))
		return;
	*(double *)member(field->rate, row) = (double)change / interval->seconds;
}

static void set_word(void *row, enum km_change_id id)
{
	*(const struct km_word **)row = &km_change_words[id];
}

/* A share of the total changes with every other row, so it does not show whether this row changed. */
bool km_numbers_differ(const struct km_field *of, const void *before, const void *after)
{
	return of->kind != KM_RATIO && of->kind != KM_INDEX && is_known(of, before) && is_known(of, after) &&
	       km_field_compare(of, before, after);
}

/* The name that decides whether the row's numbers are counters. */
static struct km_str name_of(const struct km_comparing *work, const void *row)
{
	return work->name ? *(const struct km_str *)km_field_at(work->name, row) : (struct km_str){ 0 };
}

/* Returns whether the number differs. */
static bool compare_number(const struct km_comparing *work, const struct km_comparison_field *field, const void *before,
			   const void *after, void *row)
{
	unsigned int over_time = km_field_kind_over_time(field->of, name_of(work, after ? after : before));

	if (before)
		memcpy(member(field->before, row), km_field_at(field->of, before), sizeof(uint64_t));
	if (after)
		memcpy(member(field->after, row), km_field_at(field->of, after), sizeof(uint64_t));
	if (field->change && has_change(work, field, over_time, before, after)) {
		set_change(field, before, after, row);
		if (over_time & KM_COUNTER && is_restarted(work, change_of(field, row))) {
			*(int64_t *)member(field->change, row) = KM_UNKNOWN_DELTA;
			set_word(row, KM_CHANGE_RESTARTED);
		} else if (field->rate) {
			set_rate(work, field, row);
		}
	}
	return before && after && km_numbers_differ(field->of, before, after);
}

/* Words of an open vocabulary are new objects at each reading, so their texts are compared. */
bool km_words_differ(const struct km_field *before, const void *row_before, const struct km_field *after,
		     const void *row_after)
{
	const struct km_word *a, *b;

	if (before->kind == KM_TRI) {
		enum km_tri was = *(const enum km_tri *)km_field_at(before, row_before);
		enum km_tri is = *(const enum km_tri *)km_field_at(after, row_after);

		return was && is && was != is;
	}
	a = km_field_word(before, row_before);
	b = km_field_word(after, row_after);
	return a && b && !km_str_eq(km_word_str(a), km_word_str(b));
}

static void copy(const struct km_field *to, void *row, const struct km_field *of, const void *from)
{
	static const size_t sizes[] = {
		[KM_TEXT] = sizeof(struct km_str), [KM_TEXTS] = sizeof(struct km_texts),
		[KM_BYTES_LIST] = sizeof(struct km_numbers), [KM_PAIRS] = sizeof(struct km_pairs),
		[KM_WORD] = sizeof(const struct km_word *), [KM_TRI] = sizeof(enum km_tri), [KM_ROWS] = 0,
	};
	size_t size = sizes[of->kind];

	memcpy(member(to, row), km_field_at(of, from), size ? size : sizeof(uint64_t));
}

static bool compare_value(const struct km_comparison_field *field, const void *before, const void *after, void *row)
{
	if (!before) {
		copy(field->after, row, field->of, after);
		return false;
	}
	copy(field->after, row, field->of, after ? after : before);
	if (!field->before)
		return false;
	copy(field->before, row, field->of, before);
	return after && km_words_differ(field->of, before, field->of, after);
}

static struct km_sheet inner_sheet(const struct km_field *of, const void *row)
{
	const struct km_rows *rows = row ? km_field_at(of, row) : NULL;

	return (struct km_sheet){ of->rows, rows ? rows->items : NULL, rows ? rows->len : 0, NULL };
}

/* A spread field has one column per inner row, so all rows are shown, in their order. */
static bool compare_inner(const struct km_comparing *work, const struct km_comparison_field *field, const void *before,
			  const void *after, void *row)
{
	struct km_compare_options options = *work->options;
	struct km_sheet sheets[2] = { inner_sheet(field->of, before), inner_sheet(field->of, after) };
	struct km_comparison inner;

	if (field->of->flags & KM_TREE && before && after && (!sheets[0].len || !sheets[1].len))
		return false;
	options.in_order = work->options->in_order || field->of->flags & KM_SPREAD;
	options.all = work->options->all || field->of->flags & KM_SPREAD;
	options.by = NULL;
	km_compare(work->pool, (const struct km_comparison_type *)field->after->rows, &sheets[0], &sheets[1], &options,
		   &inner);
	*(struct km_rows *)member(field->after, row) = (struct km_rows){ inner.sheet.rows, inner.sheet.len };
	return inner.sheet.len > inner.same || (!options.all && inner.sheet.len);
}

bool km_comparison_is_number(const struct km_comparison_field *field)
{
	return field->before && km_kind_is_number(field->of->kind);
}

/* before or after may be NULL. Returns whether anything changed, apart from new and gone rows. */
static bool compare_fields(const struct km_comparing *work, const void *before, const void *after, void *row)
{
	bool changed = false;

	for (size_t i = 0; i < work->type->len; i++) {
		const struct km_comparison_field *field = &work->type->fields[i];

		if (field->of->kind == KM_ROWS && !(field->of->flags & KM_ID))
			changed |= compare_inner(work, field, before, after, row);
		else if (km_comparison_is_number(field))
			changed |= compare_number(work, field, before, after, row);
		else
			changed |= compare_value(field, before, after, row);
	}
	return changed;
}

void km_compare_row(const struct km_comparing *work, const void *before, const void *after, void *row)
{
	bool changed;

	km_row_init(&work->type->type, row);
	set_word(row, !before ? KM_CHANGE_NEW : !after ? KM_CHANGE_GONE : KM_CHANGE_SAME);
	changed = compare_fields(work, before, after, row);
	if (km_change_of(row) == KM_CHANGE_SAME && changed)
		set_word(row, KM_CHANGE_CHANGED);
}

double km_change_size(const struct km_comparison_field *field, const void *row)
{
	if (!is_known(field->change, row))
		return -1;
	return km_kind_is_real(field->change->kind) ? fabs(*(const double *)km_field_at(field->change, row)) :
						      fabs((double)change_of(field, row));
}

bool km_change_in(const struct km_comparison_field *field, const struct km_sheet *sheet)
{
	for (size_t i = 0; i < sheet->len; i++)
		if (km_change_size(field, km_sheet_row(sheet, i)) > 0)
			return true;
	return false;
}
