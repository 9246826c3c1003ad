/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to source/: the functions that each kind of source implements. */
#ifndef KM_SOURCE_BACKEND_H
#define KM_SOURCE_BACKEND_H

#include "base/array.h"
#include "source/source.h"

struct km_backend {
	/* As km_source_read() and km_source_list(); allocate from source->pool. */
	int (*read)(struct km_source *source, const char *path, struct km_str *ret,
		    struct km_err *err);
	/* As km_source_stream(). NULL: the text that read() returns is in memory already. */
	int (*stream)(struct km_source *source, const char *path, const struct km_source_taker *taker,
		      struct km_err *err);
	int (*list)(struct km_source *source, const char *path, struct km_entries *ret,
		    struct km_err *err);
	void (*deinit)(struct km_source *source);
};

struct km_source {
	const struct km_backend *backend;
	struct km_pool pool;
	struct km_facts facts;
	struct km_source_options options;
	uint64_t left; /* bytes that may still be kept, out of KM_BYTES_MAX */
	struct km_read_failures failed;
	const struct km_checksums *expected; /* NULL: the capture has no checksums */
	int root_fd;   /* directory backend */
	int slab_fd;   /* the running machine's /sys/kernel/slab; -1: not listed yet */
	void *private; /* other backends */
};

/*
 * The most memory that one source keeps for all its files together. It is far above the files of
 * the largest machine, and limits the cost of a small hostile capture.
 */
#define KM_BYTES_MAX (512u << 20)

/*
 * The most bytes that an archive may unpack to, including members that are not kept. It limits the
 * time that a small hostile archive takes. Reports of support tools unpack to a few GiB.
 */
#define KM_UNPACKED_MAX (16ull << 30)

/* The kinds of captures, for hints. */
#define KM_CAPTURE_HINT                                                                            \
	KM_SAID("a capture is a directory laid out like /, an archive of one, a supportconfig "    \
		"memory.txt, or a file such as slabinfo")

/*
 * Each prepares source, or returns a negative errno with err filled. name is the path that the user
 * gave. km_backend_live() needs no capture, so it cannot fail because one is missing.
 */
int km_backend_live(struct km_source *source, struct km_err *err);
int km_backend_directory(struct km_source *source, const char *name, struct km_err *err);
int km_backend_file(struct km_source *source, const char *name, int fd, struct km_err *err);

/* Copies the entries, sorted by name, into the source's pool. */
void km_entries_keep(struct km_source *source, const struct km_entry *entries, size_t len,
		     struct km_entries *ret);

#endif
