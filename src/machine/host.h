/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_MACHINE_HOST_H
#define KM_MACHINE_HOST_H

#include "machine/machine.h"

/*
 * Fills machine->host from the running system or from the capture's files. For a capture it never uses the
 * machine that reads it. page_bytes overrides the page size, unless it is KM_UNKNOWN. An unknown page size
 * becomes a problem of the machine.
 */
void km_machine_read_host(struct km_machine *machine, uint64_t page_bytes);

#endif
