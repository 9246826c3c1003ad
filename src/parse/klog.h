/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's log: its reports about failed requests for memory. */
#ifndef KM_PARSE_KLOG_H
#define KM_PARSE_KLOG_H

#include "base/epochs.h"
#include "parse/buddyinfo.h"
#include "parse/kline.h"
#include "parse/zoneinfo.h"

enum km_klog_kind {
	KM_KLOG_PAGES,     /* "page allocation failure" */
	KM_KLOG_STALL,     /* "page allocation stall": has been waiting for ten seconds */
	KM_KLOG_TOO_LARGE, /* a WARNING about an order or size that no kernel grants */
	KM_KLOG_WARNING,   /* another WARNING of the page allocator about a request */
	KM_KLOG_VMALLOC,   /* "vmalloc error", "vmalloc: allocation failure" */
	KM_KLOG_VMAP,      /* "vmap allocation for size N failed": addresses, not memory */
	KM_KLOG_SLUB,      /* "SLUB: Unable to allocate memory" */
	KM_KLOG_OOM,       /* "invoked oom-killer" */
	KM_KLOG_CMA,       /* "cma_alloc: alloc failed" */
	KM_KLOG_PERCPU,    /* "percpu: allocation failed" */
	KM_KLOG_SWIOTLB,   /* "swiotlb buffer is full" */
	KM_KLOG_HUGETLB,   /* "HugeTLB: allocating N of page size S failed" */
	KM_KLOG_HEADLESS,  /* a report whose first line is missing */
	KM_KLOG_KINDS
};

/* A Mem-Info block, as the same records that the files of a running machine are read into. */
struct km_klog_mem {
	uint64_t page_bytes; /* KM_UNKNOWN: cut off before the free lists, which contain it */
	/* Sizes are in KiB, not pages, protection too; free_pcp is the count of a CPU without number. */
	struct km_zoneinfo zoneinfo;
	struct km_buddyinfo buddyinfo;
	KM_ARRAY(struct km_block_types) blocks; /* by the zones of buddyinfo */
	KM_ARRAY(struct km_zoneinfo_stat) totals; /* of the machine, in pages: "active_anon" */
	uint64_t ram_pages, reserved_pages;
	uint64_t swap_total_kib, swap_free_kib;
	uint64_t kernel_stack_kib, hugetlb_kib; /* of the nodes or zones that are shown */
	uint64_t gpu_kib, balloon_kib; /* of the nodes, since 7.0 */
	uint64_t unreclaimable_nodes[16], reported_nodes[16]; /* bits by node: "all_unreclaimable? yes" */
	KM_ARRAY(char) pieces; /* a line that the kernel printed in pieces, so far */
};

/* What limits the memory that the OOM killer looks at (k6.12:include/linux/oom.h enum oom_constraint). */
enum km_klog_constraint {
	KM_KLOG_CONSTRAINT_UNKNOWN, /* not reported: kernels before 5.0, reports that were cut off */
	KM_KLOG_CONSTRAINT_NONE,
	KM_KLOG_CONSTRAINT_CPUSET,
	KM_KLOG_CONSTRAINT_MEMORY_POLICY,
	KM_KLOG_CONSTRAINT_MEMCG,
	KM_KLOG_CONSTRAINT_OTHER, /* reported, by a word that is not known */
};

/* A line of the OOM killer's "Tasks state". */
struct km_klog_task {
	uint64_t pid, total_vm_pages, rss_pages, swap_pages;
	int64_t oom_score_adj; /* KM_UNKNOWN_DELTA: kernels before 2.6.36 have oom_adj instead */
	struct km_str name;
};

/* A line of "Unreclaimable slab info". */
struct km_klog_slab {
	struct km_str name;
	uint64_t used_kib, total_kib;
};

/* "memory: usage 20480kB, limit 20480kB, failcnt 33" */
struct km_klog_limit {
	uint64_t usage_kib, limit_kib;
};

