// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports of failed requests. Each begins with a head line (klog-head.c); what follows is told from other
 * messages by its form, and from the reports of other tasks by who printed it, where the log has that
 * (struct km_kline).
 */
#include "parse/klog-head.h"
#include "parse/klog-mem.h"
#include "parse/logtext.h"

enum { KEPT_BYTES = 16 * 1024, OPEN_MOST = 16, FRAMES_MOST = 64, TASKS_MOST = 65536, CHARGES_MOST = 256 };

/* A report that lines are still added to. */
struct open {
	struct km_str context;
	size_t event; /* index + 1; 0: none */
	bool in_trace;
	bool in_charges;
};

struct km_klog_reader {
	struct km_parse *parse;
	struct km_klog *klog;
	struct km_str spare; /* room in the pool for the next line's text */
	struct open open[OPEN_MOST];
	size_t next; /* which is given up for a new one */
};

static struct km_klog_event *event_of(const struct km_klog_reader *state, const struct open *open)
{
	return &state->klog->events.items[open->event - 1];
}

static struct km_str kept(struct km_klog_reader *state, struct km_str text)
{
	return text.ptr ? km_pool_copy(&state->klog->pool, text) : text;
}

static struct km_klog_event *add_event(struct km_klog_reader *state, struct open **ret_open,
				       const struct km_kline *line, const struct km_klog_event *event)
{
	struct km_klog_event *added = km_array_push(&state->klog->events);
	struct open *open = *ret_open;

	*added = *event;
	added->line = state->parse->line;
	added->stamp = kept(state, line->stamp);
	added->context = kept(state, line->context);
	if (!open) {
		open = &state->open[state->next];
		state->next = (state->next + 1) % OPEN_MOST;
	}
	*open = (struct open){ .context = added->context, .event = state->klog->events.len };
	*ret_open = open;
	return added;
}

static bool take_head(struct km_klog_reader *state, struct open **open, const struct km_kline *line)
{
	struct km_klog_event event;

	if (!km_klog_head(line->text, &event))
		return false;
	add_event(state, open, line, &event);
	return true;
}

/* "Out of memory: Killed process 229 (tail) total-vm:1715308kB, anon-rss:1713152kB, file-rss:0kB, ..." */
static bool take_victim(struct km_klog_reader *state, struct open **open, const struct km_kline *line)
{
	ptrdiff_t at = km_str_find(line->text, KM_STR(": Killed process "));
	struct km_str rest = line->text, name;
	struct km_klog_event *event, killed;
	uint64_t pid;

	if (at < 0 || km_str_find(line->text, KM_STR("ut of memory")) < 0)
		return false;
	rest = km_str_skip(rest, (size_t)at + sizeof(": Killed process ") - 1);
	if (!km_str_take_u64(&rest, &pid) || !km_str_take_prefix(&rest, KM_STR(" (")))
		return false;
	at = km_str_find(rest, KM_STR(") total-vm:"));
	name = (struct km_str){ rest.ptr, at < 0 ? 0 : (size_t)at };
	if (!*open || event_of(state, *open)->kind != KM_KLOG_OOM) {
		/* the report itself is rationed by the kernel, this line is not */
		km_klog_event_init(&killed, KM_KLOG_OOM);
		killed.message = KM_STR("killed a process");
		add_event(state, open, line, &killed);
	}
	event = event_of(state, *open);
	event->complete = true;
	event->victims++;
	if (km_str_starts(line->text, KM_STR("Memory cgroup")) && !event->constraint.ptr)
		event->constraint = KM_STR("MEMCG");
	if (event->victims > 1)
		return true;
	event->victim_pid = pid;
	if (name.len)
		event->victim = name;
	event->victim_kib = km_num_add(km_klog_number(rest, KM_STR("anon-rss:")),
				       km_num_add(km_klog_number(rest, KM_STR("file-rss:")),
						  km_klog_number(rest, KM_STR("shmem-rss:"))));
	return true;
}

