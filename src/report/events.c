// SPDX-License-Identifier: GPL-2.0-or-later
/* Failed requests for memory as text for people. */
#include <inttypes.h>
#include "base/clean.h"
#include "base/prose.h"
#include "base/units.h"
#include "base/utf8.h"
#include "report/failure-reason.h"
#include "report/options.h"
#include "report/report.h"
#include "words/say.h"

enum { INDENT = 4, LABELS = 12, WIDTH = 96, FRAMES = 5 };

struct writer {
	struct km_text *out;
	struct km_pool *pool;
	struct km_document *document;
	const struct km_failure *failure;
	const struct km_style *style;
};

/* A field as the text of a table's cell. */
static const char *cell(const struct writer *writer, const char *key)
{
	const struct km_field *field = km_field_find(&km_failure_type, km_str_from(key));
	struct km_str text = km_cell_text(writer->pool, field, writer->failure, writer->style->exact);

	return km_pool_copy(writer->pool, km_text_clean(writer->pool, text)).ptr;
}

static void note(const struct writer *writer, const char *label, struct km_str text)
{
	char head[32];

	if (!text.len)
		return;
	snprintf(head, sizeof(head), "%*s%s:", INDENT, "", km_say(label));
	km_prose_labelled(writer->out, km_str_from(head), text, INDENT + LABELS, km_style_fold(writer->style, WIDTH));
}

static void print_head(const struct writer *writer, bool with_source)
{
	const struct km_failure *failure = writer->failure;
	const size_t width = km_style_fold(writer->style, SIZE_MAX);
	KM_TEXT_SCOPE head = { 0 };

	if (with_source)
		km_text_printf(&head, "%s:", cell(writer, "source"));
	else
		km_text_puts(&head, km_say("line "));
	km_text_printf(&head, "%s", cell(writer, "line"));
	if (failure->time.len)
		km_text_printf(&head, " [%s]", cell(writer, "time"));
	km_text_printf(&head, "  %s", cell(writer, "kind"));
	if (failure->task.len)
		km_say_add(&head, ", requested by %s", cell(writer, "task"));
	if (failure->pid != KM_UNKNOWN)
		km_text_printf(&head, " (%s)", cell(writer, "pid"));
	if (failure->release.len)
		km_say_add(&head, ", kernel %s", cell(writer, "release"));
	if (failure->basis->event->headless)
		km_text_puts(&head, km_say(", first line missing"));
	if (!failure->basis->event->complete)
		km_text_puts(&head, km_say(", cut off"));
	if ((size_t)km_str_columns(km_text_str(&head)) > width)
		km_prose_fold(writer->out, km_text_str(&head), 0, width);
	else
		km_text_printf(writer->out, "%.*s\n", KM_STR_ARG(km_text_str(&head)));
}

/* "64.0 KiB (order 4), GFP_KERNEL|__GFP_ZERO, may sleep, zones up to Normal, nodes 0-1" */
static struct km_str request(const struct writer *writer)
{
	const struct km_failure *failure = writer->failure;
	struct km_text text = { 0 };

#define ADD(known, ...)                                                                            \
	do {                                                                                       \
		if (known) {                                                                       \
			km_text_separate(&text, km_say_comma());                                             \
			km_say_add(&text, __VA_ARGS__);                                            \
		}                                                                                  \
	} while (0)
	ADD(failure->request_bytes != KM_UNKNOWN, "%s", cell(writer, "request_bytes"));
	ADD(failure->order != KM_UNKNOWN, KM_SAID("order %s"), cell(writer, "order"));
	ADD(failure->object_bytes != KM_UNKNOWN, KM_SAID("an object of %s"), cell(writer, "object_bytes"));
	ADD(failure->cache.len, KM_SAID("from the cache %s"), cell(writer, "cache"));
	ADD(failure->flags.len, "%s", cell(writer, "flags"));
	ADD(!failure->flags.len && failure->mask.len, KM_SAID("mask %s"), cell(writer, "mask"));
	ADD(failure->may_sleep == KM_TRI_YES, KM_SAID("may sleep"));
	ADD(failure->may_sleep == KM_TRI_NO, KM_SAID("may not sleep"));
	ADD(failure->highest_zone.len, KM_SAID("zones up to %s"), cell(writer, "highest_zone"));
	ADD(failure->nodes.len, KM_SAID("nodes %s"), cell(writer, "nodes"));
	ADD(failure->pool.len && failure->basis->event->kind == KM_KLOG_SWIOTLB, KM_SAID("for the device %s"),
	    cell(writer, "pool"));
#undef ADD
	return km_text_keep(&text, writer->pool);
}

/* The stack from the caller outwards, cut to a few lines. */
static struct km_str callers(const struct writer *writer)
{
	const struct km_failure *failure = writer->failure;
	struct km_text text = { 0 };
	struct km_str frame, name;
	size_t i = 0, shown = 0;

