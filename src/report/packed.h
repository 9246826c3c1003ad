/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/: packs fields of a row into bytes, including texts and lists. */
#ifndef KM_REPORT_PACKED_H
#define KM_REPORT_PACKED_H

#include "base/field.h"

/* Unpacking reads up to so many bytes beyond the packed ones. Their values do not matter. */
enum { KM_PACKED_BEHIND = 7 };

struct km_packed {
	const struct km_sheet_type *type;
	KM_ARRAY(const struct km_field *) fields;
	KM_ARRAY(char) bytes; /* of the last packed row */
	void **lists;         /* by field: the items of the last unpacked list */
	void *row;            /* the last unpacked row */
};

/*
 * Prepares packing of fields, which end with NULL; first, if not NULL, comes before them. False: rows inside
 * a row cannot be packed.
 */
bool km_packed_init(struct km_packed *packed, const struct km_sheet_type *type,
		    const struct km_field *first, const struct km_field *const *fields);
void km_packed_deinit(struct km_packed *packed);

/* The packed bytes of a row, valid until the next call. */
struct km_str km_packed_pack(struct km_packed *packed, const void *row);

/*
 * Unpacks the first fields of a packed row: first comes first. Texts borrow from the bytes. The row is valid
 * until the next call; all other fields are unknown.
 */
const void *km_packed_unpack(struct km_packed *packed, const char *bytes, size_t fields);

#endif
