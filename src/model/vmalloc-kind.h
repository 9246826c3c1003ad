/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The purpose of areas in the vmalloc range, as words. */
#ifndef KM_MODEL_VMALLOC_KIND_H
#define KM_MODEL_VMALLOC_KIND_H

#include "base/index.h"
#include "parse/vmallocinfo.h"
#include "base/field.h"

enum km_vmalloc_kind_id {
	KM_VMALLOC_KERNEL_STACKS,
	KM_VMALLOC_SHADOW_STACKS,
	KM_VMALLOC_INTERRUPT_STACKS,
	KM_VMALLOC_MODULE_CODE,
	KM_VMALLOC_PROBES,
	KM_VMALLOC_BPF,
	KM_VMALLOC_HASH_TABLES,
	KM_VMALLOC_PER_CPU,
	KM_VMALLOC_SWAP_MAPS,
	KM_VMALLOC_KASAN,
	KM_VMALLOC_KERNEL_IMAGE,
	KM_VMALLOC_IOREMAP,
	KM_VMALLOC_DMA,
	KM_VMALLOC_VMAP,
	KM_VMALLOC_LAZILY_FREED,
	KM_VMALLOC_OTHER,
	KM_VMALLOC_KINDS
};

struct km_vmalloc_kind {
	struct km_word word; /* .key is the printed word: "kernel stacks" */
	/*
	 * The callers of such areas: "kernel_clone, _do_fork (to 5.9), bpf_*". "*" stands for the rest of a
	 * name. Kernels are given for a name that not all from 5.10 on have. NULL: recognized by the line's
	 * flag words.
	 */
	const char *callers;
};

/* By id; ends with a NULL key. */
extern const struct km_vmalloc_kind km_vmalloc_kinds[KM_VMALLOC_KINDS + 1];

/* The printed word. */
static inline const struct km_word *km_vmalloc_kind_word(enum km_vmalloc_kind_id id)
{
	return &km_vmalloc_kinds[id].word;
}

/*
 * The function of a printed caller, without its offset and without suffixes of compilers: "fat_cache_add" for
 * "fat_cache_add.part.0+0x63/0x1d0". A bare address stays as it is.
 */
struct km_str km_vmalloc_function(struct km_str caller);

struct km_vmalloc_caller {
	struct km_str name;
	enum km_vmalloc_kind_id kind;
};

/* The callers of all kinds, parsed when the first one is looked up. Zero-initialise it. */
struct km_vmalloc_callers {
	struct km_index index; /* of names */
	KM_ARRAY(struct km_vmalloc_caller) names;
	KM_ARRAY(struct km_vmalloc_caller) prefixes;
	size_t listed;
};

void km_vmalloc_callers_deinit(struct km_vmalloc_callers *callers);

/* The kind of an area: by its caller, otherwise by its flag words. */
enum km_vmalloc_kind_id km_vmalloc_kind_of(struct km_vmalloc_callers *callers,
					   const struct km_vmallocinfo_area *area);

extern const struct km_vocabulary km_vmalloc_kind_vocabulary;

#endif
