/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions of libarchive that kmeminfo uses. */
#ifndef KM_SOURCE_ARCHIVE_LIBRARY_H
#define KM_SOURCE_ARCHIVE_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>
#include "source/library.h"

/*
 * The soname of libarchive since 3.0 (2011). gzip is not among the filters: libarchive up to 3.7
 * does not compare the checksum behind the data, zlib does.
 */
#define KM_ARCHIVE_SONAME "libarchive.so.13"

#define KM_ARCHIVE_FILTERS(need)                                                                   \
	need(archive_read_support_filter_bzip2) need(archive_read_support_filter_compress)         \
	need(archive_read_support_filter_lz4) need(archive_read_support_filter_lzip)               \
	need(archive_read_support_filter_lzma) need(archive_read_support_filter_xz)                \
	need(archive_read_support_filter_zstd)

#define KM_ARCHIVE_FUNCTIONS(need)                                                                 \
	KM_ARCHIVE_FILTERS(need)                                                                   \
	need(archive_read_new) need(archive_read_free) need(archive_read_open)                     \
	need(archive_read_next_header) need(archive_read_data) need(archive_read_data_block)       \
	need(archive_error_string) need(archive_set_error) need(archive_format)                    \
	need(archive_read_header_position) need(archive_read_support_format_cpio)                  \
	need(archive_read_support_format_raw) need(archive_read_support_format_tar)                \
	need(archive_read_support_format_zip) need(archive_entry_filetype)                         \
	need(archive_entry_hardlink) need(archive_entry_pathname)                                  \
	need(archive_entry_pathname_utf8) need(archive_entry_symlink)

KM_LIBRARY_STRUCT(km_archive_library, KM_ARCHIVE_FUNCTIONS);

/*
 * Loads libarchive, as km_library_load(). km_archive_library_close() unloads it, or does nothing if
 * it was not loaded.
 */
int km_archive_library_open(struct km_archive_library *library, struct km_err *err);
void km_archive_library_close(struct km_archive_library *library);

#endif
