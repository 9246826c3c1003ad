// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "model/mask.h"
#include "model/zone.h"

static enum km_tri tri(bool yes)
{
	return yes ? KM_TRI_YES : KM_TRI_NO;
}

static struct km_str hex(struct km_pool *pool, uint32_t value)
{
	return km_pool_printf(pool, "0x%x", value);
}

/* Bits that say where; all others say how. */
static struct km_str group_of(const struct km_gfp_flag *flag)
{
	static const char *const where[] = { "__GFP_DMA", "__GFP_HIGHMEM", "__GFP_DMA32", "__GFP_MOVABLE",
					     "__GFP_RECLAIMABLE", "__GFP_WRITE", "__GFP_HARDWALL", "__GFP_THISNODE",
					     "__GFP_OTHER_NODE" };

	if (!flag->single)
		return KM_STR("type");
	for (size_t i = 0; i < sizeof(where) / sizeof(*where); i++)
		if (km_str_eq(flag->name, km_str_from(where[i])))
			return KM_STR("where");
	return KM_STR("how");
}

static void make_flag(const struct km_mask_asker *asker, const struct km_gfp_flag *flag,
		      struct km_mask_flag *row)
{
	km_row_init(&km_mask_flag_type, row);
	row->name = flag->name;
	row->value = hex(asker->pool, flag->value);
	row->group = group_of(flag);
	if (asker->brief)
		row->brief = asker->brief(asker->data, flag->name);
}

/* The single flags in a value. */
static struct km_rows parts_of(const struct km_mask_asker *asker, const struct km_gfp *gfp, uint32_t value)
{
	struct km_mask_flag *rows = km_pool_alloc(asker->pool, 32, sizeof(*rows));
	size_t len = 0;

	for (size_t i = 0; i < gfp->len; i++)
		if (gfp->flags[i].single && gfp->flags[i].value & value)
			make_flag(asker, &gfp->flags[i], &rows[len++]);
	return (struct km_rows){ rows, len };
}

static struct km_rows flags_of(const struct km_mask_asker *asker, const struct km_gfp *gfp, uint32_t mask)
{
	struct km_mask_flag *rows = km_pool_alloc(asker->pool, 33, sizeof(*rows));
	const struct km_gfp_flag *flag;
	size_t len = 0;

	while ((flag = km_gfp_take(gfp, &mask))) {
		make_flag(asker, flag, &rows[len]);
		if (!flag->single)
			rows[len].parts = parts_of(asker, gfp, flag->value);
		len++;
	}
	if (mask) {
		km_row_init(&km_mask_flag_type, &rows[len]);
		rows[len++].value = hex(asker->pool, mask);
	}
	return (struct km_rows){ rows, len };
}

static bool has_zone(const void *data, struct km_str name)
{
	const struct km_sheet *zones = data;

	for (size_t i = 0; i < zones->len; i++)
		if (km_str_eq(((const struct km_zone *)km_sheet_row(zones, i))->zone, name))
			return true;
	return !zones->len;
}

/* Where a zone stands among those that masks can name; KM_GFP_ZONE_BAD for others, as Device. */
static enum km_gfp_zone rank(struct km_str name)
{
	enum km_gfp_zone zone = KM_GFP_ZONE_DMA;

	while (zone < KM_GFP_ZONE_BAD && !km_str_eq(km_gfp_zone_name(zone), name))
		zone++;
	return zone;
}

static uint64_t protection(const struct km_zone *zone, struct km_str highest)
{
	for (size_t i = 0; i < zone->protection_zones.len && i < zone->protection_bytes.len; i++)
		if (km_str_eq(zone->protection_zones.items[i], highest))
			return zone->protection_bytes.items[i];
	return KM_UNKNOWN;
}

