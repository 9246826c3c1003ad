/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_CONFINE_CALLS_H
#define KM_SOURCE_CONFINE_CALLS_H

#include <stdbool.h>

/* Other layers. The filter does the work of those that are not in force. */
enum {
	KM_CALLS_OF_FILES = 1,
	KM_CALLS_OF_CAPABILITIES = 2,
	KM_CALLS_OF_SENDING = 8, /* forbids to send; without it, an opener may pass descriptors */
	KM_CALLS_OF_MODES = 4, /* forbids to change modes; without it, a writer may make a directory private */
};

/*
 * Forbids system calls that reading never makes: they fail with EPERM. openat2: allows that call to
 * a reader of a tree, because a filter cannot see its flags. Returns NULL, or the reason why the
 * filter is not in force.
 */
const char *km_confine_calls(unsigned int missing, bool openat2);

#endif
