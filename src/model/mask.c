// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"
#include "data/builtin.h"
#include "model/mask.h"
#include "model/prediction.h"
#include "model/zone.h"

static struct km_str hex(struct km_pool *pool, uint32_t value)
{
	return km_pool_printf(pool, "0x%x", value);
}

/* Some bits choose zones and types. All others choose behaviour. */
static const struct km_word *group_of(const struct km_gfp_flag *flag)
{
	static const char *const where[] = { "__GFP_DMA", "__GFP_HIGHMEM", "__GFP_DMA32", "__GFP_MOVABLE",
					     "__GFP_RECLAIMABLE", "__GFP_WRITE", "__GFP_HARDWALL", "__GFP_THISNODE",
					     "__GFP_OTHER_NODE" };

	if (!flag->single)
		return &km_mask_groups[KM_MASK_TYPE];
	for (size_t i = 0; i < sizeof(where) / sizeof(*where); i++)
		if (km_str_eq(flag->name, km_str_from(where[i])))
			return &km_mask_groups[KM_MASK_WHERE];
	return &km_mask_groups[KM_MASK_HOW];
}

static void make_flag(const struct km_mask_query *query, const struct km_gfp_flag *flag,
		      struct km_mask_flag *row)
{
	km_row_init(&km_mask_flag_type, row);
	row->name = flag->name;
	row->value = hex(query->pool, flag->value);
	row->group = group_of(flag);
	if (query->brief)
		row->brief = query->brief(query->data, flag->name);
}

/* The single flags in a value. The module's file may have several names for one bit. */
static struct km_rows parts_of(const struct km_mask_query *query, const struct km_gfp *gfp, uint32_t value)
{
	struct km_mask_flag *rows = km_pool_alloc(query->pool, gfp->len, sizeof(*rows));
	size_t len = 0;

	for (size_t i = 0; i < gfp->len; i++)
		if (gfp->flags[i].single && gfp->flags[i].value & value)
			make_flag(query, &gfp->flags[i], &rows[len++]);
	return (struct km_rows){ rows, len };
}

static struct km_rows flags_of(const struct km_mask_query *query, const struct km_gfp *gfp, uint32_t mask)
{
	struct km_mask_flag *rows = km_pool_alloc(query->pool, 33, sizeof(*rows));
	const struct km_gfp_flag *flag;
	const uint32_t whole = mask;
	size_t len = 0;

	while ((flag = km_gfp_take(gfp, whole, &mask))) {
		make_flag(query, flag, &rows[len]);
		if (!flag->single)
			rows[len].parts = parts_of(query, gfp, flag->value);
		len++;
	}
	if (mask) {
		km_row_init(&km_mask_flag_type, &rows[len]);
		rows[len++].value = hex(query->pool, mask);
	}
	return (struct km_rows){ rows, len };
}

static struct km_texts contexts_of(struct km_pool *pool, const struct km_gfp_meaning *facts)
{
	static const char *const words[] = { "process", "spinlock", "softirq", "hardirq" };
	struct km_texts texts = { km_pool_alloc(pool, 4, sizeof(*texts.items)), facts->sleeps ? 1 : 4 };

	for (size_t i = 0; i < texts.len; i++)
		texts.items[i] = km_str_from(words[i]);
	return texts;
}

bool km_mask_has_zone(const void *data, struct km_str name)
{
	const struct km_sheet *zones = data;

	for (size_t i = 0; i < zones->len; i++)
		if (km_str_eq(((const struct km_zone *)km_sheet_row(zones, i))->zone, name))
			return true;
	return !zones->len;
}

/* Predicts whether the machine would serve the request now. */
static void predict(const struct km_mask_query *query, const struct km_gfp *gfp, uint32_t mask,
		    struct km_mask *row)
{
	struct km_request request = km_request_from(gfp, &query->kernel->rules, mask);

	request.order = query->order;
	request.node = query->node;
	row->predicted = km_prediction_of(query->pool, &query->supply, &request);
	row->order = query->order;
	row->request_bytes = row->predicted.request_bytes;
	row->prediction = row->predicted.word;
	if (row->zone.ptr)
		row->zones = row->predicted.fallback;
}

static void set_facts(const struct km_mask_query *query, const struct km_gfp *gfp, uint32_t mask,
		      struct km_mask *row)
{
	const uint32_t bug = km_gfp_bits(gfp, "__GFP_DMA32") | km_gfp_bits(gfp, "__GFP_HIGHMEM") | ~gfp->named;
	struct km_gfp_meaning facts;

