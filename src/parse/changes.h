/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values of one sample of a recording, packed into half bytes. SQLite's hex() converts them to
 * JSON. 0 to 9 are digits. A is a comma, B a comma and a minus sign. C separates groups. D is an
 * unknown value. F fills the last byte.
 *
 * A group is the number of a series, followed by the differences to each of its last values, in
 * order. The difference of an unchanged value is 0; at the end of a group it is left out.
 *
 * Most changes are small, so a value takes two bytes. Most sizes are whole KiB, so sizes are
 * doubled: 2n means n bytes, 2n + 1 means n KiB.
 */
#ifndef KM_PARSE_CHANGES_H
#define KM_PARSE_CHANGES_H

#include "base/text.h"

/* Larger values cannot be packed, and neither can values below its negative. */
#define KM_CHANGES_MOST (INT64_C(1) << 60)

/* Zero-initialised is empty. */
struct km_changes {
	struct km_text bytes;
	bool half;        /* the last byte has room for another half */
	bool begun;
	bool whole;       /* the group has all values of a row, also 0 */
	size_t unchanged; /* zeros before the next value, if there is one */
};

void km_changes_group(struct km_changes *changes, uint64_t series, bool whole);

/*
 * Adds a value to the group: its difference to the last value. size: the value is a number of
 * bytes.
 */
void km_changes_add(struct km_changes *changes, int64_t difference, bool size);
void km_changes_add_unknown(struct km_changes *changes);

/* The packed bytes, valid until the next call. */
struct km_str km_changes_end(struct km_changes *changes);
void km_changes_deinit(struct km_changes *changes);

struct km_changes_reader {
	struct km_str bytes;
	size_t at;    /* in half bytes */
	bool damaged; /* the bytes before this point were valid */
};

/* Takes the next group; false at the end, or if the bytes are damaged. */
bool km_changes_take_group(struct km_changes_reader *reader, uint64_t *series);

struct km_change {
	bool unknown;
	int64_t number; /* for a size, km_change_of_size() converts it */
};

/* Takes the next value of the group; false at its end. */
bool km_changes_take(struct km_changes_reader *reader, struct km_change *ret);

static inline int64_t km_change_of_size(int64_t number)
{
	/* damaged bytes may be any number, which then wraps */
	return number & 1 ? (int64_t)((uint64_t)((number - 1) / 2) * 1024) : number / 2;
}

#endif
