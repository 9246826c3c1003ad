/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_MESSAGES_H
#define KM_CLI_MESSAGES_H

#include <stdio.h>

/*
 * Prints the English sentences of all tables (fields, words, commands, options) as entries of a gettext
 * catalogue, without translations. xgettext finds those in the code. 0 or -EIO.
 */
int km_messages_print(FILE *out);

#endif
