// SPDX-License-Identifier: GPL-2.0-or-later
/* A text that is recognised by its content, and split into the files that it contains. */
#include "fuzz.h"
#include "source/backend.h"
#include "source/files.h"
#include "source/text.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_source source = { .root_fd = -1 };
	struct km_tree *tree = km_tree_begin(&source);
	const char *path = km_text_recognise(fuzz->text);
	struct km_str bytes;

	km_tree_add(tree, km_str_from(path ? path : km_files[KM_FILE_SUPPORTCONFIG].path))->bytes =
		fuzz->text;
	fuzz_expect(!km_tree_root(&source, "input", NULL));
	km_text_expand(tree);
	for (enum km_file file = 0; file < KM_FILES; file++)
		if (!km_source_read(&source, km_files[file].path, &bytes, NULL))
			fuzz_expect(fuzz_has(fuzz, bytes));
	source.backend->deinit(&source);
	km_pool_deinit(&source.pool);
}
