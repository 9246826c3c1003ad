/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a kernel says of itself in one line; these lines are too free to have bad ones. */
#ifndef KM_PARSE_VERSION_H
#define KM_PARSE_VERSION_H

#include "base/str.h"

/* All borrow from the text; .ptr NULL: not told. */
struct km_version {
	struct km_str release;  /* "6.12.107+deb13-amd64" */
	struct km_str compiler; /* what a cross compiler's name says it builds for: "x86_64" */
	struct km_str machines; /* uname -a only: ends with machine, processor, platform */
};

/* /proc/version (init/version.c linux_proc_banner). */
struct km_version km_parse_version(struct km_str text);

/*
 * uname -a of GNU coreutils. Its fields are not delimited: the release is the third; the last
 * words before "GNU/Linux" are machine, processor and platform, of which the latter two may lack.
 */
struct km_version km_parse_uname(struct km_str text);

#endif
