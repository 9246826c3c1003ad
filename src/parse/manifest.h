/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The manifest: the file in which "kmeminfo capture" records facts that no captured file contains.
 */
#ifndef KM_PARSE_MANIFEST_H
#define KM_PARSE_MANIFEST_H

#include "base/array.h"
#include "base/checksum.h"
#include "parse/parse.h"

/* A file that could not be read on the machine. */
struct km_manifest_missing {
	struct km_str path;   /* below the root: "proc/slabinfo" */
	struct km_str reason; /* "Permission denied" */
};

/* The reason in the manifest of an unfinished capture. */
#define KM_MANIFEST_INTERRUPTED "kmeminfo was interrupted while it wrote this capture"

/* Texts as in the file; .ptr NULL: unknown. */
struct km_manifest {
	struct km_str version;    /* of kmeminfo */
	struct km_str release;    /* uname -r */
	struct km_str machine;    /* uname -m */
	struct km_str page_bytes; /* a decimal number */
	struct km_str time;       /* "2026-11-22T10:00:00Z" */
	struct km_str root;       /* "yes" or "no" */
	struct km_str incomplete; /* the reason why the capture is not complete */
	KM_ARRAY(struct km_manifest_missing) missing;
	KM_ARRAY(struct km_manifest_missing) redacted; /* the reason names the removed part */
	struct km_checksums checksums; /* sorted */
};

/*
 * Unknown keys come from a newer kmeminfo. If a key occurs twice, the first one counts. Texts
 * borrow from the parsed text. A manifest that lists files ends with its own checksum. A damaged or
 * truncated one becomes a problem, and none of its lines counts.
 */
void km_parse_manifest(struct km_parse *parse, struct km_str text, struct km_manifest *ret);
void km_manifest_deinit(struct km_manifest *manifest);

/*
 * The manifest as text, owned by the pool; km_parse_manifest() reads it back. A line end or a NUL
 * in a value becomes "?". A missing path must not contain ": ". Sorts the checksums.
 */
struct km_str km_manifest_text(struct km_pool *pool, struct km_manifest *manifest);

/* The reason why the capture does not contain the path; .ptr NULL if the manifest gives none. */
struct km_str km_manifest_reason(const struct km_manifest *manifest, struct km_str path);

#endif
