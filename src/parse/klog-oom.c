// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an OOM report has beside Mem-Info (mm/oom_kill.c, mm/memcontrol.c, mm/slab_common.c):
 *
 *   Task in /docker/abc killed as a result of limit of /docker                     up to 4.20
 *   memory: usage 20480kB, limit 20480kB, failcnt 33
 *   memory+swap: usage 512000kB, limit 512000kB, failcnt 99                        cgroup v1
 *   Memory cgroup stats for /docker/abc: cache:108KB rss:197168KB                  up to 5.1
 *   Memory cgroup stats for /small:                              since 5.2, a counter a line below
 *   anon 20840448
 *   Unreclaimable slab info:                                     since 4.15
 *   Name                      Used          Total
 *   kmalloc-64               123KB          456KB
 *   [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
 *   [    229]     0   229   428827   428606   894464        0          1000 tail
 *   oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0-1,global_oom,
 *            task_memcg=/,task=tail,pid=229,uid=0                 in one line
 */
#include "parse/klog-report.h"

enum { TASKS_MOST = 65536, CHARGES_MOST = 256, SLABS_MOST = 4096 };

/* "memory+swap: usage 512000kB, limit 512000kB, failcnt 99" */
static bool take_limit(struct km_klog_event *event, struct km_str text)
{
	const struct {
		struct km_str name;
		struct km_klog_limit *limit;
	} limits[] = {
		{ KM_STR_INIT("memory: usage "), &event->memory },
		{ KM_STR_INIT("memory+swap: usage "), &event->memory_swap },
		{ KM_STR_INIT("swap: usage "), &event->swap },
		{ KM_STR_INIT("kmem: usage "), &event->kernel },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (km_str_starts(text, limits[i].name)) {
			limits[i].limit->usage_kib = km_klog_number(text, KM_STR("usage "));
			limits[i].limit->limit_kib = km_klog_number(text, KM_STR("limit "));
			return true;
		}
	return false;
}

/* "Task in A killed as a result of limit of B"; from 4.9 on sometimes in four pieces */
static bool take_task_in(struct km_klog_event *event, struct km_str text)
{
	struct km_str rest = text,
		      limit = km_klog_after(text, KM_STR("killed as a result of limit of"));

	if (km_str_take_prefix(&rest, KM_STR("Memory limit reached of cgroup "))) {
		event->memcg = rest;
		return true;
	}
	if (km_str_take_prefix(&rest, KM_STR("Task in"))) {
		if (limit.ptr)
			rest.len = (size_t)(limit.ptr - rest.ptr) -
				   (sizeof("killed as a result of limit of") - 1);
		event->task_memcg = km_str_trim(rest);
		if (!event->constraint)
			event->constraint = KM_KLOG_CONSTRAINT_MEMCG;
	} else if (!limit.ptr || !km_str_starts(text, KM_STR("killed as"))) {
		/* the piece has only a path */
		if (!event->task_memcg.ptr || event->memcg.len || !km_str_starts(text, KM_STR("/")))
			return false;
		*(event->task_memcg.len ? &event->memcg : &event->task_memcg) = text;
		return true;
	}
	if (km_str_trim(limit).len)
		event->memcg = km_str_trim(limit);
	return true;
}

/* The text between two keys, which may itself have commas: names of tasks and of cgroups. */
static struct km_str between(struct km_str text, struct km_str first, struct km_str second)
{
	struct km_str value = km_klog_after(text, first);
	ptrdiff_t end = km_str_find(value, second);

	if (end >= 0)
		value.len = (size_t)end;
	return value;
}

static enum km_klog_constraint constraint_of(struct km_str word)
{
	static const char *const words[] = {
		[KM_KLOG_CONSTRAINT_NONE] = "CONSTRAINT_NONE",
		[KM_KLOG_CONSTRAINT_CPUSET] = "CONSTRAINT_CPUSET",
		[KM_KLOG_CONSTRAINT_MEMORY_POLICY] = "CONSTRAINT_MEMORY_POLICY",
		[KM_KLOG_CONSTRAINT_MEMCG] = "CONSTRAINT_MEMCG",
	};

	for (unsigned int i = KM_KLOG_CONSTRAINT_NONE; i < sizeof(words) / sizeof(*words); i++)
		if (km_str_eq(word, km_str_from(words[i])))
			return (enum km_klog_constraint)i;
	return KM_KLOG_CONSTRAINT_OTHER;
}

static bool take_constraint(struct km_klog_event *event, struct km_str text)
{
	if (!km_str_starts(text, KM_STR("oom-kill:constraint=")))
		return false;
	event->constraint = constraint_of(km_klog_value(text, KM_STR("constraint=")));
	km_klog_places(text, event);
	event->memcg = between(text, KM_STR(",oom_memcg="), KM_STR(",task_memcg="));
	event->task_memcg = between(text, KM_STR(",task_memcg="), KM_STR(",task="));
	event->victim = between(text, KM_STR(",task="), KM_STR(",pid="));
	event->victim_pid = km_klog_number(text, KM_STR(",pid="));
	return true;
}

/* What a column of the tasks table is; the others are of no use here. */
enum column { OTHER, TOTAL_VM, RSS, SWAP, SCORE_ADJ };

static bool take_tasks_head(struct km_klog_open *open, struct km_str text)
{
	static const struct {
		struct km_str name;
		enum column column;
	} known[] = {
		{ KM_STR_INIT("total_vm"), TOTAL_VM },
		{ KM_STR_INIT("rss"), RSS },
		{ KM_STR_INIT("swapents"), SWAP },
		{ KM_STR_INIT("oom_score_adj"), SCORE_ADJ },
	};
	struct km_str rest = text, word;

	if (km_str_starts(text, KM_STR("Tasks state (memory values")))
		return true;
	if (!km_str_take_prefix(&rest, KM_STR("[")) || !km_str_take_until(&rest, ']', &word) ||
	    !km_str_eq(km_str_trim(word), KM_STR("pid")))
		return false;
	open->in_tasks = true;
	open->columns_len = 0;
	while (km_str_take_word(&rest, &word) && !km_str_eq(word, KM_STR("name")) &&
	       open->columns_len < KM_KLOG_COLUMNS) {
		unsigned char column = OTHER;

		for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
			if (km_str_eq(word, known[i].name))
				column = (unsigned char)known[i].column;
		open->columns[open->columns_len++] = column;
	}
	return true;
}

/* "-1000" */
static bool parse_signed(struct km_str word, int64_t *ret)
{
	bool negative = km_str_take_prefix(&word, KM_STR("-"));
	uint64_t number;

	if (km_str_to_u64(word, &number) || number > INT64_MAX)
		return false;
	*ret = negative ? -(int64_t)number : (int64_t)number;
	return true;
}

static void set_column(struct km_klog_task *task, unsigned int column, int64_t value)
{
	uint64_t pages = value < 0 ? KM_UNKNOWN : (uint64_t)value;

	if (column == TOTAL_VM)
		task->total_vm_pages = pages;
	if (column == RSS)
		task->rss_pages = pages;
	if (column == SWAP)
		task->swap_pages = pages;
	if (column == SCORE_ADJ)
		task->oom_score_adj = value;
}

/* The numbers in a row; a name that is a number is none of them. */
static size_t count_numbers(struct km_str rest)
{
	struct km_str word;
	size_t len = 0;
	int64_t number;

	while (len < KM_KLOG_COLUMNS && km_str_take_word(&rest, &word)) {
		if (!parse_signed(word, &number))
			return len;
		len++;
	}
	return len ? len - 1 : 0;
}

/*
 * If the heading was lost: uid, tgid, total_vm and rss come first in all layouts, the name last. In front of it stand
 *   6 columns   cpu oom_adj                                               up to 2.6.35
 *   7 columns   cpu oom_adj oom_score_adj                                 up to 3.6
 *   7 columns   nr_ptes swapents oom_score_adj, or pgtables_bytes for nr_ptes
 *   8 columns   nr_ptes nr_pmds swapents oom_score_adj                    4.0 to 4.14
 *   10 columns  rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj   since 6.8
 */
static void guess_columns(struct km_klog_open *open, struct km_str rest)
{
	static const unsigned char first[] = { OTHER, OTHER, TOTAL_VM, RSS };
	size_t len = count_numbers(rest);

	/* further numbers are the name's */
	if (len == 9)
		len = 8;
	if (len > 10)
		len = 10;
	memset(open->columns, OTHER, sizeof(open->columns));
	memcpy(open->columns, first, sizeof(first));
	if (len >= 7)
		open->columns[len - 1] = SCORE_ADJ;
	if (len >= 8)
		open->columns[len - 2] = SWAP;
	open->columns_len = len;
}

/* A name may have blanks, and two tasks may have one name. */
static bool take_process(struct km_klog_open *open, struct km_klog_event *event, struct km_str text)
{
	struct km_klog_task task = { .total_vm_pages = KM_UNKNOWN,
				     .rss_pages = KM_UNKNOWN,
				     .swap_pages = KM_UNKNOWN,
				     .oom_score_adj = KM_UNKNOWN_DELTA };
	struct km_str rest = text, word;

	if (!km_str_take_prefix(&rest, KM_STR("[")) || !km_str_take_until(&rest, ']', &word) ||
	    km_str_to_u64(km_str_trim(word), &task.pid))
		return false;
	if (!open->columns_len)
		guess_columns(open, rest);
	if (open->columns_len < 4)
		return false;
	for (size_t i = 0; i < open->columns_len; i++) {
		int64_t value;

		if (!km_str_take_word(&rest, &word) || !parse_signed(word, &value))
			return false;
		set_column(&task, open->columns[i], value);
	}
	task.name = km_str_trim(rest);
	if (event->tasks.len < TASKS_MOST)
		*km_array_push(&event->tasks) = task;
	return true;
}

/* "cache:108KB rss:197168KB rss_huge:0KB" */
static void take_charges_of_line(struct km_klog_event *event, struct km_str rest)
{
	struct km_zoneinfo_stat stat;
	struct km_str word;

	while (km_str_take_word(&rest, &word)) {
		if (!km_str_take_until(&word, ':', &stat.name) ||
		    !km_str_take_u64(&word, &stat.value) ||
		    !(km_str_eq(word, KM_STR("KB")) || km_str_eq(word, KM_STR("kB"))) ||
		    event->charges.len >= CHARGES_MOST)
			continue;
		stat.value = km_num_mul(stat.value, 1024);
		*km_array_push(&event->charges) = stat;
	}
}

/* "/small" of "Memory cgroup stats for /small:", "... /small: cache:4KB" and "... /small:anon 4096" */
static struct km_str group_of(struct km_str text)
{
	struct km_str path = km_klog_after(text, KM_STR(" for "));
	ptrdiff_t end = km_str_find(path, KM_STR(": "));

	if (end >= 0)
		return (struct km_str){ path.ptr, (size_t)end };
	while (path.len && path.ptr[path.len - 1] != ':')
		path.len--;
	path.len -= path.len > 0;
	return path;
}

/* "anon 20840448" and so on; of several cgroups the first is the one whose limit was reached */
static bool take_charge(struct km_klog_open *open, struct km_klog_event *event, struct km_str text)
{
	struct km_zoneinfo_stat stat;
	bool head = km_str_take_prefix(&text, KM_STR("Memory cgroup stats"));

	if (head) {
		struct km_str rest = km_klog_after(text, KM_STR(": "));

		open->in_charges = !event->charges.len;
		if (open->in_charges && !event->memcg.len && km_str_starts(group_of(text), KM_STR("/")))
			event->memcg = group_of(text);
		if (rest.ptr) {
			if (open->in_charges)
				take_charges_of_line(event, rest);
			open->in_charges = false;
			return true;
		}
		/* 5.10 puts the first counter into the same line */
		while (km_str_take_until(&text, ':', &stat.name))
			;
		if (!text.len)
			return true;
	}
	if (!open->in_charges || !km_str_take_word(&text, &stat.name) ||
	    !km_str_take_number(&text, &stat.value) || km_str_trim(text).len)
		return head;
	if (event->charges.len < CHARGES_MOST)
		*km_array_push(&event->charges) = stat;
	return true;
}

/* "456KB" */
static bool parse_kib(struct km_str word, uint64_t *ret)
{
	return km_str_take_u64(&word, ret) &&
	       (km_str_eq(word, KM_STR("KB")) || km_str_eq(word, KM_STR("kB")));
}

/* A cache's name may have blanks */
static bool take_slab(struct km_klog_open *open, struct km_klog_event *event, struct km_str text)
{
	struct km_klog_slab slab;
	struct km_str word;

	if (km_str_starts(text, KM_STR("Unreclaimable slab info:"))) {
		open->in_slabs = true;
		return true;
	}
	if (!open->in_slabs)
		return false;
	if (km_str_starts(text, KM_STR("Name ")) && km_str_ends(text, KM_STR("Total")))
		return true;
	if (!km_str_take_last_word(&text, &word) || !parse_kib(word, &slab.total_kib) ||
	    !km_str_take_last_word(&text, &word) || !parse_kib(word, &slab.used_kib))
		return false;
	slab.name = km_str_trim(text);
	if (slab.name.len && event->slabs.len < SLABS_MOST)
		*km_array_push(&event->slabs) = slab;
	return true;
}

static bool take_panic(struct km_klog_event *event, struct km_str text)
{
	struct km_str rest = text;

	/* a panic for another reason does not belong to this report */
	if (km_str_take_prefix(&rest, KM_STR("Kernel panic - not syncing: ")) &&
	    (km_str_find(rest, KM_STR("ut of memory")) >= 0 ||
	     km_str_find(rest, KM_STR("deadlocked on memory")) >= 0)) {
		event->panic = rest;
		event->complete = true;
		return true;
	}
	if (km_str_find(text, KM_STR("ut of memory and no killable processes")) < 0)
		return false;
	event->complete = true;
	return true;
}

static bool take_group(struct km_klog_event *event, struct km_str text)
{
	if (!km_str_starts(text, KM_STR("Tasks in ")) ||
	    km_str_find(text, KM_STR("oom.group set")) < 0)
		return false;
	event->group = true;
	return true;
}

bool km_klog_take_oom(struct km_klog_open *open, struct km_klog_event *event, struct km_str text)
{
	bool evidence;

	if (event->kind != KM_KLOG_OOM && event->kind != KM_KLOG_HEADLESS)
		return false;
	evidence = take_limit(event, text) || take_task_in(event, text) ||
		   take_constraint(event, text) || take_tasks_head(open, text) ||
		   take_panic(event, text) || take_group(event, text);
	if (!evidence && !take_slab(open, event, text) && !take_charge(open, event, text) &&
	    !(open->in_tasks && take_process(open, event, text)) &&
	    !(event->kind == KM_KLOG_OOM && take_process(open, event, text)))
		return false;
	if (event->kind == KM_KLOG_HEADLESS)
		event->kind = KM_KLOG_OOM;
	return true;
}
