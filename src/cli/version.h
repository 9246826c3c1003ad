/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_VERSION_H
#define KM_CLI_VERSION_H

#include <argp.h>

/* For argp_program_version_hook: the version, and with --verbose what confines the program here. */
void km_version_print(FILE *out, struct argp_state *state);

#endif
