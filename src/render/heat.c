// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/heat.h"
#include "words/say.h"

/*
 * The steps grow, as free memory does from order to order. With equal steps everything outside the largest
 * blocks would look empty. The colours are from the 256 that terminals agree on. Each has a foreground and a
 * background, to be readable on dark and light screens.
 */
#define COLOR(back, front) { "\033[48;5;" #back ";38;5;" #front "m", back, front }
#define FAINT { "\033[2m", 0, 0 }

static const struct {
	double above;
	const char *name;
	const char *block;
	struct {
		const char *sequence;
		unsigned int back, front;
	} color[2]; /* by palette */
} levels[KM_HEAT_LEVELS] = {
	{ 0, KM_SAID("none"), " ", { FAINT, FAINT } },
	{ 0, KM_SAID("to 3%"), "\xe2\x96\x81", { COLOR(17, 255), COLOR(237, 255) } },
	{ 0.03, KM_SAID("to 10%"), "\xe2\x96\x82", { COLOR(19, 255), COLOR(58, 255) } },
	{ 0.1, KM_SAID("to 25%"), "\xe2\x96\x84", { COLOR(25, 255), COLOR(94, 255) } },
	{ 0.25, KM_SAID("to 50%"), "\xe2\x96\x86", { COLOR(38, 16), COLOR(172, 16) } },
	{ 0.5, KM_SAID("more"), "\xe2\x96\x88", { COLOR(86, 16), COLOR(202, 16) } },
};

bool km_heat_init(struct km_heat *heat, const struct km_sheet_type *rows,
		  const struct km_field *cell)
{
	bool scale = cell->kind == KM_RATIO || cell->kind == KM_INDEX;

	*heat = (struct km_heat){
		.rows = rows,
		.cell = cell,
		.part = scale ? NULL : km_field_find(rows, km_str_from(rows->spread_heat)),
		.palette = scale ? KM_PALETTE_WARM : KM_PALETTE_COOL,
		.name = scale ? cell->key : rows->spread_heat_brief,
	};
	return scale || heat->part;
}

uint64_t km_heat_whole(const struct km_heat *heat, const struct km_rows *rows)
{
	const char *inner = rows->items;
	uint64_t whole = 0;

	for (size_t i = 0; heat->part && i < rows->len; i++, inner += heat->rows->row_size)
		whole = km_num_add(whole, km_num_or(km_field_number(heat->part, inner), 0));
	return whole;
}

double km_heat_of(const struct km_heat *heat, const void *inner, uint64_t whole)
{
	if (heat->part)
		return km_num_ratio(km_field_number(heat->part, inner), whole);
	return *(const double *)km_field_at(heat->cell, inner);
}

unsigned int km_heat_level(double value)
{
	unsigned int level = KM_HEAT_LEVELS - 1;

	while (level && !(value > levels[level].above))
		level--;
	return level;
}

const char *km_heat_color(unsigned int level, enum km_palette palette)
{
	return levels[level].color[palette].sequence;
}

void km_heat_numbers(unsigned int level, enum km_palette palette, unsigned int *back, unsigned int *front)
{
	*back = levels[level].color[palette].back;
	*front = levels[level].color[palette].front;
}

const char *km_heat_block(unsigned int level)
{
	return levels[level].block;
}

const char *km_heat_name(unsigned int level)
{
	return km_say(levels[level].name);
}
