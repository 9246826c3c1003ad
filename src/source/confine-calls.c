// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The filter lists forbidden calls, not allowed ones. Versions of libc and libraries make different
 * calls for the same purpose, and a report must not depend on that.
 */
#include "config.h"
#include "source/confine-calls.h"

#if HAVE_LIBSECCOMP
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "source/library.h"

/* k6.12:arch/Kconfig CLONE_BACKWARDS2 */
#if defined(__s390__)
enum { FLAGS_OF_CLONE = 1 };
#else
enum { FLAGS_OF_CLONE = 0 };
#endif

#define FUNCTIONS(need)                                                                            \
	need(seccomp_init) need(seccomp_attr_set) need(seccomp_rule_add)                           \
	need(seccomp_rule_add_array) need(seccomp_load) need(seccomp_release)

KM_LIBRARY_STRUCT(filters, FUNCTIONS);
KM_LIBRARY_LOADER(filters, "libseccomp.so.2", "system-calls", "recommended", "system calls are filtered",
		  NULL, FUNCTIONS)

/*
 * A call that does not exist on this architecture is a negative number, which libseccomp ignores.
 */
#define LIST(...) ((const int[]){ __VA_ARGS__ }), sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int)

/*
 * Calls that libseccomp 2.5.4 has no names for: the same numbers on all architectures (k6.17:scripts/syscall.tbl).
 * A kernel without them answers ENOSYS.
 */
enum { FCHMODAT2 = 452, SETXATTRAT = 463, REMOVEXATTRAT = 466, FILE_SETATTR = 469 };

/* A rule costs some microseconds, so calls that another layer already forbids get none. */
static const struct group {
	unsigned int when_missing; /* 0: always */
	const int *calls;
	size_t len;
} groups[] = {
	/* programs, processes, the network, and calls that open files without a path */
	{ 0, LIST(SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
		  SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo),
		  SCMP_SYS(pidfd_send_signal), SCMP_SYS(pidfd_open), SCMP_SYS(ptrace), SCMP_SYS(shmget),
		  SCMP_SYS(shmat), SCMP_SYS(mq_open), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(setpriority),
		  SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_setparam), SCMP_SYS(sched_setscheduler),
		  SCMP_SYS(sched_setattr), SCMP_SYS(ioprio_set), SCMP_SYS(migrate_pages), SCMP_SYS(move_pages),
		  SCMP_SYS(process_madvise),
		  SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(unshare), SCMP_SYS(setns),
		  SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect),
		  SCMP_SYS(sendto), SCMP_SYS(open_by_handle_at), SCMP_SYS(memfd_create),
		  SCMP_SYS(io_uring_setup), SCMP_SYS(userfaultfd), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
		  SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(keyctl), SCMP_SYS(chmod), SCMP_SYS(fchmodat),
		  FCHMODAT2, SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(fchownat), SCMP_SYS(lchown),
		  SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(removexattr),
		  SCMP_SYS(lremovexattr), SCMP_SYS(fremovexattr), SETXATTRAT, REMOVEXATTRAT, FILE_SETATTR,
		  SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(futimesat), SCMP_SYS(utimensat)) },
	{ KM_CALLS_OF_MODES, LIST(SCMP_SYS(fchmod)) },
	{ KM_CALLS_OF_SENDING, LIST(SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(socketcall)) },
	/* creating and removing files */
	{ KM_CALLS_OF_FILES,
	  LIST(SCMP_SYS(creat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
	       SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(unlink),
	       SCMP_SYS(unlinkat), SCMP_SYS(rmdir), SCMP_SYS(rename), SCMP_SYS(renameat),
	       SCMP_SYS(renameat2), SCMP_SYS(truncate), SCMP_SYS(truncate64)) },
	/* calls that need a capability */
	{ KM_CALLS_OF_CAPABILITIES,
	  LIST(SCMP_SYS(mount), SCMP_SYS(umount), SCMP_SYS(umount2), SCMP_SYS(move_mount),
	       SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(fsconfig), SCMP_SYS(fspick),
	       SCMP_SYS(mount_setattr), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(swapon),
	       SCMP_SYS(swapoff), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
	       SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot), SCMP_SYS(sethostname),
	       SCMP_SYS(setdomainname), SCMP_SYS(settimeofday), SCMP_SYS(stime), SCMP_SYS(clock_settime),
	       SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(iopl), SCMP_SYS(ioperm),
	       SCMP_SYS(quotactl), SCMP_SYS(acct), SCMP_SYS(vhangup), SCMP_SYS(setuid), SCMP_SYS(setgid),
	       SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid),
	       SCMP_SYS(setgroups)) },
};

/* Allows to open files for reading only. */
static int forbid_writing(const struct filters *library, scmp_filter_ctx filter, int call, unsigned int argument)
{
	static const unsigned int flags[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC };
	int r = 0;

	for (size_t i = 0; !r && i < sizeof(flags) / sizeof(*flags); i++) {
		const struct scmp_arg_cmp set = {
			.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = flags[i], .datum_b = flags[i],
		};

		r = library->seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 1, &set);
	}
	return r;
}

/* Forbids processes, but not threads, which are confined like the one that starts them. */
static int forbid_processes(const struct filters *library, scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp none = {
		.arg = FLAGS_OF_CLONE, .op = SCMP_CMP_MASKED_EQ, .datum_a = CLONE_THREAD, .datum_b = 0,
	};

	return library->seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &none);
}

