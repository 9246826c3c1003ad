/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --output: the standard output of a successful run replaces a file. */
#ifndef KM_CLI_OUTPUT_H
#define KM_CLI_OUTPUT_H

#include "cli/session.h"

/*
 * Runs the reader and printer in a child process, which may then give up its rights. The parent only waits,
 * and moves the file to its place if the child ends with KM_EXIT_COMPLETE or has called km_output_done().
 * Returns the child's status, or KM_EXIT_FAILED after a message.
 */
enum km_exit km_output_run(struct km_options *options, enum km_exit (*run)(void *data), void *data);

/* The document is complete; the exit status may still report problems. */
void km_output_done(const struct km_options *options);

#endif
