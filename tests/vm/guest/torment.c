// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * torment probes [FEW]: asks /dev/kmeminfo for every API at sizes around every limit, with every
 *	single GFP bit and the common masks, on nodes that exist and that do not, prepared and
 *	repeated.  Each must be answered: granted, or refused with a reason in words.
 * torment hostile: calls that no honest program makes, from wrong ioctls to structs that end
 *	in unmapped memory.  Each must fail, with an error that fits, and change nothing.
 *
 * Prints what it counted; status 1 when an answer was not what it must be.  What the kernel
 * itself says to all this, the caller looks up in its log.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "kmeminfo-uapi.h"

#define DEVICE	   "/dev/kmeminfo"
#define LENGTH(a)  (sizeof(a) / sizeof((a)[0]))
#define GFP_KERNEL 0xcc0u /* since 5.1 */

struct tally {
	int fd;
	unsigned int asked, wrong, verdicts[KMEMINFO_REFUSED + 1];
};

static void __attribute__((format(printf, 2, 3))) wrong(struct tally *tally, const char *format, ...)
{
	va_list args;

	if (tally->wrong++ > 20)
		return;
	va_start(args, format);
	printf("wrong: ");
	vprintf(format, args);
	printf("\n");
	va_end(args);
}

/* Makes a request; the answer must have a known verdict, a reason for a refusal, and the requested size. */
static void ask(struct tally *tally, struct kmeminfo_probe *probe)
{
	const struct kmeminfo_probe asked = *probe;
	int status;

	probe->size = sizeof(*probe);
	status = ioctl(tally->fd, KMEMINFO_PROBE, probe);
	tally->asked++;
	if (status)
		wrong(tally, "api %u bytes %llu gfp %#x node %d: %s", asked.api, asked.bytes, asked.gfp,
		      asked.node, strerror(errno));
	else if (probe->verdict > KMEMINFO_REFUSED)
		wrong(tally, "api %u: verdict %u", asked.api, probe->verdict);
	else if (probe->verdict != KMEMINFO_GRANTED && !probe->why[0])
		wrong(tally, "api %u bytes %llu gfp %#x: no word of why", asked.api, asked.bytes, asked.gfp);
	else if (probe->verdict == KMEMINFO_GRANTED && probe->usable_bytes < asked.bytes)
		wrong(tally, "api %u: %llu bytes asked, %llu got", asked.api, asked.bytes,
		      probe->usable_bytes);
	else
		tally->verdicts[probe->verdict]++;
	*probe = asked;
}

static const unsigned long long sizes[] = {
	0, 1, 7, 8, 9, 100, 192, 193, 4000, 4095, 4096, 4097, 8192, 8193, 12288, 16384, 16385, 32769, 65536,
	65537, 131072, 131073, 1 << 20, (1 << 20) + 1, 4 << 20, (4 << 20) + 1, 16 << 20, 32 << 20,
	(32 << 20) + 1, 64 << 20, (64 << 20) + 1, 1ull << 31, 1ull << 32, (1ull << 32) + 1, 1ull << 40,
	1ull << 63, ~0ull - 4095, ~0ull
};

static void ask_sizes(struct tally *tally, struct kmeminfo_probe *probe, unsigned int few)
{
	for (unsigned int i = 0; i < LENGTH(sizes); i += few) {
		probe->bytes = sizes[i];
		for (probe->prepare = 0; probe->prepare < 8; probe->prepare += few)
			ask(tally, probe);
		probe->prepare = 0;
	}
}

static void ask_odd(struct tally *tally, struct kmeminfo_probe *probe)
{
	static const int nodes[] = { 0, 1, 2, 63, 64, 1023, 1024, 0x7fffffff, -2, -0x7fffffff - 1 };
	static const unsigned int repeats[] = { 0, 3, 1024, 1025, ~0u };

	for (unsigned int i = 0; i < LENGTH(nodes); i++) {
		probe->node = nodes[i];
		ask(tally, probe);
	}
	probe->node = -1;
	for (unsigned int i = 0; i < LENGTH(repeats); i++) {
		probe->repeat = repeats[i];
		ask(tally, probe);
	}
	probe->repeat = 1;
	for (unsigned int bit = 3; bit < 32; bit++) {
		probe->prepare = 1u << bit;
		ask(tally, probe);
	}
	probe->prepare = 0;
}

