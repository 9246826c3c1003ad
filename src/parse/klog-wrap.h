/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside parse/ only: lines that a mail program or a form on the web has wrapped. The rest of such
 * a line stands below it without a time of its own.
 */
#ifndef KM_PARSE_KLOG_WRAP_H
#define KM_PARSE_KLOG_WRAP_H

#include "parse/kline.h"

/* The content of a line that may have been wrapped; it decides what the rest looks like. */
enum km_klog_wrap {
	KM_WRAP_NONE,
	KM_WRAP_HEAD,    /* "sh: page allocation failure: order:0," */
	KM_WRAP_KILL,    /* "Out of memory: Killed process 1 (sh)" */
	KM_WRAP_WARNING, /* "WARNING: CPU: 0 PID: 1 at mm/page_alloc.c:1" */
	KM_WRAP_RUNNER,  /* "CPU: 0 PID: 1 Comm: sh Tainted: G" */
	KM_WRAP_FRAME,   /* "[<ffffffff81131420>] ?" */
	KM_WRAP_MODULE,  /* "run+0x387/0x550", which "[foo]" may follow */
	KM_WRAP_STATS,   /* "Node 0 DMA free:4kB" */
	KM_WRAP_LIST,    /* "Node 0 DMA: 1*4kB (U)" */
	KM_WRAP_HUGE,    /* "Node 0 hugepages_total=0" */
	KM_WRAP_POOL,    /* free pages of an area of CMA */
	KM_WRAP_CHARGES, /* "Memory cgroup stats for /a: cache:4KB" */
	KM_WRAP_LIMIT,   /* "memory: usage 4kB," */
	KM_WRAP_TASK_IN, /* "Task in /a killed as a" */
	KM_WRAP_CACHE,   /* "cache: a, object size: 64," */
	KM_WRAP_SLAB,    /* "kmalloc-64   123KB" */
	KM_WRAP_COLUMNS, /* "[ pid ]   uid  tgid total_vm" */
	KM_WRAP_TASK,    /* "[    1]     0     1     1234" */
};

/* may: the line has a word of a report's first line, or of a kill. */
enum km_klog_wrap km_klog_wrap_of(struct km_str text, bool may);

/*
 * Whether a line without a time is the rest of so_far. stamped: so_far had a time, so a line without one is not
 * another message.
 */
bool km_klog_wrap_goes_on(enum km_klog_wrap wrap, struct km_str so_far, struct km_str text, bool stamped);

/* Of a line that goes on so: whether it was cut inside a word, so that no blank belongs in between. */
bool km_klog_wrap_is_glued(enum km_klog_wrap wrap, struct km_str so_far, struct km_str text);

#endif
