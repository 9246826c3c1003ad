// SPDX-License-Identifier: GPL-2.0-or-later
/* The output of ls -l for /sys/kernel/slab. */
#include "fuzz.h"
#include "source/backend.h"
#include "source/files.h"
#include "source/tree.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_source source = { .root_fd = -1 };
	struct km_tree *tree = km_tree_begin(&source);
	struct km_entries entries = { 0 };

	km_tree_add(tree, KM_STR("sos_commands/kernel/ls_-lt_.sys.kernel.slab"))->bytes = fuzz->text;
	fuzz_expect(!km_tree_root(&source, "input", NULL));
	km_tree_index(tree);
	fuzz_expect(!km_source_list(&source, km_files[KM_FILE_SLAB_SYSFS].path, &entries, NULL));
	for (size_t i = 0; i < entries.len; i++)
		fuzz_expect(entries.items[i].name.len && fuzz_has(fuzz, entries.items[i].name) &&
			    fuzz_has(fuzz, entries.items[i].target));
	source.backend->deinit(&source);
	km_pool_deinit(&source.pool);
}
