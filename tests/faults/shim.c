// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loaded before libc (LD_PRELOAD), makes calls fail that otherwise hardly ever do. The environment
 * says which:
 *
 *   KM_FAULT=CALL:N:ERRNO     the N-th call of a kind fails with that errno (0: none does)
 *   KM_FAULT=CALL:N+:ERRNO    and so does every later one
 *   KM_FAULT=CALL:N:int       SIGINT comes before the N-th call
 *   KM_FAULT=CALL:N:stop      the process stops before the N-th call, so that another one can change its files
 *   KM_FAULT=read:short:1     every read returns at most one byte
 *   KM_FAULT_COUNT=FILE       8 bytes that count the calls of that kind
 *   KM_FAULT_STACKS=FILE      gets 8 bytes for each call of that kind: the same for the same stack
 *
 * The kinds: alloc, read, stream (fread() and its like), write, sync, open, close, readdir, readlink, stat, make, dlopen,
 * mmap, process (what makes a process, a thread or a channel between them). Calls that a
 * library makes inside itself are seen where they leave it through the dynamic linker; libc calls
 * its own read() directly. No call fails once main() and what it registered with atexit() have
 * ended: the compiler's code that writes counts of lines runs then, and is not ours to try.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, ALLOC, READ, STREAM, WRITE, SYNC, OPEN, CLOSE, READDIR, READLINK, STAT, MAKE, DLOPEN, MMAP, PROCESS, KINDS };

static const char *const names[KINDS] = {
	"none", "alloc", "read", "stream", "write", "sync", "open", "close", "readdir", "readlink", "stat", "make",
	"dlopen", "mmap", "process",
};

static struct {
	enum kind kind;
	uint64_t at;
	bool on;     /* every later one too */
	bool tiny;   /* short reads */
	int signal; /* 0: none */
	int error;
	uint64_t *count;
	int stacks; /* the file plus 1; 0: none */
	bool ready;
} plan;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static uint64_t own_count;

enum { FRAMES = 48 };

/* The first backtrace() loads a library, which allocates: in each run, or their calls would have other numbers. */
static void begin_stacks(const char *file)
{
	void *frames[FRAMES];

	backtrace(frames, FRAMES);
	if (!file)
		return;
	plan.stacks = 1 + (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND);
}

static void note_stack(void)
{
	void *frames[FRAMES];
	uint64_t hash = 14695981039346656037u;

	for (int len = backtrace(frames, FRAMES), i = 0; i < len; i++)
		hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211u;
	syscall(SYS_write, plan.stacks - 1, &hash, sizeof(hash));
}

/* Before main(), and without a call that this file replaces. */
static __attribute__((constructor)) void begin(void)
{
	const char *text = getenv("KM_FAULT"), *file = getenv("KM_FAULT_COUNT"), *colon;
	long fd;

	plan.count = &own_count;
	begin_stacks(getenv("KM_FAULT_STACKS"));
	if (!text || !(colon = strchr(text, ':')))
		return;
	for (int kind = ALLOC; kind < KINDS; kind++)
		if (strlen(names[kind]) == (size_t)(colon - text) &&
		    !strncmp(names[kind], text, (size_t)(colon - text)))
			plan.kind = (enum kind)kind;
	plan.tiny = !strncmp(colon + 1, "short", 5);
	plan.at = strtoull(colon + 1, (char **)&text, 10);
	plan.on = *text == '+';
	colon = strchr(colon + 1, ':');
	plan.error = colon ? atoi(colon + 1) : EIO;
	plan.signal = !colon ? 0 : !strcmp(colon + 1, "int") ? SIGINT : !strcmp(colon + 1, "stop") ? SIGSTOP : 0;
	fd = file ? syscall(SYS_openat, AT_FDCWD, file, O_RDWR) : -1;
	if (fd >= 0) {
		void *page = mmap(NULL, sizeof(*plan.count), PROT_READ | PROT_WRITE, MAP_SHARED, (int)fd, 0);

		if (page != MAP_FAILED)
			plan.count = page;
		syscall(SYS_close, fd);
	}
	plan.ready = true;
}

static int (*program)(int argc, char **argv, char **envp);

static void end(void)
{
	plan.ready = false;
}

static int run(int argc, char **argv, char **envp)
{
	return atexit(end) ? EXIT_FAILURE : program(argc, argv, envp);
}

/* libc runs what was registered before main() after the destructors of the program, and end() has to come before them. */
int __libc_start_main(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
		      void (*ld_fini)(void), void *stack_end)
{
	__typeof__(__libc_start_main) *real = (__typeof__(__libc_start_main) *)dlsym(RTLD_NEXT, "__libc_start_main");

	program = main;
	return real(run, argc, argv, init, fini, ld_fini, stack_end);
}

