// SPDX-License-Identifier: GPL-2.0-or-later
/* The built-in tables, and the effect of a configuration on them. */
#include <errno.h>
#include "base/cleanup.h"
#include "data/builtin.h"
#include "model/gfp.h"
#include "parse/gfptable.h"

enum { MOST_SYMBOLS = 4, NAME_MAX_BYTES = 64 };

/* A kernel whose table is needed. */
struct wanted {
	struct km_str text; /* "3.10.0-1160.el7.x86_64"; .ptr NULL: only its number is known, mainline */
	uint64_t release;
	uint64_t build;
};

static bool parse_table(const struct km_builtin *item, struct km_str text, struct km_gfptable *ret)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = km_str_from(item->name), .problems = &problems };

	km_parse_gfptable(&parse, text, ret);
	km_problems_deinit(&problems);
	return ret->first != KM_UNKNOWN || ret->vendor.ptr;
}

/* Parses the kernels of a table, but not its flags: one of 40 tables must be found quickly. */
static bool parse_head(const struct km_builtin *item, struct km_gfptable *ret)
{
	struct km_str text = km_str_from(item->text);
	ptrdiff_t flags = km_str_find(text, KM_STR("\nbit "));

	if (flags > 0)
		text.len = (size_t)flags + 1;
	return parse_table(item, text, ret);
}

/*
 * How well a vendor's table fits. 0: not at all; the largest value wins. Those for all builds of one base come
 * first: they belong to vendors that build on another vendor's kernel and keep its version suffix. Tables for some
 * builds follow, later builds first, then tables for any base.
 */
static uint64_t vendor_fitness(const struct km_builtin *item, const struct wanted *wanted)
{
	KM_CLEANUP(km_gfptable_deinit) struct km_gfptable table = { 0 };

	if (!parse_head(item, &table) || !table.vendor.ptr || !km_gfptable_is_of_vendor(&table, wanted->text))
		return 0;
	if (km_str_eq(table.base, KM_STR("*")))
		return 1;
	if (table.last_build == KM_UNKNOWN)
		return UINT64_MAX;
	return km_num_or(wanted->build, UINT32_MAX) < table.first_build ? 0 : 2 + table.first_build;
}

/* The same for mainline's tables, which are named after their first release. The latest one wins. */
static uint64_t mainline_fitness(const struct km_builtin *item, const struct wanted *wanted)
{
	const uint64_t first = km_parse_release(km_str_from(item->name));

	return first != KM_UNKNOWN && first <= wanted->release ? 1 + first : 0;
}

static const struct km_builtin *best_of(const struct wanted *wanted,
					uint64_t (*fitness)(const struct km_builtin *item, const struct wanted *wanted))
{
	const struct km_builtin *best = NULL;
	uint64_t most = 0;

	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		const uint64_t fits = fitness(item, wanted);

		if (fits > most) {
			most = fits;
			best = item;
		}
	}
	return best;
}

/* Finds a kernel's table: its vendor's, or mainline's. False if there is none, or none with flags. */
static bool find_table(const struct wanted *wanted, struct km_gfptable *ret)
{
	const struct km_builtin *best = wanted->text.ptr ? best_of(wanted, vendor_fitness) : NULL;

	*ret = (struct km_gfptable){ .first = KM_UNKNOWN };
	if (!best)
		best = best_of(wanted, mainline_fitness);
	if (!best)
		return false;
	/* an error in a table is an error of this program, which a unit test finds */
	parse_table(best, km_str_from(best->text), ret);
	return ret->bits.len > 0;
}

static size_t symbol_index(const struct km_texts *symbols, struct km_str symbol)
{
	size_t i;

	for (i = 0; i < symbols->len; i++)
		if (km_str_eq(symbols->items[i], symbol))
			break;
	return i;
}

/* Whether some of a table's numbers depend on the configuration. */
static bool depends(const struct km_gfptable *table)
{
	const struct km_gfptable_bit *bit;

	km_array_each(bit, &table->bits)
		if (bit->config.ptr)
			return true;
	return false;
}

static void find_symbols(struct km_pool *pool, const struct km_gfptable *table, km_gfp_config *config,
			 void *data, struct km_texts *ret)
{
	const struct km_gfptable_bit *bit;

	ret->items = km_pool_alloc(pool, MOST_SYMBOLS, sizeof(*ret->items));
	km_array_each(bit, &table->bits)
		if (bit->config.ptr && ret->len < MOST_SYMBOLS &&
		    symbol_index(ret, bit->config) == ret->len &&
		    (!config || config(data, bit->config) == KM_TRI_UNKNOWN))
			ret->items[ret->len++] = bit->config;
}

/* The input of one variant. */
struct recipe {
	const struct km_gfptable *table;
	const struct km_texts *symbols;
	km_gfp_config *config;
	void *data;
};