/* Numbers are KM_UNKNOWN, texts .ptr NULL where the report does not say. */
struct km_klog_event {
	enum km_klog_kind kind;
	uint64_t line;            /* of the head, from 1 */
	uint64_t sequence;        /* of the head among the kernel's lines: tells how near two heads are */
	struct km_str stamp;      /* as struct km_kline */
	struct km_str context;
	struct km_str task;       /* the command that ran */
	struct km_str message;    /* the head without the parts that have members below */
	uint64_t order;           /* KM_KLOG_OOM: unknown also for -1, which is SysRq's */
	uint64_t mode;            /* the GFP mask */
	struct km_str mode_names; /* "GFP_KERNEL|__GFP_ZERO" */
	struct km_str nodemask, cpuset, mems_allowed;
	uint64_t size_bytes;      /* vmalloc, vmap, per-CPU, swiotlb */
	uint64_t got_bytes;       /* of a vmalloc area that got some of its pages */
	bool no_addresses;        /* of vmalloc: the line above says that no address range was left */
	struct km_str release;
	uint64_t pid;
	KM_ARRAY(struct km_str) frames; /* "run_step+0x387/0x550 [kmfail]", innermost first, without "?" */
	struct km_klog_mem *mem;     /* NULL: none */
	/* KM_KLOG_WARNING, KM_KLOG_TOO_LARGE: "mm/page_alloc.c", 4817, "__alloc_pages_noprof" */
	struct km_str warning_file, warning_function;
	uint64_t warning_line;
	/* KM_KLOG_OOM */
	bool by_hand;                   /* order -1: SysRq f */
	enum km_klog_constraint constraint;
	struct km_str memcg;            /* the cgroup whose limit was reached */
	struct km_str task_memcg;       /* where the victim was */
	/* of memcg; swap is swap alone (cgroup v2), memory_swap both together (v1) */
	struct km_klog_limit memory, swap, memory_swap, kernel;
	struct km_str victim;
	uint64_t victim_pid, victim_kib; /* the latter resident */
	uint64_t victim_vm_kib;
	uint64_t victims;                /* processes killed for this event */
	bool group;                      /* memory.oom.group: all tasks of the group */
	KM_ARRAY(struct km_klog_task) tasks;
	KM_ARRAY(struct km_klog_slab) slabs;
	KM_ARRAY(struct km_zoneinfo_stat) charges; /* bytes that memcg is charged: "anon" */
	struct km_str panic;             /* why the kernel gave up */
	/* KM_KLOG_SLUB */
	struct km_str cache;
	uint64_t object_bytes, buffer_bytes, default_order, min_order;
	uint64_t slabs_total, objects, free_objects; /* of all nodes */
	/* KM_KLOG_CMA, KM_KLOG_SWIOTLB, KM_KLOG_HUGETLB: an area that was reserved, or a pool */
	struct km_str pool;              /* name of the CMA area, of the device, page size of hugetlb */
	uint64_t request_pages, got_pages; /* hugetlb: huge pages */
	uint64_t pool_pages, pool_free_pages; /* swiotlb: slots of 2 KiB */
	uint64_t pool_range_pages;       /* CMA: its largest free range */
	int64_t status;                  /* the kernel's error number, negative; KM_UNKNOWN_DELTA: none */
	bool headless; /* the first line was not seen */
	bool mixed;    /* lines of another report stand between its own, and the log does not say whose they are */
	bool complete; /* the part that ends such a report was seen */
};

/* Lines that look like trouble with memory and belong to no report that is known. */
struct km_klog_hints {
	uint64_t lines, first_line;
	struct km_str first; /* text of the first */
};

struct km_klog {
	KM_ARRAY(struct km_klog_event *) events; /* in the file's order, without those that were retired */
	uint64_t retired;                        /* so many, which came before them */
	struct km_klog_hints hints;
	struct km_epochs texts; /* of the events, which are numbered from 1 */
	struct km_pool kept;    /* the text of the hints */
};

/*
 * Reads a log line by line: begin, each line, end. Lines that belong to no such report are skipped;
 * a line of a report that cannot be read is a problem. What is kept of a line is copied. parse and
 * ret have to last until the end.
 */
struct km_klog_reader *km_klog_begin(struct km_parse *parse, struct km_klog *ret);
void km_klog_line(struct km_klog_reader *reader, const struct km_kline *line);
void km_klog_end(struct km_klog_reader *reader);
/*
 * Whether a line that begins with its uptime changes nothing: then it need not be given to km_klog_line(). Lines of a
 * piece for which km_klog_may_matter() is false are wordless.
 */
bool km_klog_is_dull(struct km_klog_reader *reader, struct km_str text, uint64_t sequence, uint64_t usec, bool wordless);
bool km_klog_may_matter(const struct km_klog_reader *reader, struct km_str bytes);

/*
 * For a log that does not fit into memory, between two lines: how many events at the front are whole, because no
 * later line can belong to them; and the way to free the first so many of those. Events do not move.
 */
size_t km_klog_ended(struct km_klog_reader *reader);
void km_klog_retire(struct km_klog_reader *reader, size_t events);

/* The same of a whole log that is in memory, as a program wrote it (parse/logtext.h). */
void km_parse_klog(struct km_parse *parse, struct km_str text, struct km_klog *ret);
void km_klog_deinit(struct km_klog *klog);

/* Whether the function of a frame, "run_step" of "run_step+0x387/0x550", fits one of the patterns of fnmatch(). */
bool km_klog_frame_fits(struct km_str frame, const char *const patterns[], size_t len);

#endif
