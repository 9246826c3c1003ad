// SPDX-License-Identifier: GPL-2.0-or-later
/* The process that opens root's files for another one. Another user has none, so those tests then do nothing. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include "source/opener.h"
#include "unit.h"

static struct km_opener opener;

static int start(void **state)
{
	(void)state;
	km_opener_start(&opener);
	return 0;
}

static int end(void **state)
{
	(void)state;
	km_opener_end(&opener);
	return 0;
}

static void need_opener(void)
{
	if (opener.fd < 0)
		skip();
}

static void opens_what_kmeminfo_reads(void **state)
{
	static const char *const paths[] = { "proc/meminfo", "proc/self/cgroup", "sys/devices/system/node/possible" };
	char text[16];
	int fd;

	(void)state;
	need_opener();
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		fd = km_opener_open(&opener, paths[i], O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		assert_true(fd >= 0 || fd == -ENOENT);
		if (fd < 0)
			continue;
		assert_true(read(fd, text, sizeof(text)) > 0);
		assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
		close(fd);
	}
	fd = km_opener_open(&opener, "sys/devices/system/node", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0 || fd == -ENOENT);
	if (fd >= 0)
		close(fd);
	assert_int_equal(km_opener_open(&opener, "proc/slabinfo/none", O_RDONLY), -EPERM);
	assert_int_equal(km_opener_open(&opener, "sys/kernel/slab/no cache/objects", O_RDONLY), -ENOENT);
	km_opener_end(&opener);
	assert_int_equal(opener.fd, -1);
}

static void opens_nothing_else(void **state)
{
	static const char *const paths[] = {
		"etc/shadow", "/etc/shadow", "proc/1/mem", "proc/1/environ", "proc/kcore", "proc/slabinfo/../1/mem",
		"sys/kernel/slab/../../../etc/shadow", "sys/kernel/slab/..", "sys/kernel/slab2/x", "boot/config-/../../etc/shadow",
		"./proc/meminfo", "", ".", "..", "x/proc/meminfo",
	};
	static const int flags[] = { O_WRONLY, O_RDWR, O_RDONLY | O_CREAT, O_RDONLY | O_TRUNC, O_RDONLY | O_APPEND, O_PATH };
	char longest[8192];
	int fd;

	(void)state;
	need_opener();
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_int_equal(km_opener_open(&opener, paths[i], O_RDONLY), -EPERM);
	fd = km_opener_open(&opener, "sys/devices/system/node", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0 || fd == -ENOENT);
	if (fd >= 0)
		close(fd);
	/* in the directory that was opened last, and still not at the root */
	assert_int_equal(km_opener_open(&opener, "sys/devices/system/node//proc/meminfo", O_RDONLY), -ENOENT);
	assert_int_equal(km_opener_open(&opener, "sys/devices/system/node/../cpu", O_RDONLY), -EPERM);
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		assert_int_equal(km_opener_open(&opener, "proc/meminfo", flags[i]), -EPERM);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(km_opener_open(&opener, longest, O_RDONLY), -ENAMETOOLONG);
}

/* sysfs is full of links, and what they lead to is often root's. */
static void stays_in_its_directories(void **state)
{
	static const char *const outside[] = {
		"sys/devices/system/node/node0/cpu0/subsystem/uevent", "sys/devices/system/node/node0/cpu0/uevent",
		"sys/devices/system/node/node0/subsystem",
	};
	int fd;

	(void)state;
	need_opener();
	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++) {
		fd = km_opener_open(&opener, outside[i], O_RDONLY);
		assert_true(fd == -EPERM || fd == -ENOENT || fd == -EACCES);
	}
	/* known from captures of other tools: this machine's is a stranger's */
	assert_int_equal(km_opener_open(&opener, "memory.txt", O_RDONLY), -EPERM);
	assert_int_equal(km_opener_open(&opener, "sos_commands/kernel", O_RDONLY | O_DIRECTORY), -EPERM);
	/* merged caches are links that stay inside */
	fd = km_opener_open(&opener, "sys/kernel/slab/dentry/object_size", O_RDONLY);
	assert_true(fd >= 0 || fd == -ENOENT);
	if (fd >= 0)
		close(fd);
}

/* What no kmeminfo sends: the other process may be a stranger's by then. */
static void takes_any_bytes(void **state)
{
	static const char *const requests[] = { "x", "\1\2\3", "\0\0\0\0proc/meminfo", "\377\377\377\377proc/meminfo" };
	char answer[64];

	(void)state;
	need_opener();
	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
		int code = 0;

		/* without a NUL at its end */
		assert_true(write(opener.fd, requests[i], i < 2 ? strlen(requests[i]) : 16) > 0);
		assert_int_equal(read(opener.fd, answer, sizeof(answer)), sizeof(code));
		memcpy(&code, answer, sizeof(code));
		/* an emulator of another machine looks for /proc in that machine's files */
		assert_true(i == 2 ? !code || code == -ENOENT : code == -EPERM);
	}
}

static void ends_and_may_be_gone(void **state)
{
	siginfo_t about;

	(void)state;
	need_opener();
	/* keys and service managers signal both; the first answer shows that it has begun */
	assert_int_equal(km_opener_open(&opener, "etc/shadow", O_RDONLY), -EPERM);
	assert_int_equal(kill(opener.child, SIGINT), 0);
	assert_int_equal(kill(opener.child, SIGTERM), 0);
	/* a stopped one would let this process wait until someone continues it as well */
	assert_int_equal(kill(opener.child, SIGTSTP), 0);
	assert_int_equal(km_opener_open(&opener, "etc/shadow", O_RDONLY), -EPERM);
	assert_false(km_opener_is_gone(&opener));
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(kill(opener.child, SIGKILL), 0);
	assert_int_equal(waitid(P_PID, (id_t)opener.child, &about, WEXITED | WNOWAIT), 0);
	assert_int_equal(km_opener_open(&opener, "proc/meminfo", O_RDONLY), -EPIPE);
	assert_true(km_opener_is_gone(&opener));
}

/* A descriptor for which this process has no room is not lost in silence. */
static void has_no_room(void **state)
{
	struct rlimit before, few;
	int fd;

	(void)state;
	need_opener();
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = (struct rlimit){ (rlim_t)opener.fd + 1, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	fd = km_opener_open(&opener, "proc/meminfo", O_RDONLY);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_true(fd == -EMFILE || fd == -ENOENT);
}

/* What is printed to a closed stream is no request. */
static void is_no_stream(void **state)
{
	const int before = dup(STDIN_FILENO);
	int fd;

	(void)state;
	close(STDIN_FILENO);
	km_opener_start(&opener);
	fd = opener.fd;
	if (before >= 0)
		dup2(before, STDIN_FILENO);
	assert_true(fd == -1 || fd > STDERR_FILENO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opens_what_kmeminfo_reads),
		TEST(opens_nothing_else),
		TEST(stays_in_its_directories),
		TEST(takes_any_bytes),
		TEST(ends_and_may_be_gone),
		TEST(has_no_room),
		cmocka_unit_test_teardown(is_no_stream, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
