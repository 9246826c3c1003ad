// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-order.h"
#include "parse/logtext-prefix.h"
#include "parse/logtext-wide.h"

/* So many steps at least, and so many back for each step forward: a log of several boots goes back a few times. */
enum { STEPS_LEAST = 6, BACK_EACH = 16 };

/*
 * Lines that stand close together in a report, in this order. sure: one pair is enough, because nothing else has the second
 * line before the first.
 */
static const struct {
	struct km_str first, second;
	bool sure;
} pairs[] = {
	{ KM_STR_INIT("invoked oom-killer:"), KM_STR_INIT("CPU: "), false },
	{ KM_STR_INIT("invoked oom-killer:"), KM_STR_INIT("Mem-Info:"), false },
	{ KM_STR_INIT("page allocation failure"), KM_STR_INIT("CPU: "), false },
	{ KM_STR_INIT("page allocation failure"), KM_STR_INIT("Pid: "), false },
	{ KM_STR_INIT("[ cut here ]"), KM_STR_INIT("WARNING: "), false },
	{ KM_STR_INIT("WARNING: "), KM_STR_INIT("CPU: "), true },
	{ KM_STR_INIT("CPU: "), KM_STR_INIT("Hardware name: "), false },
	{ KM_STR_INIT("CPU: "), KM_STR_INIT("Call Trace:"), false },
	{ KM_STR_INIT("Call Trace:"), KM_STR_INIT("<TASK>"), false },
	{ KM_STR_INIT("Mem-Info:"), KM_STR_INIT("active_anon:"), false },
	{ KM_STR_INIT("Mem-Info:"), KM_STR_INIT(" free:"), false },
	{ KM_STR_INIT(" free:"), KM_STR_INIT("lowmem_reserve[]:"), true },
	{ KM_STR_INIT("Free swap "), KM_STR_INIT("Total swap "), true },
	{ KM_STR_INIT(" pages RAM"), KM_STR_INIT(" pages reserved"), false },
	{ KM_STR_INIT("oom-kill:constraint="), KM_STR_INIT("Killed process "), true },
	{ KM_STR_INIT("Kill process "), KM_STR_INIT("Killed process "), true },
	{ KM_STR_INIT("memory: usage "), KM_STR_INIT("swap: usage "), true },
	{ KM_STR_INIT("memory: usage "), KM_STR_INIT("Memory cgroup stats"), false },
	{ KM_STR_INIT("SLUB: Unable to allocate"), KM_STR_INIT("cache: "), true },
	{ KM_STR_INIT("alloc failed, req-size"), KM_STR_INIT("number of available pages"), true },
	{ KM_STR_INIT("swiotlb buffer is full"), KM_STR_INIT("Out of SW-IOMMU space"), true },
	{ KM_STR_INIT("vmap allocation for size"), KM_STR_INIT("vmalloc: allocation failure"), true },
	{ KM_STR_INIT("vmalloc: allocation failure"), KM_STR_INIT("page allocation failure"), true }, /* to 4.8 */
	{ KM_STR_INIT("vmalloc: allocation failure"), KM_STR_INIT("CPU: "), false },
	{ KM_STR_INIT("vmalloc error"), KM_STR_INIT("CPU: "), false },
	{ KM_STR_INIT("dump_stack"), KM_STR_INIT("warn_alloc"), true },
	{ KM_STR_INIT("dump_stack"), KM_STR_INIT("dump_header"), true },
	{ KM_STR_INIT("dump_header"), KM_STR_INIT("oom_kill_process"), true },
	{ KM_STR_INIT("warn_alloc"), KM_STR_INIT("__alloc_pages_slowpath"), true },
	{ KM_STR_INIT("Memory cgroup stats"), KM_STR_INIT(" total_vm "), true },
	{ KM_STR_INIT(" pages RAM"), KM_STR_INIT("Unreclaimable slab info"), true },
};

enum { PAIRS = sizeof(pairs) / sizeof(*pairs), LINES_BETWEEN = 4, PAIRS_LEAST = 2 };

struct half {
	uint64_t line; /* number of the line; 0: none, or the pair is complete */
	uint64_t pid;
};

struct steps {
	uint64_t last, forward, back;
	/* The last line that began a pair, and the last one that ended it. */
	struct half first[PAIRS], second[PAIRS];
	uint64_t pairs_forward, pairs_back;
};

