// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Checksums of pages, as SQLite's own extension cksumvfs writes and checks them (sqlite.org/cksumvfs.html). SQLite
 * notices a damaged page only if its structure breaks; a flipped letter of a name, or a row that its index no longer
 * finds, would change an answer silently. Distributions do not package the extension.
 *
 * Only the database itself has them: the frames of FILE-wal have checksums of SQLite.
 */
#include "config.h"
#if HAVE_SQLITE
#include <stdio.h>
#include "source/database-sums.h"

enum {
	SUM_BYTES = 8,
	HEADER_BYTES = 100, RESERVED_AT = 20, /* sqlite.org/fileformat2.html */
};

/* Reads of parts of a page; unknown to headers before 3.48. */
#define READS_PARTS 0x00008000

/* The calls for a file that was opened. */
struct hook {
	sqlite3_io_methods methods; /* the usual ones, but for those of this file */
	const sqlite3_io_methods *usual;
	struct hook *self; /* SQLite has a pointer to a constant */
	bool has_sums;
	unsigned char page[KM_DATABASE_PAGE_MOST];
};

struct km_database_sums {
	sqlite3_vfs vfs;
	sqlite3_vfs *usual;
	struct km_sqlite library;
	char name[32];
	KM_ARRAY(struct hook *) hooks;
};

static struct hook *hook_of(const sqlite3_file *file)
{
	return ((const struct hook *)file->pMethods)->self;
}

static uint32_t word(const unsigned char *at, bool big_endian)
{
	const uint32_t little = at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;

	return big_endian ? __builtin_bswap32(little) : little;
}

static void put_little(unsigned char *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(number >> 8 * i);
}

void km_database_sum(const unsigned char *bytes, size_t len, bool big_endian, uint32_t sum[2])
{
	uint32_t first = sum[0], second = sum[1];

	for (size_t i = 0; i < len; i += SUM_BYTES) {
		first += word(bytes + i, big_endian) + second;
		second += word(bytes + i + 4, big_endian) + first;
	}
	sum[0] = first;
	sum[1] = second;
}

static void sum_of(const unsigned char *page, size_t len, unsigned char ret[SUM_BYTES])
{
	uint32_t sum[2] = { 0, 0 };

	km_database_sum(page, len, false, sum);
	put_little(ret, sum[0]);
	put_little(ret + 4, sum[1]);
}

static bool is_sound(const unsigned char *page, size_t len)
{
	unsigned char sum[SUM_BYTES];

	sum_of(page, len - SUM_BYTES, sum);
	return !memcmp(page + len - SUM_BYTES, sum, SUM_BYTES);
}

static bool is_page(int len)
{
	return len >= KM_DATABASE_PAGE_LEAST && len <= KM_DATABASE_PAGE_MOST && !(len & (len - 1));
}

/* The file's header says whether its pages have checksums. */
static void look_at_header(struct hook *hook, const unsigned char *bytes, int len, sqlite3_int64 offset)
{
	if (!offset && len >= HEADER_BYTES)
		hook->has_sums = !memcmp(bytes, "SQLite format 3", 16) && bytes[RESERVED_AT] == SUM_BYTES;
}

/* If the header's byte that reserves the checksums is the damaged one, the page is sound with the right byte. */
static bool hides_sums(struct hook *hook, const unsigned char *bytes, int len)
{
	memcpy(hook->page, bytes, (size_t)len);
	hook->page[RESERVED_AT] = SUM_BYTES;
	return is_sound(hook->page, (size_t)len);
}

static bool is_blank(const unsigned char *bytes, size_t len)
{
	while (len && !bytes[len - 1])
		len--;
	return !len;
}

/*
 * Another program that closes a recording whose recorder was killed moves pages from FILE-wal to the file as they are,
 * with a blank checksum. The cells of a tree's page end just before it: if these are blank, too, a block was lost.
 */
