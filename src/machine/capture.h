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
 * Writes every file of km_files that the machine has to the directory, and a manifest. Until all is written,
 * the manifest says that the capture is incomplete. A file that cannot be read becomes a problem of the
 * machine if a report needs it. A failed write ends the capture: a negative errno with err filled.
 */
int km_capture_write(struct km_machine *machine, const char *directory,
		     const struct km_capture_options *options, struct km_sheet *ret, struct km_err *err);

#endif
