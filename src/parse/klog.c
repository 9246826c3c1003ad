// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports of failed requests. Each begins with a head line (klog-head.c). The form of a line separates it
 * from other messages. The CPU or task that printed it (struct km_kline) separates reports from each other.
 * If the log does not name it, names and times do. Of a report without head, as much is kept as there is.
 */
#include "parse/klog-mem.h"
#include "parse/klog-reader.h"

/* A message in pieces, and the line that follows an old vmalloc's head. */
enum { HEAD_LINES = 8 };

/* Up to 4.9 vmalloc's message is a line of its own, and "page allocation failure: order:0" follows it. */
static bool is_tail(const struct km_klog_event *event, const struct km_klog_event *head)
{
	return event->kind == KM_KLOG_VMALLOC && head->kind == KM_KLOG_PAGES && head->order == 0 &&
	       event->mode == KM_UNKNOWN && !event->mem && !event->task.ptr;
}

/*
 * "vmap allocation for size N failed" stands above vmalloc's own message of the same request: N has a guard page
 * more, and is rounded.
 */
static bool is_of_vmap(const struct km_klog_event *event, const struct km_klog_event *head)
{
	enum { ROUNDED_MOST = 2 << 16 };

	return event->kind == KM_KLOG_VMAP && head->kind == KM_KLOG_VMALLOC && head->got_bytes == KM_UNKNOWN &&
	       event->size_bytes != KM_UNKNOWN && head->size_bytes != KM_UNKNOWN && event->size_bytes >= head->size_bytes &&
	       event->size_bytes - head->size_bytes <= ROUNDED_MOST;
}

/* The event stays where its first line is. */
static void become_vmalloc(struct km_klog_event *event, const struct km_klog_event *head)
{
	struct km_klog_event before = *event;

	*event = *head;
	event->line = before.line;
	event->sequence = before.sequence;
	event->stamp = before.stamp;
	event->context = before.context;
	event->no_addresses = true;
}

/* The DMA layer names the device without its driver: "0000:02:00.0" of "ahci 0000:02:00.0". */
static bool is_device(struct km_str full, struct km_str bare)
{
	return km_str_eq(full, bare) || (bare.len && full.len > bare.len && full.ptr[full.len - bare.len - 1] == ' ' &&
					 km_str_ends(full, bare));
}

/* Older kernels report the same mapping twice: the DMA layer does so below the bounce buffer. */
static bool is_said_twice(const struct km_klog_event *before, const struct km_klog_event *event)
{
	return before->kind == KM_KLOG_SWIOTLB && event->kind == KM_KLOG_SWIOTLB && before->size_bytes == event->size_bytes &&
	       is_device(before->pool, event->pool) && km_str_starts(event->message, KM_STR("DMA: "));
}

static bool take_head(struct km_klog_reader *reader, struct km_klog_open *open, const struct km_kline *line)
{
	struct km_klog_event event, *before = open ? km_klog_event_of(reader, open) : NULL;

	if (!km_klog_head(line->text, &event))
		return false;
	reader->ignores_mem = false;
	if (before && line->sequence - open->sequence <= HEAD_LINES && is_of_vmap(before, &event)) {
		become_vmalloc(before, &event);
		km_klog_touch(open, line);
		return true;
	}
	if (before && line->sequence - open->sequence <= HEAD_LINES && is_tail(before, &event)) {
		before->task = event.task;
		before->mode = event.mode;
		before->mode_names = event.mode_names;
		km_klog_places(line->text, before);
		km_klog_touch(open, line);
		return true;
	}
	if (before && line->sequence - open->sequence <= HEAD_LINES && is_said_twice(before, &event)) {
		km_klog_touch(open, line);
		return true;
	}
	km_klog_add_event(reader, line, &event);
	return true;
}

/* The line that names the victim may be cut off: then the tasks table has the name. */
static struct km_str name_of(const struct km_klog_event *event, uint64_t pid)
{
	const struct km_klog_task *task;

	km_array_each(task, &event->tasks)
		if (task->pid == pid)
			return task->name;
	return (struct km_str){ 0 };
}

static void set_victim(struct km_klog_event *event, const struct km_klog_kill *kill)
{
	if (kill->name.len)
		event->victim = kill->name;
	else if (event->victim_pid != kill->pid)
		event->victim = name_of(event, kill->pid);
	event->victim_pid = kill->pid;
	event->victim_kib = kill->rss_kib;
	event->victim_vm_kib = kill->vm_kib;
}