/* Free memory that the mask cannot be served from (k6.12:mm/page_alloc.c __zone_watermark_unusable_free). */
static uint64_t unusable(const struct km_zone *zone, const struct km_gfp_facts *facts)
{
	uint64_t bytes = 0;

	if (!facts->cma)
		bytes += km_num_or(zone->cma_free_bytes, 0);
	if (facts->highatomic == KM_TRI_NO)
		bytes += km_num_or(zone->highatomic_free_bytes, km_num_or(zone->highatomic_bytes, 0));
	return bytes;
}

static void make_zone(const struct km_zone *zone, const struct km_gfp_facts *facts, struct km_str highest,
		      struct km_mask_zone *row)
{
	uint64_t kept;

	km_row_init(&km_mask_zone_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	row->free_bytes = zone->free_bytes;
	row->mark_bytes = km_num_mul(zone->min_bytes, facts->min_eighths);
	if (row->mark_bytes != KM_UNKNOWN)
		row->mark_bytes /= 8;
	row->protection_bytes = facts->min_eighths ? protection(zone, highest) : 0;
	kept = km_num_add(km_num_add(row->mark_bytes, row->protection_bytes), unusable(zone, facts));
	row->left_bytes = km_num_delta(zone->free_bytes, kept);
}

/* A zone without memory serves nobody. */
static bool serves(const struct km_zone *zone, enum km_gfp_zone at, uint64_t node)
{
	return zone->node == node && rank(zone->zone) == at && zone->managed_bytes;
}

/* Node by node in the file's order, in each from the highest zone down. */
static struct km_rows zones_of(const struct km_mask_asker *asker, const struct km_gfp_facts *facts,
			       struct km_str highest)
{
	const struct km_sheet *zones = asker->zones;
	struct km_mask_zone *rows = km_pool_alloc(asker->pool, zones->len, sizeof(*rows));
	uint64_t node = KM_UNKNOWN;
	size_t len = 0;

	if (!highest.ptr)
		return (struct km_rows){ rows, 0 };
	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone *first = km_sheet_row(zones, i);

		if (first->node == node)
			continue;
		node = first->node;
		for (int at = (int)rank(highest); at >= 0; at--)
			for (size_t j = i; j < zones->len; j++)
				if (serves(km_sheet_row(zones, j), (enum km_gfp_zone)at, node) && len < zones->len)
					make_zone(km_sheet_row(zones, j), facts, highest, &rows[len++]);
	}
	return (struct km_rows){ rows, len };
}

static struct km_texts contexts_of(struct km_pool *pool, const struct km_gfp_facts *facts)
{
	static const char *const words[] = { "process", "spinlock", "softirq", "hardirq" };
	struct km_texts texts = { km_pool_alloc(pool, 4, sizeof(*texts.items)), facts->sleeps ? 1 : 4 };

	for (size_t i = 0; i < texts.len; i++)
		texts.items[i] = km_str_from(words[i]);
	return texts;
}

static void set_facts(const struct km_mask_asker *asker, const struct km_gfp *gfp, uint32_t mask,
		      struct km_mask *row)
{
	const uint32_t bug = km_gfp_bits(gfp, "__GFP_DMA32") | km_gfp_bits(gfp, "__GFP_HIGHMEM") | ~gfp->named;
	struct km_gfp_facts facts;

	km_gfp_facts(gfp, asker->kernel->release, mask, &facts);
	row->block = tri(facts.sleeps);
	row->io = tri(facts.io);
	row->fs = tri(facts.fs);
	row->kswapd = tri(facts.kswapd);
	row->contexts = contexts_of(asker->pool, &facts);
	row->min_ratio = facts.min_eighths / 8.0;
	row->highatomic = facts.highatomic;
	row->zone = km_gfp_zone_here(facts.zone, has_zone, asker->zones);
	row->type = km_gfp_type_name(&facts);
	row->slab = tri(!(mask & bug));
	row->zones = zones_of(asker, &facts, row->zone);
	row->complaints = km_gfp_complaints(asker->pool, gfp, asker->kernel->release, mask);
}

