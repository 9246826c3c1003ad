// SPDX-License-Identifier: GPL-2.0-or-later
/* A capture in one file or pipe: a text, recognized by its content, or an archive. */
#include <errno.h>
#include <string.h>
#include "base/cleanup.h"
#include "source/archive.h"
#include "source/files.h"
#include "source/pasted.h"
#include "source/read.h"
#include "source/text.h"

enum { HEAD_BYTES = 64 * 1024, BLOCK_BYTES = 512 };

/* A tar contains texts too, but begins with a header block, which contains zeros. */
static bool is_binary(struct km_str head)
{
	return memchr(head.ptr, 0, head.len < BLOCK_BYTES ? head.len : BLOCK_BYTES);
}

static int cannot_read(const char *name, int code, struct km_err *err)
{
	if (code == -EFBIG)
		return km_err_set(err, code, NULL,
				  "%s: kmeminfo keeps no more than %u MiB of a machine's files, and this exceeds it", name,
				  KM_BYTES_MAX >> 20);
	return km_err_set(err, code, NULL, "%s: %s", name, strerror(-code));
}

static int fill(struct km_source *source, struct km_tree *tree, struct km_packed *stream,
		const char *name, struct km_err *err)
{
	const struct km_str head = { stream->head, stream->head_len };
	const char *path = is_binary(head) ? NULL : km_text_recognise(head);
	const struct km_pasted *pasted = is_binary(head) || path ? NULL : km_pasted_recognise(head);
	struct km_str text;
	int r;

	if (km_str_starts(head, KM_STR("SQLite format 3")))
		return km_err_set(err, -EINVAL, "`kmeminfo diff --record FILE` reads a recording",
				  "%s: is a database, not a capture", name);
	if (!path && !pasted)
		return km_archive_read(source, tree, stream, name, err);
	r = km_read_all(stream->fd, head, &source->pool, &source->left, &text);
	if (r)
		return cannot_read(name, r, err);
	text = km_text_without_refusals(&source->pool, text);
	if (!pasted && km_text_gather(tree, &source->pool, text))
		return 0;
	text = km_text_unquote(&source->pool, text);
	if (pasted) {
		struct km_pasted_text file;

		r = pasted->convert(&source->pool, text, &file, err);
		if (r)
			return r;
		path = pasted->path;
		text = file.text;
		source->facts.page_bytes = file.page_bytes;
	}
	if (!strcmp(path, km_files[KM_FILE_MEMINFO].path))
		text = km_text_break_lines(&source->pool, text);
	km_text_divide(tree, text, path);
	return 0;
}

int km_backend_file(struct km_source *source, const char *name, int fd, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_free) char *head = km_realloc(NULL, HEAD_BYTES, 1);
	struct km_packed stream = { .fd = fd, .head = head };
	struct km_tree *tree = km_tree_begin(source);
	int r;

	r = km_read_some(fd, head, HEAD_BYTES, &stream.head_len);
	if (r)
		return cannot_read(name, r, err);
	if (!stream.head_len)
		return km_err_set(err, -ENODATA, KM_CAPTURE_HINT, "%s: is empty", name);
	r = fill(source, tree, &stream, name, err);
	if (!r)
		r = km_tree_root(source, name, err);
	if (r)
		return r;
	km_text_expand(tree);
	return 0;
}
