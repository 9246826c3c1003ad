// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include "base/nearest.h"
#include "base/units.h"
#include "report/sort.h"
#include "report/where-value.h"
#include "words/lookup.h"

static bool is_likeness(enum km_operator operator)
{
	return operator == KM_LIKE || operator == KM_UNLIKE_OF;
}

static bool is_equality(enum km_operator operator)
{
	return operator == KM_IS || operator == KM_IS_NOT;
}

/* Parses "0.5", "-1", "50%": digits and a point, in any locale. */
static int parse_real(struct km_str text, bool percent, double *ret)
{
	const bool negative = km_str_take_prefix(&text, KM_STR("-"));
	const bool is_percent = percent && text.len && text.ptr[text.len - 1] == '%';
	double value = 0, unit = 0;

	text.len -= is_percent;
	if (!text.len || text.len > 20)
		return -EINVAL;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '.' && unit == 0.0 && i + 1 < text.len) {
			unit = 1;
			continue;
		}
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return -EINVAL;
		value = value * 10 + (text.ptr[i] - '0');
		unit *= 10;
	}
	value = unit > 0 ? value / unit : value;
	*ret = (negative ? -value : value) / (is_percent ? 100 : 1);
	return 0;
}

static int parse_delta(struct km_str text, int (*parse)(struct km_str, uint64_t *), int64_t *ret)
{
	const bool negative = km_str_take_prefix(&text, KM_STR("-"));
	uint64_t number;

	if (!negative)
		km_str_take_prefix(&text, KM_STR("+"));
	if (parse(text, &number) || number > INT64_MAX)
		return -EINVAL;
	*ret = negative ? -(int64_t)number : (int64_t)number;
	return 0;
}

static int parse_tri(struct km_str text, enum km_tri *ret)
{
	const bool yes = km_lookup_compare(text, KM_STR("yes")) >= KM_LIKE_FOLDED ||
			 km_lookup_compare(text, KM_STR("true")) >= KM_LIKE_FOLDED;

	if (!yes && km_lookup_compare(text, KM_STR("no")) < KM_LIKE_FOLDED &&
	    km_lookup_compare(text, KM_STR("false")) < KM_LIKE_FOLDED)
		return -EINVAL;
	*ret = km_tri_of(yes);
	return 0;
}

/*
 * A value for a closed vocabulary must be one of its words, in any case. It is replaced by the vocabulary's
 * spelling.
 */
static int parse_word(const struct km_vocabulary *words, struct km_str *text, struct km_err *err)
{
	struct km_nearest nearest = { .word = *text };
	const struct km_vocabulary *vocabulary = words;
	const struct km_word *word;
	bool open = false;

	do {
		open = open || vocabulary->open;
		km_word_each(word, vocabulary) {
			km_nearest_offer(&nearest, word->key);
			if (km_lookup_compare(*text, km_str_from(word->key)) >= KM_LIKE_FOLDED) {
				*text = km_str_from(word->key);
				return 0;
			}
		}
		vocabulary = vocabulary->next;
	} while (vocabulary);
	if (open)
		return 0;
	if (!nearest.best)
		return km_err_set(err, -EINVAL, NULL, "'%.*s' is not a word of this field; 'kmeminfo explain %s' "
						      "lists them",
				  KM_STR_ARG(*text), words->name);
	return km_err_set(err, -EINVAL, NULL, "'%.*s' is not a word of this field; did you mean "
					      "'%s'?", KM_STR_ARG(*text),
			  nearest.best);
}

static int parse_text(struct km_pool *pool, struct km_comparison_value *value, struct km_err *err)
{
	static const char *const needs = KM_SAID("a text is compared with =, !=, ~ or !~");

	if (!is_likeness(value->operator) && !is_equality(value->operator))
		return km_err_set(err, -EINVAL, NULL, "%s", needs);
	value->text = km_pool_copy(pool, value->text);
	if (is_likeness(value->operator) && (*value->text.ptr == '^' || strstr(value->text.ptr, ".*")))
		return km_err_set(err, -EINVAL, NULL, "~ looks for a text or a shell pattern such as 'kmalloc-*', "
				  "not for a regular expression");
	if (is_likeness(value->operator))
		value->pattern = strpbrk(value->text.ptr, "*?[") ? value->text.ptr : NULL;
	else if (value->field->kind == KM_WORD)
		return parse_word(value->field->words, &value->text, err);
	return 0;
}

static int parse_number(struct km_comparison_value *value, struct km_err *err)
{
	const struct km_str text = value->text;
	const char *needs = "";
	int r = -EINVAL;

	switch (value->field->kind) {
	case KM_COUNT:
	case KM_ROWS:
		r = km_str_to_u64(text, &value->number);
		needs = KM_SAID("a whole number");
		break;
	case KM_BYTES:
	case KM_BYTES_LIST:
		r = km_units_parse(text, &value->number);
		needs = KM_SAID("a size such as 4096, 64K or 1.5M");
		break;
	case KM_DELTA:
		r = parse_delta(text, km_units_parse, &value->delta);
		needs = KM_SAID("a size such as 64K or -1M");
		break;
	case KM_CHANGE:
		r = parse_delta(text, km_str_to_u64, &value->delta);
		needs = KM_SAID("a whole number, also a negative one");
		break;
	case KM_RATIO:
	case KM_POINTS:
		r = parse_real(text, true, &value->real);
		needs = KM_SAID("a share such as 0.5 or 50%");
		break;
	case KM_TRI:
		r = parse_tri(text, &value->tri);
		needs = KM_SAID("yes or no");
		break;
	default:
		r = parse_real(text, false, &value->real);
		needs = KM_SAID("a number such as 0.5 or -1");
		break;
	}
	return r ? km_err_set(err, -EINVAL, NULL, "the value has to be %s", needs) : 0;
}

