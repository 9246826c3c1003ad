/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Levels of a heat map: what they mean, and how a terminal shows them. */
#ifndef KM_RENDER_HEAT_H
#define KM_RENDER_HEAT_H

#include "base/field.h"

/* Level 0 is nothing at all. */
enum { KM_HEAT_LEVELS = 6 };

/* The warm palette is for bad values (fragmentation), the cool one for amounts (memory). */
enum km_palette { KM_PALETTE_COOL, KM_PALETTE_WARM };

/* The heat of the inner rows of a KM_SPREAD field. */
struct km_heat {
	const struct km_sheet_type *rows; /* their type */
	const struct km_field *part;      /* their share of this is the heat; NULL: the cell is */
	const struct km_field *cell;
	enum km_palette palette;
	const char *name; /* what the heat is */
};

/* Whether cells of these inner rows have any heat: from 0 to 1 themselves, or a share of a whole. */
bool km_heat_init(struct km_heat *heat, const struct km_sheet_type *rows,
		  const struct km_field *cell);

/* The whole that contains the inner rows of a row as parts; unknown parts are left out. */
uint64_t km_heat_whole(const struct km_heat *heat, const struct km_rows *rows);

/* From 0 to 1, NaN where it is unknown. */
double km_heat_of(const struct km_heat *heat, const void *inner, uint64_t whole);

/* The level of a number from 0 to 1; unknown and negative numbers have none. */
unsigned int km_heat_level(double value);

/* A terminal's sequence for the level: background and a foreground that stands out from it. */
const char *km_heat_color(unsigned int level, enum km_palette palette);

/* The same as numbers of the 256 colours; 0 and 0 of level 0, which has no colour. */
void km_heat_numbers(unsigned int level, enum km_palette palette, unsigned int *back, unsigned int *front);

/* A character of UTF-8, one column wide. */
const char *km_heat_block(unsigned int level);

/* The meaning of the level: "to 10%". */
const char *km_heat_name(unsigned int level);

#endif
