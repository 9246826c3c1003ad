/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the sources say of a part where that is not simply one key: bytes, or KM_UNKNOWN. The
 * table in account-part.c points at these, and explains each.
 */
#ifndef KM_MODEL_ACCOUNT_REPORTED_H
#define KM_MODEL_ACCOUNT_REPORTED_H

#include "model/account-part.h"

uint64_t km_reported_free_buddy(const struct km_account_input *facts);
uint64_t km_reported_free_nowhere(const struct km_account_input *facts);
uint64_t km_reported_free_cma(const struct km_account_input *facts);
uint64_t km_reported_free_per_cpu(const struct km_account_input *facts);
uint64_t km_reported_file_cache(const struct km_account_input *facts);
uint64_t km_reported_swap_cache(const struct km_account_input *facts);
uint64_t km_reported_detached(const struct km_account_input *facts);
uint64_t km_reported_hugetlb_free(const struct km_account_input *facts);
uint64_t km_reported_hugetlb_used(const struct km_account_input *facts);
uint64_t km_reported_page_pool(const struct km_account_input *facts);
uint64_t km_reported_untyped(const struct km_account_input *facts);
uint64_t km_reported_compound(const struct km_account_input *facts);
uint64_t km_reported_large_kmalloc(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_stacks(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_modules(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_bpf(const struct km_account_input *facts);
uint64_t km_reported_vmalloc_hashes(const struct km_account_input *facts);
uint64_t km_reported_stacks(const struct km_account_input *facts);
uint64_t km_reported_compressed(const struct km_account_input *facts);
uint64_t km_reported_misc_reclaimable(const struct km_account_input *facts);

#endif
