/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/ only: a row's fields as bytes, texts and lists included. */
#ifndef KM_REPORT_PACKED_H
#define KM_REPORT_PACKED_H

#include "base/field.h"

/* So many bytes behind packed ones are read, too, where they are unpacked; what they are does not matter. */
enum { KM_PACKED_BEHIND = 7 };

struct km_packed {
	const struct km_sheet_type *type;
	KM_ARRAY(const struct km_field *) fields;
	KM_ARRAY(char) bytes; /* of the row packed last */
	void **lists;         /* by field: the items of a list that was unpacked last */
	void *row;            /* the row unpacked last */
};

/* fields end with NULL; first, if any, comes before them. false: of rows inside a row nothing is packed. */
bool km_packed_init(struct km_packed *packed, const struct km_sheet_type *type,
		    const struct km_field *first, const struct km_field *const *fields);
void km_packed_deinit(struct km_packed *packed);

/* The row's bytes, which hold until the next call. */
struct km_str km_packed_pack(struct km_packed *packed, const void *row);

/*
 * A row from bytes that were packed, of as many fields as are wanted: first comes first. Its texts lie
 * in the bytes. It holds until the next call; fields that were not packed are unknown.
 */
const void *km_packed_unpack(struct km_packed *packed, const char *bytes, size_t fields);

#endif
