/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Levels of a heat map: their meaning, and how a terminal shows them. */
#ifndef KM_RENDER_HEAT_H
#define KM_RENDER_HEAT_H

#include "base/field.h"

/* Level 0 means exactly nothing. */
enum { KM_HEAT_LEVELS = 6 };

/* The warm palette is for bad values (fragmentation), the cool one for amounts (memory). */
enum km_palette { KM_PALETTE_COOL, KM_PALETTE_WARM };

/* The heat of the inner rows of a KM_SPREAD field. */
struct km_heat {
	const struct km_sheet_type *rows; /* their type */
	const struct km_field *part;      /* the heat is the cell's share of this; NULL: the cell itself */
	const struct km_field *cell;
	enum km_palette palette;
	const char *name; /* the meaning of the heat */
};

/* Whether cells of these inner rows have heat: they are between 0 and 1, or have a share of a whole. */
bool km_heat_init(struct km_heat *heat, const struct km_sheet_type *rows,
		  const struct km_field *cell);

/* The sum of the inner rows of a row; unknown ones are left out. */
uint64_t km_heat_whole(const struct km_heat *heat, const struct km_rows *rows);

/* The heat of an inner row, from 0 to 1; NaN if unknown. */
double km_heat_of(const struct km_heat *heat, const void *inner, uint64_t whole);

/* The level of a number from 0 to 1. Unknown and negative numbers have level 0. */
unsigned int km_heat_level(double value);

/* The terminal sequence of a level: a background, and a foreground with contrast. */
const char *km_heat_color(unsigned int level, enum km_palette palette);

/* The same as numbers of the 256 colours. Level 0 has no colour: 0 and 0. */
void km_heat_numbers(unsigned int level, enum km_palette palette, unsigned int *back, unsigned int *front);

/* A block character for the level, in UTF-8, one column wide. */
const char *km_heat_block(unsigned int level);

/* The meaning of the level: "to 10%". */
const char *km_heat_name(unsigned int level);

#endif
