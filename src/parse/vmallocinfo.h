/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_VMALLOCINFO_H
#define KM_PARSE_VMALLOCINFO_H

#include "base/array.h"
#include "parse/parse.h"

/* The words that describe an area. A line can have several. */
enum km_vmallocinfo_mark {
	KM_VMALLOCINFO_IOREMAP = 1 << 0,      /* VM_IOREMAP */
	KM_VMALLOCINFO_VMALLOC = 1 << 1,      /* VM_ALLOC */
	KM_VMALLOCINFO_VMAP = 1 << 2,         /* VM_MAP */
	KM_VMALLOCINFO_USER = 1 << 3,         /* VM_USERMAP: can be mapped to user space */
	KM_VMALLOCINFO_DMA_COHERENT = 1 << 4, /* VM_DMA_COHERENT */
	KM_VMALLOCINFO_SPARSE = 1 << 5,       /* VM_SPARSE (6.9+): some pages may be missing */
	KM_VMALLOCINFO_VPAGES = 1 << 6,       /* the area's array of pages is vmalloc memory, too */
	KM_VMALLOCINFO_UNPURGED = 1 << 7,     /* freed; its addresses are not yet reusable */
	KM_VMALLOCINFO_VM_MAP_RAM = 1 << 8,   /* vm_map_ram(), or being removed (to 6.8) */
	KM_VMALLOCINFO_MARKS = 1 << 9,        /* above all of them */
};

struct km_vmallocinfo_node {
	uint64_t node, pages;
};

struct km_vmallocinfo_area {
	struct km_str start, end; /* as printed, with 0x; may be a hash, zeros or (ptrval) */
	uint64_t size;            /* bytes, guard page included */
	struct km_str caller;     /* "load_module+0xbb7/0x21a0"; .ptr NULL: not printed */
	struct km_str module;     /* "fat", without brackets; .ptr NULL: not in a module */
	uint64_t nr_pages;        /* KM_UNKNOWN: not printed, as 0 is */
	struct km_str phys;       /* "0x00000000fed00000"; .ptr NULL: not printed */
	struct km_str marks;      /* the words above as printed, and unknown ones */
	unsigned int mark;        /* enum km_vmallocinfo_mark, or'ed */
	const struct km_vmallocinfo_node *nodes; /* NUMA kernels only */
	size_t nodes_len;
};

/* The largest number of areas in one batch, so that the receiver can look ahead. */
enum { KM_VMALLOCINFO_BATCH = 32 };

/* Receives the areas while they are read. Texts and nodes are valid until take() returns. */
struct km_vmallocinfo_taker {
	void (*take)(void *data, const struct km_vmallocinfo_area *areas, size_t len);
	void *data;
};

/*
 * Passes on the areas of a text in order. A file in blocks of whole lines needs one call per block,
 * all with the same parse. Lines that cannot be read become problems; unknown words are kept.
 */
void km_parse_vmallocinfo(struct km_parse *parse, struct km_str text,
			  const struct km_vmallocinfo_taker *taker);

#endif
