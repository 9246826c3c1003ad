/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Suggestions for misspelt options: getopt only says that they are unknown. */
#ifndef KM_CLI_SPELLING_H
#define KM_CLI_SPELLING_H

#include <argp.h>
#include <stdbool.h>

/*
 * The long option that an unknown one among the arguments was most likely meant to be; NULL when
 * all are known or nothing is near. *ret_unknown is the index of the unknown one; 0: all are known.
 * in_order: options end at the first operand. argp's children must have none themselves.
 */
const char *km_spelling_check(const struct argp *argp, int argc, char **argv, bool in_order, int *ret_unknown);

#endif
