// SPDX-License-Identifier: GPL-2.0-or-later
/* Allocates memory of a known kind, and expects the module to find as much more of it. */
#include <fcntl.h>
#include <linux/io_uring.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "truth-load.h"

static void load_anon(void)
{
	struct snapshot before = look("anon", 0, NULL), after;
	char *at = map(32 * MIB, MADV_NOHUGEPAGE);

	memset(at, 1, 32 * MIB);
	after = look("anon", 0, NULL);
	more("loads: 32 MiB of anonymous memory", before.class.pages, after.class.pages,
	     32 * (number)MIB / page_bytes);
	more("loads: they are single pages", before.order, after.order, 32 * (number)MIB / page_bytes);
	munmap(at, 32 * MIB);
}

static void load_thp(void)
{
	struct snapshot before, after;
	char *at;

	if (page_bytes != 4096 || access("/sys/kernel/mm/transparent_hugepage/enabled", W_OK)) {
		skip("loads: transparent huge pages", "none here");
		return;
	}
	write_text("/sys/kernel/mm/transparent_hugepage/enabled", "madvise");
	write_text("/sys/kernel/mm/transparent_hugepage/defrag", "madvise");
	before = look("anon", 9, NULL);
	at = map(16 * MIB, MADV_HUGEPAGE);
	memset(at, 1, 16 * MIB);
	after = look("anon", 9, NULL);
	more("loads: transparent huge pages are of order 9", before.order, after.order, 16 * (number)MIB / 4096);
	verdict(after.structs - before.structs < 2000, "loads: transparent huge pages are stepped over",
		"%lld more struct pages are read for 4,096", after.structs - before.structs);
	munmap(at, 16 * MIB);
}

