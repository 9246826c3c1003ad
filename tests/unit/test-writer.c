// SPDX-License-Identifier: GPL-2.0-or-later
/* The written files, their owners, and that nothing is written in another place. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "source/writer.h"
#include "unit.h"

static char top[UNIT_PATH];

static int enter_top(void **state)
{
	(void)state;
	umask(0);
	return unit_make_folder(top) || chdir(top) ? -1 : 0;
}

static int leave_top(void **state)
{
	(void)state;
	return chdir("/") || unit_remove_folder(top);
}

static void has(const char *path, mode_t mode, const char *text)
{
	char content[64] = "";
	struct stat stat;
	FILE *file;

	assert_int_equal(lstat(path, &stat), 0);
	assert_int_equal(stat.st_mode, mode);
	if (!text)
		return;
	file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(content, 1, sizeof(content) - 1, file) == strlen(text));
	assert_string_equal(content, text);
	fclose(file);
}

/* With a umask of 0, the requested mode is visible. */
static void writes_for_the_owner(void **state)
{
	struct km_writer writer;
	struct km_err err;

	(void)state;
	assert_int_equal(km_writer_init(&writer, "new", &err), 0);
	assert_int_equal(km_writer_file(&writer, KM_STR("a/b/c"), KM_STR("text"), &err), 0);
	assert_int_equal(km_writer_file(&writer, KM_STR("top"), KM_STR(""), &err), 0);
	assert_int_equal(km_writer_folder(&writer, KM_STR("a/d"), &err), 0);
	assert_int_equal(km_writer_link(&writer, KM_STR("a/link"), KM_STR("b"), &err), 0);
	has("new", S_IFDIR | 0700, NULL);
	has("new/a", S_IFDIR | 0700, NULL);
	has("new/a/b", S_IFDIR | 0700, NULL);
	has("new/a/d", S_IFDIR | 0700, NULL);
	has("new/a/b/c", S_IFREG | 0600, "text");
	has("new/top", S_IFREG | 0600, "");
	has("new/a/link", S_IFLNK | 0777, NULL);
	/* nothing is overwritten */
	assert_int_equal(km_writer_file(&writer, KM_STR("top"), KM_STR("x"), &err), -EEXIST);
	assert_string_equal(err.what, "new/top: File exists");
	assert_int_equal(km_writer_replace(&writer, KM_STR("top"), KM_STR("x"), &err), 0);
	has("new/top", S_IFREG | 0600, "x");
	assert_int_equal(access("new/top.new", F_OK), -1);
	km_writer_deinit(&writer);
}

static void stays_inside(void **state)
{
	static const char *const paths[] = {
		"../x", "a/../../x", "..", "", "/", "a/..", "a/.", "link/x", "a/link/x",
	};
	struct km_writer writer;
	struct km_err err;

	(void)state;
	mkdir("outside", 0755);
	assert_int_equal(km_writer_init(&writer, "inside", &err), 0);
	assert_int_equal(km_writer_link(&writer, KM_STR("link"), KM_STR("../outside"), &err), 0);
	assert_int_equal(km_writer_link(&writer, KM_STR("a/link"), KM_STR("/"), &err), 0);
	for (size_t i = 0; i < UNIT_COUNT(paths); i++) {
		assert_true(km_writer_file(&writer, km_str_from(paths[i]), KM_STR("x"), &err) < 0);
		assert_true(km_writer_link(&writer, km_str_from(paths[i]), KM_STR("x"), &err) < 0);
	}
	assert_int_equal(rmdir("outside"), 0);
	assert_int_equal(access("x", F_OK), -1);
	/* an absolute path is one below the root */
	assert_int_equal(km_writer_file(&writer, KM_STR("/abs/x"), KM_STR("x"), &err), 0);
	has("inside/abs/x", S_IFREG | 0600, "x");
	km_writer_deinit(&writer);
}

static void too_long(void **state)
{
	struct km_writer writer;
	struct km_err err;
	char name[300], path[5000];

	(void)state;
	memset(name, 'n', sizeof(name));
	memset(path, 'p', sizeof(path));
	for (size_t i = 100; i < sizeof(path); i += 101)
		path[i] = '/';
	assert_int_equal(km_writer_init(&writer, "long", &err), 0);
	assert_int_equal(km_writer_file(&writer, (struct km_str){ name, sizeof(name) }, KM_STR("x"), &err),
			 -ENAMETOOLONG);
	assert_int_equal(km_writer_file(&writer, (struct km_str){ path, sizeof(path) }, KM_STR("x"), &err),
			 -ENAMETOOLONG);
	assert_int_equal(km_writer_link(&writer, KM_STR("l"), (struct km_str){ path, sizeof(path) }, &err),
			 -ENAMETOOLONG);
	km_writer_deinit(&writer);
}

static void refuses(const char *name, int code, const char *words)
{
	struct km_writer writer;
	struct km_err err;

	assert_int_equal(km_writer_init(&writer, name, &err), code);
	if (!strstr(err.what, words))
		fail_msg("\"%s\" does not say \"%s\"", err.what, words);
	assert_int_equal(writer.root_fd, -1);
}

/* Directories that other users could read, change, or have chosen. */
static void own_directories_only(void **state)
{
	struct km_writer writer;
	struct km_err err;

	(void)state;
	mkdir("real", 0700);
	assert_int_equal(symlink("real", "alias"), 0);
	refuses("alias", -EPERM, "is a link");
	refuses("alias/", -EPERM, "is a link");
	refuses("alias///", -EPERM, "is a link");
	mkdir("full", 0700);
	mkdir("full/x", 0700);
	refuses("full", -ENOTEMPTY, "is not empty");
	mkdir("group", 0770);
	refuses("group", -EPERM, "other users may write");
	mkdir("all", 01777);
	refuses("all", -EPERM, "other users may write");
	refuses("nothing/below", -ENOENT, "No such file");
	assert_int_equal(mknod("file", S_IFREG | 0600, 0), 0);
	refuses("file", -EPERM, "Not a directory");
	mkdir("public", 0755);
	assert_int_equal(km_writer_init(&writer, "public/", &err), 0);
	has("public", S_IFDIR | 0700, NULL);
	assert_int_equal(km_writer_file(&writer, KM_STR("d/f"), KM_STR("x"), &err), 0);
	has("public/d", S_IFDIR | 0700, NULL);
	has("public/d/f", S_IFREG | 0600, "x");
	km_writer_deinit(&writer);
}

static void of_another_user(void **state)
{
	(void)state;
	if (geteuid())
		skip();
	mkdir("theirs", 0700);
	assert_int_equal(chown("theirs", 65534, 65534), 0);
	refuses("theirs", -EPERM, "belongs to another user");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_for_the_owner),
		cmocka_unit_test(stays_inside),
		cmocka_unit_test(too_long),
		cmocka_unit_test(own_directories_only),
		cmocka_unit_test(of_another_user),
	};

	return cmocka_run_group_tests(tests, enter_top, leave_top);
}
