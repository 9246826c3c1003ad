// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources made in a temporary directory: the right files are read, and no others. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>
#include "source/backend.h"
#include "source/files.h"
#include "source/read.h"
#include "source/source.h"
#include "source/tree.h"
#include "unit.h"

#define CHILD "child"
enum { NO_SECCOMP = 77 };

static char top[UNIT_PATH];

static int enter_top(void **state)
{
	(void)state;
	return unit_make_folder(top) || chdir(top) ? -1 : 0;
}

static int leave_top(void **state)
{
	(void)state;
	return chdir("/") || unit_remove_folder(top);
}

/* Makes the file and the directories above it. */
static void make(const char *path, const char *text)
{
	char folder[256];
	FILE *file;

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
		mkdir(folder, 0777);
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void make_link(const char *target, const char *path)
{
	assert_int_equal(symlink(target, path), 0);
}

static struct km_source *open_source(const char *path)
{
	struct km_source *source;
	struct km_err err;

	if (km_source_open(&source, path, &err))
		fail_msg("%s: %s", path, err.what);
	return source;
}

static void refuses(const char *path, int code, const char *words)
{
	struct km_source *source;
	struct km_err err;

	assert_int_equal(km_source_open(&source, path, &err), code);
	if (!strstr(err.what, words))
		fail_msg("\"%s\" does not say \"%s\"", err.what, words);
}

static void reads(struct km_source *source, const char *path, const char *expected)
{
	struct km_err err;
	struct km_str text;

	if (km_source_read(source, path, &text, &err))
		fail_msg("%s: %s", path, err.what);
	assert_str(text, expected);
}

static void lacks(struct km_source *source, const char *path)
{
	struct km_str text;
	struct km_err err;

	assert_int_equal(km_source_read(source, path, &text, &err), -ENOENT);
	assert_string_equal(err.what, "not in this capture");
}

static void directory(void **state)
{
	struct km_source *source;
	struct km_entries entries;
	struct km_err err;

	(void)state;
	make("d/proc/version", "v");
	make("d/sys/kernel/slab/:a-64/slabs", "7 N0=7\n");
	make("d/sys/kernel/slab/b/slabs", "1");
	make_link(":a-64", "d/sys/kernel/slab/alias");
	source = open_source("d");
	assert_false(km_source_info(source)->live);
	assert_int_equal(km_source_info(source)->page_bytes, UINT64_MAX);
	reads(source, "proc/version", "v");
	reads(source, "sys/kernel/slab/alias/slabs", "7 N0=7\n");
	lacks(source, "proc/slabinfo");
	lacks(source, "proc/version/x");
	assert_int_equal(km_source_list(source, "sys/kernel/slab", &entries, &err), 0);
	assert_int_equal(entries.len, 3);
	assert_str(entries.items[0].name, ":a-64");
	assert_null(entries.items[0].target.ptr);
	assert_str(entries.items[1].name, "alias");
	assert_str(entries.items[1].target, ":a-64");
	assert_int_equal(km_source_list(source, "sys/nothing", &entries, &err), -ENOENT);
	km_source_free(source);
}

static void one_level_down(void **state)
{
	struct km_source *source;

	(void)state;
	make("s/sosreport-x/proc/version", "v");
	make("s/notes/x", "");
	source = open_source("s");
	reads(source, "proc/version", "v");
	km_source_free(source);
	make("s/other/sys/x", "");
	refuses("s", -ENOTUNIQ, "more than one machine");
}

static void make_hostile(void)
{
	make("secret/version", "secret");
	make("h/proc/slabinfo", "inside");
	make("h/sys/x", "");
	make_link("/etc/passwd", "h/proc/meminfo");
	make_link("../../../../../../../../etc/passwd", "h/proc/vmstat");
	make_link("../../secret/version", "h/proc/version");
	make_link("/proc/slabinfo", "h/proc/zoneinfo");
	make_link("buddyinfo", "h/proc/buddyinfo");
	make_link("/", "h/sys/kernel");
}

/* A link to a file of this machine gives the capture's file of that name, or none. */
static void links_stay_inside(void **state)
{
	struct km_source *source;
	struct km_str text;
	struct km_err err;

	(void)state;
	make_hostile();
	source = open_source("h");
	lacks(source, "proc/meminfo");
	lacks(source, "proc/vmstat");
	lacks(source, "proc/version");
	reads(source, "proc/zoneinfo", "inside");
	reads(source, "sys/kernel/proc/slabinfo", "inside");
	lacks(source, "sys/kernel/etc/passwd");
	assert_int_equal(km_source_read(source, "proc/buddyinfo", &text, &err), -ELOOP);
	km_source_free(source);
}

/* Neither is opened: a FIFO would never end, and opening a device may do anything. */
static void regular_files_only(void **state)
{
	static const char *const paths[] = { "proc/slabinfo", "proc/meminfo", "proc/vmstat" };
	struct km_source *source;
	struct km_str text;
	struct km_err err;

	(void)state;
	make("n/proc/version", "v");
	assert_int_equal(mkfifo("n/proc/slabinfo", 0666), 0);
	make_link("slabinfo", "n/proc/meminfo");
	/* only root can create it: /dev/zero */
	if (mknod("n/proc/vmstat", S_IFCHR | 0666, makedev(1, 5)))
		make_link("slabinfo", "n/proc/vmstat");
	source = open_source("n");
	for (size_t i = 0; i < UNIT_COUNT(paths); i++) {
		assert_int_equal(km_source_read(source, paths[i], &text, &err), -EINVAL);
		assert_string_equal(err.what, "is not a regular file, so it is not opened");
	}
	assert_int_equal(km_source_read(source, "proc", &text, &err), -EISDIR);
	assert_int_equal(km_source_failures(source)->list.len, UNIT_COUNT(paths));
	reads(source, "proc/version", "v");
	km_source_free(source);
	refuses("/dev/zero", -EINVAL, "is a device");
}

static void count_bytes(void *data, struct km_str block)
{
	*(size_t *)data += block.len;
}

/* Data that is not kept has a bound, too: one line, which has to be in memory. */
static void budget_of_a_line(void **state)
{
	enum { LEFT = 200000 };

	(void)state;
	for (size_t size = LEFT - 1; size <= LEFT + 2; size++) {
		uint64_t left = LEFT;
		size_t taken = 0;
		const struct km_source_taker taker = { count_bytes, &taken, false };
		FILE *file = fopen("line", "w+");

		for (size_t i = 0; i < size; i++)
			fputc('a', file);
		rewind(file);
		assert_int_equal(km_read_blocks(fileno(file), &taker, &left), size > LEFT ? -EFBIG : 0);
		assert_int_equal(taken, size > LEFT ? 0 : size);
		fclose(file);
	}
}

/* A file of the largest allowed size is kept, one byte more is not, wherever the size appears. */
static void budget(void **state)
{
	struct km_pool pool = { 0 };
	struct km_str text;

	(void)state;
	for (size_t size = 0; size < 200000; size = size * 2 + 1) {
		for (int less = 0; less < 2; less++) {
			for (int piped = 0; piped < 2; piped++) {
				uint64_t left = size - (size_t)(size && less), before = left;
				FILE *file = fopen("sized", "w+");
				int fd, r;

				for (size_t i = 0; i < size; i++)
					fputc((int)('a' + i % 26), file);
				rewind(file);
				fd = piped ? fileno(popen("cat sized", "r")) : fileno(file);
				r = km_read_all(fd, (struct km_str){ 0 }, &pool, &left, &text);
				assert_int_equal(r, size && less ? -EFBIG : 0);
				assert_int_equal(left, r ? before : before - size);
				if (!r && size)
					assert_int_equal(text.ptr[size - 1], 'a' + (size - 1) % 26);
				if (!r)
					assert_true(text.len == size && !text.ptr[size]);
				fclose(file);
				if (piped)
					close(fd);
			}
		}
	}
	km_pool_deinit(&pool);
}

/* All files of a capture share one budget: three files of two fifths of it are one too many. */
static void budget_of_a_source(void **state)
{
	struct km_source *source;
	struct km_str text;
	struct km_err err;

	(void)state;
	make("large/proc/meminfo", "MemTotal:  4096 kB\n");
	make("large/proc/vmstat", "nr_free_pages 12345\n");
	make("large/proc/zoneinfo", "Node 0, zone   DMA\n");
	source = open_source("large");
	source->left = 50;
	assert_int_equal(km_source_read(source, "proc/meminfo", &text, &err), 0);
	assert_int_equal(km_source_read(source, "proc/vmstat", &text, &err), 0);
	assert_int_equal(km_source_read(source, "proc/zoneinfo", &text, &err), -EFBIG);
	assert_non_null(strstr(err.what, "keeps no more than"));
	km_source_free(source);
}

static int read_with(struct km_checksum expected, struct km_err *err)
{
	struct km_checksums checksums = { 0 };
	struct km_source *source = open_source("listed");
	struct km_str text;
	int r;

	*km_array_push(&checksums.list) = expected;
	km_source_expect(source, &checksums);
	r = km_source_read(source, "proc/meminfo", &text, err);
	km_source_free(source);
	km_array_deinit(&checksums.list);
	return r;
}

/* A file with one other byte, another length, or none is not used. */
static void as_the_manifest_says(void **state)
{
	struct km_checksum expected = { .path = KM_STR("proc/meminfo"), .size = 19 };
	struct km_err err;

	(void)state;
	expected.crc = km_crc32(0, KM_STR("MemTotal:  4096 kB\n"));
	make("listed/proc/vmstat", "");
	assert_int_equal(read_with(expected, &err), -EBADMSG);
	make("listed/proc/meminfo", "MemTotal:  4096 kB\n");
	assert_int_equal(read_with(expected, &err), 0);
	make("listed/proc/meminfo", "MemTotal:  8096 kB\n");
	assert_int_equal(read_with(expected, &err), -EBADMSG);
	assert_non_null(strstr(err.what, "does not match"));
	make("listed/proc/meminfo", "MemTotal:  4096 kB\n\n");
	assert_int_equal(read_with(expected, &err), -EBADMSG);
}

/* Runs all of these tests again with an openat2() that fails, as on old kernels and in some containers. */
static void without_openat2(unsigned int code)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0 /* seccomp_data.nr */),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | code),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { UNIT_COUNT(filter), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(NO_SECCOMP);
	if (syscall(SYS_openat2, AT_FDCWD, "/", NULL, 0) != -1 || errno != (int)code)
		_exit(NO_SECCOMP);
	if (!freopen("child.log", "w", stdout))
		_exit(1);
	execl("/proc/self/exe", "test-source", CHILD, (char *)NULL);
	_exit(1);
}

