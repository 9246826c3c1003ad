/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Possible owners of memory that no kernel counter covers. Some report it in files of their own. Of others,
 * kmeminfo only knows that they exist.
 */
#ifndef KM_MODEL_ACCOUNT_OWNER_H
#define KM_MODEL_ACCOUNT_OWNER_H

#include "model/account-part.h"

/* The texts of those files; .ptr NULL: the file does not exist. */
struct km_owner_files {
	struct km_str abdstats, arcstats, dma_buf, modules;
};

/* Sets the figures of these files in the input of the account. */
void km_account_find_owners(const struct km_owner_files *files, struct km_account_input *facts);

/* Loaded code that allocates pages outside of all counters. Parts of the account are not repeated here. */
struct km_account_suspects {
	struct km_texts modules; /* "amdgpu" */
	uint64_t cma_bytes;      /* used memory of the CMA areas, an upper bound; 0: none, or little */
};

/* Finds the suspects. The pool owns the array. */
void km_account_suspects(struct km_pool *pool, const struct km_owner_files *files,
			 const struct km_account_input *facts, struct km_account_suspects *ret);

/*
 * The bytes that a virtual machine's balloon returned to the host. Most drivers lower MemTotal by that
 * amount, others leave it in the total. KM_UNKNOWN without a balloon. meminfo and vmstat may be NULL.
 */
uint64_t km_account_balloon(const struct km_meminfo *meminfo, const struct km_vmstat *vmstat, uint64_t page_bytes);

#endif
