// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looks for damage in FILE-wal, where the latest transactions are. SQLite reads it up to the first frame whose checksum is
 * wrong, and takes that for the end: a transaction that was being written when the machine stopped. If there are whole
 * transactions behind it, these are lost (sqlite.org/fileformat2.html#the_write_ahead_log).
 */
#include "config.h"
#if HAVE_SQLITE
#include <fcntl.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/database-sums.h"

enum {
	HEADER_BYTES = 32, FRAME_BYTES = 24,
	MAGIC = 0x377f0682, /* the last bit: words of checksums are big-endian */
};

struct journal {
	int fd;
	bool is_big;
	size_t page_bytes;
	unsigned char header[HEADER_BYTES];
	unsigned char frame[FRAME_BYTES + KM_DATABASE_PAGE_MOST];
};

static uint32_t big(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool has_sum(const unsigned char *at, const uint32_t sum[2])
{
	return big(at) == sum[0] && big(at + 4) == sum[1];
}

/* False: the header is damaged. */
static bool take_header(struct journal *journal, uint32_t sum[2])
{
	const size_t page = big(journal->header + 8);

	journal->page_bytes = page;
	journal->is_big = big(journal->header) & 1;
	km_database_sum(journal->header, FRAME_BYTES, journal->is_big, sum);
	return (big(journal->header) & ~1U) == MAGIC && page >= KM_DATABASE_PAGE_LEAST && page <= KM_DATABASE_PAGE_MOST &&
	       !(page & (page - 1)) && has_sum(journal->header + FRAME_BYTES, sum);
}

/* Frames of earlier contents have other salts. */
static bool is_current(const struct journal *journal)
{
	return !memcmp(journal->frame + 8, journal->header + 16, 8);
}

/*
 * The number of the first frame that is wrong and has two ends of transactions behind it, itself included; 0: there is
 * none. The last transaction alone may have been cut off.
 */
static size_t find_wrong(struct journal *journal)
{
	const size_t step = FRAME_BYTES + journal->page_bytes;
	uint32_t sum[2] = { 0, 0 };
	size_t wrong = 0, ends = 0;

	take_header(journal, sum);
	for (size_t i = 0; ends < 2; i++) {
		if (pread(journal->fd, journal->frame, step, (off_t)(HEADER_BYTES + i * step)) != (ssize_t)step)
			return 0;
		if (!wrong) {
			km_database_sum(journal->frame, 8, journal->is_big, sum);
			km_database_sum(journal->frame + FRAME_BYTES, journal->page_bytes, journal->is_big, sum);
			wrong = is_current(journal) && has_sum(journal->frame + 16, sum) ? 0 : i + 1;
		}
		ends += wrong && is_current(journal) && big(journal->frame + 4);
	}
	return wrong;
}

static size_t look_once(const char *path)
{
	KM_CLEANUP(km_cleanup_free) struct journal *journal = km_realloc(NULL, 1, sizeof(*journal));
	KM_CLEANUP(km_cleanup_fd) int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	uint32_t sum[2] = { 0, 0 };

	journal->fd = fd;
	if (fd < 0 || pread(fd, journal->header, HEADER_BYTES, 0) != HEADER_BYTES)
		return 0;
	/* the header is on the disk before any frame is written */
	if (!take_header(journal, sum))
		return pread(fd, journal->frame, FRAME_BYTES, HEADER_BYTES) == FRAME_BYTES ? SIZE_MAX : 0;
	return find_wrong(journal);
}

bool km_database_journal_is_damaged(const char *path)
{
	KM_TEXT_SCOPE name = { 0 };
	size_t wrong;

	km_text_printf(&name, "%s-wal%c", path, '\0');
	wrong = look_once(name.ptr);
	/* what is just being written is complete the next time */
	return wrong && look_once(name.ptr) == wrong;
}

#endif
