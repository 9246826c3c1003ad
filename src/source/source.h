/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The origin of bytes: the running machine, or a capture. This folder is the only code that opens
 * files or asks the system for page size, time or rights.
 */
#ifndef KM_SOURCE_SOURCE_H
#define KM_SOURCE_SOURCE_H

#include <stdbool.h>
#include "base/checksum.h"
#include "base/err.h"
#include "base/str.h"

struct km_opener;
struct km_source;

/* Facts that the running system reports; of a capture, those in its manifest. */
struct km_facts {
	bool live;
	bool again;            /* its files may change between two readings: not an archive */
	bool root;             /* live: the effective user is root */
	uint64_t page_bytes;   /* KM_UNKNOWN: unknown */
	int64_t time;          /* seconds since 1970; -1: unknown */
	uint64_t uptime_ms;    /* since boot, including suspend; KM_UNKNOWN: unknown */
	struct km_str release; /* uname -r; .ptr NULL: unknown */
	struct km_str machine; /* uname -m; .ptr NULL: unknown */
	struct km_str host_name; /* uname -n; .ptr NULL: unknown */
};

/* A name in a directory. target is that of a symbolic link; .ptr NULL: not a link. */
struct km_entry {
	struct km_str name, target;
	bool file; /* certainly a file, not a directory; false: unknown */
};

struct km_entries {
	struct km_entry *items; /* sorted by name */
	size_t len;
};

/* A file or directory that exists and could not be read. */
struct km_read_failure {
	struct km_str path;
	int code; /* a negative errno */
	struct km_err err;
};

struct km_read_failures {
	KM_ARRAY(struct km_read_failure) list;
};

struct km_source_options {
	bool writes;   /* the process writes files below a directory that the user named */
	const char *recording; /* instead of that: a database, which is open, and what SQLite has beside it */
	bool watches;  /* later sources read the running machine again and again */
	/* Opens the files of the running machine for these sources. NULL: this process does. */
	const struct km_opener *opener;
	bool confined; /* give up all rights that reading this source does not need: confine.h */
	bool unread;   /* nothing of the running machine will be read: what is open already is all that the process needs */
	/*
	 * Paths of captures that the process will also open, ended by NULL: confinement allows
	 * them. NULL: none.
	 */
	const char *const *also;
	uint64_t unpacked_max; /* bytes that an archive may unpack to; 0: the default */
};

/*
 * path NULL opens the running system, otherwise a capture. 0, or a negative errno with err filled.
 * The source owns everything that it returns until km_source_free().
 */
int km_source_open_with(struct km_source **ret, const char *path,
			const struct km_source_options *options, struct km_err *err);

/* The same, without confinement. */
int km_source_open(struct km_source **ret, const char *path, struct km_err *err);
void km_source_free(struct km_source *source);

/*
 * Whether the process that opens the files of the running machine is still there: 0, or -EPIPE with err filled. What was
 * read without it lacks files, and does not show that the machine lacks them.
 */
int km_source_check(const struct km_source *source, struct km_err *err);

const struct km_facts *km_source_info(const struct km_source *source);

/* Reads a whole file below the root ("proc/slabinfo"). 0 or a negative errno with err filled. */
int km_source_read(struct km_source *source, const char *path, struct km_str *ret,
		   struct km_err *err);

/* Receives the text of a file in blocks. A block is valid until take() returns. */
struct km_source_taker {
	void (*take)(void *data, struct km_str block);
	void *data;
	bool keeps; /* its own data grows with the text, so the text counts as kept */
};

/*
 * Passes on the file in blocks of whole lines; only the last line may lack its newline. The source
 * keeps nothing, so the file may have any size, unless the taker keeps something. 0, or a negative
 * errno with err filled: -EFBIG if a line, or a file whose taker keeps something, is larger than
 * the limit. Blocks before the failure were passed on.
 */
int km_source_stream(struct km_source *source, const char *path,
		     const struct km_source_taker *taker, struct km_err *err);

/* Lists the names in a directory below the root. 0 or a negative errno with err filled. */
int km_source_list(struct km_source *source, const char *path, struct km_entries *ret,
		   struct km_err *err);

/*
 * Sets the checksums of the capture's manifest, borrowed and sorted. From now on a read or a
 * listing fails with -EBADMSG if it differs from them, or if a listed file is missing.
 */
void km_source_expect(struct km_source *source, const struct km_checksums *checksums);

/*
 * The failures so far, in the order of reading. A missing file is not a failure, and neither is one
 * that the user may not read: many are optional. If there are very many, only the first are listed.
 */
const struct km_read_failures *km_source_failures(const struct km_source *source);

/* The name of a path below the root in messages: "/proc/slabinfo", also for a capture. */
struct km_str km_source_name(struct km_source *source, const char *path);

#endif
