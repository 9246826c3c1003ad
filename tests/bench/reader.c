// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reader PATTERN...: reads the files that match, once a second and for ever. What the screen's tabs are compared
 * with: the same files at the same times, and nothing else.
 */
#include <fcntl.h>
#include <glob.h>
#include <unistd.h>

static void read_file(const char *path)
{
	static char text[128 * 1024];
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	while (read(fd, text, sizeof(text)) > 0)
		;
	close(fd);
}

int main(int argc, char **argv)
{
	for (;;) {
		for (int i = 1; i < argc; i++) {
			glob_t found;

			if (!glob(argv[i], GLOB_NOSORT, NULL, &found))
				for (size_t j = 0; j < found.gl_pathc; j++)
					read_file(found.gl_pathv[j]);
			globfree(&found);
		}
		sleep(1);
	}
}
