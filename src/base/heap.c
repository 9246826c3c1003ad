// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A failed allocation ends the program, also inside a library. Libraries report it by a result that
 * is easily lost: libsmartcols leaves a cell blank, jansson a member out, argp an option unparsed.
 * qsort() (glibc 2.36: stdlib/msort.c) falls back to a sort that is not stable. Each gives a wrong
 * report and exit status 0.
 *
 * The dynamic linker finds these functions before those of libc. Only the program links them: unit
 * tests and sanitizers have allocators of their own.
 */
#include "config.h"
#include <dlfcn.h>
#include <stdlib.h>
#include "base/alloc.h"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

/* Finds the next definition: libc's, or one of an allocator or test that was loaded before libc. */
#define NEXT(function)                                                                             \
	static __typeof__(function) *next;                                                         \
	if (!next)                                                                                 \
		*(void **)&next = dlsym(RTLD_NEXT, #function)

void *malloc(size_t size)
{
	void *ptr;
	NEXT(malloc);

	ptr = next(size);
	if (!ptr)
		km_out_of_memory();
	return ptr;
}

void *calloc(size_t count, size_t size)
{
	void *ptr;
	NEXT(calloc);

	ptr = next(count, size);
	if (!ptr)
		km_out_of_memory();
	return ptr;
}

/* A size of 0 frees the memory and may return NULL. */
void *realloc(void *old, size_t size)
{
	void *ptr;
	NEXT(realloc);

	ptr = next(old, size);
	if (!ptr && size)
		km_out_of_memory();
	return ptr;
}

#endif
