// SPDX-License-Identifier: GPL-2.0-or-later
/* Which frame of a stack is the first that is no allocator's: who asked. */
#include <fnmatch.h>
#include <string.h>
#include "model/failure-caller.h"

/*
 * Functions of k5.10 to k7.2 between a caller and the report: mm/page_alloc.c, mempolicy.c, slub.c,
 * vmalloc.c, util.c, oom_kill.c, lib/dump_stack.c. Compilers add .cold, .constprop.0 and the like.
 */
static const char *const own[] = {
	"___kmalloc*", "___slab_alloc*", "__alloc_*pages*", "__devm_k*alloc*", "__dump_stack",
	"__folio_alloc*", "__get_free_page*", "__get_vm_area*", "__kmalloc*",
	"__kmem_cache_alloc*", "__kvmalloc*", "__mem_cgroup_charge*", "__pcs_replace*",
	"__slab_alloc*", "__vmalloc*", "alloc_frozen_pages*", "alloc_pages*", "alloc_slab_page*",
	"alloc_vmap_area*", "allocate_slab*", "charge_memcg*", "dump_backtrace*", "dump_header*",
	"dump_stack*", "folio_alloc*", "get_free_pages*", "get_page_from_freelist*",
	"get_zeroed_page*", "kmalloc*", "kmem_cache_alloc*", "krealloc*", "kvmalloc*", "kzalloc*",
	"mem_cgroup_oom*", "mem_cgroup_out_of_memory*", "new_slab*", "oom_kill_process*",
	"out_of_memory*", "refill_objects*", "show_stack*", "slab_out_of_memory*", "try_charge*",
	"vma_alloc_folio*", "vmalloc*", "vzalloc*", "warn_alloc*",
};

bool km_failure_is_allocator(struct km_str frame)
{
	struct km_str name;
	char text[128];

	if (!km_str_take_until(&frame, '+', &name) || name.len >= sizeof(text))
		return false;
	memcpy(text, name.ptr, name.len);
	text[name.len] = 0;
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!fnmatch(own[i], text, 0))
			return true;
	return false;
}
