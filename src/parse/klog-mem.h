/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: the lines below "Mem-Info:". */
#ifndef KM_PARSE_KLOG_MEM_H
#define KM_PARSE_KLOG_MEM_H

#include "parse/klog-value.h"

void km_klog_mem_init(struct km_klog_mem *mem);
void km_klog_mem_deinit(struct km_klog_mem *mem);

/* Whether the line belongs to the block; if it cannot be read, that is a problem. */
bool km_klog_mem_line(struct km_parse *parse, struct km_klog_mem *mem, struct km_str line);

/* After the last line: turns page counts into KiB, or drops them where no line shows the page size. */
void km_klog_mem_finish(struct km_parse *parse, struct km_klog_mem *mem);

/* klog-free.c: "DMA: 21*4kB (U) ... = 14860kB" of a node. */
bool km_klog_mem_free_list(struct km_parse *parse, struct km_klog_mem *mem, uint64_t node,
			   struct km_str rest);

/* "key:NUMBER" or "key:NUMBERkB" of a word; false when it is neither. */
bool km_klog_stat(struct km_str word, struct km_zoneinfo_stat *ret, bool *ret_kib);

#endif
