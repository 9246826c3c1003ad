/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a tree below one new directory, and nowhere else. */
#ifndef KM_SOURCE_WRITER_H
#define KM_SOURCE_WRITER_H

#include "base/err.h"
#include "base/str.h"

struct km_writer {
	int root_fd;
	int folder_fd;      /* the directory that was written to last; -1: none yet */
	char folder[4096];  /* its path below the root */
	const char *name;   /* of the root, as people gave it */
};

/*
 * Makes the directory, for its owner only: it will hold what only root may read on the machine.
 * One that exists must be empty, the user's own, writable by the user only, and no link. 0 or a
 * negative errno with err filled; the name must live as long as the writer.
 */
int km_writer_init(struct km_writer *writer, const char *name, struct km_err *err);
void km_writer_deinit(struct km_writer *writer);

/*
 * Each makes a new entry, for its owner only, at a path below the root, with the directories that lead to it; a path
 * with ".." or through a link is refused. 0 or a negative errno with err filled.
 */
int km_writer_folder(struct km_writer *writer, struct km_str path, struct km_err *err);
int km_writer_file(struct km_writer *writer, struct km_str path, struct km_str bytes,
		   struct km_err *err);
/* As km_writer_file(), of a file at the top that exists already: it is whole at any moment. */
int km_writer_replace(struct km_writer *writer, struct km_str path, struct km_str bytes,
		      struct km_err *err);
int km_writer_link(struct km_writer *writer, struct km_str path, struct km_str target,
		   struct km_err *err);

#endif
