/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to source/: what free prints, in any language, as a meminfo. */
#ifndef KM_SOURCE_PASTED_FREE_H
#define KM_SOURCE_PASTED_FREE_H

#include "source/pasted.h"

/* Whether these are the heads of free's columns. */
bool km_free_is_heading(struct km_str line);

/* As .convert of struct km_pasted. */
int km_free_convert(struct km_pool *pool, struct km_str text, struct km_pasted_text *ret, struct km_err *err);

#endif
