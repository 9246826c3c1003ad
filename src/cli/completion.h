/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_COMPLETION_H
#define KM_CLI_COMPLETION_H

#include <stdbool.h>

struct km_command;

/*
 * Prints the words of a kind, such as "columns". of is a command (NULL: none, or all), followed by one of its
 * options, which may be NULL. False: there is no such kind.
 */
bool km_complete(const char *what, const struct km_command *of, const char *option);

#endif
