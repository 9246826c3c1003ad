// SPDX-License-Identifier: GPL-2.0-or-later
/* The built-in tables, and what a configuration makes of them. */
#include "data/builtin.h"
#include "model/gfp.h"
#include "parse/gfptable.h"

enum { MOST_SYMBOLS = 4 };

/*
 * Whether a table serves a release better than the best so far: the latest that began before it, or
 * else the first of all.
 */
static bool is_better(const struct km_gfptable *table, const struct km_gfptable *best, uint64_t release)
{
	bool begun = table->first <= release, best_begun = best->first <= release;

	if (best->first == KM_UNKNOWN)
		return true;
	if (begun != best_begun)
		return begun;
	return begun ? table->first > best->first : table->first < best->first;
}

/* What is wrong with a table is wrong with this program: the unit test sees to it. */
static struct km_gfptable find_table(uint64_t release)
{
	struct km_gfptable best = { .first = KM_UNKNOWN };

	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct km_problems problems = { 0 };
		struct km_parse parse = { .source = km_str_from(item->name), .problems = &problems };
		struct km_gfptable table = { 0 };

		km_parse_gfptable(&parse, km_str_from(item->text), &table);
		if (is_better(&table, &best, release)) {
			km_gfptable_deinit(&best);
			best = table;
		} else {
			km_gfptable_deinit(&table);
		}
		km_problems_deinit(&problems);
	}
	return best;
}

static size_t symbol_index(const struct km_texts *symbols, struct km_str symbol)
{
	size_t i;

	for (i = 0; i < symbols->len; i++)
		if (km_str_eq(symbols->items[i], symbol))
			break;
	return i;
}

/* Whether the configuration decides about some of a table's numbers. */
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

/* What one variant is made from. */
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

static uint32_t value_of(const struct km_gfp *gfp, struct km_str flags)
{
	uint32_t value = 0;

	km_gfp_encode(gfp, flags, &value, NULL);
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
		flags[ret->len++] = (struct km_gfp_flag){ bit->name, (uint32_t)value, true };
		ret->named |= (uint32_t)value;
	}
	km_array_each(combination, &recipe->table->combinations) {
		flags[ret->len] = (struct km_gfp_flag){ combination->name,
							value_of(ret, combination->flags), false };
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

void km_gfp_of_release(struct km_pool *pool, uint64_t release, km_gfp_config *config, void *data,
		       struct km_gfp_kernel *ret)
{
	struct km_gfptable table = find_table(release);
	const struct recipe recipe = { &table, &ret->symbols, config, data };
	struct km_gfp *variants;

	*ret = (struct km_gfp_kernel){ .release = release, .first = table.first, .last = table.last };
	find_symbols(pool, &table, config, data, &ret->symbols);
	ret->len = (size_t)1 << ret->symbols.len;
	ret->variants = variants = km_pool_alloc(pool, ret->len, sizeof(*variants));
	for (uint32_t state = 0; state < ret->len; state++)
		make_variant(pool, &recipe, state, &variants[state]);
	ret->way = config && depends(&table) && !ret->symbols.len ? KM_GFP_CONFIG : KM_GFP_RELEASE;
	if (release < table.first || release > table.last || release == KM_UNKNOWN) {
		ret->way = KM_GFP_NEAREST;
		ret->release = release < table.first ? table.first : table.last;
	}
	km_gfptable_deinit(&table);
}

void km_gfp_of_module(struct km_pool *pool, uint64_t release, const struct km_sheet *rows,
		      struct km_gfp_kernel *ret)
{
	struct km_gfp *exact = km_pool_alloc(pool, 1, sizeof(*exact));
	struct km_gfp_flag *flags = km_pool_alloc(pool, rows->len, sizeof(*flags));

	km_gfp_of_release(pool, release, NULL, NULL, ret);
	*exact = *ret->variants;
	exact->flags = flags;
	exact->len = rows->len;
	exact->named = exact->config = 0;
	for (size_t i = 0; i < rows->len; i++) {
		const struct km_flags *row = km_sheet_row(rows, i);
		bool single = km_str_starts(row->name, KM_STR("__GFP_")) && !row->bits.ptr;

		flags[i] = (struct km_gfp_flag){ row->name,
						 (uint32_t)km_num_or(row->number, 0), single };
		exact->named |= flags[i].value;
	}
	ret->variants = exact;
	ret->len = 1;
	ret->symbols.len = 0;
	ret->way = KM_GFP_MODULE;
}

struct km_str km_gfp_release_text(struct km_pool *pool, uint64_t release)
{
	return km_pool_printf(pool, "%u.%u", (unsigned int)(release >> 16), (unsigned int)(release & 0xffff));
}
