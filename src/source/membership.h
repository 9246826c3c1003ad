/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Membership of this process in a memory cgroup for the time of one call. */
#ifndef KM_SOURCE_MEMBERSHIP_H
#define KM_SOURCE_MEMBERSHIP_H

#include <signal.h>
#include "base/err.h"

struct km_membership {
	int group, own; /* descriptors of cgroup.procs: of the other group, and of this process's own */
	sigset_t mask;  /* the blocked signals before the call */
};

/*
 * Opens both files, so that the return is certain before this process moves. 0, or a negative errno with err
 * filled. Close it only if it was opened.
 */
int km_membership_open(struct km_membership *membership, const char *group, const char *own, struct km_err *err);
void km_membership_close(struct km_membership *membership);

/*
 * Moves this process into the group. Signals are blocked, so none stops it inside; a killed process leaves by
 * ending. 0, or a negative errno with err filled: the process did not move.
 */
int km_membership_join(struct km_membership *membership, struct km_err *err);

/* Moves the process back. 0, or a negative errno with err filled: it then stays in the group until it ends. */
int km_membership_leave(struct km_membership *membership, struct km_err *err);

#endif
