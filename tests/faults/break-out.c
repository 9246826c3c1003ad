// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What code would try that a hostile capture has taken over: loaded before libc (LD_PRELOAD), the
 * first read() or pread() of the confined program tries all of it, and says on stderr what worked. KM_WORK is a
 * directory with a file "victim".
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[4096];

static const char *in_work(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", getenv("KM_WORK"), name);
	return path;
}

static bool opens(const char *name, int flags)
{
	long fd = syscall(SYS_openat, AT_FDCWD, name, flags, 0600);

	if (fd >= 0)
		syscall(SYS_close, fd);
	return fd >= 0;
}

static bool opens_anew(const char *name, uint64_t flags)
{
	uint64_t how[3] = { flags, flags & O_CREAT ? 0600 : 0, 0 };
	long fd = syscall(437 /* openat2 */, AT_FDCWD, name, how, sizeof(how));

	if (fd >= 0)
		syscall(SYS_close, fd);
	return fd >= 0;
}

static bool reads_foreign(void) { return opens("/etc/passwd", O_RDONLY); }
static bool reads_foreign_anew(void) { return opens_anew("/etc/passwd", O_RDONLY); }
static bool reads_victim(void) { return opens(in_work("victim"), O_RDONLY); }
static bool lists_root(void) { return opens("/", O_RDONLY | O_DIRECTORY); }
static bool reads_kernel(void) { return opens("/proc/slabinfo", O_RDONLY); }
static bool reads_process(void) { return opens("/proc/1/environ", O_RDONLY) || opens("/proc/1/mem", O_RDONLY); }
static bool creates(void) { return opens(in_work("made"), O_WRONLY | O_CREAT); }
static bool creates_anew(void) { return opens_anew(in_work("made"), O_WRONLY | O_CREAT); }
static bool overwrites(void) { return opens(in_work("victim"), O_WRONLY | O_TRUNC); }
static bool appends(void) { return opens(in_work("victim"), O_RDWR | O_APPEND); }
static bool unlinks(void) { return !unlink(in_work("victim")); }
static bool makes_directory(void) { return !mkdir(in_work("folder"), 0700); }
static bool changes_mode(void) { return !chmod(in_work("victim"), 0777); }
static bool makes_link(void) { return !symlink("/etc", in_work("link")); }

static bool renames(void)
{
	char to[4096];

	snprintf(to, sizeof(to), "%s/moved", getenv("KM_WORK"));
	return !rename(in_work("victim"), to);
}

static bool forks(void)
{
	pid_t child = fork();

	if (!child)
		_exit(0);
	return child > 0 && waitpid(child, NULL, 0) == child;
}

/* Without a child: it replaces the program when it works, and prints. */
static bool runs(void)
{
	char *const arguments[] = { "echo", "done runs", NULL };

	execv("/bin/echo", arguments);
	return false;
}

static bool connects(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool signals_parent(void) { return !kill(getppid(), 0); }
static bool signals_thread(void) { return !syscall(SYS_tgkill, getppid(), getppid(), 0); }
static bool signals_by_queue(void) { return !sigqueue(getppid(), 0, (union sigval){ 0 }); }
static bool signals_itself(void) { return syscall(SYS_tgkill, getpid(), getpid(), 0); }
static bool limits_parent(void) { return !prlimit(getppid(), RLIMIT_CORE, &(struct rlimit){ 0, 0 }, NULL); }
static bool signals_as_owner(void) { int ends[2]; return !pipe(ends) && !fcntl(ends[0], F_SETOWN, getppid()); }
static bool slows_parent(void) { return !setpriority(PRIO_PROCESS, (id_t)getppid(), getpriority(PRIO_PROCESS, (id_t)getppid())); }
static bool shares_memory(void) { return shmget(IPC_PRIVATE, 4096, 0600) >= 0; }
static bool changes_mode_anew(void) { return !syscall(452 /* fchmodat2 */, AT_FDCWD, in_work("victim"), 0777, 0); }
static bool changes_mode_of_open(void) { return !fchmod(1, 0777); }
static bool traces(void) { return !ptrace(PTRACE_TRACEME, 0, 0, 0); }
static bool becomes_another(void) { return !geteuid() && !setresuid(1, 1, 1); }
static bool makes_memory_file(void) { return syscall(SYS_memfd_create, "x", 0) >= 0; }
static bool types(void) { return !ioctl(0, TIOCSTI, "x"); }
static bool changes_console(void) { return !syscall(SYS_syslog, 8 /* a level that does not exist */, NULL, 0) || errno != EPERM; }
static bool mounts(void) { return !syscall(SYS_mount, "none", "/mnt", "tmpfs", 0, NULL); }
static bool changes_root(void) { return !chroot("/"); }
static bool loads_bpf(void) { return syscall(SYS_bpf, 0, NULL, 0) >= 0 || errno != EPERM; }

/* Of the root user: none, or those that reading needs. */
static bool keeps_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	uint64_t all, reading = 1ull << CAP_DAC_READ_SEARCH | 1ull << CAP_SYSLOG | 1ull << CAP_SYS_PTRACE;

	if (syscall(SYS_capget, &header, data))
		return true;
	all = data[0].permitted | (uint64_t)data[1].permitted << 32;
	return all & ~reading;
}

