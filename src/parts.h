/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What JSON documents are made of: every key that a command prints, and the type behind it. */
#ifndef KM_PARTS_H
#define KM_PARTS_H

#include "render/schema.h"

/* Ends with a part without key. */
extern const struct km_part km_parts[];

#endif
