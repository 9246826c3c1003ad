// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "source/read.h"

enum {
	FIRST_ROOM = 16 * 1024,
	COPIED_MAX = 64 * 1024, /* a longer text stays in the buffer that it was read into */
};

int km_read_some(int fd, char *buf, size_t room, size_t *ret_len)
{
	size_t len = 0;

	while (len < room) {
		ssize_t got = read(fd, buf + len, room - len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		len += (size_t)got;
	}
	*ret_len = len;
	return 0;
}

void km_read_keep(struct km_pool *pool, char *buf, size_t len, struct km_str *ret)
{
	if (len <= COPIED_MAX) {
		*ret = km_pool_copy(pool, (struct km_str){ buf, len });
		free(buf);
		return;
	}
	buf = km_realloc(buf, len + 1, 1);
	buf[len] = '\0';
	km_pool_adopt(pool, buf);
	*ret = (struct km_str){ buf, len };
}

/*
 * A regular file has a size, so a large one is refused before it is read. A file of /proc has none.
 * The buffer has one byte more than the size, so that the first pass sees the end.
 */
static int first_room(int fd, size_t head, uint64_t left, size_t *ret)
{
	struct stat stat;
	uint64_t size = 0;

	if (!fstat(fd, &stat) && S_ISREG(stat.st_mode) && stat.st_size > 0)
		size = (uint64_t)stat.st_size;
	if (size > left || head > left)
		return -EFBIG;
	if (size < head)
		size = head;
	*ret = size < FIRST_ROOM ? FIRST_ROOM : (size_t)size + 1;
	return 0;
}

/* Doubles the buffer, up to the limit plus one byte, which shows that the file is too large. */
static size_t next_room(size_t room, uint64_t left)
{
	return room > left / 2 ? (size_t)left + 1 : room * 2;
}

/*
 * A /proc file is made anew at each read from offset 0. So the code reads to the end into one
 * buffer, which doubles. /proc/zoneinfo of a large machine exceeds 10 MB.
 */
int km_read_all(int fd, struct km_str head, struct km_pool *pool, uint64_t *left, struct km_str *ret)
{
	KM_CLEANUP(km_cleanup_free) char *buf = NULL;
	size_t len = head.len, room, got = 0;
	int r = first_room(fd, len, *left, &room);

	if (r)
		return r;
	buf = km_realloc(NULL, room, 1);
	if (len)
		memcpy(buf, head.ptr, len);
	for (;;) {
		r = km_read_some(fd, buf + len, room - len, &got);
		if (r)
			return r;
		len += got;
		if (len > *left)
			return -EFBIG;
		if (len < room)
			break;
		room = next_room(room, *left);
		buf = km_realloc(buf, room, 1);
	}
	*left -= len;
	km_read_keep(pool, buf, len, ret);
	buf = NULL;
	return 0;
}
