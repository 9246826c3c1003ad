/* SPDX-License-Identifier: GPL-2.0 */
/* Names that the kernel keeps in tables that it does not export. */
#ifndef KMEMINFO_NAMES_H
#define KMEMINFO_NAMES_H

#include "page-class.h"

struct seq_file;

/* "buddy" */
const char *km_class_name(enum km_class class);

/* The name of a zone by index ("Normal"), and of a migrate type ("Unmovable"); "-", never NULL. */
const char *km_zone_name(unsigned int index);
const char *km_migratetype_name(unsigned int type);

/* One line for each migrate type: "migratetype index=N name=NAME". */
void km_migratetypes_show(struct seq_file *m);

#endif
