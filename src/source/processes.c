// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The processes of a live system, through libproc2. Only the commands that need the library load
 * it. If it were linked, it and its own libraries (libsystemd, libgcrypt, ...) would slow down the
 * start of every other command several times.
 */
#include "config.h"
#include <errno.h>
#include "source/processes.h"

#if HAVE_LIBPROC2
#include <libproc2/pids.h>
#include "base/cleanup.h"
#include "source/library.h"

#define FUNCTIONS(need) need(procps_pids_new) need(procps_pids_reap) need(procps_pids_unref)

/* The soname belongs to the header of the build: item numbers differ between versions. */
KM_LIBRARY_STRUCT(libproc2, FUNCTIONS);
KM_LIBRARY_LOADER(libproc2, LIBPROC2_SONAME, "processes", "recommended", "processes are listed",
		  "install it to see the users of the memory", FUNCTIONS)

struct library {
	struct libproc2 of;
	struct pids_info *info;
};

/* The library stays loaded: unloading it would leak its buffers. */
static void cleanup_library(struct library *library)
{
	if (library->info)
		library->of.procps_pids_unref(&library->info);
}

enum { COMMAND, THREADS, RESIDENT, ANONYMOUS, SHARED, ITEMS };

static const enum pids_item wanted[ITEMS] = {
	[COMMAND] = PIDS_CMD,
	[THREADS] = PIDS_NLWP,
	[RESIDENT] = PIDS_VM_RSS,
	[ANONYMOUS] = PIDS_VM_RSS_ANON,
	[SHARED] = PIDS_VM_RSS_SHARED,
};

static uint64_t kib(const struct pids_stack *stack, int item)
{
	return (uint64_t)stack->head[item].result.ul_int * 1024;
}

static void keep(struct km_processes *processes, const struct pids_stack *stack)
{
	struct km_process *process = km_array_push(&processes->list);
	int threads = stack->head[THREADS].result.s_int;

	process->command = km_pool_copy(&processes->pool,
					km_str_from(stack->head[COMMAND].result.str));
	process->threads = threads > 0 ? (uint64_t)threads : 0;
	process->resident_bytes = kib(stack, RESIDENT);
	process->anonymous_bytes = kib(stack, ANONYMOUS);
	process->shared_bytes = kib(stack, SHARED);
}

int km_processes_read(struct km_processes *ret, struct km_err *err)
{
	KM_CLEANUP(cleanup_library) struct library library = { 0 };
	enum pids_item items[ITEMS]; /* the library may write to it */
	struct pids_fetch *fetch;
	int r = libproc2_load(&library.of, err);

	memcpy(items, wanted, sizeof(items));
	if (!r)
		r = library.of.procps_pids_new(&library.info, items, ITEMS);
	if (r)
		return library.of.handle ? km_err_set(err, r, NULL, "%s", strerror(-r)) : r;
	fetch = library.of.procps_pids_reap(library.info, PIDS_FETCH_TASKS_ONLY);
	if (!fetch)
		return km_err_set(err, errno ? -errno : -EIO, NULL, "cannot list the processes");
	for (int i = 0; i < fetch->counts->total; i++)
		keep(ret, fetch->stacks[i]);
	return 0;
}

#else

int km_processes_read(struct km_processes *ret, struct km_err *err)
{
	(void)ret;
	return km_err_set(err, -ENOTSUP, NULL, "kmeminfo was built without libproc2");
}

#endif
