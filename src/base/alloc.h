/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only file that allocates memory from libc. A tool that reports on memory has nothing useful
 * to say once malloc() fails, so a failure ends the process here (status 1). Otherwise each caller
 * would need an error path that no test reaches.
 */
#ifndef KM_BASE_ALLOC_H
#define KM_BASE_ALLOC_H

#include <stdarg.h>
#include <stddef.h>
#include "base/str.h"

/*
 * A program may define this function, for example to restore a terminal. It is called before the
 * program ends without its usual clean-up.
 */
void km_before_end(void) __attribute__((weak));

/* Prints "out of memory" to stderr and ends the program with status 1. */
void km_out_of_memory(void) __attribute__((noreturn));

/* As reallocarray(), but never returns NULL. The caller frees the result. */
void *km_realloc(void *ptr, size_t count, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));

/*
 * A pool owns memory that lives until the end of the run: the texts and rows of a report.
 * Zero-initialise it; km_pool_deinit() frees everything at once.
 */
struct km_pool {
	struct km_pool_chunk *chunks;
};

/* Frees all memory of the pool. */
void km_pool_deinit(struct km_pool *pool);

/* Zeroed memory for count items of size bytes, owned by the pool. */
void *km_pool_alloc(struct km_pool *pool, size_t count, size_t size)
	__attribute__((returns_nonnull));

/*
 * Gives the pool memory that came from km_realloc(), to free it with the rest. Large buffers need
 * no copy.
 */
void km_pool_adopt(struct km_pool *pool, void *memory);

/* Moves all memory that another pool owns into this pool. */
void km_pool_join(struct km_pool *pool, struct km_pool *from);

/* Texts owned by the pool; always NUL-terminated after .len bytes. */
struct km_str km_pool_copy(struct km_pool *pool, struct km_str text);
struct km_str km_pool_printf(struct km_pool *pool, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
