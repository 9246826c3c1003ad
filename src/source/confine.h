/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Least privilege. Before the process reads the first byte that a stranger may have written, it
 * gives up every right that reading does not need: capabilities (libcap-ng), files (Landlock),
 * system calls (seccomp, through libseccomp) and memory. Each layer needs support from the kernel
 * and a library. The program works the same without it.
 */
#ifndef KM_SOURCE_CONFINE_H
#define KM_SOURCE_CONFINE_H

#include <stdbool.h>

enum km_confine {
	KM_CONFINE_NOT,
	KM_CONFINE_WRITER,  /* may read and write any file, run none */
	KM_CONFINE_LIVE,    /* may read any file, write and run none */
	KM_CONFINE_WATCHER, /* rereads the running machine: /proc, /sys, libraries */
	KM_CONFINE_RECORDER, /* the same, and writes a database */
	KM_CONFINE_OPENER,  /* opens files of the running machine for another process */
	KM_CONFINE_TREE,    /* may only read files below one directory */
	KM_CONFINE_FILE,    /* only open files, and libraries */
};

/* For each layer NULL if it is in force, otherwise the reason why it is not. */
struct km_confined {
	const char *capabilities;
	const char *files;
	const char *calls;
	const char *memory;
	int landlock; /* the version of its interface */
};

struct km_confinement {
	enum km_confine kind;
	bool is_capture;  /* a WRITER or RECORDER reads one, not the running machine */
	/* of KM_CONFINE_TREE, and of a RECORDER that reads a capture: it, which need not be a directory; -1: is open already */
	int tree_fd;
	const char *file; /* of KM_CONFINE_RECORDER: it is written, and others in its directory; need not exist */
	bool is_served; /* a WATCHER or RECORDER has its files from an opener (source/opener.h) */
	const char *const *also; /* of struct km_source_options: captures that are opened later */
};

/*
 * Confines the process for good. A second call gives up more rights and never restores any. Never
 * fails: *ret, which may be NULL, names the layers that are not in force.
 */
void km_confine(const struct km_confinement *wanted, struct km_confined *ret);

/* Forbids to open any file from now on, if the kernel has Landlock. */
void km_confine_files(void);

#endif
