// SPDX-License-Identifier: GPL-2.0-or-later
/* A capture that is one file: an archive of any kind, or a text. */
#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "fuzz.h"
#include "source/files.h"
#include "source/source.h"

/* Without this, each input loads and unloads libarchive, which is much slower. */
static __attribute__((constructor)) void keep_library(void)
{
	dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
}

static void check_entries(const struct km_entries *entries)
{
	for (size_t i = 0; i < entries->len; i++) {
		fuzz_expect(entries->items[i].name.len);
		fuzz_expect(km_str_find(entries->items[i].name, KM_STR("/")) < 0);
		fuzz_expect(!i || km_str_compare(entries->items[i - 1].name, entries->items[i].name) < 0);
	}
}

static void read_all(struct km_source *source)
{
	struct km_entries entries;
	struct km_str bytes;
	struct km_err err;

	fuzz_expect(!km_source_info(source)->live);
	for (enum km_file file = 0; file < KM_FILES; file++) {
		err = (struct km_err){ 0 };
		if (km_source_read(source, km_files[file].path, &bytes, &err))
			fuzz_expect(*err.what);
		else
			fuzz_expect(bytes.ptr || !bytes.len);
		if (!km_source_list(source, km_files[file].path, &entries, &err))
			check_entries(&entries);
	}
}

void fuzz_one(struct fuzz *fuzz)
{
	KM_CLEANUP(km_cleanup_fd) int fd = memfd_create("input", MFD_CLOEXEC);
	struct km_source *source = NULL;
	struct km_err err = { 0 };
	char path[64];

	fuzz_expect(fd >= 0 && write(fd, fuzz->text.ptr, fuzz->text.len) == (ssize_t)fuzz->text.len);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (km_source_open(&source, path, &err))
		fuzz_expect(*err.what);
	else
		read_all(source);
	km_source_free(source);
}
