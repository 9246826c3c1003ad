/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_MACHINE_CAPTURE_H
#define KM_MACHINE_CAPTURE_H

#include "model/capture.h"
#include "machine/machine.h"

struct km_capture_options {
	bool all;    /* also files that are expensive to read */
	bool redact; /* remove what may not leave a site */
};

/*
 * Writes what the machine has of every file in km_files to the directory, and a manifest, which says
 * that the capture is incomplete until all is written. What cannot be read is a problem in the
 * machine when a report needs it; what cannot be written ends it: a negative errno with err filled.
 */
int km_capture_write(struct km_machine *machine, const char *directory,
		     const struct km_capture_options *options, struct km_sheet *ret, struct km_err *err);

#endif
