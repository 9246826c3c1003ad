/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Buffers that drivers share, for machines where debugfs does not list them. */
#ifndef KM_MACHINE_DMABUF_H
#define KM_MACHINE_DMABUF_H

#include "machine/machine.h"

/*
 * Bytes as in km_dmabuf_own_bytes(), from /sys/kernel/dmabuf/buffers
 * (k5.13:drivers/dma-buf/dma-buf-sysfs-stats.c, with CONFIG_DMABUF_SYSFS_STATS). KM_UNKNOWN: the directory
 * does not exist, or a size in it cannot be read.
 */
uint64_t km_machine_dma_buffers(struct km_machine *machine);

#endif
