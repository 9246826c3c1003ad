/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Possible owners of memory that no kernel counter covers. Some report it in files of their own; of
 * others only their presence is known.
 */
#ifndef KM_MODEL_ACCOUNT_OWNER_H
#define KM_MODEL_ACCOUNT_OWNER_H

#include "model/account-part.h"

/* The texts of those files; .ptr NULL: it is not there. */
struct km_owner_files {
	struct km_str abdstats, arcstats, modules;
};

/* Sets what the files tell in the facts of the account. */
void km_account_find_owners(const struct km_owner_files *files, struct km_account_input *facts);

/*
 * "amdgpu, nvidia and CMA users (at most 12.0 MiB)": what is loaded that takes pages which nothing counts, without
 * those that the account has. .ptr NULL when there is none. Owned by the pool.
 */
struct km_str km_account_suspects(struct km_pool *pool, const struct km_owner_files *files,
				  const struct km_account_input *facts);

/*
 * What a virtual machine's balloon has given to the host, in bytes: most drivers lower MemTotal by it, others leave
 * it in the total. KM_UNKNOWN without a balloon; meminfo and vmstat may be NULL.
 */
uint64_t km_account_balloon(const struct km_meminfo *meminfo, const struct km_vmstat *vmstat, uint64_t page_bytes);

#endif
