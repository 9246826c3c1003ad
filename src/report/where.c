// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/text.h"
#include "base/units.h"
#include "report/view.h"
#include "report/where-value.h"
#include "report/where.h"
#include "words/lookup.h"

enum { DEEPEST = 64 };

enum node { COMPARE, AND, OR, NOT };

struct km_where {
	const struct km_sheet_type *type;
	enum node node;
	const struct km_where *left, *right; /* for AND and OR; NOT only has left */
	struct km_comparison_value value;    /* for COMPARE */
};

struct parser {
	struct km_pool *pool;
	const struct km_sheet_type *type;
	struct km_str text, rest;
	unsigned int depth;
	struct km_err *err;
};

/* Fills err. The hint is the text, and below it a mark at the error, as far as both fit. */
static int complain(struct parser *parser, const char *at, const char *what)
{
	enum { ROOM = 100 };
	size_t column = (size_t)(at - parser->text.ptr), from = column > ROOM / 2 ? column - ROOM / 2 : 0;
	size_t len = parser->text.len - from < ROOM ? parser->text.len - from : ROOM;
	char hint[sizeof(parser->err->hint)];

	snprintf(hint, sizeof(hint), "%.*s\n  %*s^", (int)len, parser->text.ptr + from, (int)(column - from), "");
	return km_err_set(parser->err, -EINVAL, hint, "--where: %s", what);
}

static void skip_blanks(struct parser *parser)
{
	while (parser->rest.len && (*parser->rest.ptr == ' ' || *parser->rest.ptr == '\t'))
		parser->rest = km_str_skip(parser->rest, 1);
}

static bool is_word_char(char c)
{
	return !strchr(" \t()<>=!~&|'\"", c) || !c;
}

/* Takes a word, or a text in quotes. False: there is neither. */
static bool take_word(struct parser *parser, struct km_str *word)
{
	struct km_str rest;
	char quote;

	skip_blanks(parser);
	rest = parser->rest;
	quote = rest.len ? *rest.ptr : '\0';
	if (quote == '\'' || quote == '"') {
		rest = km_str_skip(rest, 1);
		if (!km_str_take_until(&rest, quote, word))
			return false;
		parser->rest = rest;
		return true;
	}
	*word = (struct km_str){ rest.ptr, 0 };
	while (word->len < rest.len && is_word_char(rest.ptr[word->len]))
		word->len++;
	parser->rest = km_str_skip(rest, word->len);
	return word->len;
}

static bool take_symbol(struct parser *parser, const char *symbol)
{
	skip_blanks(parser);
	return km_str_take_prefix(&parser->rest, km_str_from(symbol));
}

/* Takes a keyword in any case. It must be a whole word, so that no field name begins with one. */
static bool take_keyword(struct parser *parser, const char *keyword)
{
	struct parser ahead = *parser;
	struct km_str word;

	skip_blanks(&ahead);
	if (!ahead.rest.len || strchr("'\"", *ahead.rest.ptr) || !take_word(&ahead, &word) ||
	    word.len != strlen(keyword) || strncasecmp(word.ptr, keyword, word.len))
		return false;
	parser->rest = ahead.rest;
	return true;
}

static bool take_operator(struct parser *parser, enum km_operator *operator)
{
	/* longer operators first */
	static const struct {
		const char *symbol;
		enum km_operator operator;
	} operators[] = {
		{ "==", KM_IS }, { "!=", KM_IS_NOT }, { "<=", KM_AT_MOST_OF }, { ">=", KM_AT_LEAST_OF },
		{ "!~", KM_UNLIKE_OF }, { "<>", KM_IS_NOT }, { "=~", KM_LIKE }, { "=", KM_IS }, { "<", KM_BELOW }, { ">", KM_ABOVE }, { "~", KM_LIKE },
	};

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (take_symbol(parser, operators[i].symbol)) {
			*operator = operators[i].operator;
			return true;
		}
	return false;
}

static struct km_where *new_node(struct parser *parser, enum node node, const struct km_where *left,
				 const struct km_where *right)
{
	struct km_where *where = km_pool_alloc(parser->pool, 1, sizeof(*where));

	*where = (struct km_where){ .type = parser->type, .node = node, .left = left, .right = right };
	return where;
}

/* A unit may stand behind a blank: "1 MiB". */
static void take_unit(struct parser *parser, struct km_str *word)
{
	struct parser ahead = *parser;
	struct km_str unit, both;
	uint64_t bytes;

	if (!word->len || !km_is_digit(*word->ptr) || !take_word(&ahead, &unit) || km_is_digit(*unit.ptr))
		return;
	both = (struct km_str){ word->ptr, (size_t)(unit.ptr + unit.len - word->ptr) };
	if (km_units_parse(both, &bytes))
		return;
	*word = both;
	parser->rest = ahead.rest;
}

/* Takes an operator and a value. A column of yes and no may stand alone. */
static int parse_value(struct parser *parser, struct km_comparison_value *value)
{
	const char *start;
	struct km_str word = KM_STR("yes");
	struct km_err err = { 0 };

	skip_blanks(parser);
	start = parser->rest.ptr;
	value->operator = KM_IS;
	if (!take_operator(parser, &value->operator)) {
		if (value->field->kind != KM_TRI)
			return complain(parser, start, KM_SAID("=, !=, <, <=, >, >=, ~ or !~ is missing here"));
	} else {
		skip_blanks(parser);
		start = parser->rest.ptr;
		if (!take_word(parser, &word))
			return complain(parser, start, KM_SAID("a value is missing here"));
		take_unit(parser, &word);
	}
	return km_where_value(parser->pool, word, value, &err) ? complain(parser, start, err.what) : 0;
}

