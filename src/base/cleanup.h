/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clean-up by attribute, so that an early return cannot leak. */
#ifndef KM_BASE_CLEANUP_H
#define KM_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define KM_CLEANUP(fn) __attribute__((cleanup(fn)))

static inline void km_cleanup_free(void *slot)
{
	free(*(void **)slot);
}

static inline void km_cleanup_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void km_cleanup_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

#endif
