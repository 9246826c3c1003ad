/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Architectures, recognized by the words in a capture. */
#ifndef KM_MODEL_ARCH_H
#define KM_MODEL_ARCH_H

#include "parse/version.h"

/*
 * The architecture as uname -m prints it, from uname -a or /proc/version. Sources are: the machine itself,
 * the end of the release ("6.1.0-50-686-pae", "5.14.0-427.el9.x86_64"), and the compiler's target. .ptr NULL
 * if none of them names an architecture.
 */
struct km_str km_arch_of(const struct km_version *version);

/* The page size of an architecture with only one page size; KM_UNKNOWN for others. */
uint64_t km_arch_page_bytes(struct km_str machine);

#endif