/* "run_step+0x387/0x550 [kmfail]"; on some machines behind addresses in brackets */
static bool parse_frame(struct km_str text, struct km_str *ret)
{
	struct km_str rest, word, part;

	while (km_str_take_prefix(&text, KM_STR("["))) {
		if (!km_str_take_until(&text, ']', &part))
			return false;
		text = km_str_trim(text);
	}
	rest = text;
	if (!km_str_take_word(&rest, &word) || !km_str_take_until(&word, '+', &part) || !part.len ||
	    !km_str_take_prefix(&word, KM_STR("0x")) || !km_str_take_until(&word, '/', &part) ||
	    !km_str_starts(word, KM_STR("0x")))
		return false;
	*ret = text;
	return true;
}

/* What the unwinder is not sure of has a "?" and is left out; so has powerpc's "(unreliable)". */
static bool take_frame(struct km_klog_event *event, struct km_str text)
{
	struct km_str frame;

	if (km_str_starts(text, KM_STR("? ")))
		return true;
	if (!parse_frame(text, &frame))
		return false;
	if (event->frames.len < FRAMES_MOST && !km_str_ends(frame, KM_STR("(unreliable)")))
		*km_array_push(&event->frames) = frame;
	return true;
}

/* "CPU: 2 UID: 0 PID: 178 Comm: provoke Tainted: G        W  OE      6.12.107+deb13-amd64 #1" */
static bool take_task(struct km_klog_event *event, struct km_str text)
{
	ptrdiff_t at = km_str_find(text, KM_STR(" #")), comm = km_str_find(text, KM_STR(" Comm: "));
	struct km_str head, name;

	if (!km_str_starts(text, KM_STR("CPU: ")) || comm < 0)
		return false;
	head = (struct km_str){ text.ptr, at < 0 ? 0 : (size_t)at };
	if (!event->release.ptr && at > comm && !km_str_take_last_word(&head, &event->release))
		event->release = (struct km_str){ 0 };
	at = km_str_find(text, KM_STR("PID: "));
	head = km_str_skip(text, (size_t)(at < 0 ? 0 : at) + 5);
	if (event->pid == KM_UNKNOWN && at >= 0 && !km_str_take_u64(&head, &event->pid))
		event->pid = KM_UNKNOWN;
	at = km_str_find(text, KM_STR("ainted"));
	comm += (ptrdiff_t)sizeof(" Comm: ") - 1;
	if (event->task.ptr || at < comm)
		return true;
	name = (struct km_str){ text.ptr + comm, (size_t)(at - comm) };
	/* "Tainted", "Not tainted" */
	if (km_str_ends(name, KM_STR("Not t")))
		name.len -= sizeof("Not t") - 1;
	else
		name.len -= name.len > 0;
	event->task = km_str_trim(name);
	return true;
}

static bool take_trace(struct km_klog_reader *state, struct open *open, struct km_str text)
{
	static const struct km_str ends[] = {
		KM_STR_INIT("Mem-Info:"), KM_STR_INIT("RIP: "), KM_STR_INIT("---[ end trace"),
		KM_STR_INIT("Code: "),
	};
	struct km_klog_event *event = event_of(state, open);

	if (km_str_eq(text, KM_STR("Call Trace:")) || km_str_eq(text, KM_STR("Call trace:"))) {
		open->in_trace = !event->frames.len && event->mem == SIZE_MAX;
		return true;
	}
	if (!open->in_trace)
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (km_str_starts(text, ends[i])) {
			open->in_trace = false;
			event->complete = event->complete || event->kind == KM_KLOG_TOO_LARGE;
			return false;
		}
	return take_frame(event, text);
}

static bool take_mem(struct km_klog_reader *state, struct open *open, struct km_str text)
{
	struct km_klog_event *event = event_of(state, open);
	struct km_klog_mem *mem;

	if (km_str_eq(text, KM_STR("Mem-Info:"))) {
		if (event->mem == SIZE_MAX) {
			event->mem = state->klog->mems.len;
			km_klog_mem_init(km_array_push(&state->klog->mems));
		}
		return true;
	}
	if (event->mem == SIZE_MAX)
		return false;
	mem = &state->klog->mems.items[event->mem];
	if (mem->reserved_pages != KM_UNKNOWN || !km_klog_mem_line(state->parse, mem, text))
		return false;
	if (mem->ram_pages != KM_UNKNOWN && event->kind != KM_KLOG_OOM)
		event->complete = true;
	return true;
}

