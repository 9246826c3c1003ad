// SPDX-License-Identifier: GPL-2.0-or-later
/* Makes the row type of a comparison from the compared row type. */
#include "base/text.h"
#include "model/compare.h"
#include "words/say.h"

const struct km_word km_change_words[KM_CHANGES + 1] = {
	[KM_CHANGE_SAME] = { .key = "same", .tone = KM_TONE_FAINT, .brief = "nothing about the row changed" },
	[KM_CHANGE_CHANGED] = { .key = "changed", .brief = "something about the row changed" },
	[KM_CHANGE_NEW] = {
		.key = "new", .tone = KM_TONE_NOTE,
		.brief = "the row is only in the later reading",
		.explain = "If all rows of the earlier reading are known, the whole value is the change. A "
			   "cache that was created again with another object size is a new one.",
	},
	[KM_CHANGE_GONE] = {
		.key = "gone", .tone = KM_TONE_NOTE,
		.brief = "the row is only in the earlier reading",
		.explain = "If all rows of the later reading are known, the whole former value is the change.",
	},
	[KM_CHANGE_RESTARTED] = {
		.key = "restarted", .tone = KM_TONE_WARN,
		.brief = "a counter of the row is lower than before",
		.explain = "Counters only grow: it restarted in between, so its change is unknown.",
	},
};

const struct km_vocabulary km_change_vocabulary = {
	.name = "row-change",
	.brief = "how a row changed between two readings",
	.items = km_change_words,
	.item_size = sizeof(*km_change_words),
};

/* A type under construction, and the types around it. A tree's rows contain rows of their own type. */
struct maker {
	struct km_pool *pool;
	struct km_comparison_type *made;
	struct km_field *fields; /* of made */
	struct km_comparison_field *compared;
	size_t len;
	const struct maker *outer;
};

static size_t size_of(enum km_kind kind)
{
	switch (kind) {
	case KM_TEXT:
		return sizeof(struct km_str);
	case KM_TEXTS:
		return sizeof(struct km_texts);
	case KM_BYTES_LIST:
		return sizeof(struct km_numbers);
	case KM_PAIRS:
		return sizeof(struct km_pairs);
	case KM_ROWS:
		return sizeof(struct km_rows);
	default:
		return sizeof(uint64_t); /* numbers; words and tri-states are not larger */
	}
}

/* Adds a field at the end of the row. Its texts are those of the original field, with a suffix. */
static struct km_field *add_field(struct maker *maker, const struct km_field *of, enum km_kind kind,
				  const char *suffix, const char *head, const char *what)
{
	struct km_field *field = &maker->fields[maker->len++];

	*field = *of;
	field->kind = kind;
	field->flags &= KM_ANSWER | KM_ID | KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY | KM_SPREAD | KM_TREE | KM_PROSE;
	field->at_least = 0;
	field->offset = maker->made->type.row_size;
	maker->made->type.row_size += size_of(kind);
	if (!*suffix)
		return field;
	field->flags &= ~(unsigned int)KM_ANSWER;
	field->key = km_pool_printf(maker->pool, "%s%s", of->key, suffix).ptr;
	field->head = km_pool_printf(maker->pool, "%s%s", of->head, head).ptr;
	field->brief = km_pool_printf(maker->pool, "%s: %s", km_say(of->brief), km_say(what)).ptr;
	field->explain = NULL;
	return field;
}

static enum km_kind change_kind(enum km_kind kind)
{
	switch (kind) {
	case KM_COUNT:
	case KM_CHANGE:
		return KM_CHANGE;
	case KM_BYTES:
	case KM_DELTA:
		return KM_DELTA;
	case KM_RATIO:
	case KM_POINTS:
		return KM_POINTS;
	default:
		return kind;
	}
}

static void add_number(struct maker *maker, const struct km_field *of, struct km_comparison_field *ret)
{
	enum km_kind change = change_kind(of->kind);

	ret->before = add_field(maker, of, of->kind, "_before", "-BEFORE", "at the first moment");
	/* totals have one line each: value and change are enough */
	maker->fields[maker->len - 1].flags |= of->flags & KM_TOTAL_ONLY ? KM_DETAIL : 0;
	ret->after = add_field(maker, of, of->kind, "_after", "-AFTER", KM_SAID("at the second moment"));
	if (of->flags & KM_PROPERTY)
		return;
	ret->change = add_field(maker, of, change, "_change", "+-", KM_SAID("the second less the first"));
	if (change == KM_CHANGE || change == KM_DELTA)
		ret->rate = add_field(maker, of, change == KM_CHANGE ? KM_RATE : KM_BYTE_RATE, "_per_second", "/S",
				      "change per second");
	if (ret->rate && of->flags & KM_TOTAL_ONLY)
		maker->fields[maker->len - 1].flags |= KM_DETAIL;
}