	while (i < failure->stack.len && failure->stack.items[i].ptr != failure->caller.ptr)
		i++;
	for (; i < failure->stack.len && shown < FRAMES; i++, shown++) {
		frame = failure->stack.items[i];
		if (!km_str_take_until(&frame, '+', &name))
			continue;
		km_str_take_word(&frame, &frame);
		km_text_separate(&text, " < ");
		km_text_add(&text, shown ? name : failure->caller);
	}
	return text.len ? km_text_keep(&text, writer->pool) : failure->caller;
}

/* A key as people read it: "page tables" of "page_tables_bytes". */
static struct km_str label_of(struct km_pool *pool, struct km_str key)
{
	/* what model/failure-memory.c calls the parts */
	static const char *const labels[] = {
		KM_SAID("anonymous"), KM_SAID("shared"), KM_SAID("file"), KM_SAID("unevictable"),
		KM_SAID("slab reclaimable"), KM_SAID("slab unreclaimable"), KM_SAID("misc reclaimable"),
		KM_SAID("page tables"), KM_SAID("bounce"), KM_SAID("per cpu free"), KM_SAID("free"),
		KM_SAID("kernel stacks"), KM_SAID("huge pages"), KM_SAID("gpu"), KM_SAID("balloon"), KM_SAID("uncounted"),
	};
	char *text;

	if (!km_str_ends(key, KM_STR("_bytes")))
		return key;
	text = (char *)(uintptr_t)km_pool_copy(pool, (struct km_str){ key.ptr, key.len - strlen("_bytes") }).ptr;
	for (char *at = text; *at; at++)
		if (*at == '_')
			*at = ' ';
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (!strcmp(text, labels[i]))
			return KM_SENTENCE(labels[i]);
	return km_str_from(text);
}

/* "1.63 GiB anonymous, 12.0 MiB slab unreclaimable", the largest first */
static struct km_str amounts(const struct writer *writer, const struct km_pairs *pairs)
{
	struct km_text text = { 0 };
	uint64_t below = KM_UNKNOWN;
	size_t last = SIZE_MAX;

	for (;;) {
		const struct km_pair *best = NULL;
		char buf[KM_UNITS_SIZE];

		for (size_t i = 0; i < pairs->len; i++) {
			const struct km_pair *pair = &pairs->items[i];
			bool later = pair->value < below || (pair->value == below && i > last);

			if (pair->value != KM_UNKNOWN && pair->value && later &&
			    (!best || pair->value > best->value))
				best = pair;
		}
		if (!best)
			return km_text_keep(&text, writer->pool);
		below = best->value;
		last = (size_t)(best - pairs->items);
		if (writer->style->exact)
			snprintf(buf, sizeof(buf), "%llu", (unsigned long long)best->value);
		else
			km_units_bytes(buf, best->value);
		km_text_printf(&text, "%s%s %.*s", text.len ? km_say_comma() : "", buf,
			       KM_STR_ARG(label_of(writer->pool, best->name)));
	}
}

/* Whether the zones decided; for a kill by hand they only show the state of the machine. */
static bool is_by_zones(const struct km_failure *failure)
{
	return km_failure_causes[failure->cause_id].by_zones;
}

/* Makes what was written so far a section; the sections of one event stand together. */
static void end_text(const struct writer *writer, bool first, struct km_paint paint)
{
	struct km_section *section;

	if (!writer->out->len)
		return;
	section = km_document_add_text(writer->document, writer->out, NULL);
	section->attached = !first;
	km_document_paint(section, paint);
}

/* The cause in a word, in its colour, and why. */
static struct km_paint note_cause(const struct writer *writer)
{
	const struct km_word *cause = writer->failure->cause;
	struct km_paint paint = { .start = writer->out->len, .tone = cause->tone };
	ptrdiff_t at;

	note(writer, KM_SAID("cause"), km_say_printf(writer->pool, "%s. %.*s", cause->key, KM_STR_ARG(writer->failure->reason)));
	/* behind the label, which may be the same word */
	at = km_str_find(km_str_skip(km_text_str(writer->out), paint.start + INDENT + LABELS), km_str_from(cause->key));
	if (at < 0)
		return (struct km_paint){ 0 };
	paint.start += INDENT + LABELS + (size_t)at;
	paint.len = strlen(cause->key);
	return paint;
}

/* The zones as a table of its own, indented. */
static void add_zones(const struct writer *writer)
{
	const struct km_rows *rows = &writer->failure->zones;
	struct km_sheet sheet = { &km_request_zone_type, rows->items, rows->len, NULL };
	struct km_section *section;

	if (!rows->len || !is_by_zones(writer->failure))
		return;
	section = km_document_add(writer->document, NULL, KM_SHAPE_SHEET, sheet, NULL, NULL);
	section->attached = true;
	section->indent = INDENT;
}

enum { TASKS_SHOWN = 5, CACHES_SHOWN = 5 };

static const char *amount(const struct writer *writer, uint64_t bytes)
{
	char buf[KM_UNITS_SIZE];

	if (writer->style->exact && bytes != KM_UNKNOWN)
		return km_pool_printf(writer->pool, "%llu", (unsigned long long)bytes).ptr;
	return km_pool_copy(writer->pool, km_str_from(km_units_bytes(buf, bytes))).ptr;
}