/* "memory: usage 20480kB, limit 20480kB, failcnt 33" */
static bool take_limit(struct km_klog_event *event, struct km_str text)
{
	if (!km_str_starts(text, KM_STR("memory: usage ")))
		return false;
	event->usage_kib = km_klog_number(text, KM_STR("usage "));
	event->limit_kib = km_klog_number(text, KM_STR("limit "));
	return true;
}

/* "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0-1,global_oom,task_memcg=/,task=tail,pid=229,uid=0" */
static bool take_constraint(struct km_klog_event *event, struct km_str text)
{
	struct km_str value;

	if (!km_str_starts(text, KM_STR("oom-kill:constraint=")))
		return false;
	value = km_klog_value(text, KM_STR("constraint="));
	km_str_take_prefix(&value, KM_STR("CONSTRAINT_"));
	event->constraint = value;
	km_klog_places(text, event);
	event->memcg = km_klog_value(text, KM_STR(",oom_memcg="));
	event->task_memcg = km_klog_value(text, KM_STR(",task_memcg="));
	event->victim = km_klog_value(text, KM_STR(",task="));
	event->victim_pid = km_klog_number(text, KM_STR(",pid="));
	return true;
}

/* "[    229]     0   229   428827   428606   428288 ... 1000 tail": uid, tgid, total_vm, rss, ..., name */
static bool take_process(struct km_klog_event *event, struct km_str text)
{
	struct km_str rest = text, inside;
	uint64_t pid, uid, tgid, total, rss;
	struct km_klog_task *task;

	if (!km_str_take_prefix(&rest, KM_STR("[")) || !km_str_take_until(&rest, ']', &inside) ||
	    km_str_to_u64(km_str_trim(inside), &pid))
		return false;
	if (!km_str_take_number(&rest, &uid) || !km_str_take_number(&rest, &tgid) ||
	    !km_str_take_number(&rest, &total) || !km_str_take_number(&rest, &rss))
		return false;
	if (event->tasks.len == TASKS_MOST)
		return true;
	task = km_array_push(&event->tasks);
	*task = (struct km_klog_task){ pid, rss, { 0 } };
	km_str_take_last_word(&rest, &task->name);
	return true;
}

/* "anon 20840448" and so on, below "Memory cgroup stats for /small:" */
static bool take_charge(struct km_klog_reader *state, struct open *open, struct km_str text)
{
	struct km_klog_event *event = event_of(state, open);
	struct km_zoneinfo_stat stat;

	if (km_str_take_prefix(&text, KM_STR("Memory cgroup stats for "))) {
		open->in_charges = !event->charges.len;
		/* 5.10 puts the first of them into the same line */
		if (!km_str_take_until(&text, ':', &stat.name))
			return true;
	}
	if (!open->in_charges || !km_str_take_word(&text, &stat.name) ||
	    !km_str_take_number(&text, &stat.value) || km_str_trim(text).len)
		return false;
	if (event->charges.len < CHARGES_MOST)
		*km_array_push(&event->charges) = stat;
	return true;
}

static bool take_panic(struct km_klog_event *event, struct km_str text)
{
	if (km_str_take_prefix(&text, KM_STR("Kernel panic - not syncing: "))) {
		event->panic = text;
		event->complete = true;
		return true;
	}
	if (!km_str_starts(text, KM_STR("Out of memory and no killable processes")))
		return false;
	event->complete = true;
	return true;
}

static bool take_oom(struct km_klog_reader *state, struct open *open, struct km_str text)
{
	struct km_klog_event *event = event_of(state, open);

	if (event->kind != KM_KLOG_OOM)
		return false;
	return take_limit(event, text) || take_constraint(event, text) ||
	       take_charge(state, open, text) || take_process(event, text) ||
	       take_panic(event, text);
}

static uint64_t sum_of(uint64_t sum, uint64_t part)
{
	return sum == KM_UNKNOWN ? part : km_num_add(sum, part);
}