static bool take_kill(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_event *event, alone;
	struct km_klog_open *open;
	struct km_klog_kill kill;

	if (!km_klog_kill(line->text, &kill))
		return false;
	open = km_klog_killer_of(reader, line, &kill);
	if (!open) {
		/* the kernel limits the rate of reports, but not of this line */
		km_klog_event_init(&alone, KM_KLOG_OOM);
		alone.message = KM_STR("killed a process");
		open = km_klog_add_event(reader, line, &alone);
	}
	km_klog_touch(open, line);
	event = km_klog_event_of(reader, open);
	event->kind = KM_KLOG_OOM;
	reader->kills = true;
	if (kill.memcg && !event->constraint)
		event->constraint = KM_KLOG_CONSTRAINT_MEMCG;
	if (kill.step == KM_KLOG_CHOSEN) {
		set_victim(event, &kill);
		open->chosen = true;
		return true;
	}
	event->complete = true;
	if (!event->victims++)
		set_victim(event, &kill);
	return true;
}

static bool take_runner(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_open *open, *other;
	struct km_klog_runner runner;

	if (!km_klog_runner(line->text, &runner))
		return false;
	open = km_klog_report_of(reader, line, &runner);
	if (open) {
		km_klog_set_runner(km_klog_event_of(reader, open), &runner);
		km_klog_mix_with_later(reader, line, open);
		open->foreign = false;
		km_klog_touch(open, line);
		return true;
	}
	other = km_klog_open_of(reader, line);
	if (other)
		other->foreign = true;
	km_klog_begin_orphan(reader, line, &runner);
	return false;
}

static void begin_mem(struct km_klog_reader *reader, struct km_klog_open *open, const struct km_kline *line)
{
	struct km_klog_event *event = km_klog_event_of(reader, open);

	event->mem = km_realloc(NULL, 1, sizeof(*event->mem));
	km_klog_mem_init(event->mem);
	open->in_trace = open->foreign = false;
	km_klog_touch(open, line);
}

static bool is_mem_head(struct km_str text)
{
	return km_str_eq(text, KM_STR("Mem-Info:")) || km_str_eq(text, KM_STR("Mem-info:"));
}

/*
 * A zone's line, which is the first of a Mem-Info if the log begins in the middle of it. Without NUMA, "Node 0" is
 * missing.
 */
static bool is_zone_line(struct km_str text)
{
	const ptrdiff_t free = km_str_find(text, KM_STR(" free:")), low = km_str_find(text, KM_STR("kB low:"));

	return free > 0 && free <= 16 && low > free && *text.ptr >= 'D' && *text.ptr <= 'N';
}

/* "Show Memory" of SysRq m, before a Mem-Info of a machine that lacks nothing */
static bool is_sysrq(struct km_str text)
{
	return (km_str_starts(text, KM_STR("sysrq: ")) || km_str_starts(text, KM_STR("SysRq : "))) &&
	       km_str_find(text, KM_STR("Show Memory")) >= 0;
}

/* Whether a Mem-Info is not complete yet; a log that says who printed them keeps reports apart. */
static bool is_amid_mem(const struct km_klog_reader *reader, const struct km_klog_open *open,
			const struct km_kline *line)
{
	const struct km_klog_mem *mem = open ? km_klog_event_of(reader, open)->mem : NULL;

	return mem && !line->context.ptr && mem->ram_pages == KM_UNKNOWN;
}

static bool take_mem_head(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_open *open, *before;
	bool begins = is_mem_head(line->text), amid;

	if (is_sysrq(line->text))
		reader->ignores_mem = true;
	if (!begins && !km_str_starts(line->text, KM_STR("active_anon:")) && !is_zone_line(line->text))
		return false;
	before = km_klog_open_of(reader, line);
	/* the heading is behind */
	if (!begins && ((before && km_klog_event_of(reader, before)->mem) || reader->ignores_mem))
		return false;
	open = km_klog_without_mem(reader, line);
	if (!open && reader->ignores_mem)
		return false;
	amid = is_amid_mem(reader, before, line);
	if (amid)
		km_klog_event_of(reader, before)->mixed = true;
	if (!open)
		open = km_klog_adopt(reader, line);
	begin_mem(reader, open, line);
	km_klog_event_of(reader, open)->mixed |= amid;
	return begins;
}

