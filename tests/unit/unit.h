/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all unit tests share: cmocka, which wants these headers first, and byte strings. */
#ifndef KM_TESTS_UNIT_H
#define KM_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <cmocka.h>
#include "base/str.h"

/* assert_string_equal() for byte strings; shows both. */
#define assert_str(actual, expected)                                                               \
	do {                                                                                       \
		struct km_str unit_actual = (actual), unit_expected = km_str_from(expected);       \
                                                                                                   \
		if (!km_str_eq(unit_actual, unit_expected))                                        \
			fail_msg("\"%.*s\" is not \"%s\"", KM_STR_ARG(unit_actual), expected);     \
	} while (0)

/* A folder for this test alone, below TMPDIR. */
enum { UNIT_PATH = 1024 };

static inline int unit_make_folder(char folder[static UNIT_PATH])
{
	const char *parent = getenv("TMPDIR");
	int len = snprintf(folder, UNIT_PATH, "%s/kmeminfo-test.XXXXXX", parent ? parent : "/tmp");

	return len < UNIT_PATH && mkdtemp(folder) ? 0 : -1;
}

static inline int unit_remove_folder(const char *folder)
{
	char command[UNIT_PATH + 16];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

/* A file in it, with the folders above the file. */
static inline void unit_make_file(const char *folder, const char *path, const char *text)
{
	char full[2 * UNIT_PATH];
	FILE *file;

	snprintf(full, sizeof(full), "%s/%s", folder, path);
	for (char *slash = strchr(full + strlen(folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0777);
		*slash = '/';
	}
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

#define UNIT_COUNT(array) (sizeof(array) / sizeof(*(array)))

#endif
