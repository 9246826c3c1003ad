// SPDX-License-Identifier: GPL-2.0-or-later
/* Finds the caller: the first frame of a stack that does not belong to an allocator. */
#include "model/failure-caller.h"
#include "parse/klog.h"

/*
 * Functions of k5.10 to k7.2 between a caller and the report: mm/page_alloc.c, mempolicy.c, slub.c,
 * vmalloc.c, util.c, oom_kill.c, lib/dump_stack.c. Compilers add .cold, .constprop.0 and the like.
 */
static const char *const own[] = {
	"____cache_alloc*",
	"___kmalloc*",
	"___slab_alloc*",
	"__alloc_*pages*",
	"__alloc_percpu*",
	"__devm_k*alloc*",
	"__dump_stack",
	"__folio_alloc*",
	"__get_free_page*",
	"__get_vm_area*",
	"__kmalloc*",
	"__kmem_cache_alloc*",
	"__kvmalloc*",
	"__mem_cgroup_charge*",
	"__memcg_slab_*",
	"__pcs_replace*",
	"__slab_alloc*",
	"__vmalloc*",
	"alloc_frozen_pages*",
	"alloc_pages*",
	"alloc_slab_page*",
	"alloc_vmap_area*",
	"allocate_slab*",
	"cache_alloc_refill*",
	"cache_grow*",
	"charge_memcg*",
	"dump_backtrace*",
	"dump_header*",
	"dump_stack*",
	"dump_trace*",
	"folio_alloc*",
	"get_free_pages*",
	"get_page_from_freelist*",
	"get_zeroed_page*",
	"fallback_alloc*",
	"kmalloc*",
	"kmem_getpages*",
	"kmem_cache_alloc*",
	"krealloc*",
	"kvmalloc*",
	"kzalloc*",
	"mem_cgroup_oom*",
	"mem_cgroup_out_of_memory*",
	"mempool_*",
	"new_slab*",
	"obj_cgroup_charge*",
	"oom_kill_process*",
	"out_of_memory*",
	"page_frag_alloc*",
	"pagefault_out_of_memory*",
	"pcpu_alloc*",
	"refill_objects*",
	"slab_alloc*",
	"show_stack*",
	"show_trace*",
	"slab_out_of_memory*",
	"try_charge*",
	"vma_alloc_folio*",
	"vmalloc*",
	"vzalloc*",
	"warn_alloc*",
	"unwind_backtrace*",
	"walk_stackframe*",
};

/* Those of them that fill a slab cache, in SLUB and in SLAB (up to 6.7). */
static const char *const slab[] = {
	"___slab_alloc*",      "__slab_alloc*",	 "__kmem_cache_alloc*", "__kmalloc*",
	"____cache_alloc*",    "__pcs_replace*", "alloc_slab_page*",	"allocate_slab*",
	"cache_alloc_refill*", "cache_grow*",	 "fallback_alloc*",	"kmalloc*",
	"kmem_cache_alloc*",   "kmem_getpages*", "new_slab*",		"refill_objects*",
	"slab_alloc*",
};

bool km_failure_is_allocator(struct km_str frame)
{
	return km_klog_frame_fits(frame, own, sizeof(own) / sizeof(*own));
}

bool km_failure_is_slab(struct km_str frame)
{
	return km_klog_frame_fits(frame, slab, sizeof(slab) / sizeof(*slab));
}
