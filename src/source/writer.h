/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a tree below one new directory, and nowhere else. */
#ifndef KM_SOURCE_WRITER_H
#define KM_SOURCE_WRITER_H

#include "base/err.h"
#include "base/str.h"

struct km_writer {
	int root_fd;
	int folder_fd;      /* the directory of the last file; -1: none yet */
	char folder[4096];  /* its path below the root */
	const char *name;   /* of the root, as the user gave it */
};

/*
 * Creates the directory with access for its owner only, because it will contain data that only root
 * may read on the machine. An existing directory must be empty, not a link, and the user's own, and
 * no other user may write to it. 0, or a negative errno with err filled. name must live as long as
 * the writer.
 */
int km_writer_init(struct km_writer *writer, const char *name, struct km_err *err);
void km_writer_deinit(struct km_writer *writer);

/*
 * Each creates an entry at a path below the root, and the directories that lead to it, with access
 * for the owner only. A path with ".." or through a link is refused. 0 or a negative errno with err
 * filled.
 */
int km_writer_folder(struct km_writer *writer, struct km_str path, struct km_err *err);
int km_writer_file(struct km_writer *writer, struct km_str path, struct km_str bytes,
		   struct km_err *err);
/* As km_writer_file(), for an existing file at the top. The file is complete at any moment. */
int km_writer_replace(struct km_writer *writer, struct km_str path, struct km_str bytes,
		      struct km_err *err);
int km_writer_link(struct km_writer *writer, struct km_str path, struct km_str target,
		   struct km_err *err);

#endif
