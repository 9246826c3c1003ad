/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's version in one line. These lines vary so much that none counts as wrong. */
#ifndef KM_PARSE_VERSION_H
#define KM_PARSE_VERSION_H

#include "base/num.h"
#include "base/str.h"

/* All borrow from the text; .ptr NULL: unknown. */
struct km_version {
	struct km_str release;  /* "6.12.107+deb13-amd64" */
	struct km_str compiler; /* the target in a cross compiler's name: "x86_64" */
	struct km_str machines; /* uname -a only: ends with machine, processor, platform */
};

/* /proc/version (init/version.c linux_proc_banner). */
struct km_version km_parse_version(struct km_str text);

/*
 * uname -a of GNU coreutils. Its fields are not delimited: the release is the third; the last
 * words before "GNU/Linux" are machine, processor and platform. The latter two may be missing.
 */
struct km_version km_parse_uname(struct km_str text);

/*
 * "6.12.107+deb13-amd64", "v6.12" as a number that grows with the release: KM_RELEASE(6, 12), and
 * "2.6.32-754.el6" as KM_RELEASE_2_6(32), where the third number is the release. What follows is not
 * read. KM_UNKNOWN when the text does not begin like a release.
 */
uint64_t km_parse_release(struct km_str text);

/* The vendor's build, 754 of "2.6.32-754.el6.x86_64": the number after the first hyphen, or KM_UNKNOWN. */
uint64_t km_parse_build(struct km_str text);

/*
 * The third number, of the stable release: 107 of "6.12.107+deb13-amd64". KM_UNKNOWN of "6.1.0-50-amd64": there a
 * distributor counts its own builds.
 */
uint64_t km_parse_sublevel(struct km_str release);

/* The stable release in Debian's /proc/version and uname -a: 176 of "... Debian 6.1.176-1 (2026-01-31)"; KM_UNKNOWN. */
uint64_t km_parse_debian_sublevel(struct km_str text);

#define KM_RELEASE(major, minor) ((uint64_t)(major) << 16 | (minor))
/* 2.6 with its third number, above all of 2.0 to 2.5 and below 3.0. */
#define KM_RELEASE_2_6(third)	 KM_RELEASE(2, 0x600 + (third))

#endif
