/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Replaces a file as a whole: a program that opens it sees the old text or the new one, never a
 * part.
 */
#ifndef KM_SOURCE_REPLACE_H
#define KM_SOURCE_REPLACE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>
#include "base/err.h"

struct km_replacement {
	const char *path; /* as the user gave it */
	int folder_fd;
	int fd;           /* of the new text */
	char name[NAME_MAX + 1];
	char temporary[NAME_MAX + 1]; /* its name until it is complete; begins with a point */
};

/*
 * Creates the file for the new text, beside the old one. A new file gets the mode. An existing one
 * keeps its mode, and its owner and group if the user may give files to them. 0, or a negative
 * errno with err filled: -EINVAL if the path is not a regular file. Borrows the path.
 */
int km_replacement_begin(struct km_replacement *replacement, const char *path, mode_t mode, struct km_err *err);

/*
 * The first writes the new file to the disk and moves it to the old one's place. The second removes
 * it.
 */
int km_replacement_commit(struct km_replacement *replacement, struct km_err *err);
void km_replacement_abort(struct km_replacement *replacement);

#endif
