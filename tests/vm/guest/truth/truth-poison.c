// SPDX-License-Identifier: GPL-2.0-or-later
/* Pages that are poisoned on purpose. They stay out of use until the machine is booted again. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include "truth-load.h"

static number poisoned(void)
{
	return look("hwpoison", -1, NULL).class.pages;
}

/* Poisons a page of a process's own memory. Some kernels kill the process. */
static bool poison_own(int advice)
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		char *at = map(4 * MIB, advice);

		memset(at, 1, 4 * MIB);
		_exit(madvise(at + 77 * page_bytes, (size_t)page_bytes, 100 /* MADV_HWPOISON */) ? 1 : 0);
	}
	waitpid(child, &status, 0);
	return !WIFEXITED(status) || !WEXITSTATUS(status);
}

/* A frame inside a free block, by /proc/kpageflags; -1 without one. */
static number free_frame(void)
{
	static uint64_t flags[4096];
	int fd = open("/proc/kpageflags", O_RDONLY);
	number frame = -1, first = 4096;

	while (frame < 0 && pread(fd, flags, sizeof(flags), first * 8) == (ssize_t)sizeof(flags)) {
		for (size_t i = 0; i < 4096 && frame < 0; i++)
			if (i + 1 < 4096 && (flags[i] & flags[i + 1]) >> 10 & 1)
				frame = first + (number)i + 1;
		first += 4096;
	}
	close(fd);
	return frame;
}

static bool poison_free(void)
{
	char text[32];

	snprintf(text, sizeof(text), "%#llx", free_frame() * page_bytes);
	return write_text("/sys/devices/system/memory/hard_offline_page", text);
}

/* Up to 5.10 a poisoned page that was free stays inside its free block, until someone is given the block. */
static bool free_ones_are_taken(void)
{
	struct utsname kernel;
	int major = 0, minor = 0;

	uname(&kernel);
	sscanf(kernel.release, "%d.%d", &major, &minor);
	return major > 5 || minor > 10;
}

static void poisons(const char *name, bool done, number before, number by)
{
	number after = poisoned();

	if (!done)
		skip(name, "no memory failure here");
	else
		verdict(after == before + by, name, "%lld, then %lld", before, after);
}

void load_poison(void)
{
	const number taken = free_ones_are_taken();
	number before = poisoned(), told;
	bool done;

	done = before >= 0 && poison_own(MADV_NOHUGEPAGE);
	poisons("loads: a poisoned page", done, before, 1);
	if (!done)
		return;
	before = poisoned();
	poisons("loads: a poisoned page inside a huge page", poison_own(MADV_HUGEPAGE), before, 1);
	before = poisoned();
	done = poison_free();
	poisons("loads: a poisoned page that was free", done, before, taken);
	told = value_of("/proc/meminfo", "HardwareCorrupted");
	agree("loads: poisoned pages are HardwareCorrupted", poisoned() + (done && !taken),
	      told < 0 ? told : told * 1024 / page_bytes, 0);
}
