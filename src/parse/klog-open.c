// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the report that a line belongs to. If the log names the CPU or task that printed the line, that
 * decides. Otherwise it is the last report that got a line, or one that still lacks this kind of line. A report
 * without a line for seconds is never chosen: the kernel prints a report at once.
 */
#include "parse/klog-reader.h"

enum {
	STALE_USEC = 5000000,
	BACKWARDS_USEC = 1000000, /* CPUs' clocks differ by less; a log of another boot by more */
};

static struct km_str kept(struct km_klog_reader *reader, struct km_str text)
{
	return text.ptr ? km_pool_copy(&reader->klog->texts.pool, text) : text;
}

void km_klog_touch(struct km_klog_open *open, const struct km_kline *line)
{
	open->sequence = line->sequence;
	open->usec = line->usec;
}

bool km_klog_is_fresh(const struct km_klog_open *open, uint64_t usec)
{
	if (open->usec == KM_UNKNOWN || usec == KM_UNKNOWN)
		return true;
	return usec >= open->usec ? usec - open->usec <= STALE_USEC : open->usec - usec <= BACKWARDS_USEC;
}

bool km_klog_is_same_printer(const struct km_klog_open *open, const struct km_kline *line)
{
	return open->event && km_str_eq(open->context, line->context) && km_klog_is_fresh(open, line->usec);
}

/* The report of the CPU or task that printed this line. */
struct km_klog_open *km_klog_open_of(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_open *last = NULL;

	for (size_t i = 0; i < KM_KLOG_OPEN; i++)
		if (km_klog_is_same_printer(&reader->open[i], line) &&
		    (!last || reader->open[i].sequence >= last->sequence))
			last = &reader->open[i];
	return last;
}

/* The place for a new report: one that has ended, or the one that was silent for longest. */
static struct km_klog_open *room_for(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_open *oldest = reader->open;

	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *open = &reader->open[i];

		if (!open->event || !km_klog_is_fresh(open, line->usec) ||
		    (km_klog_event_of(reader, open)->complete &&
		     km_str_eq(open->context, line->context)))
			return open;
		if (open->sequence < oldest->sequence)
			oldest = open;
	}
	return oldest;
}

struct km_klog_open *km_klog_add_event(struct km_klog_reader *reader, const struct km_kline *line,
				       const struct km_klog_event *event)
{
	struct km_klog_open *open = room_for(reader, line);
	struct km_klog_event *added = km_realloc(NULL, 1, sizeof(*added));

	*km_array_push(&reader->klog->events) = added;
	*added = *event;
	added->line = line->number;
	added->sequence = line->sequence;
	added->stamp = kept(reader, line->stamp);
	added->context = kept(reader, line->context);
	*open = (struct km_klog_open){ .context = added->context,
				       .event = reader->klog->retired + reader->klog->events.len };
	km_klog_touch(open, line);
	return open;
}

/* The OOM report that a kill belongs to: one that has no victim yet, or kills a whole group. */
struct km_klog_open *km_klog_killer_of(struct km_klog_reader *reader, const struct km_kline *line,
				       const struct km_klog_kill *kill)
{
	struct km_klog_open *best = NULL;

	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *open = &reader->open[i];
		const struct km_klog_event *event =
			open->event ? km_klog_event_of(reader, open) : NULL;

		if (!event || !km_klog_is_same_printer(open, line) ||
		    (event->kind != KM_KLOG_OOM && event->kind != KM_KLOG_HEADLESS))
			continue;
		if (event->victims && !event->group && kill->step != KM_KLOG_KILLED_TOO)
			continue;
		/* the line that says who died was lost, and this is the next report's victim */
		if (kill->step == KM_KLOG_CHOSEN && open->chosen && event->victim_pid != kill->pid)
			continue;
		/* the report names its victim in advance */
		if (event->victim_pid != kill->pid && event->victim_pid != KM_UNKNOWN &&
		    !event->victims && !open->chosen && event->constraint && best)
			continue;
		if (!best || open->sequence >= best->sequence || event->victim_pid == kill->pid)
			best = open;
	}
	return best;
}

/* The report to which this runner's trace belongs: it has no runner yet, and its head names the same task. */
struct km_klog_open *km_klog_report_of(struct km_klog_reader *reader, const struct km_kline *line,
				       const struct km_klog_runner *runner)
{
	struct km_klog_open *found = NULL;

	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *open = &reader->open[i];
		const struct km_klog_event *event =
			open->event ? km_klog_event_of(reader, open) : NULL;

		if (!event || !km_klog_is_same_printer(open, line) || event->release.ptr ||
		    event->mem)
			continue;
		if (event->kind == KM_KLOG_SLUB ||
		    (event->task.ptr && runner->task.ptr && !km_str_eq(event->task, runner->task)))
			continue;
		if (event->pid != KM_UNKNOWN && runner->pid != event->pid)
			continue;
		if (!found || open->sequence > found->sequence)
			found = open;
	}
	return found;
}

/* The report of a Mem-Info, or of a part, that begins: the oldest report that has none yet. */
struct km_klog_open *km_klog_without_mem(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_open *found = NULL;

	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *open = &reader->open[i];
		const struct km_klog_event *event =
			open->event ? km_klog_event_of(reader, open) : NULL;

		if (event && km_klog_is_same_printer(open, line) && !event->mem &&
		    !event->complete && event->kind != KM_KLOG_SLUB &&
		    (!found || open->event < found->event))
			found = open;
	}
	return found;
}

struct km_klog_open *km_klog_amid_trace(struct km_klog_reader *reader, const struct km_kline *line,
					const struct km_klog_open *later)
{
	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *open = &reader->open[i];

		if (open != later && open->in_trace && km_klog_is_same_printer(open, line) &&
		    open->event < later->event)
			return open;
	}
	return NULL;
}

static void mix(struct km_klog_reader *reader, struct km_klog_open *open)
{
	open->mixed = true;
	km_klog_event_of(reader, open)->mixed = true;
}

void km_klog_mix_with_later(struct km_klog_reader *reader, const struct km_kline *line,
			    struct km_klog_open *open)
{
	for (size_t i = 0; i < KM_KLOG_OPEN; i++) {
		struct km_klog_open *later = &reader->open[i];

		if (later->event <= open->event || !km_klog_is_same_printer(later, line) ||
		    km_klog_event_of(reader, later)->complete)
			continue;
		mix(reader, later);
		mix(reader, open);
	}
}
