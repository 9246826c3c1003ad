/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Modules that leak at a known rate, so that what finds leaks can be tested. Never for a machine in use.
 * Each includes this file and has one function that leaks UNIT bytes. A list keeps the leaked memory, so that
 * unloading the module frees it.
 *
 *   insmod leak_cache.ko rate=96      leaks 96 MiB an hour, in turns of half a second
 */
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

static unsigned int rate = 60;
module_param(rate, uint, 0444);
MODULE_PARM_DESC(rate, "MiB an hour");

static unsigned long leaked; /* bytes */
module_param(leaked, ulong, 0444);
MODULE_PARM_DESC(leaked, "bytes so far");

/* Both are the module's: they allocate UNIT bytes, and free everything. */
static int leak_unit(void);
static void leak_free(void);

static u64 began;
static struct delayed_work leak_work;

static void leak_turn(struct work_struct *work)
{
	/* 291 bytes a second are 1 MiB an hour: the whole is divided last */
	u64 due = div_u64((ktime_get_ns() - began) / NSEC_PER_MSEC * rate * 1024, 3600) * 1024 / 1000;

	while (leaked + UNIT <= due && !leak_unit())
		leaked += UNIT;
	schedule_delayed_work(&leak_work, HZ / 2);
}

static int leak_begin(void)
{
	began = ktime_get_ns();
	INIT_DELAYED_WORK(&leak_work, leak_turn);
	schedule_delayed_work(&leak_work, HZ / 2);
	return 0;
}

static void leak_end(void)
{
	cancel_delayed_work_sync(&leak_work);
	leak_free();
}

MODULE_LICENSE("GPL");