static bool is_there(const struct recipe *recipe, uint32_t state, struct km_str symbol)
{
	size_t i = symbol_index(recipe->symbols, symbol);

	if (!symbol.ptr)
		return true;
	if (i < recipe->symbols->len)
		return state >> i & 1;
	return recipe->config && recipe->config(recipe->data, symbol) == KM_TRI_YES;
}

/* The bits of "A|B|~C|!D" that start with mark: for '!' those of D. Without mark, the value. */
static uint32_t value_of(const struct km_gfp *gfp, struct km_str flags, bool never)
{
	const struct km_gfp_flag *flag;
	uint32_t value = 0;
	struct km_str name;
	bool more, removes;

	do {
		more = km_str_take_until(&flags, '|', &name);
		name = more ? name : flags;
		if (km_str_take_prefix(&name, KM_STR("!")) != never)
			continue;
		removes = km_str_take_prefix(&name, KM_STR("~"));
		flag = km_gfp_find(gfp, name);
		if (flag)
			value = removes ? value & ~flag->value : value | flag->value;
	} while (more);
	return value;
}

static void add_flags(const struct recipe *recipe, struct km_gfp_flag *flags, struct km_gfp *ret)
{
	const struct km_gfptable_combination *combination;
	const struct km_gfptable_bit *bit;
	uint64_t next = 1;

	ret->flags = flags;
	km_array_each(bit, &recipe->table->bits) {
		uint64_t value = bit->value == KM_UNKNOWN ? next : bit->value;

		value = is_there(recipe, ret->config, bit->config) ? value : 0;
		next = value ? value << 1 : next;
		flags[ret->len++] = (struct km_gfp_flag){ bit->name, (uint32_t)value, 0, true };
		ret->named |= (uint32_t)value;
	}
	km_array_each(combination, &recipe->table->combinations) {
		flags[ret->len] = (struct km_gfp_flag){ combination->name,
							value_of(ret, combination->flags, false),
							value_of(ret, combination->flags, true), false };
		ret->len++;
	}
}

static void make_variant(struct km_pool *pool, const struct recipe *recipe, uint32_t state,
			 struct km_gfp *ret)
{
	const struct km_gfptable *table = recipe->table;
	struct km_str *print = km_pool_alloc(pool, table->print.len, sizeof(*print));

	ret->config = state;
	add_flags(recipe,
		  km_pool_alloc(pool, table->bits.len + table->combinations.len, sizeof(*ret->flags)), ret);
	for (size_t i = 0; i < table->print.len; i++)
		print[i] = table->print.items[i];
	ret->print = print;
	ret->print_len = table->print.len;
}

static void make_variants(struct km_pool *pool, const struct recipe *recipe, struct km_gfp_kernel *ret)
{
	struct km_gfp *variants;

	ret->len = (size_t)1 << ret->symbols.len;
	ret->variants = variants = km_pool_alloc(pool, ret->len, sizeof(*variants));
	for (uint32_t state = 0; state < ret->len; state++)
		make_variant(pool, recipe, state, &variants[state]);
}

static bool is_verified(const struct km_gfptable *table, const struct wanted *wanted)
{
	if (table->vendor.ptr)
		return wanted->build == KM_UNKNOWN ? table->last_build == KM_UNKNOWN :
						     wanted->build <= table->last_build;
	/* "6.14.0-next-20250401" has what comes with the next release */
	if (wanted->text.len && km_str_find(wanted->text, KM_STR("-next-")) > 0)
		return wanted->release != KM_UNKNOWN && wanted->release < table->last;
	return wanted->release != KM_UNKNOWN && wanted->release <= table->last;
}

static void make_kernel(struct km_pool *pool, const struct wanted *wanted, km_gfp_config *config, void *data,
			struct km_gfp_kernel *ret)
{
	struct km_gfptable table;
	const struct recipe recipe = { &table, &ret->symbols, config, data };
	bool found = find_table(wanted, &table);

	*ret = (struct km_gfp_kernel){ .release = wanted->release, .first = table.first, .last = table.last,
				       .vendor = table.vendor,
				       .rules = km_alloc_rules_of(wanted->release, KM_UNKNOWN) };
	find_symbols(pool, &table, config, data, &ret->symbols);
	make_variants(pool, &recipe, ret);
	if (!found)
		ret->way = KM_GFP_NONE;
	else if (!is_verified(&table, wanted))
		ret->way = KM_GFP_UNVERIFIED;
	else
		ret->way = config && depends(&table) && !ret->symbols.len ? KM_GFP_CONFIG : KM_GFP_RELEASE;
	if (found && wanted->release > table.last)
		ret->release = table.last;
	km_gfptable_deinit(&table);
}

void km_gfp_of_release(struct km_pool *pool, uint64_t release, km_gfp_config *config, void *data,
		       struct km_gfp_kernel *ret)
{
	make_kernel(pool, &(struct wanted){ { 0 }, release, KM_UNKNOWN }, config, data, ret);
}

