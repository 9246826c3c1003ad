// SPDX-License-Identifier: GPL-2.0-or-later
/* One test of --where per line, for rows of caches: two that differ in every field, and one without any known value. */
#include <errno.h>
#include "fuzz.h"
#include "model/slab.h"
#include "report/where.h"

static struct km_slab slab_of(uint64_t number, const char *name)
{
	struct km_slab row;

	km_row_init(&km_slab_type, &row);
	row.name = km_str_from(name);
	row.objects = number;
	row.size_bytes = number == KM_UNKNOWN ? number : number * 4096;
	row.used_ratio = number == KM_UNKNOWN ? KM_UNKNOWN_REAL : (double)number / 8;
	row.reclaimable = km_tri_of(number > 3);
	return row;
}

static void check_line(struct fuzz *fuzz, struct km_str line)
{
	const struct km_slab rows[] = { slab_of(1, "kmalloc-64"), slab_of(7, "dentry"), slab_of(KM_UNKNOWN, "") };
	const struct km_sheet sheet = { &km_slab_type, rows, 3, NULL };
	const struct km_where *where = NULL;
	struct km_err err = { 0 };
	struct km_sheet found;
	size_t matches = 0;

	if (km_where_parse(&fuzz->pool, &km_slab_type, line, &where, &err)) {
		/* the error, and the text with the caret below it */
		fuzz_expect(*err.what && strchr(err.hint, '\n') && err.hint[strlen(err.hint) - 1] == '^');
		return;
	}
	for (size_t i = 0; i < sheet.len; i++)
		matches += km_where_matches(where, &rows[i]) == KM_TRI_YES;
	found = km_where_filter(&fuzz->pool, where, &sheet);
	fuzz_expect(found.len == matches);
	fuzz_sheet(fuzz, found);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_str rest = fuzz->text, line;

	for (size_t lines = 0; lines < 8 && km_str_take_line(&rest, &line); lines++)
		check_line(fuzz, line);
}
