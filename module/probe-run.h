/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMEMINFO_PROBE_RUN_H
#define KMEMINFO_PROBE_RUN_H

#include "kmeminfo-uapi.h"

/*
 * Answers the request in *probe; 0, -ENOMEM or -EINTR. Nothing stays allocated. A reason that is
 * already there refuses the request.
 */
int km_probe_run(struct kmeminfo_probe *probe);

#endif
