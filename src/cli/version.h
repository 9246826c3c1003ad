/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_CLI_VERSION_H
#define KM_CLI_VERSION_H

#include <argp.h>
#include <stdbool.h>

/* Writes the version. verbose: also the confinement on this machine; the process must then end. */
void km_version_write(FILE *out, bool verbose);

/* The same, for argp_program_version_hook: --verbose among the arguments. */
void km_version_print(FILE *out, struct argp_state *state);

#endif
