/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one table that describes every field. A row is a plain struct of typed values; beside
 * it stands a table of its members. Text, JSON, the JSON Schema, the man page of fields, the
 * completions, --columns, --sort and "explain" all read that table and switch on the kind,
 * never on the key.
 */
#ifndef KM_BASE_FIELD_H
#define KM_BASE_FIELD_H

#include <stddef.h>
#include "base/array.h"
#include "base/num.h"
#include "base/str.h"
#include "base/word.h"

enum km_tri { KM_TRI_UNKNOWN, KM_TRI_NO, KM_TRI_YES };

static inline enum km_tri km_tri_of(bool yes)
{
	return yes ? KM_TRI_YES : KM_TRI_NO;
}

/* KM_TRI_YES for any known number but 0. */
static inline enum km_tri km_tri_of_number(uint64_t number)
{
	return number == KM_UNKNOWN ? KM_TRI_UNKNOWN : km_tri_of(number);
}

struct km_texts {
	struct km_str *items;
	size_t len;
};

struct km_numbers {
	uint64_t *items;
	size_t len;
};

/* A name as the kernel prints it, and its value: for figures without their own field. */
struct km_pair {
	struct km_str name;
	uint64_t value;
};

struct km_pairs {
	struct km_pair *items;
	size_t len;
};

/* Rows inside a row. They have the same owner as the row. */
struct km_rows {
	const void *items;
	size_t len;
};

/* What a member contains. The kind decides its JSON type, its text and its schema. */
enum km_kind {
	KM_TEXT = 1,   /* struct km_str */
	KM_WORD,       /* const struct km_word *, from the vocabulary .words; NULL: unknown */
	KM_COUNT,      /* uint64_t, a plain number */
	KM_BYTES,      /* uint64_t */
	KM_DELTA,      /* int64_t: bytes with a sign */
	KM_RATIO,      /* double, 0 to 1 */
	KM_INDEX,      /* double with three decimals, -1 to 1 */
	KM_CHANGE,     /* int64_t: a plain number with a sign */
	KM_POINTS,     /* double: change of a ratio, -1 to 1 */
	KM_RATE,       /* double: a plain number per second, with a sign */
	KM_BYTE_RATE,  /* double: bytes per second, with a sign */
	KM_REAL,       /* double: any number, printed exactly; another field has the unit */
	KM_SECONDS,    /* double: a duration, with a sign */
	KM_TRI,        /* enum km_tri */
	KM_TEXTS,      /* struct km_texts */
	KM_BYTES_LIST, /* struct km_numbers, bytes each */
	KM_PAIRS,      /* struct km_pairs */
	KM_ROWS,       /* struct km_rows; .rows names their type */
};

/* How a member is stored, for code that does not depend on its meaning. */
enum km_store {
	KM_STORE_TEXT,
	KM_STORE_WORD,
	KM_STORE_NUMBER, /* uint64_t */
	KM_STORE_SIGNED, /* int64_t */
	KM_STORE_REAL,   /* double */
	KM_STORE_TRI,
	KM_STORE_TEXTS,
	KM_STORE_NUMBERS,
	KM_STORE_PAIRS,
	KM_STORE_ROWS,
};

enum {
	KM_SHOWN = 1 << 0,       /* a column of the text table unless --columns says otherwise */
	KM_SUMMED = 1 << 1,      /* the total is the sum over all rows */
	KM_TOTAL = 1 << 2,       /* has a value in the totals, computed by derive() */
	KM_TOTAL_ONLY = 1 << 3,  /* only the totals have a value */
	KM_SPREAD = 1 << 4,      /* KM_ROWS: the text table gives each inner row a column */
	KM_TREE = 1 << 5,        /* KM_ROWS: the inner rows are the row's children in a tree */
	KM_ID = 1 << 6,          /* part of the name of the row */
	KM_BAR = 1 << 7,         /* KM_RATIO: the text table draws a bar beside it */
	KM_ON_DEMAND = 1 << 8,       /* needs an extra file per row; see km_field_on_demand */
	KM_PROSE = 1 << 9,       /* KM_TEXT: words, folded on a narrow terminal */
	KM_ADDS = 1 << 10,       /* KM_TOTAL: the total is no sum, but some rows may be added */
	/*
	 * How a number behaves over time. Every field that holds numbers has one of these four
	 * flags, except numbers that name the row (KM_ID). Other fields have none.
	 */
	KM_LEVEL = 1 << 11,      /* an amount at the moment: it grows and shrinks */
	KM_COUNTER = 1 << 12,    /* counted since boot: it only grows, and its rate has a meaning */
	/*
	 * How important a column is. A terminal that is too narrow leaves out details first, then
	 * columns with neither flag, then answers. The columns that name the row (KM_ID) stay.
	 */
	KM_ANSWER = 1 << 20,     /* the reason for printing the table */
	KM_DETAIL = 1 << 21,
	KM_PROPERTY = 1 << 13,   /* a size, setting or request: differences mean nothing */
	KM_BY_NAME = 1 << 14,    /* the name beside the number decides: km_counter_kind() */
	KM_FIXED = 1 << 15,      /* KM_PROPERTY: constant as long as the row exists */
	KM_MOMENT = 1 << 16,     /* KM_TEXT: different at each moment, so not a label of metrics */
	KM_INFO = 1 << 17,       /* KM_TEXT: in metrics, a label of the row's own info metric */
	KM_ORDINAL = 1 << 18,    /* KM_ID: number among rows of one name, from 1 */
	KM_SPARK = 1 << 22,      /* KM_BYTES_LIST: the text table draws the sizes side by side */
	KM_COMPUTED = 1 << 23,   /* set by the type's .compute; recordings omit it */
	KM_SHARE = 1 << 24,      /* KM_RATIO: part of a whole; in colour, a tenth of it stands out */
	KM_USE = 1 << 25,        /* KM_RATIO: used part of what is held; in colour, below a half stands out */
	KM_OVER_TIME = KM_LEVEL | KM_COUNTER | KM_PROPERTY | KM_BY_NAME,
};