static void all_without_openat2(void **state)
{
	static const unsigned int codes[] = { ENOSYS, EPERM };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(codes); i++) {
		pid_t child = fork();
		int status;

		if (!child)
			without_openat2(codes[i]);
		assert_int_equal(waitpid(child, &status, 0), child);
		if (WIFEXITED(status) && WEXITSTATUS(status) == NO_SECCOMP)
			skip();
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			fail_msg("with errno %u they fail, see below", codes[i]);
	}
}

static const char supportconfig[] =
	"=====\nSupport Utilities\n=====\n"
	"#==[ Command ]======================================#\n"
	"# /usr/bin/free -k\n"
	"MemTotal: this is no section of a file\n\n"
	"#==[ Configuration File ]===========================#\n"
	"# /proc/meminfo\nMemTotal: 1 kB\n\n\n"
	"#==[ Configuration File ]===========================#\n"
	"# /proc/slabinfo - File not found\n\n"
	"#==[ Configuration File ]===========================#\n"
	"# /proc/buddyinfo\n"
	"Node 0, zone Normal 1 2 3\n"
	"#==[ Configuration File ]===========================#\n"
	"# /etc/shadow\nsecret\n";

static void read_supportconfig(const char *path)
{
	struct km_source *source = open_source(path);

	reads(source, "proc/meminfo", "MemTotal: 1 kB\n\n\n");
	reads(source, "proc/buddyinfo", "Node 0, zone Normal 1 2 3\n");
	lacks(source, "proc/slabinfo");
	lacks(source, "etc/shadow");
	km_source_free(source);
}

