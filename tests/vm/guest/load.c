// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Takes memory of one kind as programs do, says how many bytes, and holds it until it is killed:  load KIND MIB
 * The kinds are in the table at the end. What a process needs for itself is some 30 pages.
 */
#include <fcntl.h>
#include <linux/bpf.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1ul << 20)

enum { MOST_FILES = 4096 };

static size_t page_bytes;

static char *map(size_t bytes, int flags, int fd)
{
	void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

static void fill(char *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i += page_bytes)
		at[i] = 1;
}

static size_t load_anonymous(size_t bytes)
{
	char *at = map(bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (!at)
		return 0;
	madvise(at, bytes, MADV_NOHUGEPAGE);
	fill(at, bytes);
	return bytes;
}

static size_t load_huge(size_t bytes)
{
	char *at = map(bytes + 2 * MIB, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (!at)
		return 0;
	at += -(unsigned long)at & (2 * MIB - 1);
	madvise(at, bytes, MADV_HUGEPAGE);
	fill(at, bytes);
	return bytes;
}

static size_t load_locked(size_t bytes)
{
	char *at = map(bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_MEMLOCK, &all);
	if (!at)
		return 0;
	madvise(at, bytes, MADV_NOHUGEPAGE);
	return mlock(at, bytes) ? 0 : bytes;
}

static size_t load_tmpfs(size_t bytes)
{
	int fd = memfd_create("load", 0);
	char *at = fd < 0 || ftruncate(fd, (off_t)bytes) ? NULL : map(bytes, MAP_SHARED, fd);

	if (!at)
		return 0;
	madvise(at, bytes, MADV_NOHUGEPAGE);
	fill(at, bytes);
	return bytes;
}

static size_t load_sysv(size_t bytes)
{
	int id = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
	char *at = id < 0 ? (char *)-1 : shmat(id, NULL, 0);

	if (at == (char *)-1)
		return 0;
	shmctl(id, IPC_RMID, NULL);
	fill(at, bytes);
	return bytes;
}

static size_t load_hugetlb(size_t bytes)
{
	char *at = map(bytes, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);

	if (!at)
		return 0;
	fill(at, bytes);
	return bytes;
}

/* The zero page in every piece that one page table maps: nothing but page tables. */
static size_t load_tables(size_t bytes)
{
	size_t span = page_bytes / 8 * page_bytes, tables = bytes / page_bytes;
	char *at = mmap(NULL, tables * span, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		return 0;
	madvise(at, tables * span, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < tables; i++)
		(void)*(volatile char *)(at + i * span);
	return tables * page_bytes;
}

static size_t load_cache(size_t bytes)
{
	int fd = open("/tmp/disk/load", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *block = calloc(1, MIB);

	if (fd < 0 || !block)
		return 0;
	for (size_t i = 0; i < bytes / MIB; i++)
		if (write(fd, block, MIB) != (ssize_t)MIB)
			return 0;
	fsync(fd);
	free(block);
	return bytes;
}

static void want_files(void)
{
	struct rlimit many = { 2 * MOST_FILES + 64, 2 * MOST_FILES + 64 };

	setrlimit(RLIMIT_NOFILE, &many);
}

/* 16 pages in each pipe, none of them gifted: each is written on its own. */
static size_t load_pipes(size_t bytes)
{
	static char page[65536];
	size_t taken = 0;
	int ends[2];

	want_files();
	while (taken < bytes && !pipe(ends)) {
		for (size_t i = 0; i < 16; i++)
			if (write(ends[1], page, page_bytes) != (ssize_t)page_bytes)
				return taken;
		taken += 16 * page_bytes;
	}
	return taken;
}

/* Messages of 32 KiB and a page lie in blocks of pages that belong to the socket's buffers. */
static size_t load_sockets(size_t bytes)
{
	const size_t each = 32768 + page_bytes;
	char *message = calloc(1, each);
	size_t taken = 0;
	int ends[2];

	want_files();
	while (message && taken < bytes && !socketpair(AF_UNIX, SOCK_DGRAM, 0, ends))
		for (int i = 0; i < 4 && send(ends[1], message, each, MSG_DONTWAIT) == (ssize_t)each; i++)
			taken += each;
	free(message);
	return taken;
}

static size_t load_bpf(size_t bytes)
{
	union bpf_attr map_of = { .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4096 };
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_MEMLOCK, &all);
	map_of.max_entries = (unsigned int)(bytes / 4096);
	return syscall(SYS_bpf, BPF_MAP_CREATE, &map_of, sizeof(map_of)) < 0 ? 0 : bytes;
}

static void *wait_here(void *unused)
{
	(void)unused;
	pause();
	return NULL;
}

/* Threads of this process; bytes of their kernel stacks, 16 KiB each. */
static size_t load_threads(size_t bytes)
{
	enum { STACK = 16384 };
	pthread_attr_t attr;
	size_t taken = 0;
	pthread_t thread;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	for (; taken < bytes && !pthread_create(&thread, &attr, wait_here, NULL); taken += STACK)
		;
	return taken;
}

static size_t load_none(size_t bytes)
{
	(void)bytes;
	return 0;
}

static const struct {
	const char *name;
	size_t (*load)(size_t bytes);
} loads[] = {
	{ "none", load_none },
	{ "anonymous", load_anonymous },
	{ "huge", load_huge },
	{ "locked", load_locked },
	{ "tmpfs", load_tmpfs },
	{ "sysv", load_sysv },
	{ "hugetlb", load_hugetlb },
	{ "tables", load_tables },
	{ "cache", load_cache },
	{ "pipes", load_pipes },
	{ "sockets", load_sockets },
	{ "bpf", load_bpf },
	{ "threads", load_threads },
};

int main(int argc, char **argv)
{
	page_bytes = (size_t)sysconf(_SC_PAGESIZE);
	for (size_t i = 0; argc == 3 && i < sizeof(loads) / sizeof(*loads); i++) {
		if (strcmp(loads[i].name, argv[1]))
			continue;
		printf("%zu\n", loads[i].load(strtoul(argv[2], NULL, 10) * MIB));
		fflush(stdout);
		for (;;)
			pause();
	}
	fprintf(stderr, "usage: load KIND MIB\n");
	return 2;
}