int km_where_value(struct km_pool *pool, struct km_str text, struct km_comparison_value *value, struct km_err *err)
{
	const enum km_kind kind = value->field->kind;

	value->text = text;
	if (kind == KM_PAIRS)
		return km_err_set(err, -EINVAL, NULL, "a field of many counters cannot be compared");
	value->unknown = is_equality(value->operator) && km_lookup_compare(text, KM_STR("unknown")) >= KM_LIKE_FOLDED;
	if (value->unknown && (kind != KM_WORD || parse_word(value->field->words, &value->text, NULL)))
		return 0;
	value->unknown = false;
	if (kind == KM_TEXT || kind == KM_TEXTS || kind == KM_WORD)
		return parse_text(pool, value, err);
	if (is_likeness(value->operator))
		return km_err_set(err, -EINVAL, NULL, "only texts and words are compared with ~ and !~");
	if (kind == KM_TRI && !is_equality(value->operator))
		return km_err_set(err, -EINVAL, NULL, "a flag is compared with = or !=");
	return parse_number(value, err);
}

static bool holds(enum km_operator operator, int order)
{
	switch (operator) {
	case KM_IS:
		return !order;
	case KM_IS_NOT:
		return order;
	case KM_BELOW:
		return order < 0;
	case KM_AT_MOST_OF:
		return order <= 0;
	case KM_ABOVE:
		return order > 0;
	default:
		return order >= 0;
	}
}

/* The number is a lower bound. Returns the result if it is the same for every larger number. */
static enum km_tri compare_bound(enum km_operator operator, int order)
{
	if (order > 0 || (!order && (operator == KM_AT_LEAST_OF || operator == KM_BELOW)))
		return km_tri_of(holds(operator, order));
	return KM_TRI_UNKNOWN;
}

/* A value without a capital letter matches any case: dma32 is DMA32, but Acpi-* is not acpi-*. */
static bool is_any_case(struct km_str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] >= 'A' && value.ptr[i] <= 'Z')
			return false;
	return true;
}

static bool is_same(struct km_str text, struct km_str value)
{
	return is_any_case(value) ? text.len == value.len && (!text.len || !strncasecmp(text.ptr, value.ptr, text.len)) :
				    km_str_eq(text, value);
}

static bool contains(struct km_str text, struct km_str part)
{
	for (size_t at = 0; at + part.len <= text.len; at++)
		if (is_same((struct km_str){ text.ptr + at, part.len }, part))
			return true;
	return !part.len;
}

static bool is_like(struct km_pool *pool, const struct km_comparison_value *value, struct km_str text)
{
	if (value->pattern)
		return !fnmatch(value->pattern, km_pool_copy(pool, text).ptr, is_any_case(value->text) ? FNM_CASEFOLD : 0);
	return contains(text, value->text);
}

static bool compare_text(const struct km_comparison_value *value, struct km_str text)
{
	struct km_pool pool = { 0 };
	bool like;

	if (is_equality(value->operator))
		return is_same(text, value->text) == (value->operator == KM_IS);
	like = is_like(&pool, value, text);
	km_pool_deinit(&pool);
	return like == (value->operator == KM_LIKE);
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

/* "!=" and "!~" of a list: true if no element equals, or matches, the value. */
static enum km_tri compare_list(const struct km_comparison_value *value, const void *at)
{
	const bool negative = value->operator == KM_IS_NOT || value->operator == KM_UNLIKE_OF;
	struct km_comparison_value one = *value;
	bool found = false;

	if (negative)
		one.operator = value->operator == KM_IS_NOT ? KM_IS : KM_LIKE;
	if (value->field->kind == KM_TEXTS)
		for (size_t i = 0; i < ((const struct km_texts *)at)->len; i++)
			found = found || compare_text(&one, ((const struct km_texts *)at)->items[i]);
	else
		for (size_t i = 0; i < ((const struct km_numbers *)at)->len; i++)
			found = found || holds(one.operator, ORDER(((const struct km_numbers *)at)->items[i], value->number));
	return km_tri_of(found != negative);
}

static int order_of(const struct km_comparison_value *value, const void *at)
{
	switch (value->field->kind) {
	case KM_COUNT:
	case KM_BYTES:
		return ORDER(*(const uint64_t *)at, value->number);
	case KM_ROWS:
		return ORDER(((const struct km_rows *)at)->len, value->number);
	case KM_DELTA:
	case KM_CHANGE:
		return ORDER(*(const int64_t *)at, value->delta);
	case KM_TRI:
		return *(const enum km_tri *)at != value->tri;
	default:
		return ORDER(*(const double *)at, value->real);
	}
}

enum km_tri km_where_compare(const struct km_comparison_value *value, const void *row)
{
	const struct km_field *field = value->field;
	const void *at = km_field_at(field, row);
	const bool unknown = km_field_is_unknown(field, row);

	if (value->unknown)
		return km_tri_of(unknown == (value->operator == KM_IS));
	if (unknown)
		return KM_TRI_UNKNOWN;
	if (field->kind == KM_TEXTS || field->kind == KM_BYTES_LIST)
		return compare_list(value, at);
	if (field->kind == KM_TEXT)
		return km_tri_of(compare_text(value, *(const struct km_str *)at));
	if (field->kind == KM_WORD)
		return km_tri_of(compare_text(value, km_word_str(km_field_word(field, row))));
	if (km_field_is_at_least(field, row))
		return compare_bound(value->operator, order_of(value, at));
	return km_tri_of(holds(value->operator, order_of(value, at)));
}
