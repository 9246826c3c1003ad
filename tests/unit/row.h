/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sheet with a field of every kind, for tests of code that works on any sheet. */
#ifndef KM_TESTS_ROW_H
#define KM_TESTS_ROW_H

#include "base/field.h"

struct row {
	struct km_str name;
	uint64_t count;
	uint64_t size_bytes;
	int64_t delta_bytes;
	double used_ratio;
	double index;
	int64_t change;
	double points, rate, byte_rate, seconds;
	enum km_tri flag;
	struct km_texts aliases;
	struct km_numbers list_bytes;
	struct km_pairs counters;
	struct km_rows children;
	uint64_t gap_bytes;
};

extern const struct km_sheet_type row_type;

static const struct km_field row_fields[] = {
	{ KM_FIELD(struct row, name, KM_TEXT), .head = "NAME", .flags = KM_SHOWN | KM_ID },
	{ KM_FIELD(struct row, count, KM_COUNT), .head = "COUNT", .flags = KM_SHOWN | KM_SUMMED },
	{ KM_FIELD(struct row, size_bytes, KM_BYTES), .head = "SIZE", .flags = KM_SHOWN | KM_SUMMED },
	{ KM_FIELD(struct row, delta_bytes, KM_DELTA), .head = "DELTA" },
	{ KM_FIELD(struct row, used_ratio, KM_RATIO), .head = "USED" },
	{ KM_FIELD(struct row, index, KM_INDEX), .head = "INDEX" },
	{ KM_FIELD(struct row, change, KM_CHANGE), .head = "CHANGE" },
	{ KM_FIELD(struct row, points, KM_POINTS), .head = "POINTS" },
	{ KM_FIELD(struct row, rate, KM_RATE), .head = "RATE" },
	{ KM_FIELD(struct row, byte_rate, KM_BYTE_RATE), .head = "BYTES/S" },
	{ KM_FIELD(struct row, seconds, KM_SECONDS), .head = "SECONDS" },
	{ KM_FIELD(struct row, flag, KM_TRI), .head = "FLAG" },
	{ KM_FIELD(struct row, aliases, KM_TEXTS), .head = "ALIASES" },
	{ KM_FIELD(struct row, list_bytes, KM_BYTES_LIST), .head = "LIST" },
	{ KM_FIELD(struct row, counters, KM_PAIRS), .head = "COUNTERS" },
	{ KM_FIELD(struct row, children, KM_ROWS), .head = "CHILDREN", .rows = &row_type },
	{ KM_FIELD(struct row, gap_bytes, KM_BYTES), .head = "GAP", .flags = KM_TOTAL_ONLY },
	{ 0 }
};

const struct km_sheet_type row_type = {
	.name = "rows",
	.fields = row_fields,
	.row_size = sizeof(struct row),
};

#define ROW_FIELD(member) km_field_find(&row_type, KM_STR(#member))

#endif
