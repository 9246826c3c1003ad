/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where bytes come from: the running machine, or a captured one. This folder is the only code
 * that opens files or asks the system for page size, time or rights.
 */
#ifndef KM_SOURCE_SOURCE_H
#define KM_SOURCE_SOURCE_H

#include <stdbool.h>
#include "base/checksum.h"
#include "base/err.h"
#include "base/str.h"

struct km_source;

/* Facts that only the running system reports; for a capture only those in its manifest. */
struct km_facts {
	bool live;
	bool again;            /* its contents may change when it is opened again: not an archive */
	bool root;             /* live: the effective user is root */
	uint64_t page_bytes;   /* KM_UNKNOWN: unknown */
	int64_t time;          /* seconds since 1970; -1: unknown */
	uint64_t uptime_ms;    /* since boot, with the time asleep; KM_UNKNOWN: unknown */
	struct km_str release; /* uname -r; .ptr NULL: unknown */
	struct km_str machine; /* uname -m; .ptr NULL: unknown */
	struct km_str host_name; /* uname -n; .ptr NULL: unknown */
};

/* A name in a directory. target is what a symbolic link holds; .ptr NULL: no link. */
struct km_entry {
	struct km_str name, target;
	bool file; /* surely a file, and no directory; false: not known */
};

struct km_entries {
	struct km_entry *items; /* sorted by name */
	size_t len;
};

/* A file or directory that is there and could not be read. */
struct km_read_failure {
	struct km_str path;
	int code; /* a negative errno */
	struct km_err err;
};

struct km_read_failures {
	KM_ARRAY(struct km_read_failure) list;
};

struct km_source_options {
	bool writes;   /* the process writes files, below a directory that the user named */
	bool watches;  /* the running machine is read again and again, by sources that are opened later */
	bool confined; /* give up for good what reading this one source does not need: confine.h */
	/* Paths of captures that the process will open too, and NULL: confinement lets it. NULL: none. */
	const char *const *also;
	uint64_t unpacked_max; /* bytes that an archive may unpack to; 0: as many as usual */
};

/*
 * path NULL opens the running system. Otherwise a directory laid out like "/". 0, or a negative errno with
 * err filled. The source owns all that it returns until km_source_free().
 */
int km_source_open_with(struct km_source **ret, const char *path,
			const struct km_source_options *options, struct km_err *err);

/* The same, not confined. */
int km_source_open(struct km_source **ret, const char *path, struct km_err *err);
void km_source_free(struct km_source *source);

const struct km_facts *km_source_info(const struct km_source *source);

/* The whole file below the root ("proc/slabinfo"). 0 or a negative errno with err filled. */
int km_source_read(struct km_source *source, const char *path, struct km_str *ret,
		   struct km_err *err);

/* What takes a file's text in blocks. A block's bytes hold until it returns. */
struct km_source_taker {
	void (*take)(void *data, struct km_str block);
	void *data;
	bool keeps; /* what it makes of the text grows with the text, so this counts as kept */
};

/*
 * Hands on the file in blocks of whole lines; only the last line may lack its newline. Nothing
 * is kept, so a file of any size will do, unless the taker keeps something. 0, or a negative errno with err
 * filled: -EFBIG for a line, or a file of such a taker, that is larger than what may be kept. Blocks before the
 * failure were handed on.
 */
int km_source_stream(struct km_source *source, const char *path,
		     const struct km_source_taker *taker, struct km_err *err);

/* The names in a directory below the root. 0 or a negative errno with err filled. */
int km_source_list(struct km_source *source, const char *path, struct km_entries *ret,
		   struct km_err *err);

/*
 * Sets the checksums in the capture's manifest, borrowed and sorted. From now on a read or a listing
 * fails with -EBADMSG if it differs from them, or if a file in them is missing.
 */
void km_source_expect(struct km_source *source, const struct km_checksums *checksums);

/*
 * The failures so far, in the order of reading. A missing file, or one that the user may not read, is not a
 * failure: many are optional. If there are very many failures, only the first are listed.
 */
const struct km_read_failures *km_source_failures(const struct km_source *source);

/* The name of a path below the root for people: "/proc/slabinfo", also in a capture. */
struct km_str km_source_name(struct km_source *source, const char *path);

#endif
