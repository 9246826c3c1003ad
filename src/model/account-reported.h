/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures of parts that are more than one line of a file: bytes, or KM_UNKNOWN. The table in account-part.c
 * points to these functions and explains each figure.
 */
#ifndef KM_MODEL_ACCOUNT_REPORTED_H
#define KM_MODEL_ACCOUNT_REPORTED_H

#include "model/account-part.h"

uint64_t km_reported_anonymous(const struct km_account_input *facts);
uint64_t km_reported_slab(const struct km_account_input *facts);
uint64_t km_reported_slab_reclaimable(const struct km_account_input *facts);
uint64_t km_reported_slab_unreclaimable(const struct km_account_input *facts);
uint64_t km_reported_vmalloc(const struct km_account_input *facts);
uint64_t km_reported_free_buddy(const struct km_account_input *facts);
uint64_t km_reported_free_nowhere(const struct km_account_input *facts);
uint64_t km_reported_free_cma(const struct km_account_input *facts);
uint64_t km_reported_free_per_cpu(const struct km_account_input *facts);
uint64_t km_reported_file_cache(const struct km_account_input *facts);
uint64_t km_reported_swap_cache(const struct km_account_input *facts);
uint64_t km_reported_detached(const struct km_account_input *facts);
uint64_t km_reported_hugetlb_free(const struct km_account_input *facts);
uint64_t km_reported_hugetlb_used(const struct km_account_input *facts);
uint64_t km_reported_untyped(const struct km_account_input *facts);
uint64_t km_reported_compound(const struct km_account_input *facts);
uint64_t km_reported_large_kmalloc(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_stacks(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_modules(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_bpf(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_hashes(const struct km_account_input *facts);
uint64_t km_reported_stacks(const struct km_account_input *facts);
uint64_t km_reported_compressed(const struct km_account_input *facts);
uint64_t km_reported_zfs(const struct km_account_input *facts);
uint64_t km_reported_dma_buf(const struct km_account_input *facts);
uint64_t km_reported_misc_reclaimable(const struct km_account_input *facts);
uint64_t km_reported_charged(const struct km_account_input *facts);
uint64_t km_reported_page_pool(const struct km_account_input *facts);

/*
 * Whether meminfo describes a container (lxcfs and the like) while the kernel's other files describe the
 * host. Signs are: no slab although the kernel has slabs, other slab or free memory than the kernel's, or
 * less memory than the zones. False if the files cannot be compared. Each argument may be NULL or unknown.
 */
bool km_account_is_foreign(const struct km_meminfo *meminfo, const struct km_vmstat *vmstat, uint64_t managed_bytes,
			   uint64_t page_bytes);

/*
 * The bytes that VmallocUsed counts. KM_UNKNOWN before 5.3, where it is address space or 0. meminfo may be
 * NULL. release is that of km_parse_release(), or KM_UNKNOWN.
 */
uint64_t km_account_vmalloc_used(const struct km_meminfo *meminfo, uint64_t release);

#endif
