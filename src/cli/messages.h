/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_MESSAGES_H
#define KM_CLI_MESSAGES_H

#include <stdio.h>

/*
 * The English sentences of all tables (fields, words, commands, options) as entries of gettext's catalogue
 * without translation. xgettext finds those that stand in the code. 0 or -EIO.
 */
int km_messages_print(FILE *out);

#endif