	km_gfp_meaning(gfp, &query->kernel->rules, mask, &facts);
	row->block = km_tri_of(facts.sleeps);
	row->io = km_tri_of(facts.sleeps && facts.io);
	row->fs = km_tri_of(facts.sleeps && facts.fs);
	row->kswapd = km_tri_of(facts.kswapd);
	row->contexts = contexts_of(query->pool, &facts);
	if (facts.min_eighths == facts.min_eighths_least)
		row->min_ratio = facts.min_eighths / 8.0;
	row->highatomic = facts.highatomic;
	row->zone = km_gfp_zone_here(facts.zone, km_mask_has_zone, &query->supply.zones);
	row->type = km_gfp_type_name(&facts);
	row->slab = km_tri_of(!(mask & bug));
	predict(query, gfp, mask, row);
	row->faults = km_gfp_faults(gfp, query->kernel->release, mask);
	row->unnamed = mask & ~gfp->named;
}

static struct km_str range_text(struct km_pool *pool, uint64_t first, uint64_t last)
{
	struct km_str text = km_gfp_release_text(pool, first), to = km_gfp_release_text(pool, last);

	return first == last ? text : km_pool_printf(pool, "%.*s to %.*s", KM_STR_ARG(text), KM_STR_ARG(to));
}

void km_mask_kernel(const struct km_mask_query *query, struct km_mask_kernel *ret)
{
	ret->kernel = query->release;
	ret->kernels = query->kernel->vendor.ptr ?
			       query->kernel->vendor :
			       range_text(query->pool, query->kernel->first, query->kernel->last);
	ret->verified = km_tri_of(query->kernel->way < KM_GFP_UNVERIFIED);
	ret->source = &km_mask_ways[query->kernel->way];
}

static void make_row(const struct km_mask_query *query, const struct km_gfp *gfp, struct km_str word,
		     uint32_t mask, struct km_mask *row)
{
	struct km_mask_kernel kernel;

	km_row_init(&km_mask_type, row);
	km_mask_kernel(query, &kernel);
	row->word = word;
	row->name = km_gfp_name(query->pool, gfp, mask);
	row->value = hex(query->pool, mask);
	row->number = mask;
	row->kernel = kernel.kernel;
	row->kernels = kernel.kernels;
	row->source = kernel.source;
	row->verified = kernel.verified;
	row->flags = flags_of(query, gfp, mask);
	set_facts(query, gfp, mask, row);
	if (query->supply.zones.len && query->machine.len)
		row->zones_from = query->machine;
}

/* A value and its name, and the variants in which both are the same. */
struct reading {
	uint32_t mask;
	struct km_str name;
	bool named; /* all bits have a name */
	bool in[1 << 4];
	size_t variant; /* the first of these variants */
};

struct readings {
	struct reading items[1 << 4];
	size_t len;
};

static void add_reading(struct readings *readings, size_t variant, struct reading reading)
{
	size_t i;

	for (i = 0; i < readings->len; i++)
		if (readings->items[i].mask == reading.mask && km_str_eq(readings->items[i].name, reading.name))
			break;
	if (i == readings->len) {
		reading.variant = variant;
		readings->items[readings->len++] = reading;
	}
	readings->items[i].in[variant] = true;
}

static int collect(const struct km_mask_query *query, struct km_str word, struct readings *ret,
		   struct km_err *err)
{
	for (size_t v = 0; v < query->kernel->len; v++) {
		const struct km_gfp *gfp = &query->kernel->variants[v];
		struct reading reading = { 0 };
		int r = km_gfp_encode(gfp, word, &reading.mask, err);

		if (r)
			return r;
		reading.name = km_gfp_name(query->pool, gfp, reading.mask);
		reading.named = !(reading.mask & ~gfp->named);
		add_reading(ret, v, reading);
	}
	return 0;
}

/* The symbols with the same state in all variants of an interpretation: "CONFIG_LOCKDEP=y". */
static struct km_str conditions(const struct km_mask_query *query, const struct reading *reading)
{
	const struct km_gfp_kernel *kernel = query->kernel;
	struct km_text text = { 0 };

	for (size_t s = 0; s < kernel->symbols.len; s++) {
		unsigned int seen = 0;

		for (size_t v = 0; v < kernel->len; v++)
			if (reading->in[v])
				seen |= 1u << (kernel->variants[v].config >> s & 1);
		if (seen != 3)
			km_text_printf(&text, "%s%.*s=%c", text.len ? ", " : "",
				       KM_STR_ARG(kernel->symbols.items[s]), seen == 2 ? 'y' : 'n');
	}
	return km_text_keep_some(&text, query->pool);
}

/* "4.10 to 4.17": the releases in which the names mean the number; .ptr NULL if there are none. */
static struct km_str releases_of(struct km_pool *pool, struct km_str names, uint32_t number)
{
	uint64_t first = KM_UNKNOWN, last = 0;

	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct km_gfp_kernel kernel;
		uint32_t mask;

