/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a page shows the rows of a report beside, or instead of, their table. Terminals and programs
 * always get the table.
 */
#ifndef KM_REPORT_LOOK_H
#define KM_REPORT_LOOK_H

enum km_look_kind {
	KM_LOOK_LEAD,   /* one row: the page opens with its words and sentences */
	KM_LOOK_CARDS,  /* a card for each row: its first word, its sentence */
	KM_LOOK_TREE,   /* parts of a whole: a bar of the first level, rings of all levels */
	KM_LOOK_AREAS,  /* an area for each row, as large as its size */
	KM_LOOK_CURVES, /* a curve for each of the first rows: the sizes of a list, one after the other */
	KM_LOOK_LEVELS, /* a bar for each row: an amount against limits */
};

enum { KM_LOOK_LIMITS = 3 };

/* Keys of fields of the rows' type. */
struct km_look {
	enum km_look_kind kind;
	const char *size;   /* of the kind KM_BYTES, CURVES: KM_BYTES_LIST; NULL for LEAD and CARDS */
	const char *group;  /* AREAS: rows with the same value have the same colour; NULL: none */
	const char *limits[KM_LOOK_LIMITS]; /* LEVELS: KM_BYTES, smallest first */
	const char *state;  /* LEVELS, CURVES: the word that the amount and its limits come to */
};

#endif