static void ask_flags(struct tally *tally, struct kmeminfo_probe *probe)
{
	static const unsigned long long some[] = { 100, 9000, 300000 };

	for (unsigned int i = 0; i < LENGTH(some); i++) {
		probe->bytes = some[i];
		for (unsigned int bit = 0; bit < 32; bit++) {
			probe->gfp = 1u << bit;
			ask(tally, probe);
			probe->gfp = GFP_KERNEL | 1u << bit;
			ask(tally, probe);
			/* Pairs of the zone modifiers and what else is lowest */
			probe->gfp = GFP_KERNEL | (bit & 15);
			ask(tally, probe);
		}
		probe->gfp = ~0u;
		ask(tally, probe);
		probe->gfp = 0;
		ask(tally, probe);
	}
	probe->gfp = GFP_KERNEL;
}

static void probes(struct tally *tally, unsigned int few)
{
	/* Two APIs that do not exist are asked as well */
	for (unsigned int api = 0; api < KMEMINFO_API_COUNT + 2; api++) {
		struct kmeminfo_probe probe = { .api = api, .gfp = GFP_KERNEL, .node = -1, .repeat = 1 };

		ask_sizes(tally, &probe, few);
		probe.bytes = 100;
		ask_odd(tally, &probe);
		ask_flags(tally, &probe);
	}
	printf("probes: %u asked, %u granted, %u partly, %u denied, %u beyond a limit, %u refused\n",
	       tally->asked, tally->verdicts[KMEMINFO_GRANTED], tally->verdicts[KMEMINFO_PARTLY],
	       tally->verdicts[KMEMINFO_DENIED], tally->verdicts[KMEMINFO_LIMIT],
	       tally->verdicts[KMEMINFO_REFUSED]);
	if (!tally->verdicts[KMEMINFO_GRANTED] || !tally->verdicts[KMEMINFO_REFUSED])
		wrong(tally, "nothing granted, or nothing refused");
}

/* The call must have failed with one of the errors, 0-terminated. */
static void failed(struct tally *tally, const char *what, long status, const int errors[])
{
	const int got = status < 0 ? errno : 0;

	tally->asked++;
	for (; *errors; errors++)
		if (got == *errors)
			return;
	wrong(tally, "%s: %s", what, got ? strerror(got) : "succeeded");
}

#define FAILED(tally, call, ...) failed(tally, #call, (long)(call), (const int[]){ __VA_ARGS__, 0 })

/* A struct at the very end of mapped memory, cut to its first len bytes. */
static void *at_edge(char *end, size_t len, unsigned int size)
{
	struct kmeminfo_probe probe = { .size = size, .bytes = 100, .gfp = GFP_KERNEL, .node = -1 };

	return memcpy(end - len, &probe, len);
}

static void hostile_structs(struct tally *tally)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), whole = sizeof(struct kmeminfo_probe);
	char *end = (char *)mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
		    + page;
	const int fd = tally->fd;

	munmap(end, page);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, NULL), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, (void *)8), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, (void *)-4096L), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, end), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, 2, 0)), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, 4, (unsigned int)whole)), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, 40, (unsigned int)whole)), EFAULT);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, whole - 1, (unsigned int)whole)), EFAULT);
	for (unsigned int size = 0; size < KMEMINFO_PROBE_MIN; size++)
		FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, whole, size)), EINVAL);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, whole, (unsigned int)page + 1)), EINVAL);
	FAILED(tally, ioctl(fd, KMEMINFO_PROBE, at_edge(end, whole, ~0u)), EINVAL);
	munmap(end - page, page);
}

static void hostile_calls(struct tally *tally)
{
	const int fd = tally->fd;
	char buf[64] = "api=kmalloc bytes=100\n";

	FAILED(tally, write(fd, buf, sizeof(buf)), EINVAL, ENOTTY, EBADF);
	FAILED(tally, syscall(SYS_write, fd, 8L, 1L << 30), EINVAL, EFAULT, EBADF);
	FAILED(tally, read(fd, buf, sizeof(buf)), EINVAL, EBADF);
	FAILED(tally, pwrite(fd, buf, sizeof(buf), 1ll << 40), EINVAL, ESPIPE, EBADF);
	FAILED(tally, ftruncate(fd, 0), EINVAL);
	FAILED(tally, mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0), ENODEV);
	for (unsigned int i = 0; i < 2000; i++) {
		const unsigned int command = (unsigned int)random() ^ (unsigned int)random() << 16;

		if (command != KMEMINFO_PROBE)
			FAILED(tally, ioctl(fd, command, buf), ENOTTY, EINVAL, EFAULT, EBADF, EPERM);
	}
}

