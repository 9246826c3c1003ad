/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buffers that drivers share, /sys/kernel/debug/dma_buf/bufinfo (k5.10, k6.12:drivers/dma-buf/dma-buf.c dma_buf_debug_show):
 *
 *   Dma-buf Objects:
 *   size            flags           mode            count           exp_name        ino     name
 *   00036864        00000002        00080007        00000002        system          00000042        <none>
 *           Attached Devices:
 *   Total 0 devices attached
 *
 *   Total 1 objects, 36864 bytes
 */
#ifndef KM_PARSE_DMABUF_H
#define KM_PARSE_DMABUF_H

#include <stdbool.h>
#include "base/num.h"
#include "base/str.h"

/*
 * The bytes of the buffers whose exporter allocates pages for them: heaps of system memory and of
 * CMA, ION, contiguous video buffers. The buffers of graphics drivers and udmabuf count elsewhere,
 * as shared memory or as driver memory. KM_UNKNOWN: the text has another format.
 */
uint64_t km_dmabuf_own_bytes(struct km_str text);

/* Whether this exporter allocates pages for its buffers, as above. */
bool km_dmabuf_has_own_pages(struct km_str exporter);

#endif
