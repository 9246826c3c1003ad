/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values of one sample of a recording, packed into half bytes. SQLite's hex() makes JSON of them.
 * 0 to 9 are digits. A is a comma, B a comma and a minus sign. C separates groups. D is a value that is
 * unknown. F fills the last byte.
 *
 * A group is the number of a series, then what is added to each of its values, in order. A value that
 * did not change has 0, or nothing at the end of the group.
 *
 * Most changes are small, so a value takes two bytes. Sizes are mostly whole KiB, so a size is doubled:
 * 2n is n bytes, 2n + 1 is n KiB.
 */
#ifndef KM_PARSE_CHANGES_H
#define KM_PARSE_CHANGES_H

#include "base/text.h"

/* Values above this, or below its negative, cannot be packed. */
#define KM_CHANGES_MOST (INT64_C(1) << 60)

/* Zero-initialised is empty. */
struct km_changes {
	struct km_text bytes;
	bool half;        /* the last byte has room for another half */
	bool begun;
	bool whole;       /* the group has all values of a row, also those that are 0 */
	size_t unchanged; /* zeros that stand before the next value, if there is one */
};

void km_changes_group(struct km_changes *changes, uint64_t series, bool whole);

/* The next value of the group: what is added to it; size: it is a number of bytes. */
void km_changes_add(struct km_changes *changes, int64_t difference, bool size);
void km_changes_add_unknown(struct km_changes *changes);

/* What was packed, which holds until the next call. */
struct km_str km_changes_end(struct km_changes *changes);
void km_changes_deinit(struct km_changes *changes);

struct km_changes_reader {
	struct km_str bytes;
	size_t at;    /* in half bytes */
	bool damaged; /* the bytes up to here were valid */
};

/* The next group; false at the end, or where the bytes are damaged. */
bool km_changes_take_group(struct km_changes_reader *reader, uint64_t *series);

struct km_change {
	bool unknown;
	int64_t number; /* for a size, km_change_of_size() converts it */
};

/* The next value of the group. */
bool km_changes_take(struct km_changes_reader *reader, struct km_change *ret);

static inline int64_t km_change_of_size(int64_t number)
{
	return number & 1 ? (number - 1) / 2 * 1024 : number / 2;
}

#endif
