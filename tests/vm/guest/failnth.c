// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * failnth load FILE [PARAMETERS]: loads the helper module again and again, each time with the
 * next allocation of the call failing (/proc/self/fail-nth, k5.10:lib/fault-inject.c), until a
 * call had fewer allocations than that. What loads is read and unloaded.
 * failnth read FILE...: the same for opening and reading each file.
 * failnth probe: the same for one probe of each API.
 *
 * A shell cannot do this: its own allocations would fail first. Errors that an allocation
 * that failed explains are expected; any other ends the program with status 1.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "kmeminfo-uapi.h"

#define MOST 5000 /* allocations in one call */

static int fail_nth = -1;

static void arm(int n)
{
	dprintf(fail_nth, "%d", n);
}

/* True when the armed failure has happened; disarms. */
static int happened(void)
{
	char text[16] = "";
	int left;

	if (pread(fail_nth, text, sizeof(text) - 1, 0) < 0)
		perror("fail-nth");
	left = atoi(text);
	arm(0);
	return !left;
}

static int die(const char *what, int n)
{
	fprintf(stderr, "failnth: %s, failure %d: %s\n", what, n, strerror(errno));
	return 1;
}

/* 0, or -1 with errno. */
static int read_all(const char *path)
{
	static char buf[65536];
	int fd = open(path, O_RDONLY | O_CLOEXEC), saved;
	ssize_t got;

	if (fd < 0)
		return -1;
	do
		got = read(fd, buf, sizeof(buf));
	while (got > 0);
	saved = errno;
	close(fd);
	errno = saved;
	return got < 0 ? -1 : 0;
}

static int read_directory(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[300];
	int status = 0;

	/* A load that went on without its files is for the module to justify, not for us */
	if (!dir)
		return 0;
	while (!status && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		status = read_all(name);
	}
	closedir(dir);
	return status;
}

static int load(const char *file, const char *parameters)
{
	int n, hit = 1, loaded = 0, refused = 0;

	for (n = 1; hit && n < MOST; n++) {
		int fd = open(file, O_RDONLY | O_CLOEXEC), status;

		if (fd < 0)
			return die(file, n);
		arm(n);
		status = (int)syscall(SYS_finit_module, fd, parameters, 0);
		hit = happened();
		close(fd);
		if (status && errno != ENOMEM)
			return die("loading", n);
		if (status) {
			refused++;
			continue;
		}
		loaded++;
		if (read_directory("/proc/kmeminfo"))
			return die("reading after a load", n);
		if (syscall(SYS_delete_module, "kmeminfo", O_NONBLOCK))
			return die("unloading", n);
	}
	printf("load: %d failures, %d loaded all the same, %d refused\n", n - 2, loaded - 1, refused);
	return hit || !loaded;
}

static int read_one(const char *path)
{
	int n, hit = 1, refused = 0;

	for (n = 1; hit && n < MOST; n++) {
		int status;

		arm(n);
		status = read_all(path);
		hit = happened();
		if (status && errno != ENOMEM)
			return die(path, n);
		refused += !!status;
	}
	printf("%s: %d failures, %d refused\n", path, n - 2, refused);
	return hit;
}

static int probe_one(int fd, unsigned int api)
{
	int n, hit = 1, errors = 0, denied = 0;

	for (n = 1; hit && n < MOST; n++) {
		struct kmeminfo_probe probe = {
			.size = sizeof(probe), .api = api, .gfp = 0xcc0 /* GFP_KERNEL since 5.1 */, .node = -1,
			.bytes = api == KMEMINFO_API_GET_ZEROED_PAGE || api == KMEMINFO_API_KMEM_CACHE_ALLOC
				 ? 2000 : 9000,
			.prepare = KMEMINFO_PREPARE_DIRTY | KMEMINFO_PREPARE_HOLD, .repeat = 2,
		};
		int status;

		arm(n);
		status = ioctl(fd, KMEMINFO_PROBE, &probe);
		hit = happened();
		if (status && errno != ENOMEM)
			return die("probe", n);
		errors += !!status;
		denied += !status && probe.verdict != KMEMINFO_GRANTED;
	}
	printf("api %u: %d failures, %d errors, %d denied\n", api, n - 2, errors, denied);
	return hit;
}

static int probe_all(void)
{
	int fd = open("/dev/kmeminfo", O_RDWR | O_CLOEXEC), status = 0;

	if (fd < 0)
		return die("/dev/kmeminfo", 0);
	for (unsigned int api = 0; api < KMEMINFO_API_COUNT; api++)
		status |= probe_one(fd, api);
	return status;
}

int main(int argc, char **argv)
{
	int status = 0;

	fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	if (fail_nth < 0 || argc < 2) {
		fprintf(stderr, "failnth: %s\n", argc < 2 ? "usage" : "no fault injection here");
		return 2;
	}
	if (!strcmp(argv[1], "probe"))
		return probe_all();
	if (!strcmp(argv[1], "load") && argc > 2)
		return load(argv[2], argc > 3 ? argv[3] : "");
	for (int i = 2; i < argc; i++)
		status |= read_one(argv[i]);
	return status;
}
