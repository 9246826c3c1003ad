/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_COMPLETION_H
#define KM_CLI_COMPLETION_H

#include <stdbool.h>

struct km_command;

/*
 * Prints the words of a kind, "columns": of a command (NULL: of none or of all), and of one of its options, which may
 * be NULL. False: there is no such kind.
 */
bool km_complete(const char *what, const struct km_command *of, const char *option);

#endif