static bool came_without_sum(const unsigned char *page, size_t len)
{
	const unsigned char *kind = memcmp(page, "SQLite format 3", 16) ? page : page + HEADER_BYTES;
	const bool is_tree = *kind == 2 || *kind == 5 || *kind == 10 || *kind == 13;
	const bool has_cells = kind[3] || kind[4];

	return is_blank(page + len - SUM_BYTES, SUM_BYTES) && !is_blank(page, len) &&
	       !(is_tree && has_cells && is_blank(page + len - KM_DATABASE_PAGE_LEAST, KM_DATABASE_PAGE_LEAST));
}

static int read_checked(sqlite3_file *file, void *bytes, int len, sqlite3_int64 offset)
{
	struct hook *hook = hook_of(file);
	int r = hook->usual->xRead(file, bytes, len, offset);

	if (r != SQLITE_OK)
		return r;
	look_at_header(hook, bytes, len, offset);
	/* SQLITE_IOERR_DATA would end the reader's transaction, and with it the reading of the intact pages */
	if (!is_page(len) || !hook->has_sums)
		return is_page(len) && !offset && hides_sums(hook, bytes, len) ? SQLITE_CORRUPT : SQLITE_OK;
	if (!is_sound(bytes, (size_t)len))
		return came_without_sum(bytes, (size_t)len) ? SQLITE_OK : SQLITE_CORRUPT;
	/* in FILE-wal a page has no checksum of its own, and not an old one */
	memset((char *)bytes + len - SUM_BYTES, 0, SUM_BYTES);
	return SQLITE_OK;
}

static int write_with_sum(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
	struct hook *hook = hook_of(file);

	look_at_header(hook, bytes, len, offset);
	if (!hook->has_sums || !is_page(len))
		return hook->usual->xWrite(file, bytes, len, offset);
	memcpy(hook->page, bytes, (size_t)len - SUM_BYTES);
	sum_of(hook->page, (size_t)len - SUM_BYTES, hook->page + len - SUM_BYTES);
	return hook->usual->xWrite(file, hook->page, len, offset);
}

/* Whole pages, or there is nothing to compare. */
static int characteristics(sqlite3_file *file)
{
	return hook_of(file)->usual->xDeviceCharacteristics(file) & ~READS_PARTS;
}

static int open_hooked(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	struct km_database_sums *sums = (struct km_database_sums *)vfs;
	int r = sums->usual->xOpen(sums->usual, name, file, flags, ret_flags);
	struct hook *hook;

	if (r != SQLITE_OK || !(flags & SQLITE_OPEN_MAIN_DB))
		return r;
	hook = km_realloc(NULL, 1, sizeof(*hook));
	*km_array_push(&sums->hooks) = hook;
	hook->methods = *file->pMethods;
	hook->usual = file->pMethods;
	hook->self = hook;
	hook->has_sums = false;
	hook->methods.xRead = read_checked;
	hook->methods.xWrite = write_with_sum;
	hook->methods.xDeviceCharacteristics = characteristics;
	file->pMethods = &hook->methods;
	return r;
}

struct km_database_sums *km_database_sums_new(const struct km_sqlite *library)
{
	sqlite3_vfs *usual = library->sqlite3_vfs_find(NULL);
	struct km_database_sums *sums;

	if (!usual)
		return NULL;
	sums = km_realloc(NULL, 1, sizeof(*sums));
	*sums = (struct km_database_sums){ .vfs = *usual, .usual = usual, .library = *library };
	snprintf(sums->name, sizeof(sums->name), "kmeminfo-%p", (void *)sums);
	sums->vfs.zName = sums->name;
	sums->vfs.xOpen = open_hooked;
	library->sqlite3_vfs_register(&sums->vfs, 0);
	return sums;
}

void km_database_sums_free(struct km_database_sums *sums)
{
	struct hook **hook;

	if (!sums)
		return;
	sums->library.sqlite3_vfs_unregister(&sums->vfs);
	km_array_each(hook, &sums->hooks)
		free(*hook);
	km_array_deinit(&sums->hooks);
	free(sums);
}

const char *km_database_sums_name(const struct km_database_sums *sums)
{
	return sums ? sums->name : NULL;
}

void km_database_sums_reserve(struct km_database *database)
{
	int bytes = SUM_BYTES;

	database->library.sqlite3_file_control(database->handle, NULL, SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

#endif
