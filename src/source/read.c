// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/cleanup.h"
#include "source/backend.h"
#include "source/read.h"

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

/*
 * A /proc file has no size and makes its text anew at each read from 0: one buffer, doubled,
 * filled to the end. /proc/zoneinfo of a large machine passes 10 MB.
 */
int km_read_all(int fd, struct km_str head, struct km_pool *pool, struct km_str *ret)
{
	KM_CLEANUP(km_cleanup_free) char *buf = NULL;
	size_t len = head.len, room = 16 * 1024, got = 0;
	int r;

	while (room <= len)
		room *= 2;
	buf = km_realloc(NULL, room, 1);
	if (len)
		memcpy(buf, head.ptr, len);
	for (;;) {
		r = km_read_some(fd, buf + len, room - len, &got);
		if (r)
			return r;
		len += got;
		if (len < room)
			break;
		if (len > KM_BYTES_MAX)
			return -EFBIG;
		buf = km_realloc(buf, room *= 2, 1);
	}
	*ret = km_pool_copy(pool, (struct km_str){ buf, len });
	return 0;
}
