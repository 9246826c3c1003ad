// SPDX-License-Identifier: GPL-2.0
/* Leaks pages, which no counter of the kernel covers. */
#define UNIT PAGE_SIZE

#include "leak.h"

static unsigned long pages;

static int leak_unit(void)
{
	unsigned long page = __get_free_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	*(unsigned long *)page = pages;
	pages = page;
	return 0;
}

static void leak_free(void)
{
	while (pages) {
		unsigned long next = *(unsigned long *)pages;

		free_page(pages);
		pages = next;
	}
}

static int __init leak_pages_init(void)
{
	return leak_begin();
}

static void __exit leak_pages_exit(void)
{
	leak_end();
}

module_init(leak_pages_init);
module_exit(leak_pages_exit);
MODULE_DESCRIPTION("leaks pages, for tests");
