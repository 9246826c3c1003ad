// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What it costs to give up rights, of the time that kmeminfo takes to start: for each way to read, CPU and elapsed time
 * (microseconds, the least and the middle of 200 processes), with the libraries that are loaded for it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "source/confine.h"
#include "source/opener.h"

enum { PROCESSES = 200 };

static const struct {
	const char *name;
	enum km_confine kind;
	bool is_served; /* root's files come from an opener, which is started first */
} ways[] = {
	{ "the running machine", KM_CONFINE_LIVE, false },
	{ "the running machine, again and again", KM_CONFINE_WATCHER, true },
	{ "a recording is written", KM_CONFINE_RECORDER, true },
	{ "a capture: a directory", KM_CONFINE_TREE, false },
	{ "a capture: a file", KM_CONFINE_FILE, false },
	{ "a capture is written", KM_CONFINE_WRITER, false },
};

struct cost {
	double cpu, elapsed;
};

static double microseconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static _Noreturn void confine(size_t way, int out)
{
	const struct km_confinement wanted = {
		.kind = ways[way].kind, .tree_fd = open(".", O_RDONLY | O_DIRECTORY), .file = ".", .is_served = ways[way].is_served,
	};
	struct km_opener opener = KM_OPENER_NONE;
	struct cost cost = { -microseconds(CLOCK_PROCESS_CPUTIME_ID), -microseconds(CLOCK_MONOTONIC) };

	if (ways[way].is_served)
		km_opener_start(&opener);
	km_confine(&wanted, NULL);
	cost.cpu += microseconds(CLOCK_PROCESS_CPUTIME_ID);
	cost.elapsed += microseconds(CLOCK_MONOTONIC);
	km_opener_end(&opener);
	_exit(write(out, &cost, sizeof(cost)) != sizeof(cost));
}

static struct cost measure(size_t way)
{
	struct cost cost;
	int ends[2];

	if (pipe(ends))
		exit(1);
	if (!fork())
		confine(way, ends[1]);
	if (read(ends[0], &cost, sizeof(cost)) != sizeof(cost) || wait(NULL) < 0)
		exit(1);
	close(ends[0]);
	close(ends[1]);
	return cost;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int main(void)
{
	printf("| what is read | CPU, least | CPU, middle | elapsed, least | elapsed, middle |\n|---|---:|---:|---:|---:|\n");
	for (size_t way = 0; way < sizeof(ways) / sizeof(*ways); way++) {
		double cpu[PROCESSES], elapsed[PROCESSES];

		for (size_t i = 0; i < PROCESSES; i++) {
			const struct cost cost = measure(way);

			cpu[i] = cost.cpu;
			elapsed[i] = cost.elapsed;
		}
		qsort(cpu, PROCESSES, sizeof(*cpu), compare);
		qsort(elapsed, PROCESSES, sizeof(*elapsed), compare);
		printf("| %s | %.0f | %.0f | %.0f | %.0f |\n", ways[way].name, cpu[0], cpu[PROCESSES / 2], elapsed[0],
		       elapsed[PROCESSES / 2]);
	}
	return 0;
}
