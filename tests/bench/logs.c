// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the libraries need for the same files, for tests/bench/run: "json FILE" reads each line with jansson,
 * "unpack FILE" decompresses with libarchive and looks at nothing.
 */
#include <archive.h>
#include <archive_entry.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_json(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0, objects = 0;
	ssize_t len;

	if (!file)
		return 1;
	while ((len = getline(&line, &room, file)) > 0) {
		json_t *root = json_loadb(line, (size_t)len, JSON_DISABLE_EOF_CHECK, NULL);

		objects += root != NULL;
		json_decref(root);
	}
	printf("%zu\n", objects);
	free(line);
	fclose(file);
	return 0;
}

static int unpack(const char *path)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	const void *block;
	size_t size, total = 0;
	la_int64_t offset;

	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_format_raw(archive);
	if (archive_read_open_filename(archive, path, 65536) || archive_read_next_header(archive, &entry))
		return 1;
	while (!archive_read_data_block(archive, &block, &size, &offset))
		total += size;
	printf("%zu\n", total);
	archive_read_free(archive);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	return !strcmp(argv[1], "json") ? read_json(argv[2]) : unpack(argv[2]);
}
