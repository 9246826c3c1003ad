/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that "kmeminfo capture" adds to the captured files, with facts that none of them contains. */
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

/* What the manifest of an unfinished capture gives as the reason. */
#define KM_MANIFEST_INTERRUPTED "kmeminfo was interrupted while it wrote this capture"

/* Texts as written; .ptr NULL: unknown. */
struct km_manifest {
	struct km_str version;    /* of kmeminfo */
	struct km_str release;    /* uname -r */
	struct km_str machine;    /* uname -m */
	struct km_str page_bytes; /* a decimal number */
	struct km_str time;       /* "2026-11-22T10:00:00Z" */
	struct km_str root;       /* "yes" or "no" */
	struct km_str incomplete; /* the reason why the capture is not complete */
	KM_ARRAY(struct km_manifest_missing) missing;
	KM_ARRAY(struct km_manifest_missing) redacted; /* the reason names what was removed */
	struct km_checksums checksums; /* sorted */
};

/*
 * Unknown keys are from a newer kmeminfo; the first of two equal keys counts. Texts borrow from the text
 * parsed. A manifest that lists files ends with its own checksum; one that is damaged or cut short is a
 * problem, and then nothing of it is used.
 */
void km_parse_manifest(struct km_parse *parse, struct km_str text, struct km_manifest *ret);
void km_manifest_deinit(struct km_manifest *manifest);

/*
 * The manifest as text, owned by the pool; km_parse_manifest() reads it back. A line end or a NUL
 * in a value becomes "?", and a missing path must not have ": " in it. Sorts the checksums.
 */
struct km_str km_manifest_text(struct km_pool *pool, struct km_manifest *manifest);

/* The reason why the path is not in the capture; .ptr NULL if the manifest has none. */
struct km_str km_manifest_reason(const struct km_manifest *manifest, struct km_str path);

#endif
