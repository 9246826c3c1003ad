/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's log: what it reports of requests for memory that failed. */
#ifndef KM_PARSE_KLOG_H
#define KM_PARSE_KLOG_H

#include "parse/buddyinfo.h"
#include "parse/kline.h"
#include "parse/zoneinfo.h"

enum km_klog_kind {
	KM_KLOG_PAGES,     /* "page allocation failure" */
	KM_KLOG_STALL,     /* "page allocation stall": has been waiting for ten seconds */
	KM_KLOG_TOO_LARGE, /* the page allocator warns of an order that no kernel grants */
	KM_KLOG_VMALLOC,   /* "vmalloc error", "vmalloc: allocation failure" */
	KM_KLOG_VMAP,      /* "vmap allocation for size N failed": addresses, not memory */
	KM_KLOG_SLUB,      /* "SLUB: Unable to allocate memory" */
	KM_KLOG_OOM,       /* "invoked oom-killer" */
	KM_KLOG_KINDS
};

/* A Mem-Info block, as the same records that the files of a running machine are read into. */
struct km_klog_mem {
	uint64_t page_bytes; /* KM_UNKNOWN: cut off before the free lists, which tell it */
	/* Sizes are in KiB, not pages, protection too; free_pcp is the count of a CPU without number. */
	struct km_zoneinfo zoneinfo;
	struct km_buddyinfo buddyinfo;
	KM_ARRAY(struct km_block_types) blocks; /* by the zones of buddyinfo */
	KM_ARRAY(struct km_zoneinfo_stat) totals; /* of the machine, in pages: "active_anon" */
	uint64_t ram_pages, reserved_pages;
	uint64_t swap_total_kib, swap_free_kib;
	uint64_t kernel_stack_kib, hugetlb_kib; /* of the nodes that are shown */
	uint64_t unreclaimable_nodes[16], reported_nodes[16]; /* bits by node: "all_unreclaimable? yes" */
};

/* A line of the OOM killer's "Tasks state". */
struct km_klog_task {
	uint64_t pid, rss_pages;
	struct km_str name;
};

/* Numbers are KM_UNKNOWN, texts .ptr NULL where the report does not say. */
struct km_klog_event {
	enum km_klog_kind kind;
	uint64_t line;            /* of the head, from 1 */
	struct km_str stamp;      /* as struct km_kline */
	struct km_str context;
	struct km_str task;       /* the command that asked */
	struct km_str message;    /* the head without what is taken apart below */
	uint64_t order;           /* KM_KLOG_OOM: unknown also for -1, which is SysRq's */
	uint64_t mode;            /* the GFP mask */
	struct km_str mode_names; /* "GFP_KERNEL|__GFP_ZERO" */
	struct km_str nodemask, cpuset, mems_allowed;
	uint64_t size_bytes;      /* vmalloc, vmap */
	uint64_t got_bytes;       /* of a vmalloc area that got some of its pages */
	struct km_str release;
	uint64_t pid;
	KM_ARRAY(struct km_str) frames; /* "run_step+0x387/0x550 [kmfail]", innermost first, without "?" */
	size_t mem;                  /* index of .mems; SIZE_MAX: none */
	/* KM_KLOG_OOM */
	bool by_hand;                   /* order -1: SysRq f */
	struct km_str constraint;       /* "MEMCG" of CONSTRAINT_MEMCG */
	struct km_str memcg;            /* whose limit was reached */
	struct km_str task_memcg;       /* where the victim was */
	uint64_t limit_kib, usage_kib;  /* of memcg */
	struct km_str victim;
	uint64_t victim_pid, victim_kib; /* the latter resident */
	uint64_t victims;                /* processes killed for this event */
	KM_ARRAY(struct km_klog_task) tasks;
	KM_ARRAY(struct km_zoneinfo_stat) charges; /* bytes that memcg is charged: "anon" */
	struct km_str panic;             /* why the kernel gave up */
	/* KM_KLOG_SLUB */
	struct km_str cache;
	uint64_t object_bytes, buffer_bytes, default_order, min_order;
	uint64_t slabs, objects, free_objects; /* of all nodes */
	bool complete; /* the part that ends such a report was seen */
};

struct km_klog {
	KM_ARRAY(struct km_klog_event) events; /* in the file's order */
	KM_ARRAY(struct km_klog_mem) mems;
	struct km_pool pool; /* owns the texts of both */
};

/*
 * Reads a log line by line: begin, each line, end. Lines that belong to no such report are skipped;
 * a line of a report that cannot be read is a problem. What is kept of a line is copied. parse and
 * ret have to last until the end.
 */
struct km_klog_reader *km_klog_begin(struct km_parse *parse, struct km_klog *ret);
void km_klog_line(struct km_klog_reader *reader, const struct km_kline *line);
void km_klog_end(struct km_klog_reader *reader);

/* The same of a whole log that is in memory, as its keeper wrote it (parse/logtext.h). */
void km_parse_klog(struct km_parse *parse, struct km_str text, struct km_klog *ret);
void km_klog_deinit(struct km_klog *klog);

#endif
