// SPDX-License-Identifier: GPL-2.0-or-later
/* One mask per line, in the form of the command line. The length of the first line selects the kernel. */
#include <errno.h>
#include "data/builtin.h"
#include "fuzz.h"
#include "model/mask.h"

static void check_reading(const struct km_mask_query *query, const struct km_mask *mask)
{
	bool back = false;

	fuzz_expect(mask->number <= UINT32_MAX && mask->name.len && mask->flags.len <= 33);
	for (size_t v = 0; v < query->kernel->len; v++) {
		uint32_t again = 0;

		back |= !km_gfp_encode(&query->kernel->variants[v], mask->name, &again, NULL) &&
			again == mask->number;
	}
	fuzz_expect(back);
}

/* Only the first line asks for the reason of an error: to search the names of all kernels takes most of the time. */
static void check_line(struct fuzz *fuzz, const struct km_mask_query *query, struct km_str line, bool first)
{
	struct km_err err = { 0 };
	struct km_sheet masks;
	int r = km_mask_derive(query, line, &masks, first ? &err : NULL);

	if (r) {
		fuzz_expect(r == -EINVAL && (*err.what || !first));
		return;
	}
	fuzz_expect(masks.len && masks.len <= query->kernel->len);
	for (size_t i = 0; i < masks.len; i++)
		check_reading(query, km_sheet_row(&masks, i));
	fuzz_sheet(fuzz, masks);
}

/* A kernel's flags, which are the same for each input. */
static const struct km_gfp_kernel *kernel_of(size_t which)
{
	enum { TABLES_MAX = 64 };
	static struct km_gfp_kernel kernels[TABLES_MAX];
	static struct km_pool pool;
	size_t tables = 0;

	while (km_builtin_gfp[tables].name && tables < TABLES_MAX)
		tables++;
	which %= tables;
	if (!kernels[which].variants)
		km_gfp_of_release(&pool, km_parse_release(km_str_from(km_builtin_gfp[which].name)), NULL, NULL,
				  &kernels[which]);
	return &kernels[which];
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_sheet zones = { 0 };
	struct km_mask_query query = { .pool = &fuzz->pool, .release = KM_STR("fuzz"), .node = KM_UNKNOWN,
				       .supply = { .zones = zones, .page_bytes = 4096 } };
	struct km_str rest = fuzz->text, line;
	size_t lines = 0;

	if (!km_str_take_line(&rest, &line))
		return;
	query.kernel = kernel_of(line.len);
	for (; lines < 8 && km_str_take_line(&rest, &line); lines++)
		check_line(fuzz, &query, line, !lines);
}