/* Of the process that is killed, in the lines that name it; KM_UNKNOWN in others. */
static uint64_t pid_of(struct km_str text)
{
	static const struct km_str before[] = { KM_STR_INIT(",pid="), KM_STR_INIT("Kill process "),
						KM_STR_INIT("Killed process ") };
	uint64_t pid;

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		const ptrdiff_t at = km_str_find(text, before[i]);
		struct km_str rest = km_str_skip(text, at < 0 ? text.len : (size_t)at + before[i].len);

		if (km_str_take_u64(&rest, &pid))
			return pid;
	}
	return KM_UNKNOWN;
}

/* Marks one half of a pair; whether the other half stands shortly above. A kill of another process is of another report. */
static bool is_pair(struct half *mine, struct half *other, const struct half *now)
{
	const bool found = other->line && now->line - other->line <= LINES_BETWEEN &&
			   (now->pid == other->pid || now->pid == KM_UNKNOWN || other->pid == KM_UNKNOWN);

	other->line = 0;
	*mine = *now;
	mine->line = found ? 0 : now->line;
	return found;
}

static void count_pairs(struct steps *steps, const struct km_kline *line)
{
	const struct half now = { line->sequence, pid_of(line->text) };

	for (size_t i = 0; i < PAIRS; i++) {
		const uint64_t weight = pairs[i].sure ? PAIRS_LEAST : 1;

		if (km_str_find(line->text, pairs[i].first) >= 0)
			steps->pairs_back += is_pair(&steps->first[i], &steps->second[i], &now) * weight;
		else if (km_str_find(line->text, pairs[i].second) >= 0)
			steps->pairs_forward += is_pair(&steps->second[i], &steps->first[i], &now) * weight;
	}
}

static void count(void *data, const struct km_kline *line)
{
	struct steps *steps = data;

	count_pairs(steps, line);
	if (line->usec == KM_UNKNOWN)
		return;
	if (steps->last != KM_UNKNOWN) {
		steps->forward += line->usec > steps->last;
		steps->back += line->usec < steps->last;
	}
	steps->last = line->usec;
}

bool km_logtext_is_part(struct km_str line, uint64_t *ret_part)
{
	enum { HEAD_MOST = 40 };
	struct km_str reason;
	uint64_t count;

	line = km_str_trim(line);
	return line.len < HEAD_MOST && km_str_take_until(&line, '#', &reason) && reason.len && reason.len < 16 && km_str_take_u64(&line, &count) &&
	       km_str_take_prefix(&line, KM_STR(" Part")) && km_str_take_u64(&line, ret_part) && !line.len;
}

/* Takes the lines up to the next part's head. ret_part: of the head that they begin with; 0 if there is none. */
static struct km_str take_part(struct km_str *rest, uint64_t *ret_part)
{
	const char *begin = rest->ptr;
	struct km_str line, after;
	uint64_t next;

	*ret_part = 0;
	after = *rest;
	if (km_str_take_line(&after, &line) && km_logtext_is_part(line, ret_part))
		*rest = after;
	for (after = *rest; km_str_take_line(&after, &line) && !km_logtext_is_part(line, &next); *rest = after)
		;
	return (struct km_str){ begin, (size_t)(rest->ptr - begin) };
}

struct part {
	uint64_t number;      /* 0: text in front of the first head */
	uint64_t first, last; /* times of the first and the last line that have one; KM_UNKNOWN: none has */
};

static struct part look_at_part(struct km_str lines, uint64_t number)
{
	struct part ret = { number, KM_UNKNOWN, KM_UNKNOWN };
	struct km_logstamp stamp;
	struct km_str line, inside;
	ptrdiff_t at;

	while (km_str_take_line(&lines, &line)) {
		at = km_recipe_anchor(line);
		line = km_str_skip(line, at < 0 ? line.len : (size_t)at + 1);
		if (!km_str_take_until(&line, ']', &inside) || !km_logtime_bracket(km_str_trim(inside), &stamp))
			continue;
		ret.first = ret.first == KM_UNKNOWN ? stamp.usec : ret.first;
		ret.last = stamp.usec;
	}
	return ret;
}

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a < b ? b - a : a - b;
}

/* Whether the lower part goes on with the upper one, instead of leading to it. */
static bool goes_on(const struct part *upper, const struct part *lower)
{
	return upper->last != KM_UNKNOWN && lower->last != KM_UNKNOWN &&
	       distance(upper->last, lower->first) < distance(lower->last, upper->first);
}

