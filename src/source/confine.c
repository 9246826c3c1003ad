// SPDX-License-Identifier: GPL-2.0-or-later
/* Confines capabilities, files and memory; confine-calls.c confines system calls. */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/num.h"
#include "base/str.h"
#include "source/confine-calls.h"
#include "source/confine.h"
#include "source/library.h"

static bool is_live(const struct km_confinement *wanted)
{
	return wanted->kind >= KM_CONFINE_WRITER && wanted->kind <= KM_CONFINE_OPENER && !wanted->is_capture;
}

/*
 * The module's files require CAP_SYS_ADMIN when they are opened (module/main.c), so the process that opens them keeps
 * it if the module is loaded.
 */
static bool has_module(const struct km_confinement *wanted)
{
	return is_live(wanted) && !wanted->is_served && !faccessat(AT_FDCWD, "/proc/kmeminfo", F_OK, 0);
}

#if HAVE_LIBCAP_NG
#include <cap-ng.h>

#define FUNCTIONS(need) need(capng_clear) need(capng_update) need(capng_apply) need(capng_change_id)

KM_LIBRARY_STRUCT(cap_ng, FUNCTIONS);
KM_LIBRARY_LOADER(cap_ng, "libcap-ng.so.0", "capabilities", "recommended", "capabilities are dropped", NULL,
		  FUNCTIONS)

/* What the process may have: all if that is unknown. */
static uint64_t permitted(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

	if (syscall(SYS_capget, &header, data))
		return UINT64_MAX;
	return data[0].permitted | (uint64_t)data[1].permitted << 32;
}

/* Whom /proc shows the processes of other users (k6.12:fs/proc/base.c has_pid_permissions). */
enum shown { TO_ALL, TO_GROUP, TO_TRACERS };

/* The number of the mount at /proc in mountinfo; KM_UNKNOWN before Linux 5.8. */
static uint64_t number_of_mount(void)
{
#ifdef STATX_MNT_ID
	struct statx about;

	if (!statx(AT_FDCWD, "/proc/.", 0, STATX_MNT_ID, &about) && about.stx_mask & STATX_MNT_ID)
		return about.stx_mnt_id;
#endif
	return KM_UNKNOWN;
}

/* The options of /proc itself in a line of mountinfo (k6.12:fs/proc_namespace.c show_mountinfo). */
static enum shown shown_by(char *line, gid_t *ret_group)
{
	const struct mntent mount = { .mnt_opts = strrchr(line, ' ') + 1 };
	const char *hides = hasmntopt(&mount, "hidepid"), *group = hasmntopt(&mount, "gid");
	struct km_str text = km_str_from(group ? group + strlen("gid=") : "0");
	uint64_t number = 0;

	km_str_take_u64(&text, &number);
	*ret_group = (gid_t)number;
	/* 4 before Linux 5.8 does not exist */
	return !hides ? TO_ALL : strchr("4p", hides[strlen("hidepid=")]) ? TO_TRACERS : TO_GROUP;
}

/* Reads no further than the mount: /proc is one of the first, and a node with many containers has thousands. */
static enum shown shown_processes(gid_t *ret_group)
{
	KM_CLEANUP(km_cleanup_file) FILE *mounts = fopen("/proc/self/mountinfo", "re");
	KM_CLEANUP(km_cleanup_free) char *line = NULL;
	const uint64_t wanted = number_of_mount();
	enum shown shown = mounts ? TO_ALL : TO_GROUP;
	size_t room = 0;

	*ret_group = 0;
	while (mounts && getline(&line, &room, mounts) > 0) {
		struct km_str rest = km_str_from(line), place;
		uint64_t number;

		/* "22 28 0:20 / /proc rw,nosuid - proc proc rw": the mount's number, three words, and where it is */
		if (!km_str_take_u64(&rest, &number))
			continue;
		for (size_t i = 0; i < 4; i++)
			if (!km_str_take_word(&rest, &place))
				place.len = 0;
		if (!rest.len || (wanted == KM_UNKNOWN ? !km_str_eq(place, KM_STR("/proc")) : number != wanted))
			continue;
		shown = shown_by(line, ret_group);
		if (wanted != KM_UNKNOWN)
			break;
		/* a later mount hides this one */
	}
	return shown;
}

/*
 * The group is the way to see them: Landlock refuses to trace, even with CAP_SYS_PTRACE
 * (k6.12:security/landlock/task.c). Returns whether the capability is what is left.
 */
static bool join_readers_of_proc(bool *ret_joined)
{
	gid_t group;
	const enum shown shown = shown_processes(&group);

	*ret_joined = shown == TO_GROUP && !setgroups(1, &group);
	return shown != TO_ALL && !*ret_joined;
}

static void add(const struct cap_ng *library, unsigned int capability)
{
	/* the kernel refuses a set with one that the process has not, as in a container, and then drops none */
	if (permitted() >> capability & 1)
		library->capng_update(CAPNG_ADD, CAPNG_EFFECTIVE | CAPNG_PERMITTED, capability);
}