static const struct km_comparison_type *make(struct km_pool *pool, const struct km_sheet_type *of,
					     const struct maker *outer);

static bool can_be_matched(const struct km_sheet_type *type)
{
	const struct km_field *field;

	km_field_each(field, type)
		if (field->flags & KM_ID)
			return true;
	return false;
}

static const char *changed_cell(struct km_pool *pool, const struct km_comparison_type *type, const char *cell)
{
	for (size_t i = 0; cell && i < type->len; i++)
		if (!strcmp(type->fields[i].of->key, cell) && type->fields[i].change)
			return km_pool_printf(pool, "%s_change", cell).ptr;
	return cell;
}

static void add_rows(struct maker *maker, const struct km_field *of, struct km_comparison_field *ret)
{
	struct km_field *field = add_field(maker, of, KM_ROWS, "", NULL, NULL);

	field->rows = &make(maker->pool, of->rows, maker)->type;
	ret->after = field;
}

/* False: comparisons leave out the field. */
static bool add_compared(struct maker *maker, const struct km_field *of, struct km_comparison_field *ret)
{
	*ret = (struct km_comparison_field){ .of = of };
	if (of->flags & KM_ID)
		ret->after = add_field(maker, of, of->kind, "", NULL, NULL);
	else if (of->kind == KM_ROWS && can_be_matched(of->rows))
		add_rows(maker, of, ret);
	else if (of->kind == KM_ROWS || (of->kind == KM_PAIRS && of->flags & KM_BY_NAME))
		return false;
	else if (km_kind_is_number(of->kind) && of->kind != KM_PAIRS && of->kind != KM_BYTES_LIST)
		add_number(maker, of, ret);
	else
		ret->after = add_field(maker, of, of->kind, "", NULL, NULL);
	if (!(of->flags & KM_ID) && (of->kind == KM_WORD || of->kind == KM_TRI))
		ret->before = add_field(maker, of, of->kind, "_before", "-BEFORE", "at the first moment");
	return true;
}

/* Updates the offset of the tri-state that tells whether a number is a lower bound. */
static void move_bounds(struct maker *maker)
{
	for (size_t i = 0; i < maker->made->len; i++) {
		const struct km_comparison_field *field = &maker->compared[i];

		if (!field->of->at_least || !field->before)
			continue;
		for (size_t j = 0; j < maker->made->len; j++) {
			const struct km_comparison_field *bound = &maker->compared[j];

			if (bound->of->offset != field->of->at_least || !bound->before)
				continue;
			((struct km_field *)field->before)->at_least = bound->before->offset;
			((struct km_field *)field->after)->at_least = bound->after->offset;
		}
	}
}

static void add_change(struct maker *maker)
{
	static const struct km_field change = {
		.key = "change", .head = "WHAT", .flags = KM_ANSWER, .kind = KM_WORD, .words = &km_change_vocabulary,
		.brief = "how the row changed", .explain = "`kmeminfo explain row-change` explains the words.",
		.origin = "computed",
	};

	add_field(maker, &change, KM_WORD, "", NULL, NULL);
}

static const struct km_comparison_type *make(struct km_pool *pool, const struct km_sheet_type *of,
					     const struct maker *outer)
{
	struct maker maker = { .pool = pool, .outer = outer };
	const struct km_field *field;
	size_t fields = 0;

	for (; outer; outer = outer->outer)
		if (outer->made->of == of)
			return outer->made;
	km_field_each(field, of)
		fields++;
	maker.made = km_pool_alloc(pool, 1, sizeof(*maker.made));
	maker.made->type = (struct km_sheet_type){
		.name = of->name, .brief = of->brief, .explain = of->explain, .spread_head = of->spread_head,
	};
	maker.made->of = of;
	maker.made->type.fields = maker.fields = km_pool_alloc(pool, 4 * fields + 2, sizeof(*maker.fields));
	maker.made->fields = maker.compared = km_pool_alloc(pool, fields, sizeof(*maker.compared));
	add_change(&maker);
	km_field_each(field, of)
		maker.made->len += add_compared(&maker, field, &maker.compared[maker.made->len]);
	move_bounds(&maker);
	maker.made->type.spread_cell = changed_cell(pool, maker.made, of->spread_cell);
	return maker.made;
}

const struct km_comparison_type *km_comparison_type(struct km_pool *pool, const struct km_sheet_type *of)
{
	return make(pool, of, NULL);
}