/* Forbids a call whose argument has one of these values. */
static int forbid_values(const struct filters *library, scmp_filter_ctx filter, int call, unsigned int argument,
			 const unsigned int *values, size_t len)
{
	int r = 0;

	for (size_t i = 0; !r && i < len; i++) {
		const struct scmp_arg_cmp is = {
			.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = UINT32_MAX, .datum_b = values[i],
		};

		r = library->seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 1, &is);
	}
	return r;
}

/* Forbids to type into the user's terminal, and what forbid_owners() does. */
static int forbid_typing(const struct filters *library, scmp_filter_ctx filter)
{
	static const unsigned int requests[] = { TIOCSTI, 0x541c /* TIOCLINUX */, FIOSETOWN, SIOCSPGRP };

	return forbid_values(library, filter, SCMP_SYS(ioctl), 1, requests, sizeof(requests) / sizeof(*requests));
}

/* Forbids to let the kernel send signals to another process. */
static int forbid_owners(const struct filters *library, scmp_filter_ctx filter)
{
	static const unsigned int commands[] = { F_SETOWN, F_SETOWN_EX, F_SETSIG };
	static const int calls[] = { SCMP_SYS(fcntl), SCMP_SYS(fcntl64) };
	int r = 0;

	for (size_t i = 0; !r && i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i] >= 0)
			r = forbid_values(library, filter, calls[i], 1, commands, sizeof(commands) / sizeof(*commands));
	return r;
}

/* Forbids to take messages out of the kernel's log and to change what the console shows (syslog(2)). */
static int forbid_changing_log(const struct filters *library, scmp_filter_ctx filter)
{
	static const unsigned int actions[] = { 2, 4, 5, 6, 7, 8 };

	return forbid_values(library, filter, SCMP_SYS(syslog), 0, actions, sizeof(actions) / sizeof(*actions));
}

/* Forbids a call unless its first argument is this process. */
static int forbid_for_others(const struct filters *library, scmp_filter_ctx filter, int call, uint64_t self)
{
	const struct scmp_arg_cmp other = { .arg = 0, .op = SCMP_CMP_NE, .datum_a = self };

	return library->seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 1, &other);
}

/* A writer makes its directory private: mode 0700 and no other. */
static int forbid_modes(const struct filters *library, scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp not_private = { .arg = 1, .op = SCMP_CMP_NE, .datum_a = 0700 };

	return library->seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fchmod), 1, &not_private);
}

static int forbid_group(const struct filters *library, scmp_filter_ctx filter, const struct group *group)
{
	int r = 0;

	for (size_t i = 0; !r && i < group->len; i++)
		if (group->calls[i] >= 0)
			r = library->seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), group->calls[i], 0);
	return r;
}

static int add_rules(const struct filters *library, scmp_filter_ctx filter, unsigned int missing, bool openat2)
{
	int r = 0;

	for (size_t i = 0; !r && i < sizeof(groups) / sizeof(*groups); i++)
		if (!groups[i].when_missing || missing & groups[i].when_missing)
			r = forbid_group(library, filter, &groups[i]);
	/* abort() sends this process a signal, and setrlimit() calls it 0 */
	if (!r)
		r = forbid_for_others(library, filter, SCMP_SYS(tgkill), (uint64_t)getpid());
	if (!r)
		r = forbid_for_others(library, filter, SCMP_SYS(prlimit64), 0);
	if (!r && !(missing & KM_CALLS_OF_MODES))
		r = forbid_modes(library, filter);
	if (!r)
		r = forbid_processes(library, filter);
	/* libc then falls back to clone() and to open() */
	if (!r && SCMP_SYS(clone3) >= 0)
		r = library->seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	if (!r && !openat2 && SCMP_SYS(openat2) >= 0)
		r = library->seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0);
	if (!r && missing & KM_CALLS_OF_FILES && SCMP_SYS(open) >= 0)
		r = forbid_writing(library, filter, SCMP_SYS(open), 1);
	if (!r && missing & KM_CALLS_OF_FILES)
		r = forbid_writing(library, filter, SCMP_SYS(openat), 2);
	if (!r)
		r = forbid_owners(library, filter);
	if (!r)
		r = forbid_changing_log(library, filter);
	return r ? r : forbid_typing(library, filter);
}

const char *km_confine_calls(unsigned int missing, bool openat2)
{
	struct filters library = { 0 };
	const char *why = NULL;
	scmp_filter_ctx filter;

	if (filters_load(&library, NULL))
		return "libseccomp cannot be loaded";
	filter = library.seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return "libseccomp does not know this architecture";
	/*
	 * A tree instead of a list: the kernel tries every call when it loads a filter, which is most of the time that
	 * the filter costs (k6.12:kernel/seccomp.c seccomp_cache_prepare).
	 */
	(void)library.seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (add_rules(&library, filter, missing, openat2))
		why = "libseccomp refuses a rule";
	else if (library.seccomp_load(filter))
		why = "this kernel has no seccomp filters";
	library.seccomp_release(filter);
	return why;
}

#else

const char *km_confine_calls(unsigned int missing, bool openat2)
{
	(void)missing;
	(void)openat2;
	return "built without libseccomp";
}

#endif