/* The capabilities that reading needs even for root, who owns the files of /proc. */
static void keep(const struct cap_ng *library, const struct km_confinement *wanted, bool module, bool traces)
{
	const enum km_confine kind = wanted->kind;

	library->capng_clear(CAPNG_SELECT_CAPS);
	/* to read captures of other users */
	if (kind != KM_CONFINE_FILE && !wanted->is_served)
		add(library, CAP_DAC_READ_SEARCH);
	/* to write to directories of other users, which the user named */
	if (kind == KM_CONFINE_WRITER || kind == KM_CONFINE_RECORDER)
		add(library, CAP_DAC_OVERRIDE);
	if (module)
		add(library, CAP_SYS_ADMIN);
	if (!is_live(wanted) || kind == KM_CONFINE_OPENER)
		return;
	/*
	 * for addresses under kptr_restrict=1 (k6.12:lib/vsprintf.c restricted_pointer), and for
	 * the log
	 */
	add(library, CAP_SYSLOG);
	if (traces)
		add(library, CAP_SYS_PTRACE);
}

/* The user and the group that own no files: those of what cannot be mapped (k6.12:kernel/sys.c overflowuid). */
enum { NOBODY = 65534 };

static const char *drop_capabilities(const struct km_confinement *wanted, bool module)
{
	struct cap_ng library = { 0 };
	bool joined = false, traces = false;

	/* an ordinary user has none, and need not wait for the library */
	if (!permitted())
		return NULL;
	if (cap_ng_load(&library, NULL))
		return "libcap-ng cannot be loaded";
	if (is_live(wanted) && wanted->kind != KM_CONFINE_OPENER)
		traces = join_readers_of_proc(&joined);
	keep(&library, wanted, module, traces);
	/* root's files are open to root without any capability; a recorder's files have to stay root's */
	if (wanted->is_served && wanted->kind == KM_CONFINE_WATCHER) {
		if (!library.capng_change_id(NOBODY, NOBODY, joined ? CAPNG_NO_FLAG : CAPNG_DROP_SUPP_GRP))
			return NULL;
		/* a container may have no such user */
		keep(&library, wanted, module, traces);
	}
	return library.capng_apply(CAPNG_SELECT_CAPS) ? "the kernel refuses" : NULL;
}

#else

static const char *drop_capabilities(const struct km_confinement *wanted, bool module)
{
	(void)wanted;
	(void)module;
	return "built without libcap-ng";
}

#endif

/*
 * The kernel at run time may know more than the linux/landlock.h of the build.
 * k6.12:include/uapi/linux/landlock.h
 */
struct ruleset {
	uint64_t files, network, scopes;
};

struct beneath {
	uint64_t allowed;
	int32_t parent_fd;
} __attribute__((packed));

enum {
	LANDLOCK_ASK_VERSION = 1,
	LANDLOCK_BENEATH = 1,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIRECTORY = 1 << 3,
	REMOVE_FILE = 1 << 5,
	MAKE_FILE = 1 << 8,
	TRUNCATE = 1 << 14,
	/* what a database does in its directory */
	RECORD = WRITE_FILE | READ_FILE | READ_DIRECTORY | REMOVE_FILE | MAKE_FILE | TRUNCATE,
};

/* The operations that each version of the interface can forbid. */
static const struct version {
	struct ruleset rules;
	size_t size;
} versions[] = {
	{ { 0x1fff, 0, 0 }, 8 },  { { 0x3fff, 0, 0 }, 8 },  { { 0x7fff, 0, 0 }, 8 },
	{ { 0x7fff, 3, 0 }, 16 }, { { 0xffff, 3, 0 }, 16 }, { { 0xffff, 3, 3 }, 24 },
};

static void allow(int ruleset, int parent_fd, uint64_t operations)
{
	const struct beneath beneath = { .allowed = operations, .parent_fd = parent_fd };

	/* a path that Landlock refuses here cannot be read later; nothing else follows */
	(void)!syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_BENEATH, &beneath, 0);
}

/* Allows to read files and directories. A missing one is reported when it is opened. paths may be NULL. */
static void allow_places(int ruleset, const char *const *paths)
{
	for (; paths && *paths; paths++) {
		KM_CLEANUP(km_cleanup_fd) int fd = open(*paths, O_PATH | O_CLOEXEC);
		struct stat stat;

		if (fd >= 0 && !fstat(fd, &stat))
			allow(ruleset, fd, S_ISDIR(stat.st_mode) ? READ_FILE | READ_DIRECTORY : READ_FILE);
	}
}

/* Libraries and locales, which every user may read. */
static const char *const libraries_places[] = {
	"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", NULL
};

/* Directories that contain km_files, and files that name the release or the distribution. */
static const char *const machine_places[] = { "/proc", "/sys", "/boot", "/etc/os-release", NULL };

