// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * data/gfp/vRELEASE.txt, which stands for itself: nothing is inherited, so that a reader can hold
 * it against one version of the kernel's headers.
 *
 *   # where it comes from, and what it was held against
 *   kernels FIRST LAST
 *   bit NAME 0xVALUE [CONFIG_SYMBOL]    a flag; without the symbol its value is 0
 *   bit NAME next [CONFIG_SYMBOL]       the bit above the one before (an enum, 6.10+)
 *   combination NAME FLAGS              A|B|~C of names above
 *   print NAME...                       in this order the kernel puts names to a mask
 */
#include "parse/gfptable.h"
#include "parse/version.h"

static bool is_known(const struct km_gfptable *table, struct km_str name)
{
	const struct km_gfptable_combination *combination;
	const struct km_gfptable_bit *bit;

	km_array_each(bit, &table->bits)
		if (km_str_eq(bit->name, name))
			return true;
	km_array_each(combination, &table->combinations)
		if (km_str_eq(combination->name, name))
			return true;
	return false;
}

static bool take_kernels(struct km_str *line, struct km_gfptable *table)
{
	struct km_str first, last;

	if (!km_str_take_word(line, &first) || !km_str_take_word(line, &last))
		return false;
	table->first = km_parse_release(first);
	table->last = km_parse_release(last);
	return table->first != KM_UNKNOWN && table->last != KM_UNKNOWN && table->first <= table->last;
}

static bool is_one_bit(uint64_t value)
{
	return value && !(value & (value - 1)) && value <= UINT32_MAX;
}

static bool take_bit(struct km_str *line, struct km_gfptable *table)
{
	struct km_gfptable_bit bit = { .value = KM_UNKNOWN };
	struct km_str value;

	if (!km_str_take_word(line, &bit.name) || is_known(table, bit.name) ||
	    !km_str_take_word(line, &value))
		return false;
	if (!km_str_eq(value, KM_STR("next")) &&
	    (!km_str_take_prefix(&value, KM_STR("0x")) || km_str_to_hex(value, &bit.value) ||
	     !is_one_bit(bit.value)))
		return false;
	if (km_str_take_word(line, &bit.config) && !km_str_starts(bit.config, KM_STR("CONFIG_")))
		return false;
	*km_array_push(&table->bits) = bit;
	return true;
}

/* A|B|~C, each of which the file has named before. */
static bool are_known(const struct km_gfptable *table, struct km_str flags)
{
	struct km_str name;
	bool more;

	do {
		more = km_str_take_until(&flags, '|', &name);
		name = more ? name : flags;
		km_str_take_prefix(&name, KM_STR("~"));
		if (!is_known(table, name))
			return false;
	} while (more);
	return true;
}

static bool take_combination(struct km_str *line, struct km_gfptable *table)
{
	struct km_gfptable_combination combination;

	if (!km_str_take_word(line, &combination.name) || is_known(table, combination.name) ||
	    !km_str_take_word(line, &combination.flags) || !are_known(table, combination.flags))
		return false;
	*km_array_push(&table->combinations) = combination;
	return true;
}

static bool take_print(struct km_str *line, struct km_gfptable *table)
{
	struct km_str name;

	while (km_str_take_word(line, &name)) {
		if (!is_known(table, name))
			return false;
		*km_array_push(&table->print) = name;
	}
	return true;
}

static bool take_line(struct km_str line, struct km_gfptable *table)
{
	struct km_str key, more;
	bool taken;

	if (!km_str_take_word(&line, &key) || km_str_starts(key, KM_STR("#")))
		return true;
	if (km_str_eq(key, KM_STR("kernels")))
		taken = take_kernels(&line, table);
	else if (km_str_eq(key, KM_STR("bit")))
		taken = take_bit(&line, table);
	else if (km_str_eq(key, KM_STR("combination")))
		taken = take_combination(&line, table);
	else
		taken = km_str_eq(key, KM_STR("print")) && take_print(&line, table);
	return taken && !km_str_take_word(&line, &more);
}

void km_parse_gfptable(struct km_parse *parse, struct km_str text, struct km_gfptable *ret)
{
	/* A mask has 32 bits: what is longer is no table of flags, and would take quadratic time. */
	enum { NAMES = 256 };
	struct km_str line;

	ret->first = ret->last = KM_UNKNOWN;
	while (km_parse_line(parse, &text, &line))
		if (ret->bits.len + ret->combinations.len + ret->print.len > NAMES)
			km_parse_problem(parse, "more names than there are flags");
		else if (!take_line(line, ret))
			km_parse_problem(parse, "neither kernels, bit, combination nor print of known names");
}

void km_gfptable_deinit(struct km_gfptable *table)
{
	km_array_deinit(&table->bits);
	km_array_deinit(&table->combinations);
	km_array_deinit(&table->print);
}
