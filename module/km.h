/* SPDX-License-Identifier: GPL-2.0 */
/* What the module's files know of each other. */
#ifndef KMEMINFO_KM_H
#define KMEMINFO_KM_H

#include <linux/types.h>

struct seq_file;
struct zone;

/* The parameters (main.c); both are fixed when the module is loaded. */
bool km_probes(void);
unsigned long km_max_bytes(void);

/* Writers of the files in /proc/kmeminfo; 0 or -errno. */
int km_info_show(struct seq_file *m, void *unused);
int km_gfp_show(struct seq_file *m, void *unused);
int km_zones_show(struct seq_file *m, void *unused);
int km_pages_show(struct seq_file *m, void *unused);

/* Name of a zone by index ("Normal"), and of a migrate type ("Unmovable"); never NULL. */
const char *km_zone_name(unsigned int index);
const char *km_migratetype_name(unsigned int type);

unsigned long km_pcp_pages(struct zone *zone);

/* The highest zone that flags allow, by index; -1 for modifiers that contradict each other. */
int km_gfp_zone(gfp_t flags);

/* /dev/kmeminfo, where the module was loaded with probes=1. */
int km_probe_init(void);
void km_probe_exit(void);

#endif
