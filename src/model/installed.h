/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory above MemTotal, which firmware and the kernel reserved before the page allocator started. */
#ifndef KM_MODEL_INSTALLED_H
#define KM_MODEL_INSTALLED_H

#include "base/field.h"
#include "parse/iomem.h"

struct km_installed {
	const struct km_word *part;
	uint64_t bytes;
	double share_ratio;
	const struct km_word *certainty;
};

extern const struct km_sheet_type km_installed_type;

/* Each may be unknown. */
struct km_installed_input {
	const struct km_iomem *iomem; /* NULL: unknown, also if its addresses are hidden */
	uint64_t managed_bytes, present_bytes, spanned_bytes; /* of all zones */
	uint64_t total_bytes;         /* MemTotal */
	uint64_t memmap_boot_bytes;   /* nr_memmap_boot_pages */
	uint64_t page_bytes;
	bool is_64_bit;
};

/* The parts of the memory, with their sum as totals, owned by the pool. Parts that no file reports are left out. */
struct km_sheet km_installed_derive(struct km_pool *pool, const struct km_installed_input *facts);

#endif
