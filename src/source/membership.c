// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "base/str.h"
#include "source/membership.h"

static const char *hint(int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
	case EROFS:
		return KM_SAID("only a user that may write cgroup.procs of both cgroups can move there");
	case EBUSY:
		return KM_SAID("a cgroup that hands its memory controller to children holds no process; name one of its children");
	case EOPNOTSUPP:
		return KM_SAID("a threaded cgroup accepts no process");
	default:
		return NULL;
	}
}

static int open_procs(const char *path, struct km_err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 ? fd : km_err_set(err, -errno, hint(errno), "%s: %s", path, strerror(errno));
}

int km_membership_open(struct km_membership *membership, const char *group, const char *own, struct km_err *err)
{
	membership->own = open_procs(own, err);
	if (membership->own < 0)
		return membership->own;
	membership->group = open_procs(group, err);
	if (membership->group < 0)
		close(membership->own);
	return membership->group < 0 ? membership->group : 0;
}

void km_membership_close(struct km_membership *membership)
{
	close(membership->group);
	close(membership->own);
}

/* 0 stands for the writing process (k6.12:kernel/cgroup/cgroup.c cgroup_procs_write_start). */
static int move_to(int procs, const char *what, struct km_err *err)
{
	if (pwrite(procs, "0\n", 2, 0) == 2)
		return 0;
	return km_err_set(err, -errno, hint(errno), "cannot %s the memory cgroup: %s", what, strerror(errno));
}

int km_membership_join(struct km_membership *membership, struct km_err *err)
{
	sigset_t all;
	int r;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &membership->mask);
	r = move_to(membership->group, "enter", err);
	if (r)
		sigprocmask(SIG_SETMASK, &membership->mask, NULL);
	return r;
}

int km_membership_leave(struct km_membership *membership, struct km_err *err)
{
	const int r = move_to(membership->own, "leave", err);

	sigprocmask(SIG_SETMASK, &membership->mask, NULL);
	return r;
}
