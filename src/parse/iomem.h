/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_IOMEM_H
#define KM_PARSE_IOMEM_H

#include "base/array.h"
#include "parse/parse.h"

enum km_iomem_kind {
	KM_IOMEM_DEVICE, /* and everything of no other kind */
	KM_IOMEM_RAM,
	KM_IOMEM_IMAGE,	   /* of the kernel */
	KM_IOMEM_CRASH,	   /* reserved for a crash kernel */
	KM_IOMEM_FIRMWARE, /* reserved by the firmware, or unusable */
};

struct km_iomem_range {
	uint64_t start, end; /* addresses; end is the last one */
	unsigned int depth;  /* 0: top level; others lie inside an earlier range */
	enum km_iomem_kind kind;
	struct km_str name;
};

struct km_iomem {
	KM_ARRAY(struct km_iomem_range) ranges; /* in the file's order */
	bool hidden; /* all addresses are 0: only root may read them */
};

/* Lines that cannot be read become problems. */
void km_parse_iomem(struct km_parse *parse, struct km_str text, struct km_iomem *ret);
void km_iomem_deinit(struct km_iomem *iomem);

#endif
