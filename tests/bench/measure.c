// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * measure COMMAND...: runs it once with its output thrown away, and prints its CPU time (user and
 * system, microseconds), its peak memory (KiB), its exit status and the elapsed time (microseconds). A process inherits the peak
 * of the one that made it, so that one has to be small: this one, not an interpreter.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(struct timeval time)
{
	return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv)
{
	struct timespec begin, end;
	struct rusage usage;
	int status, null;
	pid_t child;

	if (argc < 2)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &begin);
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
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%lld %ld %d %lld\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss,
	       WIFEXITED(status) ? WEXITSTATUS(status) : 128,
	       (end.tv_sec - begin.tv_sec) * 1000000LL + (end.tv_nsec - begin.tv_nsec) / 1000);
	return 0;
}
