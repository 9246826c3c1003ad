/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_MACHINE_HOST_H
#define KM_MACHINE_HOST_H

#include "machine/machine.h"

/*
 * Fills machine->host: of the running system what it says, of a capture what its files tell,
 * never what this machine is. page_bytes overrides; KM_UNKNOWN: it does not. A page size that
 * cannot be told is a problem in the machine.
 */
void km_describe_host(struct km_machine *machine, uint64_t page_bytes);

#endif
