/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Least privilege. Before the process reads the first byte that a stranger may have written, it gives up every
 * right that reading does not need: capabilities (libcap-ng), files (Landlock), system calls (seccomp, through
 * libseccomp) and memory. Each needs the support of the kernel and the libraries; the program works the same
 * without it.
 */
#ifndef KM_SOURCE_CONFINE_H
#define KM_SOURCE_CONFINE_H

#include <stdbool.h>

enum km_confine {
	KM_CONFINE_NOT,
	KM_CONFINE_WRITER,  /* any file may be read and written, none run */
	KM_CONFINE_LIVE,    /* any file may be read, none written or run */
	KM_CONFINE_WATCHER, /* reads the running machine again and again: files of /proc and /sys, libraries */
	KM_CONFINE_TREE,    /* only files below one directory are read */
	KM_CONFINE_FILE,    /* only what is open already, and libraries */
};

/* The layers that are in force: NULL; otherwise the reason why one is not. */
struct km_confined {
	const char *capabilities;
	const char *files;
	const char *calls;
	const char *memory;
	int landlock; /* the version of its interface */
};

/*
 * Confines the process for good. tree_fd: the directory of KM_CONFINE_TREE. also: as in struct
 * km_source_options; these captures can be opened and read later, and nothing else. A second call
 * gives up more, and never gets anything back. Never fails: *ret, which may be NULL, lists what is
 * unavailable.
 */
void km_confine(enum km_confine kind, int tree_fd, const char *const *also, struct km_confined *ret);

/* From now on no file can be opened, if the kernel has Landlock. */
void km_confine_files(void);

#endif