/* Random bytes with a sound size: answered, or an error; never worse. */
static void hostile_noise(struct tally *tally)
{
	for (unsigned int i = 0; i < 3000; i++) {
		struct kmeminfo_probe probe;
		unsigned char *bytes = (unsigned char *)&probe;

		for (size_t at = 0; at < sizeof(probe); at++)
			bytes[at] = (unsigned char)(random() >> 7);
		probe.size = sizeof(probe);
		if (i % 2)
			probe.api %= KMEMINFO_API_COUNT;
		if (i % 3)
			probe.bytes %= 1 << 22;
		if (i % 5)
			probe.gfp &= 0xdff;
		if (i % 7)
			probe.node = -1;
		probe.prepare &= 7;
		probe.repeat &= 15;
		tally->asked++;
		if (ioctl(tally->fd, KMEMINFO_PROBE, &probe) && errno != EINVAL)
			wrong(tally, "noise %u: %s", i, strerror(errno));
	}
}

/* An old caller's struct, and a newer one with and without something in its unknown end. */
static void hostile_versions(struct tally *tally)
{
	union {
		struct kmeminfo_probe probe;
		unsigned char bytes[sizeof(struct kmeminfo_probe) + 64];
	} any;

	for (unsigned int i = 0; i < 3; i++) {
		memset(&any, 0, sizeof(any));
		any.probe = (struct kmeminfo_probe){ .bytes = 100, .gfp = GFP_KERNEL, .node = -1 };
		any.probe.size = i ? sizeof(any) : KMEMINFO_PROBE_MIN;
		any.bytes[sizeof(any) - 1] = i == 2;
		tally->asked++;
		if (ioctl(tally->fd, KMEMINFO_PROBE, &any))
			wrong(tally, "caller's version %u: %s", i, strerror(errno));
		else if (any.probe.size != sizeof(any.probe))
			wrong(tally, "caller's version %u: told size %u", i, any.probe.size);
		else if (any.probe.reason != (i == 2 ? KMEMINFO_REASON_NEWER : KMEMINFO_REASON_NONE))
			wrong(tally, "caller's version %u: reason %u", i, any.probe.reason);
	}
}

/* A descriptor that root opened and a user holds: the right to probe is asked at each call. */
static void hostile_user(struct tally *tally)
{
	struct kmeminfo_probe probe = { .size = sizeof(probe), .bytes = 100, .gfp = GFP_KERNEL, .node = -1 };
	int status;

	if (!fork()) {
		struct tally mine = { .fd = tally->fd };

		if (setgid(1000) || setuid(1000))
			_exit(1);
		FAILED(&mine, ioctl(mine.fd, KMEMINFO_PROBE, &probe), EPERM);
		FAILED(&mine, open(DEVICE, O_RDWR), EACCES, EPERM);
		fflush(stdout);
		_exit(!!mine.wrong);
	}
	wait(&status);
	tally->asked += 2;
	if (status)
		wrong(tally, "a user may probe with a descriptor of root's");
}

static void hostile(struct tally *tally)
{
	hostile_structs(tally);
	hostile_calls(tally);
	hostile_noise(tally);
	hostile_versions(tally);
	hostile_user(tally);
	/* An open device holds the module */
	FAILED(tally, syscall(SYS_delete_module, "kmeminfo", O_NONBLOCK), EAGAIN, EBUSY, EWOULDBLOCK);
	printf("hostile: %u calls\n", tally->asked);
}

int main(int argc, char **argv)
{
	struct tally tally = { .fd = open(DEVICE, O_RDWR | O_CLOEXEC) };

	if (tally.fd < 0 || argc < 2) {
		fprintf(stderr, "torment: %s\n", argc < 2 ? "usage" : strerror(errno));
		return 2;
	}
	srandom(1);
	if (!strcmp(argv[1], "hostile"))
		hostile(&tally);
	else
		probes(&tally, argc > 2 ? 3 : 1);
	if (tally.wrong)
		printf("%u wrong\n", tally.wrong);
	return !!tally.wrong;
}
