// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "fuzz.h"
#include "parse/manifest.h"

/* A manifest that was written is parsed to the same values. */
static void check_round_trip(struct fuzz *fuzz, struct km_manifest *manifest)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("/again"), .problems = &problems };
	struct km_str text = km_manifest_text(&fuzz->pool, manifest);
	struct km_manifest again = { 0 };

	km_parse_manifest(&parse, text, &again);
	fuzz_expect(!problems.list.len && again.missing.len == manifest->missing.len &&
		    again.checksums.list.len == manifest->checksums.list.len);
	fuzz_expect(km_str_eq(km_manifest_text(&fuzz->pool, &again), text));
	km_manifest_deinit(&again);
	km_problems_deinit(&problems);
}

/* The same lines with the right checksum, which no mutation would find. */
static void parse_sealed(struct fuzz *fuzz)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("/sealed"), .problems = &problems };
	struct km_manifest manifest = { 0 };
	size_t room = fuzz->text.len + 32;
	char *text = km_pool_alloc(&fuzz->pool, room, 1);
	int len;

	if (fuzz->text.len)
		memcpy(text, fuzz->text.ptr, fuzz->text.len);
	len = snprintf(text + fuzz->text.len, 32, "checksum %08x\n",
		       (unsigned int)km_crc32(0, fuzz->text));
	km_parse_manifest(&parse, (struct km_str){ text, fuzz->text.len + (size_t)len }, &manifest);
	check_round_trip(fuzz, &manifest);
	km_manifest_deinit(&manifest);
	km_problems_deinit(&problems);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_manifest manifest = { 0 };
	const struct km_manifest_missing *missing;

	km_parse_manifest(&fuzz->parse, fuzz->text, &manifest);
	fuzz_expect(fuzz_has(fuzz, manifest.version) && fuzz_has(fuzz, manifest.release) &&
		    fuzz_has(fuzz, manifest.machine) && fuzz_has(fuzz, manifest.page_bytes) &&
		    fuzz_has(fuzz, manifest.time) && fuzz_has(fuzz, manifest.root));
	km_array_each(missing, &manifest.missing)
		fuzz_expect(fuzz_has(fuzz, missing->path) && fuzz_has(fuzz, missing->reason));
	check_round_trip(fuzz, &manifest);
	km_manifest_deinit(&manifest);
	parse_sealed(fuzz);
}