/* "cache: kmfail_objects, object size: 2048, ...", "node 0: slabs: 0, objs: 0, free: 0" */
static bool take_slub(struct km_klog_event *event, struct km_str text)
{
	if (event->kind != KM_KLOG_SLUB)
		return false;
	if (km_str_starts(text, KM_STR("cache: "))) {
		event->cache = km_klog_value(text, KM_STR("cache: "));
		event->object_bytes = km_klog_number(text, KM_STR("object size:"));
		event->buffer_bytes = km_klog_number(text, KM_STR("buffer size:"));
		event->default_order = km_klog_number(text, KM_STR("default order:"));
		event->min_order = km_klog_number(text, KM_STR("min order:"));
		event->complete = true;
		return true;
	}
	if (!km_str_starts(text, KM_STR("node ")) || km_str_find(text, KM_STR(": slabs: ")) < 0)
		return false;
	event->slabs = sum_of(event->slabs, km_klog_number(text, KM_STR("slabs:")));
	event->objects = sum_of(event->objects, km_klog_number(text, KM_STR("objs:")));
	event->free_objects = sum_of(event->free_objects, km_klog_number(text, KM_STR("free:")));
	return true;
}

/* The report of the task that printed this line; without that knowledge, the last one. */
static struct open *open_of(struct km_klog_reader *state, struct km_str context)
{
	for (size_t i = 0; i < OPEN_MOST; i++)
		if (state->open[i].event && km_str_eq(state->open[i].context, context))
			return &state->open[i];
	return NULL;
}

/* Whether the line is part of a report. */
static bool take_line(struct km_klog_reader *state, const struct km_kline *line)
{
	struct open *open = open_of(state, line->context);

	if (take_head(state, &open, line) || take_victim(state, &open, line))
		return true;
	if (!open)
		return false;
	if (km_str_starts(line->text, KM_STR("------------[ cut here"))) {
		open->event = 0;
		return false;
	}
	/* a trace ends where Mem-Info begins, so it looks first */
	return take_trace(state, open, line->text) || take_oom(state, open, line->text) ||
	       take_slub(event_of(state, open), line->text) || take_mem(state, open, line->text) ||
	       take_task(event_of(state, open), line->text);
}

struct km_klog_reader *km_klog_begin(struct km_parse *parse, struct km_klog *ret)
{
	struct km_klog_reader *reader = km_realloc(NULL, 1, sizeof(*reader));

	*reader = (struct km_klog_reader){ .parse = parse, .klog = ret };
	return reader;
}

/* The text moves into the pool, where the next line replaces it unless a report has taken it. */
void km_klog_line(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_kline own = *line;
	size_t room = line->text.len > KEPT_BYTES ? line->text.len : KEPT_BYTES;

	if (!line->text.len)
		return;
	if (reader->spare.len < line->text.len)
		reader->spare = (struct km_str){ km_pool_alloc(&reader->klog->pool, room, 1), room };
	own.text.ptr = memcpy((char *)reader->spare.ptr, line->text.ptr, line->text.len);
	reader->parse->line = line->number;
	if (take_line(reader, &own))
		reader->spare = km_str_skip(reader->spare, line->text.len);
}

void km_klog_end(struct km_klog_reader *reader)
{
	struct km_klog_mem *mem;

	km_array_each(mem, &reader->klog->mems)
		km_klog_mem_finish(mem);
	free(reader);
}

static void feed(void *reader, const struct km_kline *line)
{
	km_klog_line(reader, line);
}

void km_parse_klog(struct km_parse *parse, struct km_str text, struct km_klog *ret)
{
	struct km_klog_reader *reader = km_klog_begin(parse, ret);
	struct km_logtext *logtext = km_logtext_begin(feed, reader);

	km_logtext_push(logtext, text);
	km_logtext_end(logtext, NULL);
	km_klog_end(reader);
}

void km_klog_deinit(struct km_klog *klog)
{
	struct km_klog_event *event;
	struct km_klog_mem *mem;

	km_array_each(event, &klog->events) {
		km_array_deinit(&event->frames);
		km_array_deinit(&event->tasks);
		km_array_deinit(&event->charges);
	}
	km_array_each(mem, &klog->mems)
		km_klog_mem_deinit(mem);
	km_array_deinit(&klog->events);
	km_array_deinit(&klog->mems);
	km_pool_deinit(&klog->pool);
}
