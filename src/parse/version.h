/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's version in one line. These lines differ so much that no form of them is an error. */
#ifndef KM_PARSE_VERSION_H
#define KM_PARSE_VERSION_H

#include "base/num.h"
#include "base/str.h"

/* All borrow from the text; .ptr NULL: unknown. */
struct km_version {
	struct km_str release;  /* the target in the name of a cross compiler: "x86_64" */
	struct km_str compiler; /* uname -a only: ends with machine, processor, platform */
	struct km_str machines; /* uname -a only: ends with machine, processor, platform */
};

/* /proc/version (init/version.c linux_proc_banner). */
struct km_version km_parse_version(struct km_str text);

/*
 * Parses the output of uname -a of GNU coreutils. Nothing delimits its fields. The release is the
 * third word. The last words before "GNU/Linux" are machine, processor and platform; the latter two
 * may be missing.
 */
struct km_version km_parse_uname(struct km_str text);

/*
 * Converts "6.12.107+deb13-amd64" or "v6.12" to a number that grows with the release: KM_RELEASE(6,
 * 12). "2.6.32-754.el6" is KM_RELEASE_2_6(32), because its third number is the release. Ignores the
 * rest. KM_UNKNOWN if the text does not begin like a release.
 */
uint64_t km_parse_release(struct km_str text);

/*
 * The vendor's build number: 754 for "2.6.32-754.el6.x86_64". It is the number after the first
 * hyphen, or KM_UNKNOWN.
 */
uint64_t km_parse_build(struct km_str text);

/*
 * The third number, that of the stable release: 107 for "6.12.107+deb13-amd64". KM_UNKNOWN for
 * "6.1.0-50-amd64", where a distributor counts its own builds.
 */
uint64_t km_parse_sublevel(struct km_str release);

/*
 * The stable release in Debian's /proc/version and uname -a: 176 for "... Debian 6.1.176-1
 * (2026-01-31)"; KM_UNKNOWN if there is none.
 */
uint64_t km_parse_debian_sublevel(struct km_str text);

#define KM_RELEASE(major, minor) ((uint64_t)(major) << 16 | (minor))
/* 2.6 with its third number, above all releases 2.0 to 2.5 and below 3.0. */
#define KM_RELEASE_2_6(third)	 KM_RELEASE(2, 0x600 + (third))

#endif
