// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cost: what it costs the kernel to make the text of each file that kmeminfo reads. Prints a line for each file, with
 * tabs: its name, what is counted, how many of them, bytes, and the least microseconds of CPU time that a reading
 * took. The files named "more" are read after a thousand processes were made, each of which needs a stack.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TURNS = 40, PROCESSES = 1000, ROOM = 1 << 20 };

static char text[ROOM];

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* Bytes, or -1. */
static long read_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	long len = 0, got = 0;

	if (fd < 0)
		return -1;
	while (len < ROOM && (got = read(fd, text + len, (size_t)(ROOM - len))) > 0)
		len += got;
	close(fd);
	return got < 0 ? -1 : len;
}

/* Lines that contain a text. */
static long count(long len, const char *what)
{
	const char *at = text;
	long found = 0;

	for (; (at = memmem(at, (size_t)(text + len - at), what, strlen(what))); at++)
		found++;
	return found;
}

static void measure(const char *name, const char *path, const char *unit, const char *what)
{
	double least = 1e12;
	long len = 0;

	for (int i = 0; i < TURNS && len >= 0; i++) {
		const double before = now();

		len = read_file(path);
		least = now() - before < least ? now() - before : least;
	}
	if (len >= 0)
		printf("%s\t%s\t%ld\t%ld\t%.1f\n", name, unit, count(len, what), len, least);
}

/* One attribute of each cache that is no link. */
static void measure_attributes(void)
{
	double least = 1e12;
	long files = 0;

	for (int i = 0; i < TURNS; i++) {
		DIR *dir = opendir("/sys/kernel/slab");
		const struct dirent *entry;
		double spent = 0;

		files = 0;
		while (dir && (entry = readdir(dir))) {
			char path[600];
			double before;

			if (entry->d_type != DT_DIR || *entry->d_name == '.')
				continue;
			snprintf(path, sizeof(path), "/sys/kernel/slab/%s/reclaim_account", entry->d_name);
			before = now();
			files += read_file(path) > 0;
			spent += now() - before;
		}
		if (dir)
			closedir(dir);
		least = spent < least ? spent : least;
	}
	printf("sysfs\tattribute\t%ld\t0\t%.1f\n", files, least);
}

/* As many processes as the machine makes, in one group, whose number is returned. */
static pid_t make_processes(void)
{
	pid_t group = 0, child;

	for (int made = 0; made < PROCESSES; made++) {
		child = fork();
		if (child < 0)
			break;
		if (!child) {
			setpgid(0, group);
			pause();
			_exit(0);
		}
		group = group ? group : child;
		setpgid(child, group);
	}
	return group;
}

int main(void)
{
	pid_t group;

	measure("meminfo", "/proc/meminfo", "line", "\n");
	measure("vmstat", "/proc/vmstat", "line", "\n");
	measure("buddyinfo", "/proc/buddyinfo", "zone", "zone");
	measure("zoneinfo", "/proc/zoneinfo", "per-CPU list", "cpu: ");
	measure("pagetypeinfo", "/proc/pagetypeinfo", "zone", "Unmovable ");
	measure("pressure", "/proc/pressure/memory", "line", "\n");
	measure("slabinfo", "/proc/slabinfo", "cache", " : slabdata");
	measure("vmallocinfo", "/proc/vmallocinfo", "area", "\n");
	measure_attributes();
	group = make_processes();
	measure("more vmallocinfo", "/proc/vmallocinfo", "area", "\n");
	if (group)
		kill(-group, SIGKILL);
	while (wait(NULL) > 0)
		;
	return 0;
}
