/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: a report that lines are still added to, and what its parts are. */
#ifndef KM_PARSE_KLOG_REPORT_H
#define KM_PARSE_KLOG_REPORT_H

#include "parse/klog-head.h"

enum { KM_KLOG_COLUMNS = 16 };

struct km_klog_open {
	struct km_str context;
	uint64_t event;        /* its number in the log, from 1; 0: none */
	uint64_t sequence, usec; /* of its last line */
	bool in_trace;
	bool foreign;          /* inside a trace of other code */
	bool mixed;            /* with another report at the same time, and nothing says which line is whose */
	bool in_charges, in_slabs, in_tasks;
	bool chosen;           /* a victim was announced, and not killed yet */
	unsigned char columns[KM_KLOG_COLUMNS]; /* columns of the tasks table after the pid */
	size_t columns_len;
};

/* Who ran: "CPU: 2 PID: 178 Comm: sh Not tainted 6.12.1 #1". pid KM_UNKNOWN, texts .ptr NULL: not there. */
struct km_klog_runner {
	struct km_str task, release;
	uint64_t pid;
};

/* klog-trace.c. Whether the line says who ran. */
bool km_klog_runner(struct km_str text, struct km_klog_runner *ret);
/* Whether the line is part of a stack trace. */
bool km_klog_take_trace(struct km_klog_open *open, struct km_klog_event *event, struct km_str text);

/* klog-oom.c. Whether the line is one of an OOM report; event is of that kind, or without a head. */
bool km_klog_take_oom(struct km_klog_open *open, struct km_klog_event *event, struct km_str text);

/* klog-slub.c. Whether the line belongs to a cache's report. */
bool km_klog_take_slub(struct km_klog_event *event, struct km_str text);

/* klog-kill.c. */
enum km_klog_kill_step { KM_KLOG_CHOSEN, KM_KLOG_KILLED, KM_KLOG_KILLED_TOO };

struct km_klog_kill {
	enum km_klog_kill_step step;
	uint64_t pid, rss_kib, vm_kib;
	struct km_str name;
	bool memcg;  /* the line says that a memory cgroup is the reason */
};

/* Whether the line announces or reports a kill of the OOM killer. */
bool km_klog_kill(struct km_str text, struct km_klog_kill *ret);
/* Every such line has one of these words. */
void km_klog_kill_words(struct km_klog_filter *filter);

#endif
