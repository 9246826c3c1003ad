// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel's own pages, which a module for tests takes and marks. */
#include <unistd.h>
#include "truth-load.h"

#define STEPS "/sys/module/kmfail/parameters/run"

/* kmalloc() beyond its caches, which some kernels mark. */
static void load_kmalloc(void)
{
	bool marked = look("large_kmalloc", -1, NULL).class.pages >= 0;
	const char *class = marked ? "large_kmalloc" : "kernel_compound";
	number before = look(class, -1, NULL).class.pages;
	char step[64];

	snprintf(step, sizeof(step), "kmalloc %lld kernel 16", 16 * page_bytes);
	write_text(STEPS, step);
	more("loads: kmalloc of 16 pages, 16 times", before, look(class, -1, NULL).class.pages, 256);
	write_text(STEPS, "free");
}

/* The kernel's own pages, which a module for tests takes. */
void load_kernel(void)
{
	struct snapshot single, ref0, after, compound, pool;

	if (access(STEPS, W_OK)) {
		skip("loads: pages of the kernel", "the module for it is not loaded");
		return;
	}
	single = look("kernel_single", -1, NULL);
	ref0 = look("ref0", -1, NULL);
	write_text(STEPS, "hold 3 kernel 64");
	more("loads: 64 untyped blocks have a first page each", single.class.pages,
	     look("kernel_single", -1, NULL).class.pages, 64);
	after = look("ref0", -1, NULL);
	more("loads: the rest of them is ref0, and not in the lists of CPUs", ref0.class.pages - ref0.pcp,
	     after.class.pages - after.pcp, 448);
	write_text(STEPS, "free");
	single = look("kernel_single", -1, NULL);
	write_text(STEPS, "hold 0 kernel 500");
	more("loads: 500 single pages of the kernel", single.class.pages, look("kernel_single", -1, NULL).class.pages, 500);
	write_text(STEPS, "free");
	compound = look("kernel_compound", 3, NULL);
	write_text(STEPS, "hold 3 kernel+comp 64");
	more("loads: 64 compound pages of order 3", compound.order, look("kernel_compound", 3, NULL).order, 512);
	write_text(STEPS, "free");
	load_kmalloc();
	pool = look("page_pool", -1, NULL);
	if (pool.class.pages < 0 || !write_text(STEPS, "pool 300")) {
		skip("loads: pages of a page_pool", "the kernel does not mark them");
		return;
	}
	more("loads: 300 pages of a page_pool", pool.class.pages, look("page_pool", -1, NULL).class.pages, 300);
	write_text(STEPS, "free");
}

/* Blocks that the kernel marks in their first frame alone are counted as a whole. */
static void load_mark(const char *as, int order, number blocks)
{
	number before = look(as, -1, NULL).class.pages, after;
	char name[64], step[64];

	snprintf(name, sizeof(name), "loads: pages marked as %s", as);
	snprintf(step, sizeof(step), "hold %d kernel %lld", order, blocks);
	write_text(STEPS, step);
	snprintf(step, sizeof(step), "mark %s", as);
	if (before < 0 || !write_text(STEPS, step)) {
		skip(name, "the kernel does not mark them");
	} else {
		after = look(as, -1, NULL).class.pages;
		printf("figure %s\t%lld\t%lld\n", name, after - before, blocks << order);
		/* of large blocks there may be fewer */
		verdict(after > before && after - before <= blocks << order && !((after - before) & ((1ll << order) - 1)), name, "%lld more of %lld", after - before, blocks << order);
	}
	write_text(STEPS, "free");
}

void load_marks(void)
{
	if (access(STEPS, W_OK)) {
		skip("loads: pages that are marked", "the module for it is not loaded");
		return;
	}
	load_mark("guard", 4, 20);
	load_mark("offline", 0, 200);
	load_mark("unaccepted", (int)value_of("/proc/kmeminfo/info", "max_order"), 2);
}
