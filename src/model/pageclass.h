/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every page frame in exactly one class, as the helper module counted them. */
#ifndef KM_MODEL_PAGECLASS_H
#define KM_MODEL_PAGECLASS_H

#include "base/field.h"
#include "parse/module-file.h"

struct km_pageclass_zone {
	struct km_str zone; /* "0 Normal": node and zone */
	uint64_t pages;
	uint64_t size_bytes;
	uint64_t pinned_bytes;
};

struct km_pageclass_order {
	uint64_t order;
	uint64_t blocks;
	uint64_t size_bytes;
};

struct km_pageclass_fs {
	struct km_str name;
	uint64_t size_bytes;
};

struct km_pageclass {
	const struct km_word *class;
	uint64_t pages;
	uint64_t size_bytes;
	double share_ratio;
	struct km_str meaning;
	uint64_t pinned_bytes;
	uint64_t charged_bytes;
	uint64_t dead_bytes;
	struct km_rows orders;      /* struct km_pageclass_order */
	struct km_rows filesystems; /* struct km_pageclass_fs */
	struct km_rows zones; /* struct km_pageclass_zone */
};

extern const struct km_sheet_type km_pageclass_type;
extern const struct km_sheet_type km_pageclass_zone_type;
extern const struct km_sheet_type km_pageclass_order_type;
extern const struct km_sheet_type km_pageclass_fs_type;

/* The words for the classes; ends with a NULL key. */
extern const struct km_word km_pageclass_words[];

/*
 * One row per class, in the module's order, owned by the pool. The per-CPU lists split ref0 into pcp (free)
 * and untyped (in use). The sizes sum to the span of the zones. module_file is /proc/kmeminfo/pages.
 */
struct km_sheet km_pageclass_derive(struct km_pool *pool, const struct km_module_file *module_file,
			       uint64_t page_bytes);

/* The bytes of a class in all zones; KM_UNKNOWN if the file does not report it. */
uint64_t km_pageclass_bytes(const struct km_sheet *pages, struct km_str class);

extern const struct km_vocabulary km_pageclass_vocabulary;

#endif