struct km_sheet_type;
struct km_sheet;

struct km_field {
	const char *key;   /* JSON key, --columns word, explain topic; never renamed */
	const char *head;  /* text column heading */
	enum km_kind kind;
	unsigned int flags;
	size_t offset;
	const struct km_sheet_type *rows; /* KM_ROWS: the type of the inner rows */
	const struct km_vocabulary *words; /* KM_WORD: the possible values */
	/*
	 * KM_COUNT, KM_BYTES: offset of another member, an enum km_tri. If it is yes, the number is
	 * a lower bound, and text prints ">=" before it. 0: the number never is a lower bound.
	 */
	size_t at_least;
	const char *brief;   /* a phrase: "memory occupied by the cache's slabs" */
	const char *explain; /* sentences: how it is computed, what it does not count, pitfalls */
	const char *origin;  /* file and word that it is read from: "/proc/slabinfo num_slabs" */
	const char *kernels; /* the kernels that report it: "6.1+"; NULL: all from 5.10 on */
};

/* A kind that does not fit its C member fails to compile: the array would have size -1. */
#define KM_KIND_FITS(kind, member)                                                                 \
	_Generic((member),                                                                         \
		struct km_str: (kind) == KM_TEXT,                                                  \
		const struct km_word *: (kind) == KM_WORD,                                         \
		uint64_t: (kind) == KM_COUNT || (kind) == KM_BYTES,                                \
		int64_t: (kind) == KM_DELTA || (kind) == KM_CHANGE,                                \
		double: (kind) == KM_RATIO || (kind) == KM_INDEX || (kind) == KM_POINTS ||         \
			(kind) == KM_RATE || (kind) == KM_BYTE_RATE || (kind) == KM_REAL ||        \
			(kind) == KM_SECONDS,                                                      \
		enum km_tri: (kind) == KM_TRI,                                                     \
		struct km_texts: (kind) == KM_TEXTS,                                               \
		struct km_numbers: (kind) == KM_BYTES_LIST,                                        \
		struct km_pairs: (kind) == KM_PAIRS,                                               \
		struct km_rows: (kind) == KM_ROWS)

#define KM_FIELD(row, member, kind_)                                                               \
	.key = #member, .kind = (kind_),                                                           \
	.offset = offsetof(row, member) +                                                          \
		  0 * sizeof(char[KM_KIND_FITS(kind_, ((row *)0)->member) ? 1 : -1])

/* The type of a sheet's rows. Every sheet that a command prints belongs to a report. */
struct km_sheet_type {
	const char *name;    /* JSON key and explain topic: "slab" */
	const char *brief;
	const char *explain;
	const struct km_field *fields; /* ends with a field without key */
	size_t row_size;
	const char *sort;        /* default: "size_bytes:desc"; NULL keeps the order of the file */
	/*
	 * Sets the KM_COMPUTED fields of all rows and of the totals from other fields. NULL: there
	 * are none.
	 */
	void (*compute)(const struct km_sheet *sheet, uint64_t page_bytes);
	const char *spread_head; /* as inner rows of a KM_SPREAD field: key of the column heading */
	const char *spread_cell; /* ... and key of the cell */
	const char *spread_heat; /* ... key of the number whose share colours it; NULL: none */
	const char *spread_heat_brief; /* the meaning of that share */
};

