// SPDX-License-Identifier: GPL-2.0-or-later
/* Events that end while the log is read, so that a log of any length needs little memory. */
#include "parse/klog-mem.h"
#include "parse/klog-reader.h"

/* A report without a line for so many lines gets none any more: most logs have times, which decide earlier. */
enum { SILENT_LINES = 8192 };

void km_klog_finish(struct km_klog_reader *reader, size_t events)
{
	struct km_klog *klog = reader->klog;

	for (; reader->finished - klog->retired < events; reader->finished++) {
		struct km_klog_event *event = klog->events.items[reader->finished - klog->retired];

		if (event->mem)
			km_klog_mem_finish(reader->parse, event->mem);
	}
}

size_t km_klog_ended(struct km_klog_reader *reader)
{
	uint64_t first = reader->klog->retired + reader->klog->events.len + 1;
	size_t ended;

	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *open = &reader->open[i];

		if (!open->event)
			continue;
		if (!km_klog_is_fresh(open, reader->last_usec) || reader->last_sequence - open->sequence > SILENT_LINES)
			open->event = 0;
		else if (open->event < first)
			first = open->event;
	}
	ended = (size_t)(first - 1 - reader->klog->retired);
	km_klog_finish(reader, ended);
	return ended;
}

static void free_event(struct km_klog_event *event)
{
	km_array_deinit(&event->frames);
	km_array_deinit(&event->tasks);
	km_array_deinit(&event->slabs);
	km_array_deinit(&event->charges);
	if (event->mem)
		km_klog_mem_deinit(event->mem);
	free(event->mem);
	free(event);
}

void km_klog_retire(struct km_klog_reader *reader, size_t events)
{
	struct km_klog *klog = reader->klog;

	for (size_t i = 0; i < events; i++)
		free_event(klog->events.items[i]);
	klog->retired += events;
	klog->events.len -= events;
	if (events && klog->events.len)
		memmove(klog->events.items, klog->events.items + events, klog->events.len * sizeof(*klog->events.items));
	km_epochs_turn(&klog->texts, klog->retired + klog->events.len);
	km_epochs_end(&klog->texts, klog->retired);
	reader->spare = (struct km_str){ 0 };
}

void km_klog_deinit(struct km_klog *klog)
{
	for (size_t i = 0; i < klog->events.len; i++)
		free_event(klog->events.items[i]);
	km_array_deinit(&klog->events);
	km_epochs_deinit(&klog->texts);
	km_pool_deinit(&klog->kept);
}