/* More than any capture may take. */
static bool takes_memory(void)
{
	void *memory = mmap(NULL, 5ull << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return memory != MAP_FAILED;
}

static void *in_thread(void *data)
{
	*(bool *)data = forks() || connects();
	return NULL;
}

/* Threads may be started: that must not lead out. */
static bool escapes_by_thread(void)
{
	pthread_t thread;
	bool worked = false;

	return !pthread_create(&thread, NULL, in_thread, &worked) && !pthread_join(thread, NULL) && worked;
}

#define ATTEMPT(function) { #function, function }
static const struct {
	const char *name;
	bool (*works)(void);
} attempts[] = {
	ATTEMPT(reads_foreign), ATTEMPT(reads_foreign_anew), ATTEMPT(reads_victim), ATTEMPT(lists_root),
	ATTEMPT(reads_kernel), ATTEMPT(reads_process),
	ATTEMPT(creates), ATTEMPT(creates_anew), ATTEMPT(overwrites), ATTEMPT(appends),
	ATTEMPT(unlinks), ATTEMPT(makes_directory), ATTEMPT(changes_mode), ATTEMPT(makes_link),
	ATTEMPT(renames), ATTEMPT(forks), ATTEMPT(runs), ATTEMPT(connects), ATTEMPT(signals_parent),
	ATTEMPT(signals_thread), ATTEMPT(signals_by_queue), ATTEMPT(signals_itself), ATTEMPT(limits_parent), ATTEMPT(signals_as_owner),
	ATTEMPT(slows_parent), ATTEMPT(shares_memory), ATTEMPT(changes_mode_anew), ATTEMPT(changes_mode_of_open),
	ATTEMPT(traces), ATTEMPT(becomes_another), ATTEMPT(makes_memory_file), ATTEMPT(types),
	ATTEMPT(changes_console), ATTEMPT(mounts), ATTEMPT(changes_root), ATTEMPT(loads_bpf), ATTEMPT(keeps_capabilities),
	ATTEMPT(takes_memory), ATTEMPT(escapes_by_thread),
};

static void try_all(void)
{
	char line[128];

	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		int len = snprintf(line, sizeof(line), "%s %s\n", attempts[i].works() ? "done" : "denied",
				   attempts[i].name);

		(void)!write(STDERR_FILENO, line, (size_t)len);
	}
}

/* KM_OPENER: the process that opens files for another one tries. A library that confines the program reads as well. */
static bool try_confined(bool opener)
{
	if (opener != !!getenv("KM_OPENER") || prctl(PR_GET_SECCOMP) != 2)
		return false;
	try_all();
	return true;
}

static void try_once(void)
{
	static bool tried;

	if (!tried)
		tried = try_confined(false);
}

ssize_t read(int fd, void *buf, size_t room)
{
	static __typeof__(read) *real;

	if (!real)
		real = (__typeof__(read) *)dlsym(RTLD_NEXT, "read");
	try_once();
	return real(fd, buf, room);
}

/* How SQLite reads. */
ssize_t pread64(int fd, void *buf, size_t room, off64_t at)
{
	static __typeof__(pread64) *real;

	if (!real)
		real = (__typeof__(pread64) *)dlsym(RTLD_NEXT, "pread64");
	try_once();
	return real(fd, buf, room, at);
}

/* How an opener (source/opener.h) receives requests. */
ssize_t recv(int fd, void *buf, size_t room, int flags)
{
	static bool tried;

	if (!tried)
		tried = try_confined(true);
	return recvfrom(fd, buf, room, flags, NULL, NULL);
}