		if (km_parse_release(km_str_from(item->name)) == KM_UNKNOWN)
			continue;
		km_gfp_of_release(pool, km_parse_release(km_str_from(item->name)), NULL, NULL, &kernel);
		for (size_t v = 0; v < kernel.len; v++) {
			if (km_gfp_encode(&kernel.variants[v], names, &mask, NULL) || mask != number)
				continue;
			first = kernel.first < first ? kernel.first : first;
			last = kernel.last > last ? kernel.last : last;
		}
	}
	return first == KM_UNKNOWN ? (struct km_str){ 0 } : range_text(pool, first, last);
}

/* Compares a number with the names beside it, or with the name that a line of a header defines. */
static void compare_names(const struct km_mask_query *query, const struct km_gfp *gfp, struct km_mask *row)
{
	struct km_str names = km_gfp_names_in(row->word), releases;
	const bool header = !names.ptr;
	uint32_t mask;

	if (header)
		names = km_gfp_defined_in(row->word);
	if (!names.ptr || (!km_gfp_encode(gfp, names, &mask, NULL) && mask == row->number))
		return;
	releases = releases_of(query->pool, names, (uint32_t)row->number);
	/* a header may define a name that no kernel has */
	if (!releases.ptr && header)
		return;
	row->names_of = releases;
	row->names = !releases.ptr ? KM_MASK_NAMES_OF_NONE :
		     header ? KM_MASK_NAMES_OF_HEADER : KM_MASK_NAMES_OF_KERNEL;
}

int km_mask_derive(const struct km_mask_query *query, struct km_str word, struct km_sheet *ret,
		   struct km_err *err)
{
	struct readings readings = { .len = 0 };
	bool any_named = false;
	struct km_mask *rows;
	size_t len = 0;
	int r = collect(query, word, &readings, err);

	if (r)
		return r;
	rows = km_pool_alloc(query->pool, readings.len, sizeof(*rows));
	for (size_t i = 0; i < readings.len; i++)
		any_named |= readings.items[i].named;
	for (size_t i = 0; i < readings.len; i++) {
		const struct km_gfp *gfp = &query->kernel->variants[readings.items[i].variant];

		if (any_named && !readings.items[i].named)
			continue;
		make_row(query, gfp, word, readings.items[i].mask, &rows[len]);
		rows[len].when = conditions(query, &readings.items[i]);
		compare_names(query, gfp, &rows[len++]);
	}
	*ret = (struct km_sheet){ &km_mask_type, rows, len, NULL };
	return 0;
}

/* Every value of a flag in the variants. */
static struct km_texts values_of(const struct km_mask_query *query, size_t flag)
{
	const struct km_gfp_kernel *kernel = query->kernel;
	struct km_texts texts = { km_pool_alloc(query->pool, kernel->len, sizeof(*texts.items)), 0 };

	for (size_t v = 0; v < kernel->len; v++) {
		struct km_str value = hex(query->pool, kernel->variants[v].flags[flag].value);
		size_t i;

		for (i = 0; i < texts.len && !km_str_eq(texts.items[i], value); i++)
			;
		if (i == texts.len)
			texts.items[texts.len++] = value;
	}
	return texts;
}

struct km_sheet km_mask_list(const struct km_mask_query *query)
{
	const struct km_gfp *gfp = query->kernel->variants;
	struct km_flags *rows = km_pool_alloc(query->pool, gfp->len, sizeof(*rows));

	for (size_t i = 0; i < gfp->len; i++) {
		const struct km_gfp_flag *flag = &gfp->flags[i];
		struct km_gfp_meaning facts;

		km_gfp_meaning(gfp, &query->kernel->rules, flag->value, &facts);
		km_row_init(&km_flags_type, &rows[i]);
		rows[i].name = flag->name;
		rows[i].zone = km_gfp_zone_here(facts.zone, km_mask_has_zone, &query->supply.zones);
		rows[i].type = km_gfp_type_name(&facts);
		rows[i].block = km_tri_of(facts.sleeps);
		rows[i].io = km_tri_of(facts.io);
		rows[i].fs = km_tri_of(facts.fs);
		if (!km_gfp_is_certain(query->kernel, i)) {
			rows[i].number = KM_UNKNOWN;
			rows[i].possible = values_of(query, i);
			continue;
		}
		rows[i].number = flag->value;
		rows[i].value = hex(query->pool, flag->value);
		if (!flag->single)
			rows[i].bits = km_gfp_bits_text(query->pool, gfp, flag->value);
	}
	return (struct km_sheet){ &km_flags_type, rows, gfp->len, NULL };
}

static bool has(struct km_str text, const char *part)
{
	return km_str_find(text, km_str_from(part)) >= 0;
}

bool km_mask_is_like(struct km_str word)
{
	if (has(word, ": ") || has(word, ", "))
		return false;
	return (has(word, "|") && has(word, "GFP_")) || km_str_starts(word, KM_STR("0x")) || has(word, "=0x") || has(word, ":0x");
}