static bool fails(enum kind kind)
{
	uint64_t number;

	if (!plan.ready || plan.kind != kind)
		return false;
	number = __atomic_add_fetch(plan.count, 1, __ATOMIC_RELAXED);
	if (plan.stacks)
		note_stack();
	if (!plan.at || (plan.on ? number < plan.at : number != plan.at))
		return false;
	/* not kill(), which a confined process may not */
	if (plan.signal && syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), plan.signal))
		abort();
	errno = plan.error;
	return !plan.signal;
}

/* The function that would have been called. Not through dlsym() for those of malloc: it calls them. */
#define REAL(function)                                                                             \
	static __typeof__(function) *real;                                                         \
	if (!real)                                                                                 \
		real = (__typeof__(function) *)dlsym(RTLD_NEXT, #function)

void *malloc(size_t size)
{
	return fails(ALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails(ALLOC) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
	return fails(ALLOC) ? NULL : __libc_realloc(ptr, size);
}

void *reallocarray(void *ptr, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(ptr, bytes);
}

int posix_memalign(void **ret, size_t alignment, size_t size)
{
	if (fails(ALLOC))
		return ENOMEM;
	*ret = __libc_memalign(alignment, size);
	return *ret ? 0 : ENOMEM;
}

ssize_t read(int fd, void *buf, size_t room)
{
	REAL(read);
	if (plan.ready && plan.kind == READ && plan.tiny)
		return real(fd, buf, room ? 1 : 0);
	return fails(READ) ? -1 : real(fd, buf, room);
}

ssize_t pread64(int fd, void *buf, size_t room, off64_t offset)
{
	REAL(pread64);
	return fails(READ) ? -1 : real(fd, buf, room, offset);
}

/* What libc does with the stream when its own read() fails (glibc:libio/libio.h _IO_ERR_SEEN). */
static bool stream_fails(FILE *file)
{
	if (!fails(STREAM))
		return false;
	file->_flags |= 0x20;
	return true;
}

char *fgets(char *buf, int room, FILE *file)
{
	REAL(fgets);
	return stream_fails(file) ? NULL : real(buf, room, file);
}

size_t fread(void *buf, size_t size, size_t count, FILE *file)
{
	REAL(fread);
	return stream_fails(file) ? 0 : real(buf, size, count, file);
}

ssize_t __getdelim(char **line, size_t *room, int end, FILE *file)
{
	REAL(__getdelim);
	return stream_fails(file) ? -1 : real(line, room, end, file);
}

ssize_t pread(int fd, void *buf, size_t room, off_t offset)
{
	REAL(pread);
	return fails(READ) ? -1 : real(fd, buf, room, offset);
}

ssize_t pwrite64(int fd, const void *buf, size_t len, off64_t offset)
{
	REAL(pwrite64);
	return fails(WRITE) ? -1 : real(fd, buf, len, offset);
}

ssize_t write(int fd, const void *buf, size_t len)
{
	REAL(write);
	return fails(WRITE) ? -1 : real(fd, buf, len);
}

int fsync(int fd)
{
	REAL(fsync);
	return fails(SYNC) ? -1 : real(fd);
}

int fdatasync(int fd)
{
	REAL(fdatasync);
	return fails(SYNC) ? -1 : real(fd);
}

int ftruncate64(int fd, off64_t len)
{
	REAL(ftruncate64);
	return fails(SYNC) ? -1 : real(fd, len);
}

int close(int fd)
{
	REAL(close);
	if (!fails(CLOSE))
		return real(fd);
	real(fd);
	errno = plan.error;
	return -1;
}

struct dirent *readdir(DIR *dir)
{
	REAL(readdir);
	return fails(READDIR) ? NULL : real(dir);
}

struct dirent64 *readdir64(DIR *dir)
{
	REAL(readdir64);
	return fails(READDIR) ? NULL : real(dir);
}

int scandirat(int at, const char *path, struct dirent ***list, int (*wanted)(const struct dirent *),
	      int (*compare)(const struct dirent **, const struct dirent **))
{
	REAL(scandirat);
	return fails(READDIR) ? -1 : real(at, path, list, wanted, compare);
}

ssize_t readlink(const char *path, char *buf, size_t room)
{
	REAL(readlink);
	return fails(READLINK) ? -1 : real(path, buf, room);
}

ssize_t readlinkat(int at, const char *path, char *buf, size_t room)
{
	REAL(readlinkat);
	return fails(READLINK) ? -1 : real(at, path, buf, room);
}

int fstat(int fd, struct stat *stat)
{
	REAL(fstat);
	return fails(STAT) ? -1 : real(fd, stat);
}

int fstat64(int fd, struct stat64 *stat)
{
	REAL(fstat64);
	return fails(STAT) ? -1 : real(fd, stat);
}

#define STATTER(function, type)                                                                    \
	int function(const char *path, struct type *ret)                                           \
	{                                                                                          \
		REAL(function);                                                                    \
		return fails(STAT) ? -1 : real(path, ret);                                         \
	}

STATTER(stat, stat)
STATTER(lstat, stat)
STATTER(stat64, stat64)
STATTER(lstat64, stat64)

int fstatat(int at, const char *path, struct stat *ret, int flags)
{
	REAL(fstatat);
	return fails(STAT) ? -1 : real(at, path, ret, flags);
}

int access(const char *path, int mode)
{
	REAL(access);
	return fails(STAT) ? -1 : real(path, mode);
}

int faccessat(int at, const char *path, int mode, int flags)
{
	REAL(faccessat);
	return fails(STAT) ? -1 : real(at, path, mode, flags);
}

int mkdir(const char *path, mode_t mode)
{
	REAL(mkdir);
	return fails(MAKE) ? -1 : real(path, mode);
}

int mkdirat(int at, const char *path, mode_t mode)
{
	REAL(mkdirat);
	return fails(MAKE) ? -1 : real(at, path, mode);
}

int symlinkat(const char *target, int at, const char *path)
{
	REAL(symlinkat);
	return fails(MAKE) ? -1 : real(target, at, path);
}

int link(const char *from, const char *to)
{
	REAL(link);
	return fails(MAKE) ? -1 : real(from, to);
}

int unlink(const char *path)
{
	REAL(unlink);
	return fails(MAKE) ? -1 : real(path);
}

int unlinkat(int at, const char *path, int flags)
{
	REAL(unlinkat);
	return fails(MAKE) ? -1 : real(at, path, flags);
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
	REAL(renameat);
	return fails(MAKE) ? -1 : real(from_at, from, to_at, to);
}

#define OPENER(function)                                                                           \
	int function(const char *path, int flags, ...)                                             \
	{                                                                                          \
		mode_t mode;                                                                       \
		va_list args;                                                                      \
		REAL(function);                                                                    \
                                                                                                   \
		va_start(args, flags);                                                             \
		mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;                   \
		va_end(args);                                                                      \
		return fails(OPEN) ? -1 : real(path, flags, mode);                                 \
	}

OPENER(open)
OPENER(open64)

#define OPENER_AT(function)                                                                        \
	int function(int at, const char *path, int flags, ...)                                     \
	{                                                                                          \
		mode_t mode;                                                                       \
		va_list args;                                                                      \
		REAL(function);                                                                    \
                                                                                                   \
		va_start(args, flags);                                                             \
		mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;                   \
		va_end(args);                                                                      \
		return fails(OPEN) ? -1 : real(at, path, flags, mode);                             \
	}

OPENER_AT(openat)
OPENER_AT(openat64)

FILE *fopen(const char *path, const char *mode)
{
	REAL(fopen);
	return fails(OPEN) ? NULL : real(path, mode);
}

DIR *opendir(const char *path)
{
	REAL(opendir);
	return fails(OPEN) ? NULL : real(path);
}

DIR *fdopendir(int fd)
{
	REAL(fdopendir);
	return fails(OPEN) ? NULL : real(fd);
}

/* openat2() has no wrapper in libc. */
long syscall(long number, ...)
{
	long a[6];
	va_list args;
	REAL(syscall);

	va_start(args, number);
	for (size_t i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (number == SYS_openat2 && fails(OPEN))
		return -1;
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

void *dlopen(const char *name, int flags)
{
	REAL(dlopen);
	return fails(DLOPEN) ? NULL : real(name, flags);
}

/* The constructor and the allocator of libc map memory inside libc. */
void *mmap(void *at, size_t len, int protection, int flags, int fd, off_t offset)
{
	REAL(mmap);
	return fails(MMAP) ? MAP_FAILED : real(at, len, protection, flags, fd, offset);
}

void *mmap64(void *at, size_t len, int protection, int flags, int fd, off64_t offset)
{
	REAL(mmap64);
	return fails(MMAP) ? MAP_FAILED : real(at, len, protection, flags, fd, offset);
}

pid_t fork(void)
{
	REAL(fork);
	return fails(PROCESS) ? -1 : real();
}

int pipe2(int ends[2], int flags)
{
	REAL(pipe2);
	return fails(PROCESS) ? -1 : real(ends, flags);
}

int socketpair(int domain, int type, int protocol, int ends[2])
{
	REAL(socketpair);
	return fails(PROCESS) ? -1 : real(domain, type, protocol, ends);
}

int pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*run)(void *), void *data)
{
	REAL(pthread_create);
	return fails(PROCESS) ? plan.error : real(ret, attributes, run, data);
}
