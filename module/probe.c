// SPDX-License-Identifier: GPL-2.0
/* /dev/kmeminfo: who may use it, and how it handles callers of other versions. */
#include <linux/capability.h>
#include <linux/compat.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "kmeminfo-uapi.h"
#include "probe-rules.h"
#include "probe-run.h"
#include "probe.h"
#include "slab-name.h"

static_assert(offsetof(struct kmeminfo_probe, granted) == KMEMINFO_PROBE_MIN);
static_assert(sizeof(struct kmeminfo_probe) == 1016);	/* on every machine, 32-bit ones too */
static_assert(KMEMINFO_FACT_COUNT <= ARRAY_SIZE(((struct kmeminfo_probe *)0)->facts));

/* One probe at a time, so that no probe sees the memory of another. */
static DEFINE_MUTEX(probe_lock);

static void answer_why(struct kmeminfo_probe *probe)
{
	probe->verdict = km_reason_verdict(probe->reason);
	if (probe->verdict == KMEMINFO_DENIED && probe->granted)
		probe->verdict = KMEMINFO_PARTLY;
	strscpy(probe->why, km_reason_sentence(probe->reason), sizeof(probe->why));
}

/*
 * Copies the caller's struct of size bytes. *ret_newer: it has fields that this module does not
 * know.
 */
static int request_read(struct kmeminfo_probe *ret, const void __user *from, u32 size,
			bool *ret_newer)
{
	const size_t answer = offsetof(struct kmeminfo_probe, verdict);
	int err = copy_struct_from_user(ret, sizeof(*ret), from, size);

	*ret_newer = err == -E2BIG;
	if (*ret_newer)
		err = copy_from_user(ret, from, sizeof(*ret)) ? -EFAULT : 0;
	if (err)
		return err;
	/*
	 * Keeps only the request, so that leftover bytes of the caller never look like an answer.
	 */
	memset((char *)ret + answer, 0, sizeof(*ret) - answer);
	ret->size = sizeof(*ret);
	return 0;
}

static int probe_locked(struct kmeminfo_probe *probe)
{
	int err = mutex_lock_killable(&probe_lock);

	if (err)
		return err;
	err = km_probe_run(probe);
	mutex_unlock(&probe_lock);
	return err;
}

static long device_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	void __user *caller = (void __user *)argument;
	struct kmeminfo_probe *probe;
	bool newer;
	u32 size;
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (command != KMEMINFO_PROBE)
		return -ENOTTY;
	if (get_user(size, (u32 __user *)caller))
		return -EFAULT;
	if (size < KMEMINFO_PROBE_MIN || size > PAGE_SIZE)
		return -EINVAL;
	probe = kzalloc(sizeof(*probe), GFP_KERNEL);
	if (!probe)
		return -ENOMEM;
	err = request_read(probe, caller, size, &newer);
	if (err)
		goto out;
	if (newer)
		probe->reason = KMEMINFO_REASON_NEWER;
	err = probe_locked(probe);
	if (err)
		goto out;
	answer_why(probe);
	if (copy_to_user(caller, probe, min_t(size_t, size, sizeof(*probe))))
		err = -EFAULT;
out:
	kfree(probe);
	return err;
}

static int device_open(struct inode *inode, struct file *file)
{
	return capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
}

static const struct file_operations device_ops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kmeminfo",
	.fops = &device_ops,
	.mode = 0600,
};

int __init km_probe_init(void)
{
	km_slab_learn();
	return misc_register(&device);
}

void km_probe_exit(void)
{
	misc_deregister(&device);
}