/* "1.63 GiB tail (229), 12.0 MiB sshd (77)" */
static struct km_str tasks(const struct writer *writer)
{
	const struct km_failure_task *task = writer->failure->tasks.items;
	struct km_text text = { 0 };

	for (size_t i = 0; i < writer->failure->tasks.len && i < TASKS_SHOWN; i++, task++)
		km_text_printf(&text, "%s%s %.*s (%llu)", i ? km_say_comma() : "", amount(writer, task->bytes),
			       KM_STR_ARG(task->name), (unsigned long long)task->pid);
	return km_text_keep(&text, writer->pool);
}

static struct km_str caches(const struct writer *writer)
{
	const struct km_failure_cache *cache = writer->failure->caches.items;
	struct km_text text = { 0 };

	for (size_t i = 0; i < writer->failure->caches.len && i < CACHES_SHOWN; i++, cache++)
		km_text_printf(&text, "%s%s %.*s", i ? km_say_comma() : "", amount(writer, cache->size_bytes),
			       KM_STR_ARG(cache->name));
	return km_text_keep(&text, writer->pool);
}

static void print_oom(const struct writer *writer)
{
	const struct km_failure *failure = writer->failure;
	/* up to 2.6.33 the line has no sizes */
	const char *size = failure->victim_bytes == KM_UNKNOWN ? "" : cell(writer, "victim_bytes");
	struct km_str more = KM_STR("");

	if (failure->victims == 0)
		note(writer, KM_SAID("killed"),
		     km_failure_panics_by_setting(failure->basis->event)
			     ? KM_SENTENCE("none: the kernel panicked, as vm.panic_on_oom demands")
			     : KM_SENTENCE("none: no process is left that may be killed"));
	if (!failure->victim.len)
		return;
	if (failure->victims != KM_UNKNOWN && failure->victims > 1)
		more = km_say_printf(writer->pool, ", and %llu more",
				      (unsigned long long)failure->victims - 1);
	note(writer, KM_SAID("killed"), km_pool_printf(writer->pool, "%s (%s)%s%s%s%.*s", cell(writer, "victim"),
					      cell(writer, "victim_pid"), *size ? ", " : "", size,
					      *size ? km_say(" resident") : "", KM_STR_ARG(more)));
}

static void write_event(const struct writer *writer, bool with_source)
{
	const struct km_failure *failure = writer->failure;

	print_head(writer, with_source);
	note(writer, KM_SAID("request"), request(writer));
	note(writer, KM_SAID("caller"), callers(writer));
	end_text(writer, true, note_cause(writer));
	add_zones(writer);
	note(writer, KM_SAID("memory"), amounts(writer, &failure->memory));
	note(writer, KM_SAID("caches"), caches(writer));
	note(writer, KM_SAID("tasks"), tasks(writer));
	print_oom(writer);
	note(writer, KM_SAID("suggestion"), failure->advice);
	end_text(writer, false, (struct km_paint){ 0 });
}

/* Says what was read, if it contains no event. */
static void write_nothing(struct km_text *text, const struct km_logtext_counts *facts)
{
	const char *lines = facts->lines == 1 ? km_say("line") : km_say("lines");

	if (!facts->lines)
		km_text_puts(text, km_say("The log is empty.\n"));
	else if (!facts->kernel)
		km_say_add(text, "The log has no message of the kernel (%llu %s).\n", (unsigned long long)facts->lines, lines);
	else
		km_say_add(text, "The kernel log reports no failed request for memory (%llu %s).\n",
			   (unsigned long long)facts->lines, lines);
}

/* Lines that belong to no report. */
static void write_hints(const struct writer *writer, const struct km_klog_hints *hints)
{
	const char *form = hints->lines == 1 ?
		KM_SAID("%llu line looks like a memory event but was not understood: line %llu: %.*s\n") :
		KM_SAID("%llu lines look like memory events but were not understood. The first is line %llu: %.*s\n");

	km_say_add(writer->out, form, (unsigned long long)hints->lines, (unsigned long long)hints->first_line, KM_STR_ARG(km_text_clean(writer->pool, hints->first)));
}

static void write_events(const struct km_prose_query *query, const struct km_sheet *events)
{
	const struct km_events_options *options = query->options;
	struct km_text text = { 0 };
	struct writer writer = { &text, query->document->pool, query->document, NULL, query->style };

	if (!events->len && options->logs) {
		write_nothing(&text, options->facts);
		end_text(&writer, true, (struct km_paint){ 0 });
	}
	for (size_t i = 0; i < events->len; i++) {
		writer.failure = km_sheet_row(events, i);
		write_event(&writer, options->with_source);
	}
	if (options->hints && options->hints->lines) {
		write_hints(&writer, options->hints);
		end_text(&writer, true, (struct km_paint){ 0 });
	}
}

/* The rows are the command's, which reads the logs. */
const struct km_report km_report_events = {
	.key = "events",
	.type = &km_failure_type,
	.write = write_events,
};