static bool take_mem(struct km_klog_reader *reader, struct km_klog_open *open, const struct km_kline *line)
{
	struct km_klog_event *event = km_klog_event_of(reader, open);
	struct km_klog_mem *mem = event->mem;

	if (!mem)
		return false;
	if (mem->reserved_pages != KM_UNKNOWN || !km_klog_mem_line(reader->parse, mem, line->text))
		return false;
	if (mem->ram_pages != KM_UNKNOWN && event->kind != KM_KLOG_OOM && event->kind != KM_KLOG_HEADLESS)
		event->complete = true;
	return true;
}

/* A head in pieces, or what 4.9 to 4.14 print on a line of its own: "sh cpuset=/ mems_allowed=0-1" */
static bool take_piece(struct km_klog_event *event, struct km_str text)
{
	bool places;

	if (event->mem || event->frames.len)
		return false;
	places = km_str_find(text, KM_STR(" cpuset=")) > 0 && km_str_find(text, KM_STR(" mems_allowed=")) > 0;
	if (!places && (event->mode != KM_UNKNOWN && event->order != KM_UNKNOWN))
		return false;
	if (!places && !km_str_starts(text, KM_STR(",")) && !km_str_starts(text, KM_STR("order")) &&
	    !km_str_starts(text, KM_STR("page allocation ")) && !km_str_starts(text, KM_STR("(null)")))
		return false;
	km_klog_request(text, event);
	return true;
}

/* A line about a cgroup or about tasks that belongs to no report so far. */
static bool is_oom_part(struct km_str text)
{
	static const struct km_str parts[] = {
		KM_STR_INIT("oom-kill:constraint="), KM_STR_INIT("memory: usage "), KM_STR_INIT("Memory cgroup stats for "),
		KM_STR_INIT("Tasks state (memory values"), KM_STR_INIT("[ pid ]   uid  tgid"), KM_STR_INIT("[  pid  ]   uid  tgid"),
		KM_STR_INIT("Unreclaimable slab info:"),
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (km_str_starts(text, parts[i]))
			return true;
	return km_str_starts(text, KM_STR("Task in ")) && km_str_find(text, KM_STR(" limit of ")) > 0;
}

/* Whether the line is part of a report. */
static bool take_part(struct km_klog_reader *reader, struct km_klog_open *open, const struct km_kline *line)
{
	struct km_klog_event *event = km_klog_event_of(reader, open);

	if (km_str_starts(line->text, KM_STR("------------[ cut here"))) {
		open->foreign = true;
		return false;
	}
	/* a trace ends where Mem-Info begins, so it looks first */
	if (!km_klog_take_trace(open, event, line->text) && !km_klog_take_oom(open, event, line->text) &&
	    !km_klog_take_slub(event, line->text) && !km_klog_take_pool(event, line->text) &&
	    !take_mem(reader, open, line) && !take_piece(event, line->text))
		return false;
	km_klog_touch(open, line);
	return true;
}

/*
 * A trace that only a report has, and no head above it or below: what follows belongs to a report whose first line was
 * lost.
 */
static bool adopt_trace(struct km_klog_reader *reader, const struct km_kline *line)
{
	static const char *const reporters[] = { "warn_alloc*", "dump_header*", "oom_kill_process*" };
	struct km_klog_open *open;

	if (!reader->orphan.frames.len ||
	    !km_klog_frame_fits(reader->orphan.frames.items[reader->orphan.frames.len - 1], reporters,
				sizeof(reporters) / sizeof(*reporters)) ||
	    km_klog_without_mem(reader, line))
		return false;
	open = km_klog_adopt(reader, line);
	open->in_trace = true;
	return true;
}

bool km_klog_take_line(struct km_klog_reader *reader, const struct km_kline *line, bool may)
{
	struct km_klog_open *open = km_klog_open_of(reader, line), *other;

	if (may && (take_head(reader, open, line) || take_kill(reader, line)))
		return true;
	if (take_runner(reader, line) || take_mem_head(reader, line))
		return true;
	open = km_klog_open_of(reader, line);
	if (!open && is_oom_part(line->text))
		open = km_klog_adopt(reader, line);
	if ((!open || open->foreign) && km_klog_take_orphan(reader, line)) {
		if (open && km_str_starts(line->text, KM_STR("---[ end trace")))
			open->foreign = false;
		return adopt_trace(reader, line);
	}
	other = open && !km_klog_event_of(reader, open)->release.ptr ? km_klog_amid_trace(reader, line, open) : NULL;
	if (other && km_klog_take_trace(other, km_klog_event_of(reader, other), line->text)) {
		km_klog_mix_with_later(reader, line, other);
		return true;
	}
	return open && take_part(reader, open, line);
}
