/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmeminfo-topics(7), generated from the text files of topics. */
#ifndef KM_CLI_MANUAL_TOPICS_H
#define KM_CLI_MANUAL_TOPICS_H

#include <stdio.h>

/* Writes the page in mdoc, in English. 0 or -EIO. */
int km_manual_topics(FILE *out);

#endif
