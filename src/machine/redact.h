/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Removes private data from the files of a capture before they are written. */
#ifndef KM_MACHINE_REDACT_H
#define KM_MACHINE_REDACT_H

#include "base/alloc.h"
#include "source/files.h"

/*
 * Replaces or removes addresses, users, hosts and the command line in *text, the text of a file. Returns a
 * description of the removed data, or NULL if nothing was removed. If something was, the pool owns *text; its
 * .ptr is NULL if the whole file is left out.
 */
const char *km_redact(enum km_file file, struct km_pool *pool, struct km_str *text);

/* Whether nothing of the file, or of the directory, may be written. */
bool km_redact_leaves_out(enum km_file file);

#endif
