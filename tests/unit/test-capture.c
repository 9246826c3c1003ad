// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The contents of a capture, and the rows about files that it lacks. The machine is made in a temporary
 * directory.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "machine/capture.h"
#include "unit.h"

static char top[UNIT_PATH];

static void make(const char *path, const char *text)
{
	char below[256];

	snprintf(below, sizeof(below), "machine/%s", path);
	unit_make_file(top, below, text);
}

static int make_machine(void **state)
{
	char link[2 * UNIT_PATH];

	(void)state;
	if (unit_make_folder(top))
		return -1;
	make("kmeminfo.capture", "kmeminfo capture 1\nrelease 6.12.1-test\nmachine x86_64\npage_bytes 4096\nroot no\n"
				 "missing proc/vmallocinfo: Permission denied\n");
	make("proc/meminfo", "MemTotal: 1000 kB\n");
	make("proc/cmdline", "quiet secret=1\n");
	make("proc/modules", "fat 102400 1 vfat, Live 0xffffffffc0da8000\n");
	make("sys/kernel/slab/:0000064/order", "0\n");
	snprintf(link, sizeof(link), "%s/machine/sys/kernel/slab/avc_node", top);
	return symlink(":0000064", link);
}

static int remove_machine(void **state)
{
	(void)state;
	return unit_remove_folder(top);
}

static const struct km_captured *row_of(const struct km_sheet *sheet, const char *path)
{
	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_captured *row = km_sheet_row(sheet, i);

		if (km_str_eq(row->path, km_str_from(path)))
			return row;
	}
	fail_msg("no row %s", path);
	return NULL;
}

static int capture(struct km_machine *machine, const char *name, const struct km_capture_options *options,
		   struct km_sheet *ret, struct km_err *err)
{
	char from[2 * UNIT_PATH], to[2 * UNIT_PATH];

	snprintf(from, sizeof(from), "%s/machine", top);
	snprintf(to, sizeof(to), "%s/%s", top, name);
	assert_int_equal(km_machine_init(machine, from, KM_UNKNOWN, err), 0);
	return km_capture_write(machine, to, options, ret, err);
}

/* The first bytes of a file of the capture; empty if there is no such file. */
static const char *content(const char *path)
{
	static char text[4096];
	char full[2 * UNIT_PATH];
	FILE *file;

	snprintf(full, sizeof(full), "%s/%s", top, path);
	file = fopen(full, "r");
	text[file ? fread(text, 1, sizeof(text) - 1, file) : 0] = '\0';
	if (file)
		fclose(file);
	return text;
}

static void copies(void **state)
{
	const struct km_capture_options options = { 0 };
	const struct km_captured *row, *totals;
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;
	char link[2 * UNIT_PATH], target[64] = "";

	(void)state;
	assert_int_equal(capture(&machine, "copy", &options, &sheet, &err), 0);
	row = row_of(&sheet, "/proc/meminfo");
	assert_ptr_equal(row->state, &km_capture_states[KM_CAPTURE_COMPLETE]);
	assert_null(row->reason.ptr);
	assert_int_equal(row->size_bytes, 18);
	row = row_of(&sheet, "/proc/vmallocinfo");
	assert_ptr_equal(row->state, &km_capture_states[KM_CAPTURE_MISSING]);
	assert_str(row->reason, "Permission denied");
	row = row_of(&sheet, "/sys/kernel/slab");
	assert_ptr_equal(row->state, &km_capture_states[KM_CAPTURE_COMPLETE]);
	assert_int_equal(row->files, 2);
	totals = sheet.totals;
	assert_int_equal(totals->files, 5);
	assert_string_equal(content("copy/proc/cmdline"), "quiet secret=1\n");
	assert_string_equal(content("copy/sys/kernel/slab/:0000064/order"), "0\n");
	snprintf(link, sizeof(link), "%s/copy/sys/kernel/slab/avc_node", top);
	assert_int_equal(readlink(link, target, sizeof(target) - 1), 8);
	assert_string_equal(target, ":0000064");
	assert_non_null(strstr(content("copy/kmeminfo.capture"), "release 6.12.1-test\n"));
	assert_non_null(strstr(content("copy/kmeminfo.capture"), "missing proc/vmallocinfo: Permission denied\n"));
	assert_non_null(strstr(content("copy/kmeminfo.capture"), " 18 proc/meminfo\n"));
	km_machine_deinit(&machine);
}

static void redacts(void **state)
{
	const struct km_capture_options options = { .redact = true };
	const struct km_captured *row;
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;

	(void)state;
	assert_int_equal(capture(&machine, "redacted", &options, &sheet, &err), 0);
	row = row_of(&sheet, "/proc/cmdline");
	assert_ptr_equal(row->state, &km_capture_states[KM_CAPTURE_LEFT_OUT]);
	assert_str(row->reason, "left out by --redact");
	assert_string_equal(content("redacted/proc/cmdline"), "");
	row = row_of(&sheet, "/proc/modules");
	assert_ptr_equal(row->state, &km_capture_states[KM_CAPTURE_REDACTED]);
	assert_str(row->reason, "addresses of modules");
	assert_null(strstr(content("redacted/proc/modules"), "c0da8000"));
	assert_non_null(strstr(content("redacted/kmeminfo.capture"), "redacted proc/modules: addresses of modules\n"));
	km_machine_deinit(&machine);
}

/* A capture is never written into a directory that is not empty, and the machine's files are not changed. */
static void refuses(void **state)
{
	const struct km_capture_options options = { 0 };
	struct km_machine machine;
	struct km_sheet sheet;
	struct km_err err;

	(void)state;
	assert_true(capture(&machine, "machine", &options, &sheet, &err) < 0);
	assert_non_null(strstr(err.what, "is not empty"));
	assert_string_equal(content("machine/proc/meminfo"), "MemTotal: 1000 kB\n");
	km_machine_deinit(&machine);
	assert_int_equal(capture(&machine, "none/here", &options, &sheet, &err), -ENOENT);
	km_machine_deinit(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies), cmocka_unit_test(redacts), cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, make_machine, remove_machine);
}
