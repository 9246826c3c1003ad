/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starts a pager: the only program that kmeminfo runs. */
#ifndef KM_SOURCE_PAGER_H
#define KM_SOURCE_PAGER_H

#include <sys/types.h>

struct km_pager {
	pid_t child;
	int input; /* the end of the pipe that it reads */
};

/*
 * Starts a command. This process and the pager then can gain no rights; behind sudo both have those of the user who
 * ran it. Signals of keys and of a pager that was left no longer end this process. Returns 0, or a negative errno.
 */
int km_pager_start(const char *command, struct km_pager *ret);

/* Closes the pipe and waits until the user has left the pager. How it ends does not matter. */
void km_pager_wait(struct km_pager *pager);

#endif
