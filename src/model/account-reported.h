/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the sources say of a part where that is not simply one key: bytes, or KM_UNKNOWN. The
 * table in account-part.c points at these, and explains each.
 */
#ifndef KM_MODEL_ACCOUNT_REPORTED_H
#define KM_MODEL_ACCOUNT_REPORTED_H

#include "model/account-part.h"

uint64_t km_report_of_free_buddy(const struct km_account_input *facts);
uint64_t km_report_of_free_nowhere(const struct km_account_input *facts);
uint64_t km_report_of_free_cma(const struct km_account_input *facts);
uint64_t km_report_of_free_per_cpu(const struct km_account_input *facts);
uint64_t km_report_of_file_cache(const struct km_account_input *facts);
uint64_t km_report_of_swap_cache(const struct km_account_input *facts);
uint64_t km_report_of_detached(const struct km_account_input *facts);
uint64_t km_report_of_hugetlb_free(const struct km_account_input *facts);
uint64_t km_report_of_hugetlb_used(const struct km_account_input *facts);
uint64_t km_report_of_page_pool(const struct km_account_input *facts);
uint64_t km_report_of_untyped(const struct km_account_input *facts);
uint64_t km_report_of_compound(const struct km_account_input *facts);
uint64_t km_report_of_large_kmalloc(const struct km_account_input *facts);
uint64_t km_report_of_vmalloc_stacks(const struct km_account_input *facts);
uint64_t km_report_of_vmalloc_modules(const struct km_account_input *facts);
uint64_t km_report_of_vmalloc_bpf(const struct km_account_input *facts);
uint64_t km_report_of_vmalloc_hashes(const struct km_account_input *facts);
uint64_t km_report_of_stacks(const struct km_account_input *facts);
uint64_t km_report_of_compressed(const struct km_account_input *facts);
uint64_t km_report_of_misc_reclaimable(const struct km_account_input *facts);

#endif
