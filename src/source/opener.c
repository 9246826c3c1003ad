// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A request is one datagram: the flags and the path. The answer is a status, and a descriptor if it is 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/confine.h"
#include "source/files.h"
#include "source/opener.h"

struct request {
	int flags;
	char path[PATH_MAX];
};

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

enum { MAY_HAVE = O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW | O_LARGEFILE };

/* The directory that was listed last, because requests for the files in it follow. */
struct listed {
	int fd; /* -1: none */
	size_t len;
	char path[PATH_MAX];
};

static void keep(struct listed *listed, const struct request *request, int fd)
{
	km_cleanup_fd(&listed->fd);
	listed->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	listed->len = strlen(request->path);
	memcpy(listed->path, request->path, listed->len);
}

/* Without an empty part: the rest would begin at the root. */
static bool is_in(const struct listed *listed, const char *path)
{
	return listed->fd >= 0 && !strncmp(path, listed->path, listed->len) && path[listed->len] == '/' &&
	       path[listed->len + 1] && path[listed->len + 1] != '/';
}

/*
 * Whether a descriptor is in a directory of km_files. Links in sysfs lead out of it: node0/cpu0 and its firmware_node
 * to all of ACPI, and from there to the memory of PCI devices.
 */
static bool is_inside(int fd, const char *directory)
{
	char link[32], path[PATH_MAX];
	struct km_str rest = { .ptr = path };
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path));
	rest.len = len < 0 ? 0 : (size_t)len;
	return km_str_take_prefix(&rest, KM_STR("/")) && km_str_take_prefix(&rest, km_str_from(directory)) &&
	       (!rest.len || *rest.ptr == '/');
}

/* Relative to root_fd, which is "/". */
static int open_requested(int root_fd, struct listed *listed, const struct request *request)
{
	const struct km_str path = km_str_from(request->path);
	const struct km_file_info *info = km_files_find(path);
	int fd;

	if (request->flags & ~MAY_HAVE || !info || info->only_captured || km_str_has_part(path, '/', KM_STR("..")))
		return -EPERM;
	if (is_in(listed, request->path))
		fd = openat(listed->fd, request->path + listed->len + 1, request->flags | O_CLOEXEC);
	else
		fd = openat(root_fd, request->path, request->flags | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (info->directory && !is_inside(fd, info->path)) {
		km_cleanup_fd(&fd);
		return -EPERM;
	}
	if (request->flags & O_DIRECTORY)
		keep(listed, request, fd);
	return fd;
}

static bool answer(int socket, int result)
{
	union control control = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS } };
	int status = result < 0 ? result : 0;
	struct iovec vector = { &status, sizeof(status) };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	ssize_t sent;

	if (result >= 0) {
		memcpy(CMSG_DATA(&control.header), &result, sizeof(result));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control.bytes);
	}
	do
		sent = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	km_cleanup_fd(&result);
	return sent == (ssize_t)sizeof(status);
}

/*
 * Keys and service managers signal both processes. This one ends when the other has closed the socket, and does not stop:
 * who continues the other one would not continue this one, which it then waits for.
 */
static void ignore_signals(void)
{
	static const int ignored[] = { SIGINT,	SIGTERM, SIGHUP,  SIGQUIT, SIGUSR1, SIGUSR2,
				       SIGPIPE, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU };

	for (size_t i = 0; i < sizeof(ignored) / sizeof(*ignored); i++)
		signal(ignored[i], SIG_IGN);
}

static void serve(int socket)
{
	const size_t before = offsetof(struct request, path);
	const int root_fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct listed listed = { .fd = -1 };
	struct request request = { .flags = 0 };
	ssize_t got;

	ignore_signals();
	prctl(PR_SET_NAME, "kmeminfo-opener");
	km_confine(&(const struct km_confinement){ .kind = KM_CONFINE_OPENER }, NULL);
	do {
		got = recv(socket, &request, sizeof(request) - 1, 0);
		if (got >= 0)
			request.path[(size_t)got > before ? (size_t)got - before : 0] = '\0';
		/* the other process starts no second request before it has the answer */
		if (got > 0 && !answer(socket, open_requested(root_fd, &listed, &request)))
			break;
	} while (got > 0 || (got < 0 && errno == EINTR));
}

/* Not in place of a standard stream that is closed: what is printed there would be a request. */
static bool leave_streams(int *fd)
{
	const int moved = *fd > STDERR_FILENO ? *fd : fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	if (moved != *fd)
		close(*fd);
	*fd = moved;
	return moved >= 0;
}

void km_opener_start(struct km_opener *ret)
{
	int ends[2];

	*ret = (struct km_opener)KM_OPENER_NONE;
	if (geteuid() || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return;
	ret->child = leave_streams(&ends[0]) ? fork() : -1;
	if (!ret->child) {
		close(ends[0]);
		serve(ends[1]);
		_exit(0);
	}
	close(ends[1]);
	if (ret->child < 0)
		km_cleanup_fd(&ends[0]);
	else
		ret->fd = ends[0];
}

void km_opener_end(struct km_opener *opener)
{
	if (opener->fd < 0)
		return;
	close(opener->fd);
	opener->fd = -1;
	while (waitpid(opener->child, NULL, 0) < 0 && errno == EINTR)
		;
}

bool km_opener_serves(const struct km_opener *opener)
{
	return opener && opener->fd >= 0;
}

bool km_opener_is_gone(const struct km_opener *opener)
{
	struct pollfd state = { .fd = opener->fd };

	return poll(&state, 1, 0) > 0;
}

/* A confined process may not send, but write. If the opener has ended, the signal of a write would end this one, too. */
static int ask(const struct km_opener *opener, const struct request *request)
{
	const size_t size = offsetof(struct request, path) + strlen(request->path) + 1;
	ssize_t sent;

	if (km_opener_is_gone(opener))
		return -EPIPE;
	do
		sent = write(opener->fd, request, size);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

static int receive(int socket)
{
	union control control;
	int status, fd;
	struct iovec vector = { &status, sizeof(status) };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control,
				  .msg_controllen = sizeof(control.bytes) };
	ssize_t got;

	/* on 32 bits libc would make the call through socketcall(), whose arguments a filter cannot see */
	do
		got = syscall(SYS_recvmsg, socket, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof(status))
		return got < 0 && errno != ECONNRESET ? -errno : -EPIPE;
	if (status)
		return status < 0 ? status : -EPROTO;
	/* no room for it: this process has too many open files */
	if (message.msg_flags & MSG_CTRUNC || !CMSG_FIRSTHDR(&message))
		return -EMFILE;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

int km_opener_open(const struct km_opener *opener, const char *path, int flags)
{
	struct request request = { .flags = flags };
	const size_t len = strlen(path);
	int r;

	if (len >= sizeof(request.path) - 1)
		return -ENAMETOOLONG;
	memcpy(request.path, path, len + 1);
	r = ask(opener, &request);
	return r ? r : receive(opener->fd);
}
