// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/text.h"
#include "source/files.h"
#include "source/path.h"
#include "source/tree.h"

static struct km_tree *tree_of(const struct km_source *source)
{
	return source->private;
}

static int compare(const void *a, const void *b)
{
	const struct km_tree_entry *x = a, *y = b;
	int order = km_str_compare(x->path, y->path);

	return order ? order : (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

struct km_tree_entry *km_tree_add(struct km_tree *tree, struct km_str path)
{
	struct km_tree_entry *entry = km_array_push(&tree->entries);

	entry->path = path;
	entry->sequence = tree->entries.len;
	return entry;
}

static bool differs(const struct km_tree_entry *a, const struct km_tree_entry *b)
{
	return a->directory != b->directory || a->hard != b->hard || !km_str_eq(a->target, b->target) ||
	       !km_str_eq(a->bytes, b->bytes);
}

/* An ambiguous member leads nowhere, so that each way to it ends in the error. */
static void join(struct km_tree_entry *last, const struct km_tree_entry *before)
{
	if (!before->ambiguous && !differs(last, before))
		return;
	*last = (struct km_tree_entry){ .path = last->path, .member = true, .ambiguous = true, .sequence = last->sequence };
}

void km_tree_index(struct km_tree *tree)
{
	struct km_tree_entry *items = tree->entries.items;
	size_t kept = 0;

	if (!tree->entries.len)
		return;
	qsort(items, tree->entries.len, sizeof(*items), compare);
	for (size_t i = 1; i < tree->entries.len; i++) {
		if (!km_str_eq(items[i].path, items[kept].path))
			kept++;
		else if (items[i].member && items[kept].member)
			join(&items[i], &items[kept]);
		items[kept] = items[i];
	}
	tree->entries.len = kept + 1;
}

/* The index of the first entry that does not come before path. */
static size_t lower_bound(const struct km_tree *tree, struct km_str path)
{
	size_t low = 0, high = tree->entries.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (km_str_compare(tree->entries.items[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct km_tree_entry *km_tree_find(const struct km_tree *tree, struct km_str path)
{
	size_t at = lower_bound(tree, path);

	if (at == tree->entries.len || !km_str_eq(tree->entries.items[at].path, path))
		return NULL;
	return &tree->entries.items[at];
}

static struct km_str target_of(void *tree, struct km_str path)
{
	const struct km_tree_entry *entry = km_tree_find(tree, path);

	return entry ? entry->target : (struct km_str){ 0 };
}

static int resolve(struct km_source *source, const char *path, struct km_str *ret)
{
	const struct km_links links = { target_of, source->private };

	return km_path_resolve(&source->pool, &links, km_str_from(path), ret);
}

/* Why there is nothing at this path: a file stands in place of a directory, or there is no entry. */
static int why_missing(const struct km_tree *tree, struct km_str path, bool listed)
{
	const struct km_tree_entry *entry;

	for (size_t len = 1; len <= path.len; len++) {
		if (len < path.len ? path.ptr[len] != '/' : !listed)
			continue;
		entry = km_tree_find(tree, (struct km_str){ path.ptr, len });
		if (entry && !entry->directory && !entry->target.ptr)
			return -ENOTDIR;
	}
	return -ENOENT;
}

static int tree_read(struct km_source *source, const char *path, struct km_str *ret,
		     struct km_err *err)
{
	const struct km_tree_entry *entry;
	struct km_str resolved;
	int r;

	r = resolve(source, path, &resolved);
	if (r)
		return km_err_set(err, r, NULL, "%s", strerror(-r));
	entry = km_tree_find(tree_of(source), resolved);
	if (!entry || entry->directory) {
		r = entry ? -EISDIR : why_missing(tree_of(source), resolved, false);
		return km_err_set(err, r, NULL, "%s", strerror(-r));
	}
	if (entry->ambiguous)
		return km_err_set(err, -ENOTUNIQ, "unpack it and give the directory to --from",
				  "the archive contains two different files of this name");
	*ret = entry->bytes;
	return 0;
}

/* The name of an entry below prefix ("sys/kernel/slab/") in that directory. */
static struct km_str name_below(const struct km_tree_entry *entry, size_t prefix)
{
	struct km_str rest = km_str_skip(entry->path, prefix), name;

	return km_str_take_until(&rest, '/', &name) ? name : rest;
}

/* "a", "a-b" and "a/x" sort in this order, so "a" appears twice. */
static void drop_doubles(struct km_entries *entries)
{
	size_t kept = 0;

	for (size_t i = 0; i < entries->len; i++)
		if (!i || !km_str_eq(entries->items[i].name, entries->items[kept - 1].name))
			entries->items[kept++] = entries->items[i];
	entries->len = kept;
}

static int tree_list(struct km_source *source, const char *path, struct km_entries *ret,
		     struct km_err *err)
{
	const struct km_tree *tree = source->private;
	const struct km_tree_entry *own;
	KM_ARRAY(struct km_entry) names = { 0 };
	struct km_str resolved, prefix = { 0 };
	struct km_text text = { 0 };
	int r;

	r = resolve(source, path, &resolved);
	if (r)
		return km_err_set(err, r, NULL, "%s", strerror(-r));
	own = km_tree_find(tree, resolved);
	if (resolved.len) {
		km_text_add(&text, resolved);
		km_text_puts(&text, "/");
		prefix = km_text_keep(&text, &source->pool);
	}
	for (size_t i = lower_bound(tree, prefix); i < tree->entries.len; i++) {
		const struct km_tree_entry *entry = &tree->entries.items[i];
		struct km_str name;
		bool own_entry;

		if (!km_str_starts(entry->path, prefix))
			break;
		name = name_below(entry, prefix.len);
		if (names.len && km_str_eq(names.items[names.len - 1].name, name))
			continue;
		own_entry = prefix.len + name.len == entry->path.len;
		*km_array_push(&names) = (struct km_entry){
			.name = name,
			.target = own_entry ? entry->target : (struct km_str){ 0 },
			.file = own_entry && !entry->directory && !entry->target.ptr,
		};
	}
	if (!names.len && !(own && own->directory)) {
		r = why_missing(tree, resolved, true);
		return km_err_set(err, r, NULL, "%s", strerror(-r));
	}
	km_entries_keep(source, names.items, names.len, ret);
	drop_doubles(ret);
	km_array_deinit(&names);
	return 0;
}

static void tree_deinit(struct km_source *source)
{
	struct km_tree *tree = source->private;

	km_array_deinit(&tree->entries);
}

/* The root directory of the machine to which an entry belongs: "sosreport-x/", or "". */
static struct km_str root_of(const struct km_tree_entry *entry)
{
	return (struct km_str){ entry->path.ptr, (size_t)km_files_locate(entry->path) };
}

static size_t depth_of(struct km_str root)
{
	struct km_str part;
	size_t depth = 0;

	while (km_path_take(&root, &part))
		depth++;
	return depth;
}

/* Removes the root from the entry's paths; false if the entry is not below it. */
static bool cut_root(struct km_source *source, struct km_str root, struct km_tree_entry *entry)
{
	if (!km_str_take_prefix(&entry->path, root))
		return false;
	if (!entry->hard)
		return true;
	return !km_path_normal(&source->pool, entry->target, &entry->target) &&
	       km_str_take_prefix(&entry->target, root) &&
	       (entry->target = km_pool_printf(&source->pool, "/%.*s", KM_STR_ARG(entry->target))).len;
}

int km_tree_root(struct km_source *source, const char *name, struct km_err *err)
{
	struct km_tree *tree = source->private;
	struct km_str root = { 0 }, other = { 0 };
	size_t depth = SIZE_MAX, kept = 0;
	struct km_tree_entry *entry;

	km_array_each(entry, &tree->entries) {
		struct km_str found = root_of(entry);
		size_t found_depth = depth_of(found);

		if (found_depth < depth) {
			root = found;
			depth = found_depth;
			other = (struct km_str){ 0 };
		} else if (found_depth == depth && !km_str_eq(found, root)) {
			other = found;
		}
	}
	if (!root.ptr)
		return km_err_set(err, -ENOENT, KM_CAPTURE_HINT, "%s: contains nothing that kmeminfo reads",
				  name);
	if (other.ptr)
		return km_err_set(err, -ENOTUNIQ, "unpack it and give one of them to --from",
				  "%s: contains more than one machine: %.*s and %.*s", name,
				  KM_STR_ARG(root), KM_STR_ARG(other));
	for (size_t i = 0; i < tree->entries.len; i++)
		if (cut_root(source, root, &tree->entries.items[i]))
			tree->entries.items[kept++] = tree->entries.items[i];
	tree->entries.len = kept;
	return 0;
}

static const struct km_backend tree_backend = {
	.read = tree_read,
	.list = tree_list,
	.deinit = tree_deinit,
};

struct km_tree *km_tree_begin(struct km_source *source)
{
	source->backend = &tree_backend;
	source->private = km_pool_alloc(&source->pool, 1, sizeof(struct km_tree));
	return source->private;
}
