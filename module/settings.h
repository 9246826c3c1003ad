/* SPDX-License-Identifier: GPL-2.0 */
/* The module's parameters. They are fixed when the module is loaded. */
#ifndef KMEMINFO_SETTINGS_H
#define KMEMINFO_SETTINGS_H

#include <linux/types.h>

bool km_probes(void);
unsigned long km_max_bytes(void);

/* Lowers max_bytes to a quarter of the memory. Call it once, before anything else. */
void km_settings_init(void);

#endif
