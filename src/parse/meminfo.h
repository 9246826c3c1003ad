/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_MEMINFO_H
#define KM_PARSE_MEMINFO_H

#include "base/index.h"
#include "parse/parse.h"

struct km_meminfo_entry {
	struct km_str key; /* without the colon: "Active(anon)" */
	uint64_t value;
	bool kb; /* value is in units of 1024 bytes; false: a plain number (HugePages_Total) */
};

struct km_meminfo {
	KM_ARRAY(struct km_meminfo_entry) entries; /* in the file's order, unknown keys too */
	struct km_index keys;                      /* of entries */
	KM_ARRAY(struct km_str) rejected;          /* keys of lines that cannot be read */
	bool cut; /* the file ends within a line, so lines may be missing */
};

/* Lines that cannot be read become problems, and so does the second line of a key: the first one counts. */
void km_parse_meminfo(struct km_parse *parse, struct km_str text, struct km_meminfo *ret);
void km_meminfo_deinit(struct km_meminfo *meminfo);

/*
 * The bytes of a key with the unit kB; KM_UNKNOWN, not 0, if the kernel lacks the key. meminfo may
 * be NULL.
 */
uint64_t km_meminfo_bytes(const struct km_meminfo *meminfo, struct km_str key);

/* The same for a key that is a plain number. */
uint64_t km_meminfo_count(const struct km_meminfo *meminfo, struct km_str key);

/* Whether there is a readable line with this key; and whether there is one that cannot be read. */
bool km_meminfo_has(const struct km_meminfo *meminfo, struct km_str key);
bool km_meminfo_was_rejected(const struct km_meminfo *meminfo, struct km_str key);

#endif