/* A table to render: rows of one type. The totals are one more row of that type. */
struct km_sheet {
	const struct km_sheet_type *type;
	const void *rows;
	size_t len;
	const void *totals; /* NULL: none */
};

#define km_field_each(field, type) for ((field) = (type)->fields; (field)->key; (field)++)

static inline const void *km_sheet_row(const struct km_sheet *sheet, size_t index)
{
	return (const char *)sheet->rows + index * sheet->type->row_size;
}

/* Typed access to a member. The kind must be the field's own. */
static inline const void *km_field_at(const struct km_field *field, const void *row)
{
	return (const char *)row + field->offset;
}

static inline const struct km_word *km_field_word(const struct km_field *field, const void *row)
{
	return *(const struct km_word *const *)km_field_at(field, row);
}

static inline uint64_t km_field_number(const struct km_field *field, const void *row)
{
	return *(const uint64_t *)km_field_at(field, row);
}

static inline bool km_field_is_at_least(const struct km_field *field, const void *row)
{
	return field->at_least &&
	       *(const enum km_tri *)((const char *)row + field->at_least) == KM_TRI_YES;
}

/* Whether members of this kind hold one number. */
static inline bool km_kind_is_one_number(enum km_kind kind)
{
	return kind >= KM_COUNT && kind <= KM_SECONDS;
}

/* Whether members of this kind hold one number or a list of numbers. */
static inline bool km_kind_is_number(enum km_kind kind)
{
	return km_kind_is_one_number(kind) || kind == KM_BYTES_LIST || kind == KM_PAIRS;
}

static inline enum km_store km_kind_store(enum km_kind kind)
{
	switch (kind) {
	case KM_COUNT:
	case KM_BYTES:
		return KM_STORE_NUMBER;
	case KM_DELTA:
	case KM_CHANGE:
		return KM_STORE_SIGNED;
	case KM_RATIO:
	case KM_INDEX:
	case KM_POINTS:
	case KM_RATE:
	case KM_BYTE_RATE:
	case KM_REAL:
	case KM_SECONDS:
		return KM_STORE_REAL;
	case KM_WORD:
		return KM_STORE_WORD;
	case KM_TRI:
		return KM_STORE_TRI;
	case KM_TEXTS:
		return KM_STORE_TEXTS;
	case KM_BYTES_LIST:
		return KM_STORE_NUMBERS;
	case KM_PAIRS:
		return KM_STORE_PAIRS;
	case KM_ROWS:
		return KM_STORE_ROWS;
	case KM_TEXT:
		break;
	}
	return KM_STORE_TEXT;
}

static inline bool km_kind_is_real(enum km_kind kind)
{
	return km_kind_store(kind) == KM_STORE_REAL;
}

static inline bool km_kind_is_signed(enum km_kind kind)
{
	return km_kind_store(kind) == KM_STORE_SIGNED;
}

/* The field with this key; NULL if the type has none. */
const struct km_field *km_field_find(const struct km_sheet_type *type, struct km_str key);

/* The field that makes rows of this type a tree; NULL if they are a list. */
const struct km_field *km_tree_field(const struct km_sheet_type *type);

/* A sentence for users: the meaning of KM_ON_DEMAND. */
extern const char km_field_on_demand[];

/* The name of a kind in documents: "bytes". */
const char *km_kind_name(enum km_kind kind);

/* Whether the member is unknown. A list may be empty, but is never unknown. */
bool km_field_is_unknown(const struct km_field *field, const void *row);

/* Negative, 0 or positive as strcmp(). Unknown values come first. Lists compare by length. */
int km_field_compare(const struct km_field *field, const void *row_a, const void *row_b);

/*
 * Sets every number and tri-state of a row to unknown, and texts and lists to empty. So derive()
 * only writes what it knows.
 */
void km_row_init(const struct km_sheet_type *type, void *row);

/*
 * Whether any row has a known number in a column that text shows. True without rows or such
 * columns.
 */
bool km_sheet_has_figure(const struct km_sheet *sheet);

/* A deep copy of a sheet and of the rows inside its rows. The pool owns it. */
struct km_sheet km_sheet_copy(struct km_pool *pool, const struct km_sheet *sheet);

/*
 * Adds up the KM_SUMMED fields of all rows into totals, which km_row_init() initialised. If the
 * value of one row is unknown, the sum is unknown, never a smaller number that looks exact. If one
 * value is a lower bound, the sum is a lower bound. Without rows all sums stay unknown: nothing
 * could be read.
 */
void km_sheet_sum(const struct km_sheet *sheet, void *totals);

/*
 * The sum of one uint64_t member over all rows, by its offset. KM_UNKNOWN if there are no rows, or
 * if one row's value is unknown.
 */
uint64_t km_sheet_member_sum(const struct km_sheet *sheet, size_t offset);

#endif
