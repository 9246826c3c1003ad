/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a page shows the rows of a report, beside or instead of their table. Terminals and programs always get
 * the table.
 */
#ifndef KM_REPORT_LOOK_H
#define KM_REPORT_LOOK_H

enum km_look_kind {
	KM_LOOK_LEAD,   /* one row: the page opens with its words and sentences */
	KM_LOOK_CARDS,  /* a card per row: its first word, its sentence */
	KM_LOOK_TREE,   /* parts of a whole: a bar of the first level, rings of all levels */
	KM_LOOK_AREAS,  /* an area per row, proportional to its size */
	KM_LOOK_CURVES, /* a curve for each of the first rows: the sizes in a list */
	KM_LOOK_LEVELS, /* a bar per row: an amount against limits */
};

enum { KM_LOOK_LIMITS = 3 };

/* Keys of fields in the rows' type. */
struct km_look {
	enum km_look_kind kind;
	const char *size;   /* of the kind KM_BYTES, CURVES: KM_BYTES_LIST; NULL for LEAD and CARDS */
	const char *group;  /* AREAS: rows with the same value get the same colour; NULL: none */
	const char *limits[KM_LOOK_LIMITS]; /* LEVELS: KM_BYTES, smallest first */
	const char *state;  /* LEVELS, CURVES: the word that describes the amount */
};

#endif