static int parse_compare(struct parser *parser, const struct km_where **ret)
{
	struct km_where *where = new_node(parser, COMPARE, NULL, NULL);
	const char *start;
	struct km_str word;
	struct km_err err = { 0 };

	skip_blanks(parser);
	start = parser->rest.ptr;
	if (!take_word(parser, &word))
		return complain(parser, start, KM_SAID("a field is missing here, for example: size_bytes > 1M"));
	where->value.field = km_view_find(parser->type, word, &err);
	if (!where->value.field)
		return complain(parser, start, km_pool_printf(parser->pool, "%s%s%s", err.what, *err.hint ? "; " : "",
							      err.hint).ptr);
	*ret = where;
	return parse_value(parser, &where->value);
}

static int parse_any(struct parser *parser, const struct km_where **ret);

static int parse_one(struct parser *parser, const struct km_where **ret)
{
	const char *start;
	int r;

	*ret = NULL;
	skip_blanks(parser);
	start = parser->rest.ptr;
	if (parser->depth >= DEEPEST)
		return complain(parser, start, KM_SAID("this is nested too deeply"));
	if (take_keyword(parser, "not") || take_symbol(parser, "!")) {
		parser->depth++;
		r = parse_one(parser, ret);
		parser->depth--;
		*ret = r ? NULL : new_node(parser, NOT, *ret, NULL);
		return r;
	}
	if (!take_symbol(parser, "("))
		return parse_compare(parser, ret);
	parser->depth++;
	r = parse_any(parser, ret);
	parser->depth--;
	if (!r && !take_symbol(parser, ")"))
		return complain(parser, parser->rest.ptr, KM_SAID("')' is missing here"));
	return r;
}

static int parse_all(struct parser *parser, const struct km_where **ret)
{
	const struct km_where *right;
	int r = parse_one(parser, ret);

	while (!r && (take_keyword(parser, "and") || take_symbol(parser, "&&"))) {
		r = parse_one(parser, &right);
		if (!r)
			*ret = new_node(parser, AND, *ret, right);
	}
	return r;
}

static int parse_any(struct parser *parser, const struct km_where **ret)
{
	const struct km_where *right;
	int r = parse_all(parser, ret);

	while (!r && (take_keyword(parser, "or") || take_symbol(parser, "||"))) {
		r = parse_all(parser, &right);
		if (!r)
			*ret = new_node(parser, OR, *ret, right);
	}
	return r;
}

int km_where_parse(struct km_pool *pool, const struct km_sheet_type *type, struct km_str text,
		   const struct km_where **ret, struct km_err *err)
{
	struct km_err unused;
	struct parser parser = { pool, type, text, text, 0, err ? err : &unused };
	int r = parse_any(&parser, ret);

	skip_blanks(&parser);
	if (!r && parser.rest.len)
		return complain(&parser, parser.rest.ptr, KM_SAID("'and', 'or' or the end is expected here"));
	return r;
}

/* Three-valued logic: unknown is the result only if the other side does not decide. */
enum km_tri km_where_matches(const struct km_where *where, const void *row)
{
	enum km_tri left, right, decides = where->node == OR ? KM_TRI_YES : KM_TRI_NO;

	if (where->node == COMPARE)
		return km_where_compare(&where->value, row);
	left = km_where_matches(where->left, row);
	if (where->node == NOT)
		return left == KM_TRI_UNKNOWN ? left : km_tri_of(left == KM_TRI_NO);
	if (left == decides)
		return left;
	right = km_where_matches(where->right, row);
	return right == decides || left != KM_TRI_UNKNOWN ? right : left;
}

/* Adds up fields whose total is not a sum, if a few rows of them may be added up. */
static void add_up(const struct km_sheet *sheet, void *totals)
{
	const struct km_field *field;

	km_sheet_sum(sheet, totals);
	km_field_each(field, sheet->type) {
		uint64_t sum = 0;

		if (!(field->flags & KM_ADDS) || !sheet->len || (field->kind != KM_BYTES && field->kind != KM_COUNT))
			continue;
		for (size_t i = 0; i < sheet->len; i++)
			sum = km_num_add(sum, km_field_number(field, km_sheet_row(sheet, i)));
		*(uint64_t *)((char *)totals + field->offset) = sum;
	}
}

struct km_sheet km_where_filter(struct km_pool *pool, const struct km_where *where, const struct km_sheet *sheet)
{
	const size_t size = sheet->type->row_size;
	char *rows = km_pool_alloc(pool, sheet->len + 1, size), *end = rows;
	struct km_sheet found = *sheet;
	void *totals;

	for (size_t i = 0; i < sheet->len; i++)
		if (km_where_matches(where, km_sheet_row(sheet, i)) == KM_TRI_YES)
			end = mempcpy(end, km_sheet_row(sheet, i), size);
	found.rows = rows;
	found.len = (size_t)(end - rows) / size;
	if (sheet->totals) {
		totals = km_pool_alloc(pool, 1, size);
		km_row_init(sheet->type, totals);
		add_up(&found, totals);
		found.totals = totals;
	}
	return found;
}

void km_where_fields(const struct km_where *where, void (*take)(void *data, const struct km_field *field), void *data)
{
	if (where->node == COMPARE)
		take(data, where->value.field);
	if (where->left)
		km_where_fields(where->left, take, data);
	if (where->right)
		km_where_fields(where->right, take, data);
}