static void supportconfig_text(void **state)
{
	struct km_source *source;

	(void)state;
	make("scc/memory.txt", supportconfig);
	read_supportconfig("scc/memory.txt");
	read_supportconfig("scc");
	make("scc/basic-environment.txt", "#==[ Command ]==#\n# /bin/uname -a\nLinux h 5.14.21\n");
	read_supportconfig("scc");
	source = open_source("scc");
	reads(source, km_files[KM_FILE_UNAME].path, "Linux h 5.14.21\n");
	km_source_free(source);
}

/* One file alone, recognised by its first lines. */
static void single_files(void **state)
{
	static const struct {
		const char *text, *path;
	} files[] = {
		{ "slabinfo - version: 2.1\n# name\n", "proc/slabinfo" },
		{ "dentry 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 1 0\n", "proc/slabinfo" },
		{ "?damaged\n\nNode 0, zone      DMA      0      1\n", "proc/buddyinfo" },
		{ "Node 0, zone      DMA\n  per-node stats\n", "proc/zoneinfo" },
		{ "Page block order: 9\nPages per block:  512\n", "proc/pagetypeinfo" },
		{ "0xffffb-0xffffc 8192 f+0x1/0x2 pages=1 vmalloc\n", "proc/vmallocinfo" },
		{ "0x(____ptrval____)-0x(____ptrval____) 8192 f\n", "proc/vmallocinfo" },
		{ "MemTotal:   1 kB\n", "proc/meminfo" },
		{ "nr_free_pages 12\n", "proc/vmstat" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(files); i++) {
		struct km_source *source;

		make("single", files[i].text);
		source = open_source("single");
		reads(source, files[i].path, files[i].text);
		km_source_free(source);
	}
}

static void not_captures(void **state)
{
	(void)state;
	refuses("nothing", -ENOENT, "nothing: No such file");
	mkdir("hollow", 0777);
	refuses("hollow", -ENOENT, "neither proc nor sys");
	make("blank", "");
	refuses("blank", -ENODATA, "is empty");
	make("prose", "Dear reader,\nthis is no capture.\n");
	refuses("prose", -EINVAL, "prose: neither a text that kmeminfo knows");
}

/* The listing of /sys/kernel/slab in sos reports of two ages. */
static void sos_listing(void **state)
{
	static const char *const names[] = { "ls_-lt_.sys.kernel.slab", "ls_-alhZ_.sys.kernel.slab" };
	static const char *const texts[] = {
		"total 0\n"
		"drwxr-xr-x. 2 root root 0 Jun  3 09:14 :0000064\n"
		"lrwxrwxrwx. 1 root root 0 Jun  3  2024 file lock -> :0000064\n"
		"drwxr-xr-x. 2 root root 0 Jun  3 09:14 dentry\n",
		"total 0\n"
		"drwxr-xr-x. 3 root root system_u:object_r:sysfs_t:s0 0 Jun  3 09:14 .\n"
		"drwxr-xr-x. 9 root root system_u:object_r:sysfs_t:s0 0 Jun  3 09:14 ..\n"
		"drwxr-xr-x. 2 root root system_u:object_r:sysfs_t:s0 0 Jun  3 09:14 :0000064\n"
		"drwxr-xr-x. 2 root root system_u:object_r:sysfs_t:s0 0 Jun  3 09:14 dentry\n"
		"lrwxrwxrwx. 1 root root system_u:object_r:sysfs_t:s0 0 Jun  3 09:14 file lock -> "
		":0000064\nlrwxrwxrwx. 1 root\n",
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(names); i++) {
		struct km_source *source;
		struct km_entries entries;
		struct km_err err;
		char path[128];

		assert_int_equal(system("rm -rf sos"), 0);
		snprintf(path, sizeof(path), "sos/x/sos_commands/kernel/%s", names[i]);
		make(path, texts[i]);
		make("sos/x/proc/version", "v");
		source = open_source("sos");
		assert_int_equal(km_source_list(source, "sys/kernel/slab", &entries, &err), 0);
		assert_int_equal(entries.len, 3);
		assert_str(entries.items[0].name, ":0000064");
		assert_str(entries.items[1].name, "dentry");
		assert_null(entries.items[1].target.ptr);
		assert_str(entries.items[2].name, "file lock");
		assert_str(entries.items[2].target, ":0000064");
		km_source_free(source);
	}
}

struct change {
	const char *path, *text;
	off_t size; /* -1: the text is appended */
};

/* Changes the file at the first block, as a program that still writes the capture. */
static void change(void *data, struct km_str block)
{
	const struct change *change = data;
	int fd = open(change->path, O_WRONLY | O_APPEND);

	(void)block;
	assert_true(fd >= 0 && !(change->size >= 0 && ftruncate(fd, change->size)));
	assert_int_equal(write(fd, change->text, strlen(change->text)), strlen(change->text));
	close(fd);
}

static int read_changing(const char *text, off_t size)
{
	struct change what = { "moving/proc/vmallocinfo", text, size };
	const struct km_source_taker taker = { .take = change, .data = &what };
	struct km_source *source;
	struct km_err err;
	int r;

	make(what.path, "0x1-0x2 4096 a\n");
	source = open_source("moving");
	r = km_source_stream(source, "proc/vmallocinfo", &taker, &err);
	assert_true(!r || !strcmp(err.what, "changed while it was read"));
	km_source_free(source);
	return r;
}

/* A file that grows, shrinks or is written anew while it is read is not used as it is. */
static void changing_files(void **state)
{
	(void)state;
	assert_int_equal(read_changing("", -1), 0);
	assert_int_equal(read_changing("0x2-0x3 4096 b\n", -1), -ESTALE);
	assert_int_equal(read_changing("", 0), -ESTALE);
	assert_int_equal(read_changing("0x1", 5), -ESTALE);
}

static int read_member(bool members, const char *before, const char *after, struct km_str *ret)
{
	struct km_source *source = km_realloc(NULL, 1, sizeof(*source));
	const struct km_str path = KM_STR("proc/meminfo"), texts[] = { km_str_from(before), km_str_from(after) };
	struct km_tree *tree;
	struct km_err err;
	int r;

	*source = (struct km_source){ .root_fd = -1, .slab_fd = -1 };
	tree = km_tree_begin(source);
	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		struct km_tree_entry *entry = km_tree_add(tree, path);

		entry->bytes = texts[i];
		entry->member = members;
	}
	km_tree_index(tree);
	r = km_source_read(source, "proc/meminfo", ret, &err);
	assert_true(!r || strstr(err.what, "two different files of this name"));
	km_source_free(source);
	return r;
}

