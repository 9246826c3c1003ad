// SPDX-License-Identifier: GPL-2.0-or-later
/* Unpacks the packed values of a recording, and packs them again. */
#include "parse/changes.h"
#include "fuzz.h"

/*
 * Packs the values that were unpacked, as plain numbers. A 0 at the end of a group is left out, so it is not
 * packed here.
 */
static size_t copy(struct km_changes_reader *reader, struct km_changes *changes, bool whole)
{
	struct km_change change;
	size_t values = 0;
	uint64_t series;

	while (km_changes_take_group(reader, &series)) {
		km_changes_group(changes, series, whole);
		for (; km_changes_take(reader, &change); values++) {
			if (change.unknown)
				km_changes_add_unknown(changes);
			else
				km_changes_add(changes, change.number, false);
			if (change.number <= INT64_MAX / 2 && change.number >= INT64_MIN / 2)
				fuzz_expect(km_change_of_size(change.number * 2) == change.number);
		}
	}
	return values;
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_changes_reader first = { .bytes = fuzz->text }, second = { .at = 0 };
	struct km_changes once = { .half = false }, twice = { .half = false };
	size_t values = copy(&first, &once, true);

	second.bytes = km_changes_end(&once);
	fuzz_expect(copy(&second, &twice, true) == values && !second.damaged);
	fuzz_expect(km_str_eq(second.bytes, km_changes_end(&twice)));
	fuzz_expect(first.damaged || first.at <= 2 * fuzz->text.len);
	km_changes_deinit(&once);
	km_changes_deinit(&twice);
}
