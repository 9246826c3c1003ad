// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * data/gfp/vRELEASE.txt or data/gfp/VENDOR.txt, which stands for itself: nothing is inherited, so that a
 * reader can hold it against one version of the kernel's headers.
 *
 *   # where it comes from, and what it was held against
 *   kernels FIRST LAST                  releases; 2.6.32 counts with its third number
 *   vendor NAME BASE MARK               of releases that begin with BASE and contain MARK; "*": any base
 *   builds FIRST LAST                   of these, what the vendor counts behind the hyphen
 *   bit NAME 0xVALUE [CONFIG_SYMBOL]    a flag; without the symbol its value is 0
 *   bit NAME next [CONFIG_SYMBOL]       the bit above the one before (an enum, 6.10+)
 *   combination NAME FLAGS              A|B|~C|!D of names above
 *   print NAME...                       in this order the kernel puts names to a mask
 *   became NAME TODAY                   a name that is gone, and what replaces it ("-": nothing)
 *
 * A vendor without bits is one whose kernels differ from mainline in an unknown way.
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

static bool take_vendor(struct km_str *line, struct km_gfptable *table)
{
	return km_str_take_word(line, &table->vendor) && km_str_take_word(line, &table->base) &&
	       km_str_take_word(line, &table->mark);
}

static bool take_builds(struct km_str *line, struct km_gfptable *table)
{
	return km_str_take_number(line, &table->first_build) && km_str_take_number(line, &table->last_build) &&
	       table->first_build <= table->last_build;
}

static bool take_became(struct km_str *line, struct km_gfptable *table)
{
	struct km_gfptable_became became;

	if (!km_str_take_word(line, &became.name) || !km_str_take_word(line, &became.today))
		return false;
	*km_array_push(&table->became) = became;
	return true;
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

/* A|B|~C|!D. Earlier lines must have defined each name. */
static bool are_known(const struct km_gfptable *table, struct km_str flags)
{
	struct km_str name;
	bool more;

	do {
		more = km_str_take_until(&flags, '|', &name);
		name = more ? name : flags;
		if (!km_str_take_prefix(&name, KM_STR("~")))
			km_str_take_prefix(&name, KM_STR("!"));
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

static const struct {
	struct km_str key;
	bool (*take)(struct km_str *line, struct km_gfptable *table);
} lines[] = {
	{ KM_STR_INIT("kernels"), take_kernels }, { KM_STR_INIT("vendor"), take_vendor },
	{ KM_STR_INIT("builds"), take_builds },	  { KM_STR_INIT("bit"), take_bit },
	{ KM_STR_INIT("combination"), take_combination }, { KM_STR_INIT("print"), take_print },
	{ KM_STR_INIT("became"), take_became },
};

static bool take_line(struct km_str line, struct km_gfptable *table)
{
	struct km_str key, more;

	if (!km_str_take_word(&line, &key) || km_str_starts(key, KM_STR("#")))
		return true;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (km_str_eq(key, lines[i].key))
			return lines[i].take(&line, table) && !km_str_take_word(&line, &more);
	return false;
}

void km_parse_gfptable(struct km_parse *parse, struct km_str text, struct km_gfptable *ret)
{
	/* A mask has 32 bits. A longer file is no table of flags, and would take quadratic time. */
	enum { NAMES = 256 };
	struct km_str line;

	ret->first = ret->last = ret->last_build = KM_UNKNOWN;
	while (km_parse_line(parse, &text, &line))
		if (ret->bits.len + ret->combinations.len + ret->print.len + ret->became.len > NAMES)
			km_parse_problem(parse, "more names than there are flags");
		else if (!take_line(line, ret))
			km_parse_problem(parse, "not a line of a table of GFP flags, or a line with an "
						"unknown name");
}

void km_gfptable_deinit(struct km_gfptable *table)
{
	km_array_deinit(&table->bits);
	km_array_deinit(&table->combinations);
	km_array_deinit(&table->print);
	km_array_deinit(&table->became);
}

static bool is_word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "3.10.0" matches "3.10.0-1160.el7", but not "3.10.01". */
static bool has_base(struct km_str release, struct km_str base)
{
	if (km_str_eq(base, KM_STR("*")))
		return true;
	if (!km_str_take_prefix(&release, base))
		return false;
	return km_str_ends(base, KM_STR(".")) || !release.len || !is_word_char(*release.ptr);
}

/*
 * ".el7" matches "3.10.0-1160.el7.x86_64", but not ".el7uek": a mark with a leading dot must be a
 * whole word.
 */
static bool has_mark(struct km_str release, struct km_str mark)
{
	ptrdiff_t at = km_str_find(release, mark);

	if (at < 0)
		return false;
	release = km_str_skip(release, (size_t)at + mark.len);
	return *mark.ptr != '.' || !release.len || !is_word_char(*release.ptr);
}

bool km_gfptable_is_of_vendor(const struct km_gfptable *table, struct km_str release)
{
	return table->vendor.ptr && has_base(release, table->base) && has_mark(release, table->mark);
}
