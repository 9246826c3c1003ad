// SPDX-License-Identifier: GPL-2.0-or-later
/* Reports whose first line was lost: a trace is kept until it is clear whether a report follows. */
#include "parse/klog-reader.h"

static struct km_str kept(struct km_klog_reader *reader, struct km_str text)
{
	return text.ptr ? km_pool_copy(&reader->klog->texts.pool, text) : text;
}

void km_klog_set_runner(struct km_klog_event *event, const struct km_klog_runner *runner)
{
	event->pid = runner->pid;
	event->release = runner->release;
	if (!event->task.ptr)
		event->task = runner->task;
}

/* Keeps lines that may belong to a report; bounded, and replaced by the next ones. */
static struct km_str orphan_copy(struct km_klog_reader *reader, struct km_str text)
{
	char *to = reader->orphan_text + reader->orphan_len;

	if (!text.ptr || text.len > sizeof(reader->orphan_text) - reader->orphan_len)
		return (struct km_str){ 0 };
	reader->orphan_len += text.len;
	return (struct km_str){ memcpy(to, text.ptr, text.len), text.len };
}

void km_klog_begin_orphan(struct km_klog_reader *reader, const struct km_kline *line,
			  const struct km_klog_runner *runner)
{
	struct km_klog_runner own = *runner;

	km_array_deinit(&reader->orphan.frames);
	reader->orphan_len = 0;
	km_klog_event_init(&reader->orphan, KM_KLOG_HEADLESS);
	own.task = orphan_copy(reader, runner->task);
	own.release = orphan_copy(reader, runner->release);
	km_klog_set_runner(&reader->orphan, &own);
	reader->orphan.line = line->number;
	reader->orphan_open = (struct km_klog_open){
		.context = orphan_copy(reader, line->context),
		.event = UINT64_MAX,
	};
	km_klog_touch(&reader->orphan_open, line);
}

bool km_klog_take_orphan(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_open *open = &reader->orphan_open;
	struct km_str *frames = NULL;
	size_t before = reader->orphan.frames.len;

	if (!km_klog_is_same_printer(open, line) || !km_klog_take_trace(open, &reader->orphan, line->text))
		return false;
	km_klog_touch(open, line);
	frames = reader->orphan.frames.items;
	for (size_t i = before; i < reader->orphan.frames.len; i++)
		frames[i] = orphan_copy(reader, frames[i]);
	if (reader->orphan.frames.len && !frames[reader->orphan.frames.len - 1].ptr)
		reader->orphan.frames.len--;
	return true;
}

/* Begins a report whose head is lost, at the line that shows that it is one. */
struct km_klog_open *km_klog_adopt(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_event event, *orphan = &reader->orphan;
	uint64_t first = line->number;
	struct km_klog_open *open;

	km_klog_event_init(&event, KM_KLOG_HEADLESS);
	if (km_klog_is_same_printer(&reader->orphan_open, line)) {
		first = orphan->line;
		event = *orphan;
		event.task = kept(reader, orphan->task);
		event.release = kept(reader, orphan->release);
		for (size_t i = 0; i < event.frames.len; i++)
			event.frames.items[i] = kept(reader, event.frames.items[i]);
		km_klog_event_init(orphan, KM_KLOG_HEADLESS);
	}
	reader->orphan_open.event = 0;
	event.message = KM_STR("");
	event.headless = true;
	open = km_klog_add_event(reader, line, &event);
	km_klog_event_of(reader, open)->line = first;
	return open;
}
