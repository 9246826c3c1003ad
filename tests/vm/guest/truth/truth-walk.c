// SPDX-License-Identifier: GPL-2.0-or-later
/* The walk over all pages: what it costs others, and who may have it done. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "truth.h"

void check_walk(const struct pages *pages)
{
	const char *walk = strstr(pages->text, "\nwalk ");
	number span = 0;

	for (size_t i = 0; i < pages->n; i++)
		span += zone_word(pages, pages->zones[i], "spanned_pages");
	walk = walk ? walk + 1 : "";
	verdict(word(walk, "pages") == span, "walk: it saw every page frame", "%lld of %lld", word(walk, "pages"), span);
	verdict(word(walk, "longest") > 0 && word(walk, "longest") <= 4096,
		"walk: it rests after at most 4,096 struct pages", "%lld", word(walk, "longest"));
	verdict(word(walk, "structs") > 0 && word(walk, "structs") * 3 < span,
		"walk: it steps over free blocks and compound pages", "%lld struct pages of %lld",
		word(walk, "structs"), span);
	verdict(word(walk, "ns") > 1000 && word(walk, "ns") < 60000000000ll, "walk: its duration is plausible", "%lld",
		word(walk, "ns"));
}

/* How long a walk takes at least. */
static number walk_ns(void)
{
	number least = -1;

	for (int i = 0; i < 5; i++) {
		struct pages pages;
		number ns;

		if (!pages_read(&pages))
			break;
		ns = word(strstr(pages.text, "\nwalk ") + 1, "ns");
		least = least < 0 || ns < least ? ns : least;
		pages_free(&pages);
	}
	return least;
}

/*
 * A process of the same priority on the same CPU gets it during one read: the kernel switches only
 * where the walk rests, unless it is preemptible.
 */
void check_rests(void)
{
	static char buffer[1 << 20];
	cpu_set_t one;
	long most = 0;
	pid_t child;

	if (walk_ns() < 4000000) {
		skip("walk: other processes run during it", "it is shorter than a turn of the scheduler");
		return;
	}
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	child = fork();
	if (!child)
		for (;;)
			;
	for (int i = 0; i < 40 && most < 2; i++) {
		int fd = open("/proc/kmeminfo/pages", O_RDONLY);
		struct rusage before, after;

		sched_yield();
		getrusage(RUSAGE_SELF, &before);
		if (read(fd, buffer, sizeof(buffer)) < 0)
			break;
		getrusage(RUSAGE_SELF, &after);
		close(fd);
		if (after.ru_nivcsw - before.ru_nivcsw > most)
			most = after.ru_nivcsw - before.ru_nivcsw;
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	verdict(most >= 2, "walk: other processes run during it", "switched %ld times in the best of 40 reads", most);
}

/* The user root without the capability, as in a container. */
void check_capability(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	static const char *const files[] = { "info", "gfp", "zones", "pages", "blocks" };
	int status = 0;
	pid_t child = fork();

	if (!child) {
		syscall(SYS_capget, &header, data);
		for (int i = 0; i < 2; i++)
			data[i].effective = data[i].permitted = 0;
		data[0].effective = data[0].permitted = 1u << CAP_DAC_OVERRIDE;
		syscall(SYS_capset, &header, data);
		for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
			char path[64];

			snprintf(path, sizeof(path), "/proc/kmeminfo/%s", files[i]);
			if (open(path, O_RDONLY) >= 0 || errno != EPERM)
				_exit((int)i + 1);
		}
		_exit(0);
	}
	waitpid(child, &status, 0);
	verdict(WIFEXITED(status) && !WEXITSTATUS(status), "files: refused without CAP_SYS_ADMIN", "%s opens",
		WEXITSTATUS(status) ? files[WEXITSTATUS(status) - 1] : "?");
}