static struct km_str kernels_of(const struct km_mask_asker *asker)
{
	const struct km_gfp_kernel *kernel = asker->kernel;
	struct km_str first = km_gfp_release_text(asker->pool, kernel->first);
	struct km_str last = km_gfp_release_text(asker->pool, kernel->last);

	return kernel->first == kernel->last ? first :
					       km_pool_printf(asker->pool, "%.*s to %.*s", KM_STR_ARG(first),
							      KM_STR_ARG(last));
}

void km_mask_kernel(const struct km_mask_asker *asker, struct km_mask_kernel *ret)
{
	ret->kernel = asker->release;
	ret->kernels = kernels_of(asker);
	ret->known_by = km_str_from(km_mask_ways[asker->kernel->way].key);
}

static void make_row(const struct km_mask_asker *asker, const struct km_gfp *gfp, struct km_str word,
		     uint32_t mask, struct km_mask *row)
{
	struct km_mask_kernel kernel;

	km_row_init(&km_mask_type, row);
	km_mask_kernel(asker, &kernel);
	row->word = word;
	row->name = km_gfp_name(asker->pool, gfp, mask);
	row->value = hex(asker->pool, mask);
	row->number = mask;
	row->kernel = kernel.kernel;
	row->kernels = kernel.kernels;
	row->known_by = kernel.known_by;
	row->flags = flags_of(asker, gfp, mask);
	set_facts(asker, gfp, mask, row);
}

/* One value and name, and the variants in which they hold. */
struct reading {
	uint32_t mask;
	struct km_str name;
	bool named; /* all bits have one */
	bool in[1 << 4];
	size_t variant; /* the first of them */
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

static int collect(const struct km_mask_asker *asker, struct km_str word, struct readings *ret,
		   struct km_err *err)
{
	for (size_t v = 0; v < asker->kernel->len; v++) {
		const struct km_gfp *gfp = &asker->kernel->variants[v];
		struct reading reading = { 0 };
		int r = km_gfp_encode(gfp, word, &reading.mask, err);

		if (r)
			return r;
		reading.name = km_gfp_name(asker->pool, gfp, reading.mask);
		reading.named = !(reading.mask & ~gfp->named);
		add_reading(ret, v, reading);
	}
	return 0;
}

/* The symbols whose state is the same in all variants of a reading: "CONFIG_LOCKDEP=y". */
static struct km_str conditions(const struct km_mask_asker *asker, const struct reading *reading)
{
	const struct km_gfp_kernel *kernel = asker->kernel;
	struct km_str text = { 0 };

	for (size_t s = 0; s < kernel->symbols.len; s++) {
		unsigned int seen = 0;

		for (size_t v = 0; v < kernel->len; v++)
			if (reading->in[v])
				seen |= 1u << (kernel->variants[v].config >> s & 1);
		if (seen != 3)
			text = km_pool_printf(asker->pool, "%.*s%s%.*s=%c", KM_STR_ARG(text), text.len ? ", " : "",
					      KM_STR_ARG(kernel->symbols.items[s]), seen == 2 ? 'y' : 'n');
	}
	return text;
}

/* What names beside a number say: those of another kernel's log tell which it was. */
static void compare_names(const struct km_mask_asker *asker, const struct km_gfp *gfp, struct km_mask *row)
{
	struct km_str names = km_gfp_names_in(row->word), more;
	uint32_t mask;

	if (!names.ptr)
		return;
	if (km_gfp_encode(gfp, names, &mask, NULL))
		more = km_pool_printf(asker->pool, "the names beside the number are not this kernel's: name the one that the "
						   "log is from with --kernel");
	else if (mask != row->number)
		more = km_pool_printf(asker->pool, "the names beside the number are 0x%x in this kernel: name the one that "
						   "the log is from with --kernel", mask);
	else
		return;
	struct km_texts texts = { km_pool_alloc(asker->pool, row->complaints.len + 1, sizeof(more)),
				  row->complaints.len };

	for (size_t i = 0; i < texts.len; i++)
		texts.items[i] = row->complaints.items[i];
	texts.items[texts.len++] = more;
	row->complaints = texts;
}

int km_mask_derive(const struct km_mask_asker *asker, struct km_str word, struct km_sheet *ret,
		   struct km_err *err)
{
	struct readings readings = { .len = 0 };
	bool any_named = false;
	struct km_mask *rows;
	size_t len = 0;
	int r = collect(asker, word, &readings, err);

