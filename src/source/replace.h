/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that is replaced as a whole: a program that opens it sees the old text or the new one, never a part. */
#ifndef KM_SOURCE_REPLACE_H
#define KM_SOURCE_REPLACE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>
#include "base/err.h"

struct km_replacement {
	const char *path; /* as people gave it */
	int folder_fd;
	int fd;           /* the new text */
	char name[NAME_MAX + 1];
	char temporary[NAME_MAX + 1]; /* its name until it is complete; begins with a point */
};

/*
 * Makes the file that the new text is written to, beside the old one. A new file gets the mode; one
 * that exists keeps its own, and its owner and group where the user may give a file to them. 0, or a
 * negative errno with err filled: -EINVAL for what is no regular file. The path is borrowed.
 */
int km_replacement_begin(struct km_replacement *replacement, const char *path, mode_t mode, struct km_err *err);

/* Either writes the new file to the disk and puts it in the old one's place, or removes it. */
int km_replacement_commit(struct km_replacement *replacement, struct km_err *err);
void km_replacement_abort(struct km_replacement *replacement);

#endif
