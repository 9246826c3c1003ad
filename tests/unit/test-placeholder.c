// SPDX-License-Identifier: GPL-2.0-or-later
/* The placeholders in a topic's text, with a capture made in a temporary directory. */
#include <unistd.h>
#include "report/placeholder.h"
#include "unit.h"

static char top[UNIT_PATH];

static void make(const char *path, const char *text)
{
	unit_make_file(top, path, text);
}

static int make_capture(void **state)
{
	char link[2 * UNIT_PATH];

	(void)state;
	if (unit_make_folder(top))
		return -1;
	make("kmeminfo.capture", "kmeminfo capture 1\nrelease 6.12.1-test\nmachine x86_64\npage_bytes 4096\n"
				 "root no\nmissing proc/vmallocinfo: Permission denied\n");
	make("proc/slabinfo", "slabinfo - version: 2.1\n"
			      "dentry 40 42 192 21 1 : tunables 0 0 0 : slabdata 2 2 0\n"
			      "kmalloc-8k 4 4 8192 4 8 : tunables 0 0 0 : slabdata 1 1 0\n"
			      "kmalloc-64 64 64 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n");
	make("proc/meminfo", "MemTotal: 1000 kB\nVmallocTotal: 120 kB\n");
	make("proc/buddyinfo", "Node 0, zone DMA32 1 0 0 0\nNode 1, zone Normal 3 0 0 1\n");
	make("sys/kernel/slab/:0000064/order", "0\n");
	snprintf(link, sizeof(link), "%s/sys/kernel/slab/kmalloc-64", top);
	if (symlink(":0000064", link))
		return -1;
	snprintf(link, sizeof(link), "%s/sys/kernel/slab/avc_node", top);
	return symlink(":0000064", link);
}

static int remove_capture(void **state)
{
	(void)state;
	return unit_remove_folder(top);
}

static struct km_placeholders open_figures(struct km_machine *machine, enum km_language language)
{
	struct km_err err;

	assert_int_equal(km_machine_init(machine, top, KM_UNKNOWN, &err), 0);
	return (struct km_placeholders){ .machine = machine, .language = language };
}

static void fills(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {
		{ "page", "4 KiB" },
		{ "kernel", "6.12.1-test" },
		{ "arch", "x86_64" },
		{ "max_order", "3" },
		{ "limit.kmalloc_cache", "8 KiB" },
		{ "limit.kmalloc", "32 KiB (computed)" },
		{ "limit.pages", "32 KiB" },
		{ "limit.vmalloc", "at most 120 KiB" },
		{ "limit.percpu", "32 KiB (computed)" },
		{ "gfp.GFP_NOFS", "0xc40 = __GFP_IO | __GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM" },
		{ "gfp.__GFP_NOLOCKDEP", "__GFP_NOLOCKDEP" },
		{ "gfp.GFP_TEMPORARY", "GFP_TEMPORARY" },
		{ "host.release", "6.12.1-test" },
		{ "slab.size_bytes", "44.0 KiB" },
		{ "slab[dentry].objects", "42" },
		{ "slab[dentry].used_ratio", "93.8%" },
		{ "slab[kmalloc-*].size_bytes", "36.0 KiB" },
		{ "slab[name=kmalloc-*].objects", "68" },
		{ "slab[avc_node].size_bytes", "4.00 KiB (merged into kmalloc-64)" },
		{ "slab[inode_cache].size_bytes", "none on this machine" },
		{ "buddy[Normal].free_bytes", "44.0 KiB" },
		{ "buddy[*DMA32].free_bytes", "4.00 KiB" },
		{ "buddy[node=1].free_bytes", "44.0 KiB" },
		{ "buddy[zone=*].free_bytes", "48.0 KiB" },
		{ "buddy.free_bytes", "48.0 KiB" },
		{ "zones[DMA32].free_bytes", "unknown here" },
		{ "vmalloc[kind=kernel stacks].memory_bytes", "unknown here: needs root" },
	};
	const struct km_topic_text text = { .key = KM_STR_INIT("t") };
	struct km_machine machine;
	struct km_placeholders figures = open_figures(&machine, KM_ENGLISH);

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		assert_str(km_placeholder_text(&figures, &text, km_str_from(cases[i].name)), cases[i].text);
	assert_int_equal(machine.problems.list.len, 0);
	km_machine_deinit(&machine);
}

/* A writer's mistake is a problem of the report, on any machine. */
static void complains(void **state)
{
	static const char *const bad[] = {
		"", "nosuch", "limit.nosuch", "nosuch.size_bytes", "slab.nosuch", "slab.name", "slab[dentry]",
		"slab[dentry.size_bytes", "slab[nosuch=x].size_bytes", "slab[kmalloc-*].object_bytes",
		"slab[dentry].slab_bytes", "slab[dentry].nodes", "buddy[Normal].orders",
		"zones[DMA32].counters",
	};
	const struct km_topic_text text = { .key = KM_STR_INIT("t") };
	struct km_machine machine;
	struct km_placeholders figures = open_figures(&machine, KM_JAPANESE);

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		assert_str(km_placeholder_text(&figures, &text, km_str_from(bad[i])), "ここでは不明");
		assert_int_equal(machine.problems.list.len, i + 1);
	}
	km_machine_deinit(&machine);
}

/* Nothing is read before it is requested. */
static void is_lazy(void **state)
{
	const struct km_topic_text text = { .key = KM_STR_INIT("t") };
	struct km_machine machine;
	struct km_placeholders figures = open_figures(&machine, KM_ENGLISH);

	(void)state;
	memset(machine.have, 0, sizeof(machine.have));
	memset(machine.asked, 0, sizeof(machine.asked));
	km_placeholder_text(&figures, &text, KM_STR("page"));
	for (size_t i = 0; i < KM_FILES; i++)
		assert_false(machine.have[i]);
	km_placeholder_text(&figures, &text, KM_STR("buddy.free_bytes"));
	for (size_t i = 0; i < KM_FILES; i++)
		assert_int_equal(machine.have[i], i == KM_FILE_BUDDYINFO);
	km_machine_deinit(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills),
		cmocka_unit_test(complains),
		cmocka_unit_test(is_lazy),
	};

	return cmocka_run_group_tests(tests, make_capture, remove_capture);
}
