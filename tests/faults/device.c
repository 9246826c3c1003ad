// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loaded before libc (LD_PRELOAD), plays the helper module on a machine without it: its files are those of a capture,
 * KM_MODULE_FILES, and every probe gets the memory that it requests, at once and contiguous. KM_DEVICE_REFUTES=1: no fact is true.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "kmeminfo-uapi.h"

enum { DEVICE_FD = 900, PAGE = 4096 };

static const char device[] = "/dev/kmeminfo", folder[] = "proc/kmeminfo/";

static void play(struct kmeminfo_probe *probe)
{
	const char *refutes = getenv("KM_DEVICE_REFUTES");

	probe->granted = probe->repeat;
	probe->usable_bytes = probe->bytes < PAGE ? PAGE : probe->bytes;
	probe->runs_min = probe->runs_max = 1;
	for (unsigned int i = 0; i < KMEMINFO_FACT_COUNT; i++)
		*(refutes ? &probe->facts[i].no : &probe->facts[i].yes) = probe->repeat;
}

int access(const char *path, int mode)
{
	int (*real)(const char *, int) = (int (*)(const char *, int))dlsym(RTLD_NEXT, "access");

	return strcmp(path, device) ? real(path, mode) : 0;
}

int open(const char *path, int flags, ...)
{
	int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
	va_list args;
	int mode;

	va_start(args, flags);
	mode = va_arg(args, int);
	va_end(args);
	if (strcmp(path, device))
		return real(path, flags, mode);
	/* where a confined process may write nothing, it cannot open the device either */
	return dup2(real("/dev/null", O_RDWR), DEVICE_FD);
}

int openat(int at, const char *path, int flags, ...)
{
	int (*real)(int, const char *, int, ...) = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
	char other[4096];
	va_list args;
	int mode;

	va_start(args, flags);
	mode = va_arg(args, int);
	va_end(args);
	if (strncmp(path, folder, strlen(folder)))
		return real(at, path, flags, mode);
	snprintf(other, sizeof(other), "%s/%s", getenv("KM_MODULE_FILES"), path + strlen(folder));
	return real(AT_FDCWD, other, flags, mode);
}

/* What openat() without a mode becomes where calls are fortified. */
int __openat_2(int at, const char *path, int flags);
int __openat_2(int at, const char *path, int flags)
{
	return openat(at, path, flags, 0);
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*real)(int, unsigned long, ...) = (int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
	va_list args;
	void *argument;

	va_start(args, request);
	argument = va_arg(args, void *);
	va_end(args);
	if (fd != DEVICE_FD || request != KMEMINFO_PROBE)
		return real(fd, request, argument);
	play(argument);
	return 0;
}
