// SPDX-License-Identifier: GPL-2.0
/* Leaks areas of vmalloc(). */
#define UNIT 16384

#include "leak.h"

static void *areas;

static int leak_unit(void)
{
	void **area = vmalloc(UNIT);

	if (!area)
		return -ENOMEM;
	*area = areas;
	areas = area;
	return 0;
}

static void leak_free(void)
{
	while (areas) {
		void *next = *(void **)areas;

		vfree(areas);
		areas = next;
	}
}

static int __init leak_vmalloc_init(void)
{
	return leak_begin();
}

static void __exit leak_vmalloc_exit(void)
{
	leak_end();
}

module_init(leak_vmalloc_init);
module_exit(leak_vmalloc_exit);
MODULE_DESCRIPTION("leaks vmalloc areas, for tests");
