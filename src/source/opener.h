/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process that opens files for another one. top, record and --watch open root's files of the running machine again and
 * again, so that right cannot be given up. It stays with a process that does nothing else: it opens the files of
 * km_files for reading and passes their descriptors. The process that parses and prints has no such right.
 */
#ifndef KM_SOURCE_OPENER_H
#define KM_SOURCE_OPENER_H

#include <stdbool.h>
#include <sys/types.h>

struct km_opener {
	int fd; /* the socket to it; -1: none, this process opens files itself */
	pid_t child;
};

#define KM_OPENER_NONE { -1, 0 }

/*
 * Starts the process if this one is root's: the rights of another user give nothing up. To be called before km_confine().
 * The process ends when *ret is closed. If it cannot be started, there is none.
 */
void km_opener_start(struct km_opener *ret);
void km_opener_end(struct km_opener *opener);

/* Whether such a process opens the files. opener may be NULL. */
bool km_opener_serves(const struct km_opener *opener);

/* Whether the process has ended by itself: the kernel's OOM killer or a user has killed it. */
bool km_opener_is_gone(const struct km_opener *opener);

/*
 * Opens a path below the root, with the flags of open(2). The descriptor, or a negative errno: -EPERM if the path is not one
 * of km_files, or the flags do not only read; -EPIPE if the process has ended.
 */
int km_opener_open(const struct km_opener *opener, const char *path, int flags);

#endif
