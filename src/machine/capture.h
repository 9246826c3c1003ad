/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_MACHINE_CAPTURE_H
#define KM_MACHINE_CAPTURE_H

#include "model/capture.h"
#include "machine/machine.h"

/*
 * Writes what the machine's machine has of every file in km_files to the directory, and a
 * manifest that says so until all is written, so that a capture that was cut short shows it. asked: also those that cost the
 * machine something. What cannot be read is a problem in the machine when a report needs it;
 * what cannot be written ends it: a negative errno with err filled.
 */
int km_capture_write(struct km_machine *machine, const char *directory, bool asked,
		     struct km_sheet *ret, struct km_err *err);

#endif
