/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may not leave a site, taken out of a capture's files before they are written. */
#ifndef KM_MACHINE_REDACT_H
#define KM_MACHINE_REDACT_H

#include "base/alloc.h"
#include "source/files.h"

/*
 * Replaces or leaves out in *text, of that file, what tells of addresses, users, hosts and the
 * command line. What was taken out, or NULL when nothing was. *text is then owned by the pool; its
 * .ptr is NULL when the whole file is left out.
 */
const char *km_redact(enum km_file file, struct km_pool *pool, struct km_str *text);

#endif
