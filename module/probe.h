/* SPDX-License-Identifier: GPL-2.0 */
/* /dev/kmeminfo. The module makes it if it was loaded with probes=1. */
#ifndef KMEMINFO_PROBE_H
#define KMEMINFO_PROBE_H

int km_probe_init(void);
void km_probe_exit(void);

#endif
