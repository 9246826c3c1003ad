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

/* Yes for any number but 0. */
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

/* A name as the kernel prints it, and its value: for figures without a field of their own. */
struct km_pair {
	struct km_str name;
	uint64_t value;
};

struct km_pairs {
	struct km_pair *items;
	size_t len;
};

/* Rows inside a row. The owner of the row owns them. */
struct km_rows {
	const void *items;
	size_t len;
};

/* What a member holds; decides its JSON type, its text and its schema. */
enum km_kind {
	KM_TEXT = 1,   /* struct km_str */
	KM_WORD,       /* const struct km_word *, of the vocabulary .words; NULL: unknown */
	KM_COUNT,      /* uint64_t, a plain number */
	KM_BYTES,      /* uint64_t */
	KM_DELTA,      /* int64_t: bytes with a sign */
	KM_RATIO,      /* double, 0 to 1 */
	KM_INDEX,      /* double with three decimals, -1 to 1 */
	KM_CHANGE,     /* int64_t: a plain number with a sign */
	KM_POINTS,     /* double: what a ratio changed by, -1 to 1 */
	KM_RATE,       /* double: a plain number per second, with a sign */
	KM_BYTE_RATE,  /* double: bytes per second, with a sign */
	KM_REAL,       /* double: any number to its last digit, whose unit another field has */
	KM_SECONDS,    /* double: a time between two moments, with a sign */
	KM_TRI,        /* enum km_tri */
	KM_TEXTS,      /* struct km_texts */
	KM_BYTES_LIST, /* struct km_numbers, bytes each */
	KM_PAIRS,      /* struct km_pairs */
	KM_ROWS,       /* struct km_rows; .rows names their type */
};

/* How a member is stored, for code to which its meaning is the same. */
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
	KM_TOTAL_ONLY = 1 << 3,  /* means nothing in a row: only in the totals */
	KM_SPREAD = 1 << 4,      /* KM_ROWS: the text table gives each inner row a column */
	KM_TREE = 1 << 5,        /* KM_ROWS: the inner rows are the row's children in a tree */
	KM_ID = 1 << 6,          /* part of what names the row */
	KM_BAR = 1 << 7,         /* KM_RATIO: the text table draws a bar beside it */
	KM_ON_DEMAND = 1 << 8,       /* needs one extra file per row; on a live system it is read only on request */
	KM_PROSE = 1 << 9,       /* KM_TEXT: words, which a terminal that is too narrow shows folded */
	KM_ADDS = 1 << 10,       /* KM_TOTAL: the total is no sum, but a few rows may be added up */
	/*
	 * What a number is over time. Every field that holds numbers says one of the four, but for
	 * numbers that name the row (KM_ID); other fields say none.
	 */
	KM_LEVEL = 1 << 11,      /* an amount that is there now: it grows and shrinks */
	KM_COUNTER = 1 << 12,    /* counted since boot: it only grows, and its rate has a meaning */
	/*
	 * How much a column matters. A terminal that is too narrow leaves out details first, then columns
	 * with neither flag, then answers; what names the row (KM_ID) stays.
	 */
	KM_ANSWER = 1 << 20,     /* what the table is printed for */
	KM_DETAIL = 1 << 21,
	KM_PROPERTY = 1 << 13,   /* a size of objects, a setting, a request: no difference has a meaning */
	KM_BY_NAME = 1 << 14,    /* one of the three, by the name beside the number: km_counter_kind() */
	KM_FIXED = 1 << 15,      /* KM_PROPERTY that a row keeps as long as it lives: with another it is another row */
	KM_MOMENT = 1 << 16,     /* KM_TEXT: another at each moment, and so no label of metrics */
	KM_INFO = 1 << 17,       /* KM_TEXT: in metrics a label of the row's own info metric */
	KM_ORDINAL = 1 << 18,    /* KM_ID: number among rows of the same name, from 1; a single row has no need of it */
	KM_SPARK = 1 << 22,      /* KM_BYTES_LIST: the text table draws the sizes, one after the other */
	KM_COMPUTED = 1 << 23,   /* follows from other fields: the type's .compute sets it, and recordings leave it out */
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
	const struct km_vocabulary *words; /* KM_WORD: what it can be */
	/*
	 * KM_COUNT, KM_BYTES: offset of the enum km_tri, a field of its own, that says whether the
	 * number is a lower bound: text has ">=" before it. 0: it never is.
	 */
	size_t at_least;
	const char *brief;   /* a phrase: "memory that the cache's slabs occupy" */
	const char *explain; /* sentences: how it is computed, what it is not, pitfalls */
	const char *origin;  /* file and word that it comes from: "/proc/slabinfo num_slabs" */
	const char *kernels; /* range of kernels that report it: "6.1+"; NULL: all of 5.10+ */
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
	/* Sets the KM_COMPUTED fields of all rows and of the totals, from the others; NULL: there are none. */
	void (*compute)(const struct km_sheet *sheet, uint64_t page_bytes);
	const char *spread_head; /* as inner rows of a KM_SPREAD field: key that heads the column */
	const char *spread_cell; /* ... and key of the cell */
	const char *spread_heat; /* ... and key of the number whose share of the row colours it; NULL: none */
	const char *spread_heat_brief; /* what that share is */
};

/* A table to render: rows of one type, and the totals, which are a row of that type too. */
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

/* Typed access to a member; the kind must be the field's. */
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

/* Whether a member of the kind holds one number. */
static inline bool km_kind_is_one_number(enum km_kind kind)
{
	return kind >= KM_COUNT && kind <= KM_SECONDS;
}

/* The same, or a list of numbers. */
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

/* NULL when the type has no such key. */
const struct km_field *km_field_find(const struct km_sheet_type *type, struct km_str key);

/* The field that makes rows of the type a tree; NULL: they are a list. */
const struct km_field *km_tree_field(const struct km_sheet_type *type);

/* The meaning of KM_ON_DEMAND for people, a sentence. */
extern const char km_field_on_demand[];

/* The name of a kind in documents: "bytes". */
const char *km_kind_name(enum km_kind kind);

/* Whether the member is not known. A list may be empty, but is never unknown. */
bool km_field_is_unknown(const struct km_field *field, const void *row);

/* < 0, 0, > 0 as strcmp(); unknown comes before everything. Lists compare by length. */
int km_field_compare(const struct km_field *field, const void *row_a, const void *row_b);

/*
 * Sets every number of a row to unknown, so that derive() only writes what it knows. Texts and
 * lists are left empty, tri-states unknown.
 */
void km_row_init(const struct km_sheet_type *type, void *row);

/* Whether any row has a known number in a column that text shows. Also if there are no rows, or no such columns. */
bool km_sheet_has_figure(const struct km_sheet *sheet);

/* A copy that outlives what it is made of, with the rows inside its rows. Owned by the pool. */
struct km_sheet km_sheet_copy(struct km_pool *pool, const struct km_sheet *sheet);

/*
 * Adds up the KM_SUMMED fields of all rows into totals, which km_row_init() made. If one row's
 * figure is unknown, the sum is unknown: never a smaller number that looks exact. If one is a lower
 * bound, the sum is a lower bound. Without rows all stay unknown: nothing could be read.
 */
void km_sheet_sum(const struct km_sheet *sheet, void *totals);

/* The sum of one uint64_t member of all rows, by its offset; KM_UNKNOWN without rows, or if one row's is unknown. */
uint64_t km_sheet_member_sum(const struct km_sheet *sheet, size_t offset);

#endif
