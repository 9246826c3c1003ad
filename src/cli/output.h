/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --output: a run whose standard output replaces a file, if it ends well. */
#ifndef KM_CLI_OUTPUT_H
#define KM_CLI_OUTPUT_H

#include "cli/session.h"

/*
 * Runs what reads and prints in a process of its own, which may then give up its rights; this one only
 * waits, and puts the file into place. It does so when the run ends with KM_EXIT_COMPLETE, or has called
 * km_output_done(). Returns the status of the run, or KM_EXIT_FAILED after a complaint.
 */
enum km_exit km_output_run(struct km_options *options, enum km_exit (*run)(void *data), void *data);

/* The document is complete; the exit status may still report problems. */
void km_output_done(const struct km_options *options);

#endif