/* An archive whose members of one name differ has no such file. Of the parts of a text the last one counts. */
static void two_of_one_name(void **state)
{
	struct km_str text;

	(void)state;
	assert_int_equal(read_member(true, "a", "b", &text), -ENOTUNIQ);
	assert_int_equal(read_member(true, "a", "a", &text), 0);
	assert_int_equal(read_member(false, "a", "b", &text), 0);
	assert_str(text, "b");
}

static void locate(void **state)
{
	(void)state;
	assert_int_equal(km_files_locate(KM_STR("proc/slabinfo")), 0);
	assert_int_equal(km_files_locate(KM_STR("a/b/proc/slabinfo")), 4);
	assert_int_equal(km_files_locate(KM_STR("sys/kernel/slab/x/y")), 0);
	assert_int_equal(km_files_locate(KM_STR("sys/kernel/slab")), 0);
	assert_int_equal(km_files_locate(KM_STR("sys/kernel/slabs")), -1);
	assert_int_equal(km_files_locate(KM_STR("myproc/slabinfo")), -1);
	assert_int_equal(km_files_locate(KM_STR("proc/slabinfo/x")), -1);
	assert_int_equal(km_files_locate(KM_STR("")), -1);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(directory),
		cmocka_unit_test(one_level_down),
		cmocka_unit_test(links_stay_inside),
		cmocka_unit_test(regular_files_only),
		cmocka_unit_test(budget),
		cmocka_unit_test(budget_of_a_line),
		cmocka_unit_test(budget_of_a_source),
		cmocka_unit_test(as_the_manifest_says),
		cmocka_unit_test(supportconfig_text),
		cmocka_unit_test(single_files),
		cmocka_unit_test(not_captures),
		cmocka_unit_test(sos_listing),
		cmocka_unit_test(changing_files),
		cmocka_unit_test(two_of_one_name),
		cmocka_unit_test(locate),
	};

	const struct CMUnitTest parent_tests[] = { cmocka_unit_test(all_without_openat2) };
	int failed = cmocka_run_group_tests(tests, enter_top, leave_top);

	if (argc > 1 && !strcmp(argv[1], CHILD))
		return failed;
	return failed | cmocka_run_group_tests(parent_tests, enter_top, leave_top);
}