	if (r)
		return r;
	rows = km_pool_alloc(asker->pool, readings.len, sizeof(*rows));
	for (size_t i = 0; i < readings.len; i++)
		any_named |= readings.items[i].named;
	for (size_t i = 0; i < readings.len; i++) {
		const struct km_gfp *gfp = &asker->kernel->variants[readings.items[i].variant];

		if (any_named && !readings.items[i].named)
			continue;
		make_row(asker, gfp, word, readings.items[i].mask, &rows[len]);
		rows[len].when = conditions(asker, &readings.items[i]);
		compare_names(asker, gfp, &rows[len++]);
	}
	*ret = (struct km_sheet){ &km_mask_type, rows, len, NULL };
	return 0;
}

static struct km_str bits_text(const struct km_mask_asker *asker, const struct km_gfp *gfp, uint32_t value)
{
	struct km_str text = { 0 };

	for (size_t i = 0; i < gfp->len; i++)
		if (gfp->flags[i].single && gfp->flags[i].value & value)
			text = km_pool_printf(asker->pool, "%.*s%s%.*s", KM_STR_ARG(text), text.len ? "," : "",
					      KM_STR_ARG(gfp->flags[i].name));
	return text;
}

/* Whether a flag has the same value in all variants. */
static bool is_certain(const struct km_gfp_kernel *kernel, size_t flag)
{
	for (size_t v = 1; v < kernel->len; v++)
		if (kernel->variants[v].flags[flag].value != kernel->variants[0].flags[flag].value)
			return false;
	return true;
}

/* Each value that a flag has in one of the variants. */
static struct km_texts values_of(const struct km_mask_asker *asker, size_t flag)
{
	const struct km_gfp_kernel *kernel = asker->kernel;
	struct km_texts texts = { km_pool_alloc(asker->pool, kernel->len, sizeof(*texts.items)), 0 };

	for (size_t v = 0; v < kernel->len; v++) {
		struct km_str value = hex(asker->pool, kernel->variants[v].flags[flag].value);
		size_t i;

		for (i = 0; i < texts.len && !km_str_eq(texts.items[i], value); i++)
			;
		if (i == texts.len)
			texts.items[texts.len++] = value;
	}
	return texts;
}

struct km_sheet km_mask_list(const struct km_mask_asker *asker)
{
	const struct km_gfp *gfp = asker->kernel->variants;
	struct km_flags *rows = km_pool_alloc(asker->pool, gfp->len, sizeof(*rows));

	for (size_t i = 0; i < gfp->len; i++) {
		const struct km_gfp_flag *flag = &gfp->flags[i];
		struct km_gfp_facts facts;

		km_gfp_facts(gfp, asker->kernel->release, flag->value, &facts);
		km_row_init(&km_flags_type, &rows[i]);
		rows[i].name = flag->name;
		rows[i].zone = km_gfp_zone_here(facts.zone, has_zone, asker->zones);
		rows[i].type = km_gfp_type_name(&facts);
		rows[i].block = tri(facts.sleeps);
		rows[i].io = tri(facts.io);
		rows[i].fs = tri(facts.fs);
		if (!is_certain(asker->kernel, i)) {
			rows[i].number = KM_UNKNOWN;
			rows[i].possible = values_of(asker, i);
			continue;
		}
		rows[i].number = flag->value;
		rows[i].value = hex(asker->pool, flag->value);
		if (!flag->single)
			rows[i].bits = bits_text(asker, gfp, flag->value);
	}
	return (struct km_sheet){ &km_flags_type, rows, gfp->len, NULL };
}
