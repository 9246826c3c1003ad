/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rows are wanted: "size > 1M and name ~ kmalloc". The grammar, words in any case:
 *
 *	any     = all { "or" all }
 *	all     = one { "and" one }
 *	one     = "not" one | "(" any ")" | field compare value
 *	compare = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~"
 *
 * A field is a key or a heading, a value is a word; both may stand in quotes. The field's kind decides what
 * a value may be: a size ("1M", "4096"), a number, a share ("50%", "0.5"), yes or no, a word of the field's
 * vocabulary, a text. "~" means contains, or matches if the value has "*", "?" or "[". Of a list one
 * element has to match. "unknown" is a value of every field.
 *
 * What is unknown is neither larger nor smaller nor equal to anything: such a comparison is neither true
 * nor false, and "not" leaves it so. A lower bound is larger than what is below it, and nothing else is known.
 */
#ifndef KM_REPORT_WHERE_H
#define KM_REPORT_WHERE_H

#include "base/err.h"
#include "base/field.h"

struct km_where;

/*
 * Parses a condition. The pool owns it and the text's values. 0, or -EINVAL with err filled; its hint is the
 * text with a mark below the place of the error.
 */
int km_where_parse(struct km_pool *pool, const struct km_sheet_type *type, struct km_str text,
		   const struct km_where **ret, struct km_err *err);

/* Whether the row matches; KM_TRI_UNKNOWN if an unknown figure decides. */
enum km_tri km_where_matches(const struct km_where *where, const void *row);

/*
 * A sheet of the matching rows, copied into the pool. Its totals, if the sheet has any, are the sums of the
 * matching rows; other figures of the totals are unknown.
 */
struct km_sheet km_where_filter(struct km_pool *pool, const struct km_where *where, const struct km_sheet *sheet);

/* Calls take for each field in the condition. */
void km_where_fields(const struct km_where *where, void (*take)(void *data, const struct km_field *field), void *data);

#endif