static void load_shmem(void)
{
	struct snapshot before = look("shmem", -1, "tmpfs"), after;
	int fd = memfd_create("load", 0);
	char *at;

	if (ftruncate(fd, 160 * MIB))
		return;
	at = (char *)mmap(NULL, 160 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	madvise(at, 160 * MIB, MADV_NOHUGEPAGE);
	memset(at, 1, 160 * MIB);
	after = look("shmem", -1, "tmpfs");
	more("loads: 160 MiB of shared memory", before.class.pages, after.class.pages, 160 * (number)MIB / page_bytes);
	more("loads: it is of tmpfs", before.fs, after.fs, 160 * (number)MIB / page_bytes);
	check_rests();
	munmap(at, 160 * MIB);
	close(fd);
}

/* Pages of two kinds in turn lie side by side, for they come from the same list of a CPU. */
static void load_mixed(void)
{
	struct snapshot anon = look("anon", -1, NULL), shmem = look("shmem", -1, NULL);
	number pages = 8 * (number)MIB / page_bytes;
	char *one = map(8 * MIB, MADV_NOHUGEPAGE), *two;
	int fd = memfd_create("mixed", 0);

	if (ftruncate(fd, 8 * MIB))
		return;
	two = (char *)mmap(NULL, 8 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	madvise(two, 8 * MIB, MADV_NOHUGEPAGE);
	for (number i = 0; i < pages; i++)
		one[i * page_bytes] = two[i * page_bytes] = 1;
	more("loads: anonymous pages beside shared ones", anon.class.pages, look("anon", -1, NULL).class.pages, pages);
	more("loads: shared pages beside anonymous ones", shmem.class.pages, look("shmem", -1, NULL).class.pages, pages);
	munmap(one, 8 * MIB);
	munmap(two, 8 * MIB);
	close(fd);
}

/* The zero page in every 2 MiB: nothing but page tables. Larger pages have tables of larger spans. */
static void load_tables(void)
{
	struct snapshot before, after;
	size_t span = (size_t)page_bytes / 8 * (size_t)page_bytes;
	char *at;

	if (page_bytes != 4096)
		span = 0;
	if (!span) {
		skip("loads: page tables", "pages are not of 4 KiB");
		return;
	}
	before = look("pagetable", -1, NULL);
	at = map(600 * span, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < 600; i++)
		(void)*(volatile char *)(at + i * span);
	after = look("pagetable", -1, NULL);
	more("loads: 600 page tables", before.class.pages, after.class.pages, 600);
	munmap(at, 600 * span);
}

static void load_hugetlb(void)
{
	struct snapshot before = look("hugetlb", 9, NULL), after;
	number had = value_of("/proc/meminfo", "HugePages_Total"), now;
	char text[32];

	if (had < 0 || page_bytes != 4096) {
		skip("loads: the huge page pool", "none here");
		return;
	}
	snprintf(text, sizeof(text), "%lld", had + 4);
	write_text("/proc/sys/vm/nr_hugepages", text);
	now = value_of("/proc/meminfo", "HugePages_Total");
	after = look("hugetlb", 9, NULL);
	more("loads: huge pages of the pool", before.order, after.order, (now - had) * 512);
	snprintf(text, sizeof(text), "%lld", had);
	write_text("/proc/sys/vm/nr_hugepages", text);
}

/* /tmp/disk, where a file system is mounted whose type is in /tmp/disk.type */
static void load_file(void)
{
	char *type = slurp("/tmp/disk.type"), *block = calloc(1, MIB);
	struct snapshot before, after;
	int fd;

	if (!type) {
		skip("loads: page cache", "no disk here");
		free(block);
		return;
	}
	type[strcspn(type, "\n")] = 0;
	before = look("file", -1, type);
	fd = open("/tmp/disk/load", O_RDWR | O_CREAT | O_TRUNC, 0600);
	for (int i = 0; i < 12; i++)
		if (write(fd, block, MIB) < 0)
			break;
	after = look("file", -1, type);
	more("loads: 12 MiB of page cache", before.class.pages, after.class.pages, 12 * (number)MIB / page_bytes);
	more("loads: it is of its file system", before.fs, after.fs, 12 * (number)MIB / page_bytes);
	close(fd);
	unlink("/tmp/disk/load");
	free(type);
	free(block);
}

static void load_pinned(void)
{
	struct io_uring_params params = { 0 };
	int ring = (int)syscall(__NR_io_uring_setup, 4, &params);
	struct snapshot before, after;
	struct iovec buffer = { .iov_base = map(4 * MIB, MADV_NOHUGEPAGE), .iov_len = 4 * MIB };

	if (ring < 0) {
		skip("loads: pinned memory", "no io_uring here");
		return;
	}
	memset(buffer.iov_base, 1, buffer.iov_len);
	before = look("anon", -1, NULL);
	if (syscall(__NR_io_uring_register, ring, IORING_REGISTER_BUFFERS, &buffer, 1)) {
		skip("loads: pinned memory", "no buffers are registered here");
	} else {
		after = look("anon", -1, NULL);
		more("loads: 4 MiB pinned for DMA", before.class.pinned, after.class.pinned,
		     4 * (number)MIB / page_bytes);
	}
	close(ring);
	munmap(buffer.iov_base, buffer.iov_len);
}

#define GROUP "/tmp/cgroup/load"

/* A full pipe of 1 MiB: pages of the kernel that are charged to whom it belongs. */
static void fill_pipe(void)
{
	static char bytes[MIB];
	int ends[2];

	if (!pipe(ends) && fcntl(ends[1], F_SETPIPE_SZ, (int)MIB) > 0 && write(ends[1], bytes, MIB) < 0)
		_exit(1);
}

/* A child in a memory cgroup takes memory; what it leaves in a file belongs to the group that is gone. */
static void take_in_group(int fd, int ready, int go)
{
	char *at;

	if (!write_text(GROUP "/cgroup.procs", "0"))
		_exit(1);
	at = map(8 * MIB, MADV_NOHUGEPAGE);
	memset(at, 1, 8 * MIB);
	at = (char *)mmap(NULL, 8 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(at, 1, 8 * MIB);
	fill_pipe();
	if (write(ready, "x", 1) != 1 || read(go, at, 1) < 0)
		_exit(1);
	_exit(0);
}

/* Since 7.1 or so the pages of a removed group go to its parent. */
static bool dead_or_reparented(number before, number after)
{
	number expected = 8 * (number)MIB / page_bytes;

	return (after - before > expected - 64 && after - before < expected + 64) || after <= 64;
}

static void load_groups(void)
{
	struct snapshot anon = look("anon", -1, NULL), shmem = look("shmem", -1, NULL), now;
	struct snapshot kernel = look("charged", -1, NULL);
	int fd = memfd_create("group", 0), ready[2], go[2];
	pid_t child;
	char c;

	mkdir("/tmp/cgroup", 0700);
	mount("cgroup2", "/tmp/cgroup", "cgroup2", 0, NULL);
	if (!write_text("/tmp/cgroup/cgroup.subtree_control", "+memory") || (mkdir(GROUP, 0700) && 0) ||
	    anon.class.charged < 0 || ftruncate(fd, 8 * MIB) || pipe(ready) || pipe(go)) {
		skip("loads: memory cgroups", "none here");
		return;
	}
	child = fork();
	if (!child)
		take_in_group(fd, ready[1], go[0]);
	close(ready[1]);
	if (read(ready[0], &c, 1) != 1) {
		verdict(false, "loads: memory cgroups", "the child did not get into its group");
		return;
	}
	now = look("anon", -1, NULL);
	more("loads: 8 MiB charged to a memory cgroup", anon.class.charged, now.class.charged,
	     8 * (number)MIB / page_bytes);
	agree("loads: none is charged to a removed one", now.class.dead, anon.class.dead, 0);
	more("loads: a pipe of 1 MiB is kernel memory charged to it", kernel.class.pages,
	     look("charged", -1, NULL).class.pages, (number)MIB / page_bytes);
	if (write(go[1], "x", 1) != 1)
		return;
	waitpid(child, NULL, 0);
	for (int i = 0; i < 50 && rmdir(GROUP); i++)
		usleep(20000);
	/* the group goes offline a while after its folder is gone */
	for (int i = 0; i < 20; i++) {
		usleep(50000);
		now = look("shmem", -1, NULL);
		if (now.class.dead - shmem.class.dead >= 8 * (number)MIB / page_bytes)
			break;
	}
	verdict(dead_or_reparented(shmem.class.dead, now.class.dead), "loads: 8 MiB charged to a removed memory cgroup",
		"%lld, then %lld", shmem.class.dead, now.class.dead);
	close(fd);
}

void check_loads(void)
{
	page_bytes = sysconf(_SC_PAGESIZE);
	load_anon();
	load_thp();
	load_shmem();
	load_mixed();
	load_tables();
	load_hugetlb();
	load_file();
	load_pinned();
	load_groups();
	load_kernel();
	load_marks();
	load_mapped();
	load_zsmalloc();
	load_poison();
}
