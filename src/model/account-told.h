/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the sources say of a part where that is not simply one key: bytes, or KM_UNKNOWN. The
 * table in account-part.c points at these, and explains each.
 */
#ifndef KM_MODEL_ACCOUNT_TOLD_H
#define KM_MODEL_ACCOUNT_TOLD_H

#include "model/account-part.h"

uint64_t km_told_free_buddy(const struct km_account_facts *facts);
uint64_t km_told_free_nowhere(const struct km_account_facts *facts);
uint64_t km_told_free_cma(const struct km_account_facts *facts);
uint64_t km_told_free_per_cpu(const struct km_account_facts *facts);
uint64_t km_told_file_cache(const struct km_account_facts *facts);
uint64_t km_told_swap_cache(const struct km_account_facts *facts);
uint64_t km_told_detached(const struct km_account_facts *facts);
uint64_t km_told_hugetlb_free(const struct km_account_facts *facts);
uint64_t km_told_hugetlb_used(const struct km_account_facts *facts);
uint64_t km_told_untyped(const struct km_account_facts *facts);
uint64_t km_told_compound(const struct km_account_facts *facts);
uint64_t km_told_large_kmalloc(const struct km_account_facts *facts);
uint64_t km_told_vmalloc_stacks(const struct km_account_facts *facts);
uint64_t km_told_vmalloc_modules(const struct km_account_facts *facts);
uint64_t km_told_vmalloc_bpf(const struct km_account_facts *facts);
uint64_t km_told_vmalloc_hashes(const struct km_account_facts *facts);
uint64_t km_told_stacks(const struct km_account_facts *facts);
uint64_t km_told_compressed(const struct km_account_facts *facts);
uint64_t km_told_misc_reclaimable(const struct km_account_facts *facts);

#endif
