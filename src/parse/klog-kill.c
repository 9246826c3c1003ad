// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the OOM killer says when it kills (mm/oom_kill.c):
 *
 *   up to 2.6.35    Out of memory: kill process 100 (java) score 700 or a child
 *   up to 5.0       Out of memory: Kill process 100 (java) score 700 or sacrifice child
 *   2.6.32          Killed process 100 (java)
 *   2.6.34, 2.6.35  Killed process 100 (java) vsz:400kB, anon-rss:200kB, file-rss:0kB
 *   RHEL 6, 7       Killed process 100, UID 26, (java) total-vm:400kB, anon-rss:200kB, ...
 *   RHEL 7.7 on     Killed process 100 (java), UID 26, total-vm:400kB, anon-rss:200kB, ...
 *   up to 5.0       Killed process 100 (java) total-vm:400kB, anon-rss:200kB, file-rss:0kB
 *   up to 4.8       Kill process 101 (java) sharing same memory
 *   since 5.1       Memory cgroup out of memory: Killed process 100 (java) total-vm:400kB, ...
 *
 * kubelet tells a node's events:
 *   System OOM encountered, victim process: java, pid: 100
 *   Cgroup OOM encountered, victim process: java, pid: 100
 *
 * In front of "Kill" stands the reason: "Out of memory", "Out of memory
 * (oom_kill_allocating_task)", "Memory cgroup out of memory"; up to 2.6.22 "Out of Memory".
 */
#include "parse/klog-report.h"

/* "100 (java) total-vm:", "100, UID 26, (java) total-vm:", "100 (java), UID 26, total-vm:" */
static bool parse_process(struct km_str text, struct km_klog_kill *ret)
{
	static const struct km_str ends[] = {
		KM_STR_INIT(") total-vm:"),
		KM_STR_INIT("), UID "),
		KM_STR_INIT(") vsz:"),
		KM_STR_INIT(") score "),
		KM_STR_INIT(") sharing "),
	};
	struct km_str uid;
	ptrdiff_t at = -1;

	if (!km_str_take_u64(&text, &ret->pid))
		return false;
	if (km_str_take_prefix(&text, KM_STR(", UID ")) && !km_str_take_until(&text, ',', &uid))
		return false;
	if (!km_str_take_prefix(&text, KM_STR(" (")))
		return false;
	for (size_t i = 0; at < 0 && i < sizeof(ends) / sizeof(*ends); i++)
		at = km_str_find(text, ends[i]);
	/* up to 2.6.32 the line ends with the name, or with a full stop */
	if (at < 0 && (km_str_ends(text, KM_STR(")")) || km_str_ends(text, KM_STR(")."))))
		at = (ptrdiff_t)text.len - (km_str_ends(text, KM_STR(".")) ? 2 : 1);
	ret->name = (struct km_str){ text.ptr, at < 0 ? 0 : (size_t)at };
	return true;
}

static void parse_sizes(struct km_str text, struct km_klog_kill *ret)
{
	uint64_t shared = km_klog_number(text, KM_STR("shmem-rss:"));

	ret->vm_kib = km_klog_number(text, KM_STR("total-vm:"));
	if (ret->vm_kib == KM_UNKNOWN)
		ret->vm_kib = km_klog_number(text, KM_STR("vsz:"));
	ret->rss_kib = km_num_add(km_klog_number(text, KM_STR("anon-rss:")),
				  km_klog_number(text, KM_STR("file-rss:")));
	/* up to 4.4 shared memory is part of file-rss */
	if (shared != KM_UNKNOWN)
		ret->rss_kib = km_num_add(ret->rss_kib, shared);
}

static const struct {
	struct km_str words;
	enum km_klog_kill_step step;
} steps[] = {
	{ KM_STR_INIT("Killed process "), KM_KLOG_KILLED },
	{ KM_STR_INIT("Kill process "), KM_KLOG_CHOSEN },
	{ KM_STR_INIT("kill process "), KM_KLOG_CHOSEN },
};

static const struct km_str encountered = KM_STR_INIT("OOM encountered, victim process: ");

static bool parse_encountered(struct km_str text, struct km_klog_kill *ret)
{
	ptrdiff_t at = km_str_find(text, encountered), end;
	struct km_str name;

	if (at < 0)
		return false;
	*ret = (struct km_klog_kill){ .step = KM_KLOG_KILLED, .rss_kib = KM_UNKNOWN, .vm_kib = KM_UNKNOWN };
	name = km_str_skip(text, (size_t)at + encountered.len);
	end = km_str_find(name, KM_STR(", pid: "));
	ret->pid = km_klog_number_after(name, KM_STR(", pid: "));
	if (end < 0 || ret->pid == KM_UNKNOWN)
		return false;
	ret->name = (struct km_str){ name.ptr, (size_t)end };
	ret->memcg = km_str_ends((struct km_str){ text.ptr, (size_t)at }, KM_STR("Cgroup "));
	return true;
}

void km_klog_kill_words(struct km_klog_filter *filter)
{
	km_klog_filter_add(filter, encountered);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		km_klog_filter_add(filter, steps[i].words);
}

bool km_klog_kill(struct km_str text, struct km_klog_kill *ret)
{
	if (parse_encountered(text, ret))
		return true;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		ptrdiff_t at = km_str_find(text, steps[i].words);
		struct km_str reason = { text.ptr, at < 0 ? 0 : (size_t)at }, rest;

		/* Up to 5.0 a line of its own; later the reason, which no other message has */
		if (at < 0 || (at && km_str_find(reason, KM_STR("ut of memory")) < 0 &&
			       !km_str_starts(reason, KM_STR("Out of Memory: "))))
			continue;
		*ret = (struct km_klog_kill){ .step = steps[i].step };
		ret->memcg = km_str_find(reason, KM_STR("Memory cgroup")) >= 0;
		rest = km_str_skip(text, (size_t)at + steps[i].words.len);
		if (!parse_process(rest, ret))
			continue;
		parse_sizes(rest, ret);
		if (km_str_ends(text, KM_STR(") sharing same memory")))
			ret->step = KM_KLOG_KILLED_TOO;
		else if (!at && ret->step == KM_KLOG_CHOSEN)
			continue;
		return true;
	}
	return false;
}