/* SQLite follows links to the file, and has others beside it. A file that does not exist yet is no link. */
static void allow_beside(int ruleset, const char *file, uint64_t operations)
{
	char path[PATH_MAX];
	KM_CLEANUP(km_cleanup_fd) int fd = -1;

	if (!realpath(file, path) && snprintf(path, sizeof(path), "%s%s", *file == '/' ? "" : "./", file) >= (int)sizeof(path))
		return;
	*strrchr(path, '/') = '\0';
	fd = open(*path ? path : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	allow(ruleset, fd, operations);
}

/* libproc2 opens the files of processes itself, and every user may read the kernel's settings. */
static const char *const served_places[] = { "/proc", NULL };

static void allow_files(int ruleset, const struct km_confinement *wanted, const struct ruleset *rules)
{
	const enum km_confine kind = wanted->kind;
	const bool watches = kind == KM_CONFINE_WATCHER || (kind == KM_CONFINE_RECORDER && !wanted->is_capture);

	if (kind == KM_CONFINE_TREE || (kind == KM_CONFINE_RECORDER && wanted->is_capture))
		allow(ruleset, wanted->tree_fd, READ_FILE | READ_DIRECTORY);
	if (kind == KM_CONFINE_RECORDER)
		allow_beside(ruleset, wanted->file, RECORD & rules->files);
	if (kind == KM_CONFINE_LIVE)
		return;
	allow_places(ruleset, wanted->also);
	allow_places(ruleset, libraries_places);
	if (watches || kind == KM_CONFINE_OPENER)
		allow_places(ruleset, wanted->is_served ? served_places : machine_places);
}

/* wanted NULL: no file may be opened. */
static const char *restrict_files(const struct km_confinement *wanted, int *ret_version)
{
	KM_CLEANUP(km_cleanup_fd) int ruleset = -1;
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_ASK_VERSION);
	const size_t known = sizeof(versions) / sizeof(*versions);
	struct version chosen;

	if (wanted && wanted->kind == KM_CONFINE_WRITER)
		return "files are written";
	if (version < 1)
		return "this kernel has no Landlock";
	chosen = versions[(size_t)version > known ? known - 1 : (size_t)version - 1];
	if (wanted && wanted->kind == KM_CONFINE_LIVE)
		chosen.rules.files &= ~(uint64_t)(READ_FILE | READ_DIRECTORY);
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &chosen.rules, chosen.size, 0);
	if (ruleset < 0)
		return "the kernel refuses";
	if (wanted)
		allow_files(ruleset, wanted, &chosen.rules);
	if (syscall(SYS_landlock_restrict_self, ruleset, 0))
		return "the kernel refuses";
	*ret_version = (int)version;
	return NULL;
}

/*
 * The limit is far above what a capture of the largest machine needs. It limits how much a hostile
 * capture can make a library allocate. A sanitizer reserves much more than it uses, so there is no
 * limit then.
 */
static const char *restrict_memory(const struct km_confinement *wanted)
{
#if __SIZEOF_POINTER__ >= 8 && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	const struct rlimit most = { 4ull << 30, 4ull << 30 };
	struct rlimit now;

	if (is_live(wanted))
		return "not for a running machine";
	if (!getrlimit(RLIMIT_AS, &now) && now.rlim_cur <= most.rlim_cur)
		return NULL;
	return setrlimit(RLIMIT_AS, &most) ? "the kernel refuses" : NULL;
#else
	(void)wanted;
	return "not in this build";
#endif
}

/*
 * At exit LeakSanitizer stops the process's own threads by ptrace(), which every filter here
 * forbids.
 */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

void km_confine(const struct km_confinement *wanted, struct km_confined *ret)
{
	const enum km_confine kind = wanted->kind;
	const bool writes = kind == KM_CONFINE_WRITER || kind == KM_CONFINE_RECORDER;
	struct km_confined confined = { 0 };
	bool module;

	if (kind == KM_CONFINE_NOT || IS_SANITIZED)
		return;
#if HAVE_CONFINEMENT
	module = has_module(wanted);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	confined.capabilities = drop_capabilities(wanted, module);
	confined.files = restrict_files(wanted, &confined.landlock);
	confined.calls = km_confine_calls((confined.files && !writes ? KM_CALLS_OF_FILES : 0u) |
					  (confined.capabilities || module ?
						   KM_CALLS_OF_CAPABILITIES : 0u) |
					  (kind != KM_CONFINE_WRITER ? KM_CALLS_OF_MODES : 0u) |
					  (kind != KM_CONFINE_OPENER ? KM_CALLS_OF_SENDING : 0u),
					  kind == KM_CONFINE_TREE || kind == KM_CONFINE_WRITER || wanted->is_capture);
	confined.memory = restrict_memory(wanted);
#else
	(void)writes;
	(void)module;
	confined = (struct km_confined){ .capabilities = "not in this build", .files = "not in this build",
					 .calls = "not in this build", .memory = "not in this build" };
#endif
	if (ret)
		*ret = confined;
}

void km_confine_files(void)
{
#if HAVE_CONFINEMENT
	int version;

	(void)restrict_files(NULL, &version);
#endif
}
