// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * measure COMMAND...: runs it once with its output thrown away, and prints its CPU time (user and
 * system, microseconds), its peak memory (KiB) and its exit status. A process inherits the peak
 * of the one that made it, so that one has to be small: this one, not an interpreter.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long long microseconds(struct timeval time)
{
	return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv)
{
	struct rusage usage;
	int status, null;
	pid_t child;

	if (argc < 2)
		return 2;
	child = fork();
	if (!child) {
		null = open("/dev/null", O_RDWR);
		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		setenv("TERM", "dumb", 1);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 1;
	printf("%lld %ld %d\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss,
	       WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	return 0;
}
