/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /dev/kmeminfo of the helper module: tries allocations in the running kernel. */
#ifndef KM_SOURCE_DEVICE_H
#define KM_SOURCE_DEVICE_H

#include <stdbool.h>
#include "base/err.h"
#include "kmeminfo-uapi.h"

/* Whether the module is loaded with probes=1 and this user may open its device. Does not open it. */
bool km_device_is_there(void);

/*
 * Opens the device. Returns a descriptor, which the caller closes, or a negative errno with err
 * filled.
 */
int km_device_open(struct km_err *err);

/*
 * Makes a probe and fills the answer part of *probe. Fields that an older module does not answer
 * are 0. Returns 0, or a negative errno with err filled.
 */
int km_device_probe(int device, struct kmeminfo_probe *probe, struct km_err *err);

#endif