void km_gfp_of_kernel(struct km_pool *pool, struct km_str release, km_gfp_config *config, void *data,
		      struct km_gfp_kernel *ret)
{
	const struct wanted wanted = { release, km_parse_release(release), km_parse_build(release) };

	make_kernel(pool, &wanted, config, data, ret);
}

void km_gfp_of_flags(struct km_pool *pool, const struct km_sheet *rows, struct km_gfp *ret)
{
	struct km_gfp_flag *flags = km_pool_alloc(pool, rows->len, sizeof(*flags));

	*ret = (struct km_gfp){ .flags = flags, .len = rows->len };
	for (size_t i = 0; i < rows->len; i++) {
		const struct km_flags *row = km_sheet_row(rows, i);
		bool single = km_str_starts(row->name, KM_STR("__GFP_")) && !row->bits.ptr;

		flags[i] = (struct km_gfp_flag){ row->name, (uint32_t)km_num_or(row->number, 0), 0, single };
		ret->named |= flags[i].value;
	}
}

void km_gfp_of_module(struct km_pool *pool, uint64_t release, const struct km_sheet *rows,
		      struct km_gfp_kernel *ret)
{
	struct km_gfp *exact = km_pool_alloc(pool, 1, sizeof(*exact));

	km_gfp_of_release(pool, release, NULL, NULL, ret);
	km_gfp_of_flags(pool, rows, exact);
	exact->print = ret->variants->print;
	exact->print_len = ret->variants->print_len;
	ret->variants = exact;
	ret->len = 1;
	ret->symbols.len = 0;
	ret->way = KM_GFP_MODULE;
}

int km_gfp_check(const struct km_gfp_kernel *kernel, struct km_str release, struct km_err *err)
{
	if (kernel->way != KM_GFP_NONE)
		return 0;
	if (kernel->vendor.ptr)
		return km_err_set(err, -ENOENT,
				  "its vendor changed the flags in an unknown way; name a release with the same "
				  "flags after --kernel",
				  "no table of GFP flags for %.*s (%.*s)", KM_STR_ARG(release),
				  KM_STR_ARG(kernel->vendor));
	return km_err_set(err, -ENOENT, "the tables begin with 2.6.32; name another release after --kernel",
			  "no table of GFP flags for Linux %.*s", KM_STR_ARG(release));
}

static bool has_name(const struct km_gfptable *table, struct km_str name)
{
	const struct km_gfptable_combination *combination;
	const struct km_gfptable_bit *bit;

	km_array_each(bit, &table->bits)
		if (km_gfp_same_name(bit->name, name))
			return true;
	km_array_each(combination, &table->combinations)
		if (km_gfp_same_name(combination->name, name))
			return true;
	return false;
}

/* Adds one table to the history of a name. */
static void add_history(const struct km_gfptable *table, struct km_str name, struct km_gfp_history *ret)
{
	const struct km_gfptable_became *became;

	km_array_each(became, &table->became)
		if (km_gfp_same_name(became->name, name))
			ret->today = became->today;
	if (!has_name(table, name))
		return;
	if (table->vendor.ptr) {
		ret->vendor = ret->vendor.ptr ? ret->vendor : table->vendor;
		return;
	}
	ret->first = table->first < ret->first ? table->first : ret->first;
	ret->last = ret->last == KM_UNKNOWN || table->last > ret->last ? table->last : ret->last;
}

/* Parses a table for the history of a name: without its flags if it does not contain the name. */
static void parse_for(const struct km_builtin *item, const char *name, struct km_gfptable *ret)
{
	if (strcasestr(item->text, name))
		parse_table(item, km_str_from(item->text), ret);
	else
		parse_head(item, ret);
}

bool km_gfp_history(struct km_str name, struct km_gfp_history *ret)
{
	char text[NAME_MAX_BYTES];
	uint64_t first = KM_UNKNOWN, last = 0;

	*ret = (struct km_gfp_history){ .first = KM_UNKNOWN, .last = KM_UNKNOWN };
	if (!name.len || name.len >= sizeof(text))
		return false;
	memcpy(text, name.ptr, name.len);
	text[name.len] = '\0';
	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct km_gfptable table = { 0 };

		parse_for(item, text, &table);
		add_history(&table, name, ret);
		if (!table.vendor.ptr && table.first != KM_UNKNOWN) {
			first = table.first < first ? table.first : first;
			last = table.last > last ? table.last : last;
		}
		km_gfptable_deinit(&table);
	}
	ret->from_start = ret->first == first;
	ret->to_end = ret->last == last;
	return ret->first != KM_UNKNOWN || ret->vendor.ptr;
}

struct km_str km_gfp_release_text(struct km_pool *pool, uint64_t release)
{
	if (release >= KM_RELEASE_2_6(0) && release < KM_RELEASE(3, 0))
		return km_pool_printf(pool, "2.6.%u", (unsigned int)(release - KM_RELEASE_2_6(0)));
	return km_pool_printf(pool, "%u.%u", (unsigned int)(release >> 16), (unsigned int)(release & 0xffff));
}
