/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_SLABINFO_H
#define KM_PARSE_SLABINFO_H

#include "base/array.h"
#include "parse/parse.h"

struct km_slabinfo_cache {
	struct km_str name; /* may contain blanks, colons, parentheses; may occur twice */
	uint64_t active_objs, num_objs, objsize, objperslab, pagesperslab;
	uint64_t active_slabs, num_slabs, sharedavail;
};

struct km_slabinfo {
	struct km_pool pool; /* owns the names */
	KM_ARRAY(struct km_slabinfo_cache) caches; /* in the file's order */
};

/*
 * objsize is in bytes, pagesperslab in pages. Lines that cannot be read become problems; a missing
 * header is not a problem. A file in blocks of whole lines needs one call per block. ret borrows
 * nothing from the text.
 */
void km_parse_slabinfo(struct km_parse *parse, struct km_str text, struct km_slabinfo *ret);
void km_slabinfo_deinit(struct km_slabinfo *slabinfo);

#endif
