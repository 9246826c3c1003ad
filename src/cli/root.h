/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_ROOT_H
#define KM_CLI_ROOT_H

/* Parses the command line, runs the command, and returns the exit status. */
int km_cli(int argc, char **argv);

/* Prints the output of --help without a command, and exits. */
void km_root_help(void) __attribute__((noreturn));

#endif
