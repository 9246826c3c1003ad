// SPDX-License-Identifier: GPL-2.0-or-later
/* Compressed pages: the class against the kernel's own counter. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>
#include "truth-load.h"

#define ZRAM "/sys/block/zram0/"

/* Half of each page cannot be compressed. */
static bool fill_disk(size_t bytes)
{
	static uint64_t page[8192];
	int fd = open("/dev/zram0", O_WRONLY);
	size_t words = (size_t)page_bytes / 8;
	uint64_t state = 88172645463325252u;
	bool good = fd >= 0;

	for (size_t done = 0; good && done < bytes; done += (size_t)page_bytes) {
		for (size_t i = 0; i < words / 2; i++) {
			state ^= state << 13;
			state ^= state >> 7;
			state ^= state << 17;
			page[i] = state;
		}
		good = write(fd, page, (size_t)page_bytes) == (ssize_t)page_bytes;
	}
	return !close(fd) && good;
}

void load_zsmalloc(void)
{
	const char *class = look("zsmalloc", -1, NULL).class.pages >= 0 ? "zsmalloc" : "movable";
	number before, counted;

	write_text(ZRAM "reset", "1");
	before = look(class, -1, NULL).class.pages;
	counted = value_of("/proc/vmstat", "nr_zspages");
	if (counted < 0 || !write_text(ZRAM "disksize", "64M") || !fill_disk(16 * MIB)) {
		skip("loads: 16 MiB compressed are nr_zspages", "no compressed disk here");
		return;
	}
	more("loads: 16 MiB compressed are nr_zspages", before, look(class, -1, NULL).class.pages,
	     value_of("/proc/vmstat", "nr_zspages") - counted);
	agree("loads: half of it is left", value_of("/proc/vmstat", "nr_zspages") - counted,
	      8 * (number)MIB / page_bytes, 2 * (number)MIB / page_bytes);
	write_text(ZRAM "reset", "1");
}
