/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Removes what may not leave a site from the files of a capture before they are written. */
#ifndef KM_MACHINE_REDACT_H
#define KM_MACHINE_REDACT_H

#include "base/alloc.h"
#include "source/files.h"

/*
 * Replaces or leaves out addresses, users, hosts and the command line in *text, the file's text.
 * Returns what was removed, or NULL if nothing was. The pool then owns *text; its .ptr is NULL when
 * the whole file is left out.
 */
const char *km_redact(enum km_file file, struct km_pool *pool, struct km_str *text);

#endif
