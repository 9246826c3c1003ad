/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Membership of this process in a memory cgroup for the time of one call. */
#ifndef KM_SOURCE_MEMBERSHIP_H
#define KM_SOURCE_MEMBERSHIP_H

#include <signal.h>
#include "base/err.h"

struct km_membership {
	int group, own; /* cgroup.procs of the other group and of this process's own; descriptors */
	sigset_t mask;  /* of the signals before the call */
};

/*
 * Opens both files, so that the way back is sure before this process goes. 0, or a negative errno with err filled; close it
 * then only if it was opened.
 */
int km_membership_open(struct km_membership *membership, const char *group, const char *own, struct km_err *err);
void km_membership_close(struct km_membership *membership);

/*
 * Goes there, with signals blocked: none stops this process inside. A process that is killed leaves with its end. 0, or a
 * negative errno with err filled, and this process is where it was.
 */
int km_membership_join(struct km_membership *membership, struct km_err *err);

/* Comes back. 0, or a negative errno with err filled: this process is in the group until it ends. */
int km_membership_leave(struct km_membership *membership, struct km_err *err);

#endif
