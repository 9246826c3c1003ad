// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <sys/klog.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/backend.h"
#include "source/log.h"
#include "source/read.h"

/* k6.12:kernel/printk/printk.c do_syslog */
enum { ACTION_READ_ALL = 3, ACTION_SIZE_BUFFER = 10 };

int km_log_read(const char *path, struct km_pool *pool, struct km_str *ret, struct km_err *err)
{
	bool is_stdin = !strcmp(path, "-");
	uint64_t left = KM_BYTES_MAX;
	KM_CLEANUP(km_cleanup_fd) int fd = is_stdin ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	int r;

	if (fd < 0 && !is_stdin)
		return km_err_set(err, -errno, NULL, "%s", strerror(errno));
	r = km_read_all(is_stdin ? STDIN_FILENO : fd, (struct km_str){ 0 }, pool, &left, ret);
	return r ? km_err_set(err, r, NULL, "%s", strerror(-r)) : 0;
}

int km_log_read_live(struct km_pool *pool, struct km_str *ret, struct km_err *err)
{
	/* the size is that of the records; their prefixes come on top when they are read */
	const int growth = 2;
	KM_CLEANUP(km_cleanup_free) char *buf = NULL;
	int size = klogctl(ACTION_SIZE_BUFFER, NULL, 0), len;

	if (size > 0 && size <= INT32_MAX / growth) {
		buf = km_realloc(NULL, (size_t)size, (size_t)growth);
		len = klogctl(ACTION_READ_ALL, buf, size * growth);
		if (len >= 0) {
			*ret = km_pool_copy(pool, (struct km_str){ buf, (size_t)len });
			return 0;
		}
	}
	return km_err_set(err, -errno,
			  errno == EPERM ? "run as root; kernel.dmesg_restrict is what refuses it" : NULL,
			  "%s", strerror(errno));
}

bool km_log_is_typed(void)
{
	return isatty(STDIN_FILENO);
}
