// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "base/str.h"
#include "source/device.h"

static const char *open_hint(int error)
{
	switch (error) {
	case ENOENT:
		return KM_SAID("load the helper module with probes=1; 'kmeminfo module' explains how; 'kmeminfo predict' answers without it");
	case EACCES:
	case EPERM:
		return KM_SAID("probes need root (CAP_SYS_ADMIN)");
	default:
		return NULL;
	}
}

#define DEVICE "/dev/kmeminfo"

bool km_device_is_there(void)
{
	return !access(DEVICE, R_OK | W_OK);
}

int km_device_open(struct km_err *err)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (fd >= 0)
		return fd;
	return km_err_set(err, -errno, open_hint(errno), DEVICE ": %s", strerror(errno));
}

int km_device_probe(int device, struct kmeminfo_probe *probe, struct km_err *err)
{
	probe->size = sizeof(*probe);
	if (!ioctl(device, KMEMINFO_PROBE, probe))
		return 0;
	return km_err_set(err, -errno,
			  errno == ENOTTY ? "the loaded module is unknown to this kmeminfo" : NULL,
			  DEVICE ": %s", strerror(errno));
}