/* Whether most parts of dumps stand below the part that they lead to: their order is reversed, that of their lines is not. */
static bool has_parts(struct km_str text)
{
	struct part upper = { 0, KM_UNKNOWN, KM_UNKNOWN };
	size_t back = 0, forward = 0;

	while (text.len) {
		uint64_t number;
		const struct km_str lines = take_part(&text, &number);
		const struct part lower = look_at_part(lines, number);

		if (upper.number && number == upper.number + 1)
			++*(goes_on(&upper, &lower) ? &forward : &back);
		else if (number && upper.number == number + 1)
			forward++;
		upper = lower;
	}
	return back > forward;
}

enum km_log_order km_logtext_order(struct km_str bytes)
{
	struct steps steps = { .last = KM_UNKNOWN };
	struct km_logtext *logtext;

	if (has_parts(bytes))
		return KM_ORDER_BACKWARD;
	logtext = km_logtext_begin(count, &steps);
	km_logtext_push(logtext, bytes);
	km_logtext_end(logtext, NULL);
	if (steps.forward + steps.back >= STEPS_LEAST)
		return steps.back / BACK_EACH >= steps.forward ? KM_ORDER_BACKWARD : KM_ORDER_FORWARD;
	/* the times do not tell: a report's own lines do, and two reports side by side may have a pair of the other order */
	if (steps.pairs_back >= PAIRS_LEAST && steps.pairs_back > steps.pairs_forward && steps.back >= steps.forward)
		return KM_ORDER_BACKWARD;
	return KM_ORDER_UNKNOWN;
}

/* A further line of a message, which journalctl -r leaves below the first. */
static bool is_further(const char *line, size_t len)
{
	enum { BLANKS = 8 };

	for (size_t i = 0; i < BLANKS; i++)
		if (i >= len || line[i] != ' ')
			return false;
	return true;
}

static size_t line_begin(struct km_str text, size_t end)
{
	while (end && text.ptr[end - 1] != '\n')
		end--;
	return end;
}

/* Where the last message of the text begins. */
static size_t last_begin(struct km_str text)
{
	size_t begin = line_begin(text, text.len);

	while (begin && is_further(text.ptr + begin, text.len - begin))
		begin = line_begin(text, begin - 1);
	return begin;
}

static uint64_t count_lines(struct km_str text)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	return lines;
}

static void push_messages(struct km_logtext *logtext, struct km_str text)
{
	uint64_t lines;

	if (km_str_ends(text, KM_STR("\n")))
		text.len--;
	lines = count_lines(text) + 1;
	for (size_t begin = text.len; text.len; text.len = begin ? begin - 1 : 0) {
		struct km_str message;

		begin = last_begin(text);
		message = km_str_skip(text, begin);
		lines -= count_lines(message);
		km_logtext_number(logtext, lines--);
		km_logtext_push(logtext, message);
		km_logtext_push(logtext, KM_STR("\n"));
	}
}

/* The parts of dumps: part 1 of the next dump is not the part above the last one's. */
static void push_parts(struct km_logtext *logtext, struct km_str text)
{
	KM_ARRAY(struct km_str) dump = { 0 };
	uint64_t lines = 1, part;

	while (text.len || dump.len) {
		struct km_str next = text, lines_of = take_part(&next, &part);

		if (text.len && (!dump.len || part > 1)) {
			*km_array_push(&dump) = lines_of;
			text = next;
			continue;
		}
		for (size_t i = dump.len; i; i--) {
			const char *begin = dump.items[i - 1].ptr;

			km_logtext_number(logtext, lines + count_lines((struct km_str){ dump.items[0].ptr,
										(size_t)(begin - dump.items[0].ptr) }));
			km_logtext_push(logtext, dump.items[i - 1]);
		}
		for (size_t i = 0; i < dump.len; i++)
			lines += count_lines(dump.items[i]);
		dump.len = 0;
	}
	km_array_deinit(&dump);
}

void km_logtext_push_reversed(struct km_logtext *logtext, struct km_str bytes)
{
	struct km_scratch narrow = { 0 };
	struct km_str text = km_logtext_narrow(&narrow, bytes);

	if (has_parts(text))
		push_parts(logtext, text);
	else
		push_messages(logtext, text);
	km_scratch_deinit(&narrow);
}
